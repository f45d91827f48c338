"""Figures 数字: what a list of judged accounts counts up to; every share keeps its denominator."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.domain.account import Kind, State
from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import DAY
from monitor.domain.judged import Judged
from monitor.domain.person import Role
from monitor.domain.rulebook import Rulebook, UpdateClass
from monitor.domain.week import Week
from monitor.report import wording

NOT_YET_OR_NO_MORE = frozenset({State.PLANNED, State.APPROVED, State.REMOVED})
SOON = 3 * DAY
TODAY = "today_status_max"
"""Evidence of 上级口径: the worst class the silence may have reached at `as_of`."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of official accounts; 备案数 is the sum of all outcomes."""

    ok: int = 0
    hinted: int = 0
    failed: int = 0
    undecided: int = 0
    not_counted: int = 0

    @property
    def registered(self) -> int:
        """备案账号数."""
        return self.counted + self.not_counted

    @property
    def counted(self) -> int:
        """纳入监测数: all but those with a stated reason."""
        return self.decided + self.undecided

    @property
    def decided(self) -> int:
        """可认定数: those the data says something about."""
        return self.ok + self.hinted + self.failed

    @property
    def passed(self) -> int:
        """Those without a failing conclusion, the numerator of 合格率."""
        return self.ok + self.hinted

    @property
    def pass_rate(self) -> float | None:
        """合格率 in percent of 可认定数; None where nothing could be told."""
        return 100 * self.passed / self.decided if self.decided else None


@dataclass(frozen=True, slots=True)
class Movement:
    """What became of accounts between two weeks; `left` failed before and are listed no more."""

    new: tuple[Judged, ...] = ()
    recovered: tuple[Judged, ...] = ()
    unsure: tuple[Judged, ...] = ()
    left: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Accounts nothing could be told of for one reason, with who can mend it and how."""

    cause: str
    mender: str
    remedy: str
    accounts: int


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """若今日抽查 under 上级口径: how many fail, in how many places, how many more might."""

    failed: int
    regions: int
    possible: int


def official(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Official accounts that are open: an officer's own account enters no total and no list."""
    return tuple(
        each
        for each in judged
        if each.registered.account.kind is Kind.OFFICIAL
        and each.registered.account.state not in NOT_YET_OR_NO_MORE
    )


def count(judged: Iterable[Judged]) -> Figures:
    """The figures of a list under 本厅口径."""
    seen = Counter(each.own.outcome for each in official(judged))
    return Figures(
        ok=seen[Outcome.OK],
        hinted=seen[Outcome.HINT],
        failed=seen[Outcome.FAIL],
        undecided=seen[Outcome.UNDECIDED],
        not_counted=seen[Outcome.NOT_COUNTED],
    )


