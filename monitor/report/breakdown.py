"""附件2 分地区情况: what a bulletin counts, by place, platform, level and line."""

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.domain.bulletin import Base, Candidate
from monitor.domain.finding import Outcome
from monitor.domain.judged import Judged
from monitor.report import figures, groups, handling, places
from monitor.report.drafted import Draft
from monitor.report.groups import Grouping
from monitor.report.rates import percent, points
from monitor.report.table import TAIL, Cell, Table, build
from monitor.report.tally import Tally

KINDS: Final = (*places.SILENCES, *places.RULES)
NOTES: Final = (
    "单位数为有备案账号的单位数;民警个人账号不在其内。",
    "问题账号为已核实、程序已满、列入本期的账号;一个账号有多项问题的只计一次,"
    "其中各项逐项计,故其和可能大于问题账号数。",
    "可认定数不含疑似问题尚未核实或程序未满的账号。数据完整度=可认定数/纳入监测数,"
    "抽查比例=抽查数/可认定数。",
    "上期指上一次印发的通报;已销号、转关停、未整改到位为上期通报账号现在的情况。",
    "按固定次序排列,不是排名。",
)


def tables(draft: Draft) -> tuple[Table, ...]:
    """分地区、分平台、分层级、分条线, each with the whole as its last row."""
    ways = groups.all_of(by_county=draft.whose.by_county)
    return tuple(_table(draft, by) for by in ways)


def _table(draft: Draft, by: Grouping) -> Table:
    official = figures.official(draft.judged)
    known = {each.own.account_id: by.of(each) for each in draft.judged}
    again: dict[str, list[Candidate]] = {}
    for each in draft.again:
        again.setdefault(known.get(each.account_id, ""), []).append(each)
    found: dict[str, Sequence[Judged]] = dict(groups.grouped(official, by))
    found |= {name: () for name in again if name and name not in found}
    kinds = _kinds(draft)
    last = draft.last.get(by.name, {})
    rows = [
        _row(draft, some, kinds)
        | _compared(draft, last.get(name), again.get(name, ()), draft.tally.within(_ids(some)))
        | {by.column: name}
        for name, some in found.items()
    ]
    whole = _compared(draft, last.get(places.WHOLE), draft.again, draft.tally)
    rows.append(_row(draft, official, kinds) | whole | {by.column: places.WHOLE})
    tail = dict(zip(TAIL, draft.imprint.tail(None), strict=True))
    columns = (by.column, *places.COLUMNS[1:])
    return build(by.name, columns, [row | tail for row in rows], NOTES)


def _kinds(draft: Draft) -> Mapping[int, frozenset[str]]:
    """The verified problems of each account that is named."""
    found: dict[int, frozenset[str]] = {}
    for each in draft.gate.entering:
        verified = frozenset(one.kind for one in each.case.problems if one.confirmed)
        found[each.account_id] = found.get(each.account_id, frozenset()) | verified
    return found


def _row(
    draft: Draft, some: Sequence[Judged], kinds: Mapping[int, frozenset[str]]
) -> dict[str, Cell]:
    tally = draft.tally.within(_ids(some))
    hinted = {each.own.account_id for each in some if each.own.outcome is Outcome.HINT}
    drawn = len(tally.of(Base.SAMPLED)) if draft.tally.sample is not None else None
    return {
        "单位数": len({each.registered.unit.code for each in some}),
        "备案账号数": len(tally.registered),
        "不纳入数": len(tally.excused),
        "纳入监测数": len(tally.counted),
        "抽查数": drawn,
        "抽查比例": None if drawn is None else _share(drawn, len(tally.decided)),
        "可认定数": len(tally.decided),
        "数据完整度": _share(len(tally.decided), len(tally.counted)),
        "正常数": len(tally.passed - hinted),
        "提醒数": len(tally.passed & hinted),
        "问题账号数": len(tally.failed),
        **_classes([kinds.get(each, frozenset()) for each in tally.failed]),
        "合格率": _rate(draft, tally),
    }


def _classes(kinds: Sequence[frozenset[str]]) -> dict[str, Cell]:
    row: dict[str, Cell] = {f"其中{kind}": sum(kind in each for each in kinds) for kind in KINDS}
    return row | {"其中其他": sum(not each <= set(KINDS) for each in kinds)}


def _compared(
    draft: Draft, last: Mapping[str, Cell] | None, again: Sequence[Candidate], tally: Tally
) -> dict[str, Cell]:
    """Beside the last bulletin; blank where there was none, or where it had no such group."""
    row: dict[str, Cell] = dict(handling.outcomes(again)) if draft.again else {}
    if last is None:
        return row
    before = str(last.get("合格率") or "")
    change = points(_rate(draft, tally) or "", before)
    told = {"上期合格率": before or None, "上期问题数": last.get("问题账号数")}
    return row | told | {"增减(百分点)": change or None}


def _rate(draft: Draft, tally: Tally) -> str | None:
    rate = tally.rate(draft.base)
    return rate.text(draft.decimals) if rate.checked else None


def _share(part: int, whole: int) -> str | None:
    return percent(part, whole, 1) if whole else None


def _ids(some: Sequence[Judged]) -> frozenset[int]:
    return frozenset(each.own.account_id for each in some)
