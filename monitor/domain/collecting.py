"""Collecting: targets to read, passes that tried, and the harvest they brought home."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.domain.errors import Explained
from monitor.domain.instants import HOUR
from monitor.domain.numbers import AccountObservation, Provenance
from monitor.domain.post import SeenPost
from monitor.domain.service import SeenService
from monitor.domain.service_link import Offered
from monitor.domain.sighting import AccountSighting


class ErrorClass(StrEnum):
    """Errors classed by consequence."""

    RETRY = "稍后重试"
    REAUTHORISE = "需重新授权"
    NO_PERMISSION = "无权限"
    GONE = "账号不存在"
    BLOCKED = "被平台限制"
    MALFORMED = "平台返回异常"
    QUOTA = "额度用尽"


class PassOutcome(StrEnum):
    """How one attempt to read one account ended."""

    COMPLETE = "完整"
    PARTIAL = "不完整"
    FAILED = "失败"


@dataclass(frozen=True, slots=True)
class Route:
    """A way to read accounts of a platform, with the grade and freshness of what it proves.

    A pass proves nothing after `settle_hours` before its beginning: what was just posted may stand
    in review. `shared` routes read all accounts with one key, so that 对照账号 tell their health.
    """

    platform: str
    name: str
    source: Provenance
    grade: int
    fresh_hours: int
    confirm_hours: int = 0
    settle_hours: int = 0
    shared: bool = False

    @property
    def settle(self) -> int:
        """Seconds before the beginning of a pass that it proves nothing of."""
        return self.settle_hours * HOUR

    @property
    def key(self) -> str:
        """`wechat/own`: how the store names it."""
        return f"{self.platform}/{self.name}"


@dataclass(frozen=True, slots=True)
class CoverageClaim:
    """[a, b) of publishing time in which every post that still stood was seen by one look."""

    a: int
    b: int
    looked_at: int

    def __post_init__(self) -> None:
        if self.a > self.b:
            raise ValueError("coverage ends no earlier than it begins; [b, b) proves nothing")


@dataclass(frozen=True, slots=True)
class Known:
    """What the store already holds of a target, so that a pass reads no more than it must.

    `covered_until` is the end of coverage by the same route (None: never read); `final_days` are
    ISO publish dates whose numbers are final and need no further call; `newest_post` is the last
    second of the newest known post. `anchor` is the last second of the newest post before
    `covered_until` (of any, where never read) that still stood: a list that ends without it or an
    older one was cut.
    """

    covered_until: int | None = None
    newest_post: int | None = None
    final_days: frozenset[str] = frozenset()
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One account to be read by the reader of that key ('': the one called like the platform).

    `secrets` are the plain values of its credential and of the reader's shared one, never logged.
    """

    account_id: int
    platform: str
    uid: str
    name: str
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    known: Known = Known()
    reader: str = ""

    @property
    def reader_key(self) -> str:
        """The key its reader is registered under."""
        return self.reader or self.platform


@dataclass(frozen=True, slots=True)
class Harvest:
    """What one pass brought home. `claim` is None unless the pass was complete; `ahead` is how many
    seconds our clock ran before the platform's. `offers` are the service entries of its menu, None
    where that was not read."""

    account_id: int
    route: Route
    started_at: int
    ended_at: int
    outcome: PassOutcome
    error: ErrorClass | None = None
    cause: Explained | None = None
    pages: int = 0
    items: int = 0
    reread_from: int | None = None
    posts: tuple[SeenPost, ...] = ()
    accounts: tuple[AccountObservation, ...] = ()
    services: tuple[SeenService, ...] = ()
    offers: tuple[Offered, ...] | None = None
    claim: CoverageClaim | None = None
    sighting: AccountSighting | None = None
    ahead: int = 0

    def __post_init__(self) -> None:
        if self.claim is not None and self.outcome is not PassOutcome.COMPLETE:
            raise ValueError("only a complete pass claims coverage")
        if self.outcome is PassOutcome.COMPLETE and self.error is not None:
            raise ValueError("a complete pass has no error")