def failing(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Accounts with a failing conclusion under 本厅口径."""
    return tuple(each for each in official(judged) if each.own.outcome is Outcome.FAIL)


def problems(judged: Judged) -> tuple[str, ...]:
    """What one account fails: the class of its silence, and the name of every other rule.

    The outcome of an account is that of its silence; what else it fails stands beside it.
    """
    own = judged.own
    named = (own.status,) if own.outcome is Outcome.FAIL else ()
    others = (
        each.rule
        for each in own.findings
        if each.rule != UPDATE_RULE and each.outcome is Outcome.FAIL
    )
    return (*named, *others)


def classes(rulebook: Rulebook) -> tuple[UpdateClass, ...]:
    """All classes of silence, 从未更新 last where the rulebook knows it."""
    never = rulebook.never_updated
    return rulebook.classes if never is None else (*rulebook.classes, never)


def by_problem(judged: Iterable[Judged], rulebook: Rulebook) -> tuple[tuple[str, int], ...]:
    """How many accounts have each problem: classes in the rulebook's order, then the rest by name.

    One account may have several problems, and who fails another rule only is not among `failed`.
    """
    seen = Counter(name for each in official(judged) for name in problems(each))
    order = {each.name: place for place, each in enumerate(classes(rulebook))}
    return tuple(sorted(seen.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def movement(now: Iterable[Judged], before: Iterable[Judged] | None) -> Movement | None:
    """Who failed anew, who recovered, of whom nothing can be told any more; None without a before.

    Recovered are those that failed before and now surely do not. One that failed before and is not
    counted or not listed any more (closed, handed over) has not recovered: it is in `left`.
    """
    if before is None:
        return None
    earlier = {each.own.account_id: each.own.outcome for each in official(before)}
    failed = {who for who, outcome in earlier.items() if outcome is Outcome.FAIL}
    current = official(now)
    once = [each for each in current if each.own.account_id in failed]
    told = [each for each in once if each.own.outcome is not Outcome.NOT_COUNTED]
    return Movement(
        new=tuple(each for each in failing(current) if each.own.account_id not in failed),
        recovered=tuple(each for each in told if each.own.outcome in (Outcome.OK, Outcome.HINT)),
        unsure=tuple(each for each in told if each.own.outcome is Outcome.UNDECIDED),
        left=len(failed) - len(told),
    )


REMINDED = (Role.OPERATOR, Role.UNIT_LIAISON, Role.LIAISON)
"""Who is told before a limit runs out, the nearest to the account first."""


def reminded(week: Week, found: Iterable[Judged]) -> dict[Role, frozenset[int]]:
    """Of these accounts, those of whose present silence somebody of a role was told."""
    since = {each.own.account_id: each.own.last_post_until for each in found}
    told = [each for each in week.reminded if since.get(each.account_id, -1) == each.since]
    return {
        role: frozenset(each.account_id for each in told if role in each.roles) for role in REMINDED
    }


def soon(judged: Iterable[Judged], within: int = SOON) -> tuple[tuple[Judged, int], ...]:
    """Accounts whose least failing limit runs out within `within` seconds after `as_of`.

    With the seconds left, the least first. Counted from the last second the newest known post can
    have: who posted since, and was not read yet, is warned for nothing and loses nothing.
    """
    found = []
    for each in official(judged):
        own = each.own
        if own.outcome not in (Outcome.OK, Outcome.HINT) or own.last_post_until is None:
            continue
        left = own.last_post_until + own.limit - own.as_of
        if 0 <= left <= within:
            found.append((each, left))
    return tuple(sorted(found, key=lambda item: (item[1], item[0].own.account_id)))


def undecided(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Accounts nothing could be told of, under 本厅口径."""
    return tuple(each for each in official(judged) if each.own.outcome is Outcome.UNDECIDED)


def gaps(judged: Iterable[Judged]) -> tuple[Gap, ...]:
    """暂不作认定 by cause, the commonest first; who mends it is named where all agree."""
    grouped: dict[str, list[Judged]] = {}
    for each in undecided(judged):
        grouped.setdefault(each.cause or wording.CAUSE_UNKNOWN, []).append(each)
    found = [
        Gap(
            cause,
            _agreed(each.mender for each in some),
            _agreed(each.remedy for each in some),
            len(some),
        )
        for cause, some in grouped.items()
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.accounts, gap.cause)))


def _agreed(words: Iterable[str]) -> str:
    distinct = set(words)
    return distinct.pop() if len(distinct) == 1 else ""


def spot_check(judged: Iterable[Judged], upper: Rulebook, *, by_county: bool = False) -> SpotCheck:
    """What an inspection under 上级口径 would find: failures, their places, and the possible ones.

    Expected to fail is what failed when last proven; possible is what would if nothing was
    posted since it was last seen.
    """
    accounts = official(judged)
    failed = [each for each in accounts if each.upper.outcome is Outcome.FAIL]
    names = {each.name for each in classes(upper) if each.outcome is Outcome.FAIL}
    return SpotCheck(
        failed=len(failed),
        regions=len({place(each, by_county=by_county) for each in failed}),
        possible=sum(_might_fail(each, names) for each in accounts),
    )


def _might_fail(judged: Judged, failing_classes: Collection[str]) -> bool:
    upper = judged.upper
    if upper.outcome in (Outcome.FAIL, Outcome.NOT_COUNTED):
        return False
    for each in upper.findings:
        if each.rule == UPDATE_RULE and TODAY in each.evidence:
            return each.evidence[TODAY] in failing_classes
    return upper.outcome is Outcome.UNDECIDED


def place(judged: Judged, *, by_county: bool = False) -> str:
    """The name of the prefecture an account lies in (省级), or of its county (本级)."""
    unit = judged.registered.unit
    if by_county:
        return unit.county_name or "本级"
    return unit.region_name or unit.region or "省级"


def by_place(
    judged: Iterable[Judged], *, by_county: bool = False
) -> Mapping[str, Sequence[Judged]]:
    """Official accounts by place: the whole's own first, then by code. No ranking."""
    grouped: dict[str, list[Judged]] = {}
    for each in official(judged):
        grouped.setdefault(place(each, by_county=by_county), []).append(each)
    return {name: grouped[name] for name in sorted(grouped, key=lambda n: _order(n, grouped[n]))}


def _order(name: str, some: Sequence[Judged]) -> tuple[bool, str]:
    return name not in ("省级", "本级"), min(each.registered.unit.code for each in some)
