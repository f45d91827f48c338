"""A small province assessed by the engine itself, as it is stored and as papers ask for it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from monitor.domain.assessed import Count, Line, Listed, Total
from monitor.domain.instants import day_start
from monitor.report.scorecard import Plea, Sheet
from monitor.score import rank
from monitor.score.assess import Assessment, assess
from monitor.score.catalogue import MEASUREMENTS
from monitor.score.sensitivity import Draws, stability
from tests.score.sheets import shipped

SYMBOLS = {key: each.symbol for key, each in MEASUREMENTS.items()}
CITY = "420100000000"
UNITS = [CITY, *(f"42010{n}000000" for n in range(2, 8))]
NAMES = {code: f"某{n}县公安局(演示)" for n, code in enumerate(UNITS)} | {CITY: "某市公安局(演示)"}
ROSTER = pd.DataFrame(
    {
        "unit": UNITS,
        "level": ["市州局", *["县级局"] * 6],
        "parent": ["", *[CITY] * 6],
        "kind": ["综合类", "窗口类", *["综合类"] * 5],
        "headcount": [None] * 7,
    }
)
PEERS = dict.fromkeys(UNITS, "县级局甲组") | {CITY: "市州甲组"}
RATES = {
    "解读发布率": (6, 8),
    "受理及时率": (18, 20),
    "按期办结率": (34, 40),
    "互动功能有效率": (3, 4),
    "服务入口有效率": (7, 9),
    "便民与防范周率": (9, 13),
    "有发布周率": (11, 13),
    "群众满意率": (40, 50),
    "协同响应率": (24, 26),
}


@cache
def measured() -> pd.DataFrame:
    """Rates a little better from unit to unit; the last county has little data, one owes some."""
    rows: list[dict[str, Any]] = []
    for place, unit in enumerate(UNITS):
        for measure, (part, whole) in RATES.items():
            done = min(whole, part + place // 2)
            rows.append(_row(unit, measure, numerator=done, denominator=whole, coverage=0.98))
        given = 0.7 + place / 50
        rows += [_row(unit, f"人工:{line}", value=given, samples=5) for line in ("A3", "B3")]
        rows.append(_row(unit, "内容不更新账号数", value=1.0 if place == 2 else 0.0))
        rows.append(_row(unit, "关停合并账号数", value=2.0))
    frame = pd.DataFrame(rows)
    owed = (frame["unit"] == UNITS[3]) & (frame["measure"] == "互动功能有效率")
    frame.loc[owed, ["cause", "asked", "note"]] = ["单位原因", 12, "服务功能未核对"]
    lost = (frame["unit"] == UNITS[6]) & frame["measure"].isin(list(RATES)[:5])
    frame.loc[lost, "cause"] = "系统原因"
    return frame


def _row(unit: str, measure: str, **known: Any) -> dict[str, Any]:
    return {"unit": unit, "measure": measure, "sources": "接口采集", "cause": None, **known}


def assessed(frame: pd.DataFrame) -> Assessment:
    """The province by the default scheme."""
    return assess(shipped("hubei-police-default"), frame, ROSTER, PEERS)


@cache
def a_sheet(stage: str = "初评") -> Sheet:
    """Its result."""
    return sheet_of(assessed(measured()), stage)


def sheet_of(found: Assessment, stage: str = "初评", **more: Any) -> Sheet:
    """A result of the engine as it is stored."""
    sheet = Sheet(
        period="2026年第三季度",
        kind="正式",
        stage=stage,
        scheme=found.scheme,
        as_of=day_start(date(2026, 10, 1)),
        checksum="7f3a" * 16,
        roster=tuple(_listed(row) for row in ROSTER.to_dict("records")),
        totals=tuple(_totals(found)),
        lines=tuple(_lines(found)),
        counts=tuple(Count(*row) for row in found.counts.itertuples(index=False)),
        symbols=SYMBOLS,
        exported_at=day_start(date(2026, 10, 20)),
        exported_by="甲某(演示)",
        standard="本厅口径(第1版)",
        before={CITY: 70.0, UNITS[1]: 60.5},
        pleas=(Plea(UNITS[1], "C3", "采纳"), Plea(UNITS[2], "B2", "待复核")),
        desk_url="https://desk.test",
    )
    return replace(sheet, **more)


def _listed(row: Mapping[Any, Any]) -> Listed:
    code = str(row["unit"])
    return Listed(
        code, 1, NAMES[code], "/1/", str(row["level"]), str(row["parent"]), str(row["kind"]),
        PEERS[code],
    )  # fmt: skip


def _lines(found: Assessment) -> list[Line]:
    return [
        Line(
            unit=row["unit"],
            account=_known(row["account"]),
            place=number,
            indicator=row["id"],
            most=row["max"],
            **{key: _known(row[key]) for key in SAME},
        )
        for number, row in enumerate(found.lines.to_dict("records"))
    ]


SAME = (
    *("part", "name", "numerator", "denominator", "samples", "raw", "share", "points", "status"),
    *("adjusted", "coverage", "self_reported", "carry", "sources", "note"),
)


def _totals(found: Assessment) -> list[Total]:
    trust = stability(found, np.random.default_rng(1), Draws(50)).set_index("unit")
    parts = [each.id for each in found.scheme.sections]
    place = dict(zip(found.totals["unit"], rank.places(found.totals), strict=True))
    made = []
    for row in found.totals.to_dict("records"):
        known = {key: _known(row[key]) for key in BOTH}
        said = json.dumps({part: row[part] for part in parts})
        stood = trust.loc[row["unit"]] if row["unit"] in trust.index else None
        span = (
            {}
            if stood is None
            else {name: int(stood[name]) for name in ("low", "high", "tier")}
            | {"place": int(place[row["unit"]])}
        )
        made.append(Total(row["unit"], row["group"], said, **known, **span))
    return made


BOTH = (
    *("base", "deducted", "bonus", "own", "below", "final", "grade", "reason", "unscored"),
    "coverage",
)


def _known(value: Any) -> Any:
    """None in place of the frame's NaN."""
    return None if value is None or (isinstance(value, float) and np.isnan(value)) else value
