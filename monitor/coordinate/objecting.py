"""异议 and 人工评分: who may say what of a line, and what two reviewers agree on unseen."""

from collections.abc import Mapping
from dataclasses import replace
from statistics import mean, median
from types import MappingProxyType
from typing import Final

from monitor.domain.assessment import Answer, Given, Item, Objection, Plea, Say, State
from monitor.domain.errors import Conflict, Forbidden, InputError

LONGEST: Final = 500
APART: Final = 0.2
"""本厅设定: two shares further apart than this go to a third reviewer."""
TWO, THREE = 2, 3
AFTER: Final[Mapping[Say, Plea]] = MappingProxyType(
    {Say.UPHOLD: Plea.UPHELD, Say.REFUSE: Plea.REFUSED, Say.WITHDRAW: Plea.WITHDRAWN}
)
ANSWERING: Final = frozenset({State.FEEDBACK, State.REVIEW})
"""While an objection may be answered, or taken back."""


def raised(objection: Objection, state: State, now: int, due: int | None) -> Objection:
    """An objection as it is handed in; Conflict outside 结果反馈, InputError for unfit words."""
    if state is not State.FEEDBACK or due is None or now > due:
        raise Conflict("现在不能提出异议", state, "异议在结果反馈的3个工作日内提出")
    words = objection.words.strip()
    if not words:
        raise InputError("请写明异议内容", "异议内容")
    if len(words) > LONGEST:
        raise InputError(f"异议内容超过{LONGEST}字", "异议内容", "请精简后再提交")
    if not 0 <= objection.wanted <= objection.most:
        raise InputError(f"应得分应在0到{objection.most:g}分之间", "应得分")
    if objection.points is not None and objection.wanted <= objection.points:
        raise InputError(f"这一项已得{objection.points:g}分", "应得分", "应得分应高于现得分")
    return replace(objection, words=words)


def answered(objection: Objection, state: State, answer: Answer) -> Objection:
    """An objection after 采纳, 不采纳 or 撤回异议; whoever raised it does not decide it."""
    if objection.plea is not Plea.RAISED or state not in ANSWERING:
        raise Conflict(f"这件异议现为“{objection.plea}”,不能“{answer.say}”", "", "请刷新后再看")
    mine = answer.person == objection.raised_by
    if answer.say is Say.WITHDRAW:
        if not mine:
            raise Forbidden("异议由提出人撤回", answer.say)
        return replace(objection, plea=Plea.WITHDRAWN)
    if mine:
        raise Forbidden("本人提出的异议不能由本人答复", answer.say, "请由另一位同事办理")
    words = answer.words.strip()
    if not words or len(words) > LONGEST:
        raise InputError(f"请写明理由,{LONGEST}字以内", "答复说明")
    if answer.say is Say.UPHOLD:
        _granted(objection, answer.granted)
    plea = AFTER[answer.say]
    return replace(objection, plea=plea, answer=words, answered_by=answer.person)


def _granted(objection: Objection, granted: float | None) -> None:
    least = objection.points or 0.0
    if granted is None or not least <= granted <= objection.most:
        raise InputError(f"认定得分应在{least:g}到{objection.most:g}分之间", "认定得分")


def given(item: Item, person: int, share: float, most: float = 1.0) -> Item:
    """An item with another reviewer's share, or what he counted, up to `most`. Nobody scores twice,
    nor once it is agreed; the third comes in only where the first two are too far apart."""
    if not 0 <= share <= most:
        told = "得分率应在0到100%之间" if most == 1 else f"应在0到{most:g}之间"
        raise InputError(told, item.indicator)
    if person in {each.person for each in item.given}:
        raise Conflict("您已评过这一项,不能再改", item.indicator, "两人意见不一时由第三人评")
    if agreed(item) is not None:
        raise Conflict("这一项已经评定", item.indicator, "请刷新后再看")
    return replace(item, given=(*item.given, Given(person, share)))


def agreed(item: Item) -> float | None:
    """The share two reviewers come to: the mean of both, or where they are too far apart the middle
    one of three; None while somebody is still to score."""
    shares = [each.share for each in item.given]
    if len(shares) < TWO:
        return None
    if max(shares[:TWO]) - min(shares[:TWO]) <= APART + 1e-9:
        return mean(shares[:TWO])
    return median(shares) if len(shares) >= THREE else None


def wanted(item: Item) -> int:
    """How many more people have to score it."""
    if agreed(item) is not None:
        return 0
    return THREE - len(item.given) if len(item.given) >= TWO else TWO - len(item.given)


def seen(item: Item, person: int) -> tuple[Given, ...]:
    """What somebody may see of what was given: his own until all is in, then everything."""
    if agreed(item) is not None:
        return item.given
    return tuple(each for each in item.given if each.person == person)
