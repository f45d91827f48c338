"""Replies: whether comments are answered often and soon enough, where a rulebook asks for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.facts import Facts, Replies
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, HOUR
from monitor.domain.rank import RANKS
from monitor.domain.rulebook import Rulebook
from monitor.judge.phrases import authority, day
from monitor.judge.rule import Verdict

LONGEST_WINDOW: Final = 90
"""Days: the evidence handed out for a finding reaches back so far."""
MOST_HOURS: Final = 90 * 24
NEEDED: Final = {"window_days", "least_comments", "source", "rank"}
LIMITS: Final = {"least_percent", "most_hours"}
USUAL: Final = Outcome.HINT.value
OUTCOMES: Final = {USUAL, Outcome.FAIL.value}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rulebook asks: of at least `least_comments` in `window_days` so many percent answered,
    and the median wait no longer than `most_hours`; None where one of both is not asked."""

    window_days: int
    least_comments: int
    source: str
    rank: str
    least_percent: int | None = None
    most_hours: int | None = None
    outcome: str = USUAL


def accepts(value: object) -> bool:
    """Whether a rulebook's `reply` makes sense; left out, it asks for nothing."""
    if value is None:
        return True
    if not isinstance(value, dict) or not value.keys() >= NEEDED or not LIMITS & value.keys():
        return False
    if not value.keys() <= NEEDED | LIMITS | {"outcome"}:
        return False
    return _numbers(value) and _words(value)


def _numbers(value: Mapping[str, Any]) -> bool:
    bounds = {
        "window_days": LONGEST_WINDOW,
        "least_comments": 1_000_000,
        "least_percent": 100,
        "most_hours": MOST_HOURS,
    }
    given = [(value[key], most) for key, most in bounds.items() if key in value]
    return all(type(number) is int and 1 <= number <= most for number, most in given)


def _words(value: Mapping[str, Any]) -> bool:
    source = value["source"]
    said = isinstance(source, str) and bool(source.strip())
    return said and value["rank"] in RANKS and value.get("outcome", USUAL) in OUTCOMES


def windows(rulebooks: Iterable[Rulebook]) -> tuple[int, ...]:
    """The windows in days that rulebooks ask for, over which facts must be measured."""
    asked = [
        terms.parameters["reply"]["window_days"]
        for book in rulebooks
        for terms in book.terms.values()
        if "reply" in terms.parameters
    ]
    return tuple(sorted(set(asked)))


def answering(facts: Facts, parameter: Mapping[str, Any]) -> Verdict | None:
    """The verdict on how comments were answered; None where there are too few to say anything."""
    asks = Asked(**parameter)
    found = next((one for one in facts.replies if one.window_days == asks.window_days), None)
    if found is None or found.oldest is None or found.comments < asks.least_comments:
        return None
    until = found.oldest + asks.window_days * DAY + 1
    rare, slow = _rare(found, asks), _slow(found, asks)
    if not rare and not slow:
        return Verdict(Outcome.OK, "评论回复达到要求。", until=until)
    faults = ";".join(each for each in (rare, slow) if each)
    sentence = f"{_counted(facts, found)},{faults}{authority(asks.source, asks.rank)}。"
    return Verdict(Outcome(asks.outcome), sentence, _evidence(found, asks), until)


def _rare(found: Replies, asks: Asked) -> str:
    least = asks.least_percent
    if least is None or found.replies * 100 >= found.comments * least:
        return ""
    # Cut off, not rounded: a share under the limit must never be printed as the limit.
    share = found.replies * 1000 // found.comments
    return f"回复率{share // 10}.{share % 10}%({found.replies}/{found.comments}),低于{least}%"


def _slow(found: Replies, asks: Asked) -> str:
    most = asks.most_hours
    if most is None or found.wait is None or found.wait <= most * HOUR:
        return ""
    hours = found.wait // HOUR
    more = "余" if hours == most else ""
    return f"等待回复的中位时长{hours}小时{more}(自然时间),超过{most}小时"


def _counted(facts: Facts, found: Replies) -> str:
    by = "、".join(each.value for each in found.sources)
    return (
        f"截至{day(facts.as_of)}的{found.window_days}天内,{found.posts}件作品中{found.told}件"
        f"读到评论数和回复数({by}),共有评论{found.comments}次、回复{found.replies}次"
    )


def _evidence(found: Replies, asks: Asked) -> dict[str, Any]:
    return {
        "window_days": found.window_days,
        "posts": found.posts,
        "posts_told": found.told,
        "comments": found.comments,
        "replies": found.replies,
        "median_wait_seconds": found.wait,
        "wait_measured_in": "natural time",
        "sources": [each.value for each in found.sources],
        "least_comments": asks.least_comments,
        "least_percent": asks.least_percent,
        "most_hours": asks.most_hours,
    }
