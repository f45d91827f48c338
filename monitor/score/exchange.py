"""From facts to frames and back: what an assessment takes in, and the rows that keep its result."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from monitor.domain.assessed import Count, Fact, Line, Listed, Total
from monitor.domain.hashing import hash_of
from monitor.domain.scheme import Scheme
from monitor.score import rank
from monitor.score.assess import ROSTER, Assessment, assess
from monitor.score.measured import COLUMNS
from monitor.score.sensitivity import Draws, stability

WHOLE: Final = ("low", "high", "tier", "out_low", "out_high", "percentile")
MONEY: Final = ("base", "deducted", "bonus", "own", "below", "final", "unscored", "coverage")
DECIMALS: Final = 9


@dataclass(frozen=True, slots=True)
class Result:
    """Everything an assessment found, as rows: 评分明细, 扣分加分, 单位考核结果 with 排名稳定性."""

    lines: tuple[Line, ...]
    counts: tuple[Count, ...]
    totals: tuple[Total, ...]

    @property
    def hash(self) -> str:
        """What it is known by (结果校验码)."""
        return hash_of(self.lines, self.counts, self.totals)


def assessed(
    scheme: Scheme, facts: Sequence[Fact], roster: Sequence[Listed], draws: Draws | None = None
) -> Result:
    """The scheme applied to facts. The places' intervals are drawn from the facts' own hash: the
    same facts give the same intervals."""
    frame = pd.DataFrame([asdict(each) for each in facts], columns=list(COLUMNS))
    units = pd.DataFrame([asdict(each) for each in roster], columns=["unit", "peers", *ROSTER[1:]])
    peers = {each.unit: each.peers for each in roster}
    found = assess(scheme, frame, units[list(ROSTER)], peers)
    return Result(_lines(found), _counts(found), _totals(found, hash_of(facts), draws))


def seed(facts_hash: str) -> int:
    """The seed of the draws, told by the facts."""
    return int(facts_hash[:15], 16)


def _lines(found: Assessment) -> tuple[Line, ...]:
    rows = _rows(found.lines)
    places: dict[tuple[str, str], int] = {}
    return tuple(
        Line(
            unit=row["unit"],
            account=row["account"],
            place=places.setdefault((row["part"], row["id"]), len(places)),
            part=row["part"],
            indicator=row["id"],
            name=row["name"],
            most=row["max"],
            sources=row["sources"],
            note=row["note"],
            status=row["status"],
            **{name: row[name] for name in _NUMBERS},
        )
        for row in rows
    )


_NUMBERS: Final = (
    *("numerator", "denominator", "samples", "raw", "share", "points", "adjusted"),
    *("coverage", "self_reported", "carry"),
)


def _counts(found: Assessment) -> tuple[Count, ...]:
    return tuple(
        Count(row["unit"], row["account"], row["id"], row["name"], row["points"])
        for row in _rows(found.counts)
    )


def _totals(found: Assessment, facts_hash: str, draws: Draws | None) -> tuple[Total, ...]:
    places = rank.places(found.totals)
    stable = _stable(found, facts_hash, draws)
    parts = [each.id for each in found.scheme.sections] or [
        sub.name for _, sub in found.scheme.subs
    ]
    return tuple(
        Total(
            unit=row["unit"],
            peers=row["group"],
            parts=json.dumps({each: row[each] for each in parts}, ensure_ascii=False),
            grade=row["grade"],
            reason=row["reason"],
            place=None if np.isnan(place) else int(place),
            **{name: row[name] for name in MONEY},
            **stable.get(row["unit"], {}),
        )
        for row, place in zip(_rows(found.totals), places, strict=True)
    )


def _stable(
    found: Assessment, facts_hash: str, draws: Draws | None
) -> Mapping[str, dict[str, Any]]:
    """排名稳定性 by unit; nothing where accounts are scored, or schemes are put together."""
    if found.basis is None or found.totals["final"].notna().sum() == 0:
        return {}
    rng = np.random.default_rng(seed(facts_hash))
    return {
        row["unit"]: {
            **{name: None if row[name] is None else int(row[name]) for name in WHOLE},
            "shift": row["shift"],
            "weakest": row["line"],
        }
        for row in _rows(stability(found, rng, draws))
    }


def _rows(frame: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """Rows of plain values: None for what is missing, numbers to nine decimals."""
    columns = {name: [_plain(each) for each in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if np.isnan(value) else round(value, DECIMALS)
    return value
