"""Facts 事实: all that the rules need of one account at (as_of, known_at); measured in SQL once.

Everything is in UTC seconds. Only what was known at `known_at` is in here, and of posts only what
may have been published before `as_of`.
"""

from dataclasses import dataclass

from monitor.domain.account import Kind, State
from monitor.domain.numbers import Provenance
from monitor.domain.service import Function


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One live (not revoked) coverage row; `grade` is already capped by its route's ceiling."""

    a: int
    b: int
    grade: int
    fresh: int
    looked_at: int
    confirm: int = 0
    source: Provenance = Provenance.INTERFACE


@dataclass(frozen=True, slots=True)
class Standing:
    """One registry revision: what the account was in [valid_from, valid_until), in seconds."""

    valid_from: int
    valid_until: int
    state: State
    kind: Kind
    name: str
    unit_id: int
    platform: str
    filed: bool | None
    filed_name: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Excuse:
    """Agreed silence [a, b): 春节, 暂停更新(已报批) and the like, of one kind."""

    a: int
    b: int
    kind: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """The newest answer about one function."""

    function: Function
    works: bool | None
    checked_at: int
    measured: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another official account in use of the same unit on the same platform."""

    account_id: int
    name: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All the rules need of one account.

    `newest_from` is the largest first second among posts whose last second is before `as_of`;
    `newest_until` the largest min(last second, as_of - 1) among posts whose first second is before
    `as_of`; `last_second` the largest last second among the same posts, unclipped: a cut-off at or
    before it is no cut-off. All three are None where no such post is known. `any_post` tells of any
    post at all, deleted ones included. `newest_at_first`, `opened_*`: see Account; `registered_at`
    is the second the account first stood in the registry.
    `coverage` holds every row that can matter: those ending after the newest known post, and those
    of the last 32 days. `posts_30d_min` and `_max` count posts surely and possibly in the 30 days
    before `as_of`.
    """

    account_id: int
    as_of: int
    known_at: int
    registered_at: int
    standings: tuple[Standing, ...]
    newest_from: int | None = None
    newest_until: int | None = None
    last_second: int | None = None
    any_post: bool = False
    opened_from: int | None = None
    opened_until: int | None = None
    posts_30d_min: int = 0
    posts_30d_max: int = 0
    coverage: tuple[CoverageRow, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    services: tuple[Service, ...] = ()
    peers: tuple[Peer, ...] = ()
