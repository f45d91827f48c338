"""政策解读情况: a quarter's rate and delay by unit, and its documents, as tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.report.table import Table

UNITS: Final = (
    *("机构代码", "单位", "应解读", "已发布", "其中自报", "无法核验"),
    *("发布率", "时效得分率", "用时中位(工作日)"),
)
NOTES: Final = (
    "应解读:本单位起草的文件,和本单位账号承担解读任务的文件;免发的不计。",
    "无法核验:数据不足,不代表没有发布,不计入发布率。",
    "时效得分率:同日或次日1,3个工作日内0.8,5个工作日内0.5,以后0.2,未发布0,逐件平均;发布时间以平台所示为准。",
)


@dataclass(frozen=True, slots=True)
class Told:
    """One unit's quarter, as it is told; shares 0 to 1, None of nothing."""

    code: str
    name: str
    asked: int
    out: int
    own_word: int
    unseen: int
    rate: float | None
    timely: float | None
    days: float | None


def table(quarter: str, units: Iterable[Told]) -> Table:
    """A row for every unit that owed something."""
    rows = tuple(
        (
            *(each.code, each.name, each.asked, each.out, each.own_word, each.unseen),
            *(None if share is None else round(share, 4) for share in (each.rate, each.timely)),
            each.days,
        )
        for each in units
    )
    return Table(f"政策解读情况_{quarter}", UNITS, rows, NOTES)
