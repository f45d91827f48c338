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
    """One coverage row, recorded by and not revoked by `known_at`.

    `grade` is already capped by its route's ceiling at `known_at`. [a, b) is as stored, not clipped
    to `as_of`; `a` is BEGINNING for minus infinity; [b, b) says only that somebody looked. `fresh`
    is how many seconds after `b` it may still be judged by; `confirm` how many seconds its looks
    must span before a breach counts where the rulebook asks for it (86400 for live interfaces, 0
    for final T+1 data, exports and patrols).
    """

    a: int
    b: int
    grade: int
    fresh: int
    looked_at: int
    confirm: int = 0
    source: Provenance = Provenance.INTERFACE


@dataclass(frozen=True, slots=True)
class Standing:
    """One registry revision: what the account was in [valid_from, valid_until), in seconds.

    BEGINNING and OPEN stand for "always" and "still". `filed` is True where a filing (备案) stands,
    False where the ledger says there is none (未备案, 否, 无), None where it says nothing.
    `filed_name` is the name it was filed under, '' where unknown. `account_type` is the ledger's
    账号类型 (订阅号, 服务号, ...), `level` the unit's Level.
    """

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
    account_type: str = ""


@dataclass(frozen=True, slots=True)
class Excuse:
    """Agreed silence [a, b): 春节, 暂停更新(已报批) and the like, of one kind."""

    a: int
    b: int
    kind: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """The newest answer about one function, checked at or before `as_of`.

    Of two answers of the same second the measured one stands; `measured` False is an attestation.
    """

    function: Function
    works: bool | None
    checked_at: int
    measured: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """The newest word before `as_of` on whether an account's page stands, from second `at`.

    `said` is what was seen: a look's 正常, 已改名, 搜不到, 已注销, or what its interface told.
    Whoever could not tell (打不开) counts for nothing.
    """

    at: int
    stands: bool
    said: str
    source: Provenance
    grade: int


@dataclass(frozen=True, slots=True)
class Peer:
    """Another official account of the same unit on the same platform, in use at `as_of`.

    In use: 在用, 暂停更新, 失管待找回 or 待核. `account_type` is its ledger's 账号类型.
    """

    account_id: int
    name: str
    account_type: str = ""


@dataclass(frozen=True, slots=True)
class Replies:
    """How comments were answered on the posts of the `window_days` before `as_of`.

    Of `posts` in the window `told` say both numbers, each by its newest observation: `comments` and
    `replies` are sums over those. `wait` is the median wait in seconds of natural time: the lower
    weighted median of the posts' own medians, each as heavy as its answers; None where no wait was
    told. `oldest` is the first second of the oldest post that told, None where none did.
    """

    window_days: int
    posts: int
    told: int
    comments: int
    replies: int
    wait: int | None
    oldest: int | None
    sources: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All the rules need of one account.

    Posts are those known at `known_at` whose `published_from` is before `as_of`, deleted ones
    included. `newest_from` is the largest first second among those whose last second is before
    `as_of`; `newest_until` the largest min(last second, as_of - 1) among all of them; `last_second`
    the largest last second among all of them, unclipped: a cut-off at or before it is no cut-off.
    Each is None where no such post is known. `any_post` is True where any post is known at
    `known_at` at all, also one published later than `as_of`. `opened_from`, `opened_until`: see
    Account, of the revision valid at `as_of`; `registered_at` is the second the account first
    stood in the registry.
    `standings` are all revisions as known at `known_at`, in order of `valid_from`, past and future.
    `coverage` holds every row that can matter, whatever its grade: those with b > `newest_from`
    (all, where that is None), and those with b >= as_of - 32 days. `excuses` are those known at
    `known_at` with b > `newest_from` (all, where that is None), future ones included.
    `posts_30d_min` and `_max` count posts surely and possibly in the 30 days before `as_of`.
    `peers` are as known at `known_at`. `replies` holds an entry for each window that a rulebook
    asks for and in which the account has posts. `presence` is None where nobody ever said
    whether the page stands. `doubted` are the rules that had erred too often on the account's
    platform by `known_at`.
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
    replies: tuple[Replies, ...] = ()
    presence: Presence | None = None
    doubted: frozenset[str] = frozenset()
