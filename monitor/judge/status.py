"""Status: the class of silence an account has reached, and whether it is judged at all."""

from dataclasses import dataclass

from monitor.domain.account import Kind
from monitor.domain.facts import Facts, Standing
from monitor.domain.finding import Outcome
from monitor.domain.instants import BEGINNING
from monitor.domain.rulebook import Rulebook, UpdateClass
from monitor.judge.cutoff import Chosen, Grounds
from monitor.judge.phrases import span


@dataclass(frozen=True, slots=True)
class Status:
    """The class the lower bound reached and the one the upper may have; the outcome of both.

    Both classes are None where the outcome is 暂不作认定 or 不纳入.
    """

    outcome: Outcome
    reached: UpdateClass | None = None
    possible: UpdateClass | None = None

    @property
    def word(self) -> str:
        """`status`: the class, or the word of the outcome where there is none."""
        return self.outcome.value if self.reached is None else self.reached.name

    @property
    def word_max(self) -> str:
        """`status_max`: the class that may have been reached, or the word of the outcome."""
        return self.outcome.value if self.possible is None else self.possible.name


def class_of(rulebook: Rulebook, seconds: int | None) -> UpdateClass:
    """The class a silence of `seconds` has reached: it exceeds its limit. None: the last class."""
    reached = rulebook.classes[0]
    for each in rulebook.classes:
        if seconds is not None and seconds <= each.over_seconds:
            break
        reached = each
    return reached


def status_of(facts: Facts, rulebook: Rulebook, base: Grounds, chosen: Chosen) -> Status:
    """The status of an account that is judged."""
    if not chosen.decided:
        return Status(Outcome.UNDECIDED)
    reached = class_of(rulebook, chosen.silence.least)
    possible = class_of(rulebook, chosen.silence.most)
    never = rulebook.never_updated
    if never is not None and reached.outcome is Outcome.FAIL and never_updated(facts, base, chosen):
        age = chosen.silence.at - base.origin.last
        if age > never.over_seconds:
            return Status(never.outcome, never, never)
    return Status(reached.outcome, reached, possible)


def never_updated(facts: Facts, base: Grounds, chosen: Chosen) -> bool:
    """Whether no post is known at all and all time since the opening, or ever, was covered."""
    stretch = chosen.silence.stretch
    if facts.any_post or base.origin.by_post or stretch is None:
        return False
    return stretch.start <= base.origin.first


def standing_at(facts: Facts, second: int) -> Standing | None:
    """The registry revision of that second; before the first one the first, in a gap the last.

    None where the registry did not know the account at `known_at`.
    """
    found: Standing | None = None
    for each in facts.standings:
        if found is None or each.valid_from <= second:
            found = each
    return found


def not_counted_because(facts: Facts, rulebook: Rulebook, standing: Standing | None) -> str:
    """Why the account is 不纳入 at `as_of`, in Chinese; '' where it is judged."""
    if standing is None:
        return "台账中尚无该账号"
    if standing.kind is Kind.PERSONAL:
        return "民警个人账号不作认定"
    if standing.state in rulebook.not_counted:
        return f"账号状态为{standing.state.value}"
    if facts.newest_until is None and _opened_later(facts):
        return "当时账号尚未开设"
    if rulebook.grace is not None and facts.as_of < grace_ends(facts, rulebook):
        return f"开设不超过{span(rulebook.grace.seconds)}"
    return ""


def grace_ends(facts: Facts, rulebook: Rulebook) -> int:
    """The first second at which a new account is judged; BEGINNING where it is not new.

    The opening must be on record, and no known post may be older than it. Of an opening known by
    its day the last second counts: nobody is called old who may be new.
    """
    grace, opened = rulebook.grace, facts.opened_until
    if grace is None or opened is None:
        return BEGINNING
    first = opened if facts.opened_from is None else facts.opened_from
    if facts.newest_until is not None and facts.newest_until < first:
        return BEGINNING
    return opened + grace.seconds + 1


def _opened_later(facts: Facts) -> bool:
    return facts.opened_from is not None and facts.opened_from >= facts.as_of
