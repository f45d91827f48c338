"""Rule: how a health rule joins the product: one file in `rules`, one decorated function."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.domain.account import Kind
from monitor.domain.facts import Facts, Standing
from monitor.domain.finding import Outcome
from monitor.domain.interval import Interval
from monitor.domain.rulebook import Rulebook
from monitor.judge.cutoff import Chosen, Grounds
from monitor.judge.status import Status
from monitor.registry import Registry


@dataclass(frozen=True, slots=True)
class Case:
    """All a rule may look at: the facts, the rulebook, and how the silence was judged.

    `standing` is the registry revision at `as_of`; `missing` are the uncovered stretches between
    the start of the silence and where it is measured. `excluded` says why the account is 不纳入, ''
    where it is judged.
    """

    facts: Facts
    rulebook: Rulebook
    standing: Standing | None
    base: Grounds
    chosen: Chosen
    status: Status
    missing: tuple[Interval, ...] = ()
    excluded: str = ""

    @property
    def platform(self) -> str:
        """The platform's id, '' where the registry does not know the account."""
        return "" if self.standing is None else self.standing.platform

    @property
    def only_new(self) -> bool:
        """Whether its age alone keeps the account out: its duties have begun all the same."""
        standing = self.standing
        if not self.excluded or standing is None or standing.kind is Kind.PERSONAL:
            return False
        return standing.state not in self.rulebook.not_counted


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule concluded; `until` is the second from which time alone may change it."""

    outcome: Outcome
    sentence: str
    evidence: Mapping[str, Any] = field(default_factory=dict)
    until: int | None = None


Check = Callable[[Case], Verdict | None]
"""A pure function; None where the rule has nothing to say of the account."""

Accepts = Callable[[Any], bool]
"""Whether a value a rulebook gives for a parameter makes sense."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it checks, what a rulebook may set, and whether it looks at the 不纳入 too."""

    name: str
    version: int
    check: Check
    parameters: Mapping[str, Accepts]
    excluded_too: bool


RULES: Final[Registry[Rule]] = Registry("monitor.judge.rules")


def rule(
    name: str,
    version: int,
    *,
    parameters: Mapping[str, Accepts] | None = None,
    excluded_too: bool = False,
) -> Callable[[Check], Check]:
    """Enter the decorated function as the rule `name`."""

    def enter(check: Check) -> Check:
        RULES.add(name, Rule(name, version, check, parameters or {}, excluded_too))
        return check

    return enter
