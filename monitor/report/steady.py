"""排名稳定性: how far each place can be trusted, in the words of the page."""

from collections import Counter
from typing import Final

from monitor.domain.assessed import Total
from monitor.report import scorecard, wording
from monitor.report.scorecard import Sheet
from monitor.report.table import Cell

DIGITS: Final = 1
SAME: Final = "不变"
PAIR: Final = 2


def rows(sheet: Sheet) -> list[dict[str, Cell]]:
    """One row for each unit with a place and an interval, by group and code: nothing in it tells an
    order that the data does not support."""
    peers = Counter(each.peers for each in sheet.among or sheet.totals if each.place is not None)
    found = [each for each in sheet.totals if each.place is not None and each.low is not None]
    return [
        _row(sheet, each, peers[each.peers])
        for each in sorted(found, key=lambda each: (each.peers, each.unit))
    ]


def _row(sheet: Sheet, total: Total, peers: int) -> dict[str, Cell]:
    return {
        "组别": total.peers or None,
        "单位": sheet.name(total.unit),
        "机构代码": total.unit,
        "位次（参考区间）": f"{scorecard.place(sheet, total)}（{scorecard.interval(total)}）",
        "并列档": f"第{total.tier}档" if total.tier else None,
        "同组百分位": percentile(sheet, total, peers),
        "平均移动（位）": None if total.shift is None else round(total.shift, DIGITS),
        "换算法移动": moved(total),
        "去掉一项的位次": _without(total),
        "影响最大的一项": _weakest(sheet, total),
    }


def percentile(sheet: Sheet, total: Total, peers: int) -> str | None:
    """The share of the group that stands no higher, itself included: `75.0%`, and `50.0%—75.0%`
    for all of one tie group; None alone in a group."""
    if total.place is None or peers < PAIR:
        return None
    first, last = sheet.tiers[total.peers, total.tier] if total.tier else (total.place, total.place)
    low, high = ((peers - place + 1) / peers for place in (last, first))
    told = [wording.share(each) for each in (low, high)]
    return told[0] if first == last else "—".join(told)


def moved(total: Total) -> str | None:
    """`后移2位`, `前移1位`, `不变`, where every line is scored by the place among the peers: how
    far, not to where, as places within a tie group are nobody's."""
    if total.percentile is None or total.place is None:
        return None
    change = total.percentile - total.place
    return f"{'后' if change > 0 else '前'}移{abs(change)}位" if change else SAME


def _without(total: Total) -> str | None:
    if total.out_low is None or total.out_high is None:
        return None
    return scorecard.span(total.out_low, total.out_high)


def _weakest(sheet: Sheet, total: Total) -> str | None:
    if total.out_low is None:
        return None
    if not total.weakest:
        return "无"
    line = sheet.indicators.get(total.weakest)
    return total.weakest if line is None else f"{line.id} {line.name}"
