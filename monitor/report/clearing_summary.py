"""The closing report 总结 of a 清理排查: counts that add up, rates with what they are out of."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.clearing import Answer, Decision, Spot, State
from monitor.domain.instants import shanghai_day
from monitor.report.rates import percent
from monitor.report.table import Cell, Table, build

OWN: Final = "省厅本级"
ALL: Final = "合计"
COLUMNS: Final = (
    *("市州", "应排查", "未自查", "已退回", "待核查", "已核查"),
    *(each.value for each in Answer),
    *("未答", "抽中", *(each.value for each in Spot), "抽查未登记"),
    *(each.value for each in Decision),
    "未定处置",
)
NOTES: Final = (
    "未自查、已退回、待核查、已核查相加为应排查;自查情况各列加未答为应排查。",
    "抽查一致、不一致、未登记相加为抽中;处置意见各列加未定处置为应排查。",
)


@dataclass(frozen=True, slots=True)
class Group:
    """So many lines of one place that stand alike."""

    place: str
    state: State
    answer: Answer | None
    sampled: bool
    spot: Spot | None
    decision: Decision | None
    amount: int


@dataclass(frozen=True, slots=True)
class Closing:
    """What a report is made of; `closed_at` None while the project runs, `seed` '' before a draw.

    Instants are seconds; `population` is how many were checked when the sample was drawn.
    """

    title: str
    office: str
    words: str
    opened_at: int
    closed_at: int | None
    seed: str
    size: int
    population: int
    summed_up: str
    groups: tuple[Group, ...]


def table(closing: Closing) -> Table:
    """One row a place and one for all."""
    places = list(dict.fromkeys(each.place for each in closing.groups))
    rows = [
        _row(place or OWN, [each for each in closing.groups if each.place == place])
        for place in places
    ]
    return build("清理排查总结", COLUMNS, [*rows, _row(ALL, closing.groups)], NOTES)


def _row(name: str, groups: Sequence[Group]) -> dict[str, Cell]:
    found: Counter[str] = Counter()
    for each in groups:
        found["应排查"] += each.amount
        found[_STATES[each.state]] += each.amount
        found[each.answer.value if each.answer else "未答"] += each.amount
        found[each.decision.value if each.decision else "未定处置"] += each.amount
        if each.sampled:
            found["抽中"] += each.amount
            found[each.spot.value if each.spot else "抽查未登记"] += each.amount
    return {"市州": name} | {column: found[column] for column in COLUMNS[1:]}


_STATES: Final = {
    State.WAITING: "未自查",
    State.RETURNED: "已退回",
    State.ANSWERED: "待核查",
    State.CHECKED: "已核查",
}


def values(closing: Closing) -> dict[str, Any]:
    """What stands in the paper, by the names its template uses."""
    rows = table(closing).named
    whole: dict[str, Any] = dict(rows[-1])
    shown = ("市州", "应排查", "已核查", *(each.value for each in Decision), "未定处置")
    return {
        "标题": f"{closing.title}工作总结",
        "部署": _deployed(closing),
        "自查": _answered(whole),
        "抽查": _drawn(closing, whole),
        "处置": _decided(whole),
        "说明": closing.summed_up or "无。",
        "地区": [{name: row[name] for name in shown} for row in rows],
        "落款": closing.office,
        "日期": "" if closing.closed_at is None else str(shanghai_day(closing.closed_at)),
    }


def _deployed(closing: Closing) -> str:
    words = f"工作要求:{closing.words}" if closing.words else ""
    until = "" if closing.closed_at else "(尚未办结,数字截至下载时)"
    return f"{closing.office}于{shanghai_day(closing.opened_at)}部署{closing.title}{until}。{words}"


def _answered(whole: dict[str, Any]) -> str:
    asked, checked = whole["应排查"], whole["已核查"]
    told = "、".join(f"{each.value}{whole[each.value]}个" for each in Answer)
    return (
        f"应排查账号{asked}个,核查通过{checked}个,核查完成率{percent(checked, asked, 1)}"
        f"({checked}/{asked})。自查情况:{told}、未答{whole['未答']}个。"
    )


def _drawn(closing: Closing, whole: dict[str, Any]) -> str:
    if not closing.seed:
        return "尚未抽查。"
    looked = whole["一致"] + whole["不一致"]
    rate = f",一致率{percent(whole['一致'], looked, 1)}({whole['一致']}/{looked})" if looked else ""
    return (
        f"按市州、平台分层,抽查{closing.size}个(共{closing.population}个),抽样种子{closing.seed}。"
        f"一致{whole['一致']}个,不一致{whole['不一致']}个,未登记{whole['抽查未登记']}个{rate}。"
    )


def _decided(whole: dict[str, Any]) -> str:
    told = "、".join(f"{each.value}{whole[each.value]}个" for each in Decision)
    return f"处置意见:{told}、未定{whole['未定处置']}个,合计{whole['应排查']}个。"


SAMPLE: Final = Closing(
    *("全面清理排查", "某公安厅", "逐个核对", 0, 1, "0f3a", 1, 1, ""),
    (Group("某市", State.CHECKED, Answer.TRUE, True, Spot.SAME, Decision.KEEP, 1),),  # noqa: FBT003
)
"""What a template is tried against."""
