"""A little record of one account, and the facts that may be measured from it at any instant."""

from dataclasses import dataclass, field, replace
from datetime import date

from monitor.domain.account import Kind, State
from monitor.domain.facts import CoverageRow, Excuse, Facts, Standing
from monitor.domain.finding import Outcome
from monitor.domain.instants import BEGINNING, DAY, OPEN
from monitor.domain.numbers import Provenance
from monitor.domain.rulebook import Rulebook, UpdateClass

EARLY = -1
"""Recorded before everything else."""


@dataclass(frozen=True)
class Post:
    """Published between `first` and `last`, known from `recorded` until `superseded`."""

    first: int
    last: int
    recorded: int = EARLY
    superseded: int = OPEN


@dataclass(frozen=True)
class Look:
    """A coverage row with its times of record; `a` is BEGINNING for minus infinity."""

    a: int
    b: int
    fresh: int = 100
    grade: int = 4
    looked: int | None = None
    confirm: int = 0
    recorded: int = EARLY
    revoked: int = OPEN
    source: Provenance = Provenance.INTERFACE

    @property
    def looked_at(self) -> int:
        return self.b if self.looked is None else self.looked


@dataclass(frozen=True)
class Record:
    """All that is on record of one account."""

    posts: tuple[Post, ...] = ()
    looks: tuple[Look, ...] = ()
    excuses: tuple[tuple[int, int], ...] = ()
    opened: tuple[int | None, int | None] = (None, None)
    registered: int = 0
    standings: tuple[Standing, ...] = field(default=())

    def and_(self, *more: Post | Look) -> "Record":
        """The record with more evidence."""
        posts = tuple(each for each in more if isinstance(each, Post))
        looks = tuple(each for each in more if isinstance(each, Look))
        return replace(self, posts=self.posts + posts, looks=self.looks + looks)


def standing(**changes: object) -> Standing:
    """An official account in use since ever."""
    usual = Standing(
        valid_from=BEGINNING,
        valid_until=OPEN,
        state=State.ACTIVE,
        kind=Kind.OFFICIAL,
        name="平安湖畔(演示)",
        unit_id=1,
        platform="weibo",
        filed=True,
        filed_name="",
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def measure(record: Record, as_of: int, known_at: int = OPEN - 1) -> Facts:
    """The facts at (as_of, known_at), by the words of the Facts docstring."""
    known = [post for post in record.posts if post.recorded <= known_at < post.superseded]
    begun = [post for post in known if post.first < as_of]
    over = [post.first for post in begun if post.last < as_of]
    looks = [look for look in record.looks if look.recorded <= known_at < look.revoked]
    return Facts(
        account_id=7,
        as_of=as_of,
        known_at=known_at,
        registered_at=record.registered,
        standings=record.standings or (standing(),),
        newest_from=max(over, default=None),
        newest_until=max((min(post.last, as_of - 1) for post in begun), default=None),
        last_second=max((post.last for post in begun), default=None),
        any_post=bool(known),
        opened_from=record.opened[0],
        opened_until=record.opened[1],
        coverage=tuple(
            CoverageRow(
                look.a, look.b, look.grade, look.fresh, look.looked_at, look.confirm, look.source
            )
            for look in looks
        ),
        excuses=tuple(Excuse(a, b, "春节") for a, b in record.excuses),
    )


def classes(*limits: tuple[str, int, Outcome]) -> tuple[UpdateClass, ...]:
    """Classes by name, limit in seconds, outcome."""
    return tuple(UpdateClass(*each, source="国办秘函19号", rank="国家规定") for each in limits)


def rulebook(**changes: object) -> Rulebook:
    """A small rulebook whose limits are seconds: 提醒 over 2, 内容不更新 over 4, 睡眠 over 7."""
    usual = Rulebook(
        name="toy",
        version=1,
        title="试",
        source="试",
        valid_from=date(1960, 1, 1),
        classes=classes(
            ("正常", 0, Outcome.OK),
            ("提醒", 2, Outcome.HINT),
            ("内容不更新", 4, Outcome.FAIL),
            ("睡眠", 7, Outcome.FAIL),
        ),
        never_updated=None,
        least_grade=2,
        excused_kinds=frozenset({"春节"}),
        confirm=False,
        clear_seconds=0,
        terms={},
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def never_updated(age: int = 30 * DAY) -> UpdateClass:
    """The class 从未更新."""
    return UpdateClass("从未更新", age, Outcome.FAIL, "咸宁市通报", "外地做法")
