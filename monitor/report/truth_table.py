"""台账真实性 as tables: each entry with what is known of it, and the counts of each unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.truth import Found, Score
from monitor.report import wording
from monitor.report.table import Cell, Table, build

OWN: Final = "省厅本级"
ENTRIES: Final = (
    *("序号", "机构代码", "市州", "县市区", "主办单位", "平台", "账号名称", "账号状态"),
    *("核查结果", "依据", "核查时间", "出入"),
)
COUNTS: Final = (
    *("序号", "市州", "主办单位", "台账账号", "已核查", "属实", "有出入", "未核查"),
    *("真实率(%)", "区间下限(%)", "区间上限(%)", "仅有单位核对", "抽查", "抽查一致"),
)
NOTES: Final = (
    "真实率=属实÷已核查,区间为95%置信区间;未核查的不算属实,也不算有出入,未核查的单位真实率空白。",
    "依据为近一年的抽查、上级巡查和单位核对,以最新的第三方所见为准,单位自认有出入的从其所认。",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: the unit's code, prefecture, county and name, the account, and what is known."""

    place: tuple[str, str, str, str]
    platform: str
    name: str
    state: str
    found: Found


def entries(lines: Sequence[Line]) -> Table:
    """One row for each account, in the order given."""
    rows = [_entry(number, each) for number, each in enumerate(lines, start=1)]
    return build("逐个账号", ENTRIES, rows, NOTES)


def counts(units: Sequence[tuple[tuple[str, str], Score]]) -> Table:
    """One row for each unit: (prefecture, name) and its score."""
    rows = [_count(number, *each) for number, each in enumerate(units, start=1)]
    return build("各单位", COUNTS, rows, NOTES)


def _entry(number: int, each: Line) -> dict[str, Cell]:
    code, region, county, unit = each.place
    found = each.found
    return {
        "序号": number,
        "机构代码": code,
        "市州": region or OWN,
        "县市区": county or None,
        "主办单位": unit,
        "平台": PLATFORMS.get(each.platform, each.platform),
        "账号名称": each.name,
        "账号状态": each.state,
        "核查结果": found.verdict.value,
        "依据": found.basis.value or None,
        "核查时间": wording.instant(found.at) or None,
        "出入": found.said or None,
    }


def _count(number: int, unit: tuple[str, str], score: Score) -> dict[str, Cell]:
    region, name = unit
    return {
        "序号": number,
        "市州": region or OWN,
        "主办单位": name,
        "台账账号": score.asked,
        "已核查": score.checked,
        "属实": score.right,
        "有出入": score.wrong,
        "未核查": score.unknown,
        "真实率(%)": _percent(score.share),
        "区间下限(%)": _percent(score.low),
        "区间上限(%)": _percent(score.high),
        "仅有单位核对": score.own,
        "抽查": score.spotted,
        "抽查一致": score.same,
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 1)
