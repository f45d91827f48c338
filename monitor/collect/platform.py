"""How a platform joins the product: one file registers one Platform, read through one Line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol, TypeVar

import httpx

from monitor.collect import http
from monitor.collect.errors import PlatformError
from monitor.collect.retry import Patience, patiently
from monitor.collect.throttle import Turns
from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome, Route, Target
from monitor.domain.errors import Explained
from monitor.domain.instants import to_second
from monitor.domain.numbers import AccountObservation
from monitor.domain.post import SeenPost
from monitor.domain.service import SeenService
from monitor.registry import Registry

T = TypeVar("T")


@dataclass(frozen=True)
class Line:
    """What one pass reads through: a client, an address, its turns, its patience and the clock.

    `deepest_days` bounds how far back a first reading goes.
    """

    client: httpx.AsyncClient = field(repr=False)
    base_url: str
    turns: Turns
    now: Callable[[], datetime]
    patience: Patience = field(default_factory=Patience)
    deepest_days: int = 400

    async def ask(self, request: http.Request, read: Callable[[http.Answer], T]) -> T:
        """`read` of the answer to `request`, whose url is the path below the platform's address.

        What `read` raises as PlatformError of class RETRY is asked again as well.
        """
        whole = replace(request, url=self.base_url + request.url)

        async def once() -> T:
            await self.turns.take()
            return read(await http.fetch(self.client, whole))

        return await patiently(self.patience, once)

    @property
    def second(self) -> int:
        """The present second."""
        return to_second(self.now())


class Platform(Protocol):
    """One way to read the accounts of one platform. `read` never raises PlatformError.

    `secret_names` are the keys of a credential, `per_minute` the calls one token may make.
    """

    @property
    def name(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    @property
    def route(self) -> Route: ...
    @property
    def secret_names(self) -> tuple[str, ...]: ...
    @property
    def per_minute(self) -> float: ...

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass over one account, with its end in the harvest's outcome."""


PLATFORMS: Final = Registry[Platform]("monitor.collect.platforms")


@dataclass
class Gathered:
    """What a pass has in its hands so far; it becomes a harvest however the pass ends."""

    target: Target
    route: Route
    started_at: int
    pages: int = 0
    posts: list[SeenPost] = field(default_factory=list)
    accounts: list[AccountObservation] = field(default_factory=list)
    services: list[SeenService] = field(default_factory=list)
    reread_from: int | None = None
    renewed: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: list[PlatformError] = field(default_factory=list)

    def complete(self, claim: CoverageClaim, ended_at: int) -> Harvest:
        """The whole list was seen. Numbers missing beside it are told in `cause`, and no error."""
        cause = self.notes[0].explained if self.notes else None
        return replace(self._harvest(PassOutcome.COMPLETE, ended_at, cause), claim=claim)

    def broken(self, error: PlatformError, ended_at: int) -> Harvest:
        """The list was not seen whole: nothing is claimed, what was read is handed on."""
        anything = self.posts or self.accounts or self.services
        outcome = PassOutcome.PARTIAL if anything or self.pages else PassOutcome.FAILED
        return replace(self._harvest(outcome, ended_at, error.explained), error=error.error)

    def _harvest(self, outcome: PassOutcome, ended_at: int, cause: Explained | None) -> Harvest:
        return Harvest(
            account_id=self.target.account_id,
            route=self.route,
            started_at=self.started_at,
            ended_at=ended_at,
            outcome=outcome,
            cause=cause,
            pages=self.pages,
            items=len({post.native_id for post in self.posts}),
            reread_from=self.reread_from,
            posts=tuple(self.posts),
            accounts=tuple(self.accounts),
            services=tuple(self.services),
            renewed=self.renewed,
        )
