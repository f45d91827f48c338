"""Places 分地区情况: one row per place, platform, level or line in a fixed order, and the whole."""

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.domain.finding import Outcome
from monitor.domain.judged import Judged
from monitor.report import figures, groups, wording
from monitor.report.groups import Grouping
from monitor.report.table import TAIL, Cell, Imprint, Table, build

SILENCES: Final = ("内容不更新", "睡眠", "僵尸", "长期停更", "从未更新")
RULES: Final = ("不互动", "未备案")
COLUMNS: Final = (
    *("地区", "单位数", "备案账号数", "不纳入数", "纳入监测数", "抽查数", "抽查比例"),
    *("可认定数", "数据完整度", "正常数", "提醒数", "问题账号数"),
    *(f"其中{each}" for each in (*SILENCES, *RULES)),
    *("其中其他", "合格率", "上期合格率", "增减(百分点)", "上期问题数"),
    *("已销号数", "转关停数", "未整改到位数"),
    *TAIL,
)
NOTES: Final = (
    "单位数为有备案账号的单位数;民警个人账号不在其内。",
    "问题账号为更新方面的疑似问题账号;不互动、未备案等另列,含提醒,同一账号可有多项问题,"
    "故其中各项之和可能大于问题账号数。",
    "数据完整度=可认定数/纳入监测数。",
    wording.NOTE_RATE,
    "各账号数据截止时点不同,见问题清单;本表该列为空。按固定次序排列,不是排名。",
    wording.NOTE_SUSPECTED,
    wording.NOTE_UNDECIDED,
)
WHOLE: Final = "合计"


def regions(
    now: Iterable[Judged],
    before: Iterable[Judged] | None,
    imprint: Imprint,
    *,
    by_county: bool = False,
) -> Table:
    """分地区情况; columns of the week before are blank where nothing was judged then."""
    return table(now, before, imprint, groups.COUNTIES if by_county else groups.REGIONS)


def every(
    now: Iterable[Judged],
    before: Iterable[Judged] | None,
    imprint: Imprint,
    *,
    by_county: bool = False,
) -> tuple[Table, ...]:
    """分地区、分平台、分层级、分条线情况."""
    accounts = tuple(now)
    earlier = None if before is None else tuple(before)
    ways = groups.all_of(by_county=by_county)
    return tuple(table(accounts, earlier, imprint, each) for each in ways)


def table(
    now: Iterable[Judged], before: Iterable[Judged] | None, imprint: Imprint, by: Grouping
) -> Table:
    """The accounts divided one way, the whole last."""
    current = figures.official(now)
    earlier = None if before is None else figures.official(before)
    then = {} if earlier is None else groups.grouped(earlier, by)
    tail = dict(zip(TAIL, imprint.tail(None), strict=True))
    rows = [
        _row(some, then.get(name)) | tail | {by.column: name}
        for name, some in groups.grouped(current, by).items()
    ]
    rows.append(_row(current, earlier) | tail | {by.column: WHOLE})
    return build(by.name, (by.column, *COLUMNS[1:]), rows, NOTES)


def _row(now: Sequence[Judged], before: Sequence[Judged] | None) -> dict[str, Cell]:
    counted = figures.count(now)
    return {
        "单位数": len({each.registered.unit.code for each in now}),
        "备案账号数": counted.registered,
        "不纳入数": counted.not_counted,
        "纳入监测数": counted.counted,
        "可认定数": counted.decided,
        "数据完整度": _share(counted.decided, counted.counted),
        "正常数": counted.ok,
        "提醒数": counted.hinted,
        "问题账号数": counted.failed,
        "合格率": _share(counted.passed, counted.decided),
        **_classes(now),
        **_compared(counted, before),
    }


def _classes(now: Sequence[Judged]) -> dict[str, Cell]:
    """Accounts by problem; `其中其他` are accounts that fail something without a column."""
    failed = [figures.problems(each) for each in now]
    row: dict[str, Cell] = {
        f"其中{name}": sum(name in each for each in failed) for name in SILENCES
    }
    row |= {f"其中{name}": sum(_found(each, name) for each in now) for name in RULES}
    row["其中其他"] = sum(not {*SILENCES, *RULES}.issuperset(each) for each in failed)
    return row


def _found(judged: Judged, rule: str) -> bool:
    """Whether a rule found something, be it a reminder or a failure."""
    found = (each.outcome for each in judged.own.findings if each.rule == rule)
    return any(each in (Outcome.HINT, Outcome.FAIL) for each in found)


def _compared(now: figures.Figures, before: Sequence[Judged] | None) -> dict[str, Cell]:
    if before is None:
        return {}
    then = figures.count(before)
    rates = now.pass_rate, then.pass_rate
    both = rates[0] is not None and rates[1] is not None
    return {
        "上期合格率": _share(then.passed, then.decided),
        "增减(百分点)": round(rates[0] - rates[1], 1) if both else None,  # type: ignore[operator]
        "上期问题数": then.failed,
    }


def _share(part: int, whole: int) -> str | None:
    return wording.percent(part, whole) if whole else None
