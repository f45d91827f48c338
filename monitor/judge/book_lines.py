"""A rulebook line by line in the office's words, with sources and ranks; two side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY
from monitor.domain.rulebook import Rulebook, RuleTerms, UpdateClass, Variant

PARAMETERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "valid_days": "核查有效天数",
        "grace_days": "宽限天数",
        "functions": "算作互动或服务的功能",
        "interaction": "算作互动的功能",
        "service": "算作服务的功能",
        "reply": "回复",
    }
)
"""What a rule may be given, in words."""
REPLY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "window_days": "只看最近天数",
        "least_comments": "至少评论次数",
        "least_percent": "回复率下限(%)",
        "most_hours": "等待上限(小时)",
        "outcome": "结论",
    }
)
NOTHING: Final = "无"
NATIONAL, OURS = "国家规定", "本厅设定"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing a rulebook lays down: what, how, on whose word."""

    item: str
    said: str
    source: str
    rank: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One line in which two rulebooks differ; None where one of them does not have it."""

    item: str
    before: Line | None
    after: Line | None


def lines(book: Rulebook) -> tuple[Line, ...]:
    """Everything a rulebook lays down, in the order of its sheet."""
    never = () if book.never_updated is None else (book.never_updated,)
    return (
        *_general(book),
        *(_class(each) for each in book.classes),
        *(_never(each) for each in never),
        *_grace(book),
        *(line for terms in book.terms.values() for line in _rule(terms)),
        *(line for each in book.variants for line in _variant(book, each)),
    )


def differences(before: Rulebook, after: Rulebook) -> tuple[Difference, ...]:
    """What differs, in the order of the newer one; what it no longer has comes last."""
    old = {each.item: each for each in lines(before)}
    new = {each.item: each for each in lines(after)}
    items = [*new, *(item for item in old if item not in new)]
    return tuple(
        Difference(item, old.get(item), new.get(item))
        for item in items
        if old.get(item) != new.get(item)
    )


def _general(book: Rulebook) -> Iterator[Line]:
    """What holds for the whole rulebook stands on the rulebook's own source."""
    rank = NATIONAL if book.upper else OURS
    more = book.not_counted
    said = {
        "标准名称": book.title,
        "生效日期": book.valid_from.isoformat(),
        "最低采信等级": f"{book.least_grade}级",
        "认定前须隔时复看": _yes(book.confirm),
        "公众号只计已通知的作品": _yes(book.notified_only),
        "不计入静默的情形": "、".join(sorted(book.excused_kinds)) or NOTHING,
        "不纳入的账号状态": "、".join(sorted(more)) or NOTHING,
    }
    for item, words in said.items():
        yield Line(item, words, book.source, rank)


def _yes(value: bool) -> str:  # noqa: FBT001
    return "是" if value else "否"


def days(seconds: int) -> str:
    """`14天`."""
    return f"{seconds / DAY:g}天"


def _class(each: UpdateClass) -> Line:
    over = f"超过{days(each.over_seconds)},{each.outcome}" if each.over_seconds else each.outcome
    return Line(f"分级·{each.name}", over, each.source, each.rank)


def _never(each: UpdateClass) -> Line:
    said = f"开设超过{days(each.over_seconds)}无作品,{each.outcome}"
    return Line(f"分级·{each.name}", said, each.source, each.rank)


def _grace(book: Rulebook) -> Iterator[Line]:
    if book.grace is not None:
        said = f"开设{days(book.grace.seconds)}内不纳入"
        yield Line("新开账号宽限期", said, book.grace.source, book.grace.rank)


def _rule(terms: RuleTerms) -> Iterator[Line]:
    yield Line(f"规则·{terms.rule}", terms.outcome, terms.source, terms.rank)
    for key, value in terms.parameters.items():
        item = f"规则·{terms.rule}·{PARAMETERS[key]}"
        if key == "reply":
            yield Line(item, _reply(value), value["source"], value["rank"])
        else:
            yield Line(item, _parameter(value), terms.source, terms.rank)


def _parameter(value: Any) -> str:
    """A number as it is; functions by platform, the rest under 其他."""
    if not isinstance(value, Mapping):
        return str(value)
    return ";".join(
        f"{PLATFORMS.get(platform, platform)}:{'、'.join(names)}"
        for platform, names in value.items()
    )


def _reply(value: Mapping[str, Any]) -> str:
    return "、".join(f"{word}{value[key]}" for key, word in REPLY.items() if key in value)


def _variant(book: Rulebook, each: Variant) -> Iterator[Line]:
    """For whom, and whatever they are asked otherwise than everybody."""
    head = f"另定·{each.title}"
    yield Line(f"{head}·适用", for_whom(each), each.source, each.rank)
    for general, own in zip(book.classes, each.book.classes, strict=True):
        if general != own:
            yield Line(f"{head}·{own.name}", _class(own).said, own.source, own.rank)
    for rule, terms in book.terms.items():
        mine = each.book.terms.get(rule)
        if mine != terms:
            said = "不适用" if mine is None else mine.outcome.value
            yield Line(f"{head}·{rule}", said, each.source, each.rank)


def for_whom(each: Variant) -> str:
    """`抖音、快手;县级局`: the platforms, levels and types a variant is for."""
    platforms = sorted(PLATFORMS.get(name, name) for name in each.platforms)
    groups = (platforms, sorted(each.levels), sorted(each.types))
    return ";".join("、".join(group) for group in groups if group)
