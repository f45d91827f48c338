"""How a reader joins the product: one file registers one Reader, which asks through one Line."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, Protocol, TypeVar

import httpx

from monitor.collect import http
from monitor.collect.breaker import Breakers
from monitor.collect.errors import PlatformError
from monitor.collect.retry import Patience, patiently
from monitor.collect.throttle import Turns
from monitor.collect.vault import Ask, Token, Vault, Whose
from monitor.domain.allowance import Allowance
from monitor.domain.collecting import (
    CoverageClaim,
    ErrorClass,
    Harvest,
    PassOutcome,
    Route,
    Target,
)
from monitor.domain.errors import Explained
from monitor.domain.instants import to_second
from monitor.domain.numbers import AccountObservation
from monitor.domain.post import SeenPost
from monitor.domain.service import SeenService
from monitor.domain.service_link import Offered
from monitor.domain.sighting import AccountSighting
from monitor.registry import Registry

T = TypeVar("T")
WHOLE_ADDRESS: Final = ("http://", "https://")
HOPELESS: Final = frozenset({ErrorClass.REAUTHORISE, ErrorClass.BLOCKED, ErrorClass.QUOTA})


class Reader(Protocol):
    """One way to read accounts, of one platform or of many. `read` never raises PlatformError.

    `title` is its name for people. `secret_names` are the keys of an account's own credential,
    `shared_names` those of the one that serves all accounts (an application, a bought feed); a
    reader without `secret_names` reads every account as soon as the shared one is there.
    `allowances` are the limits that are known, `unconfirmed` (Chinese) what was never seen on the
    live platform: docs list it.
    """

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def base_url(self) -> str: ...
    @property
    def serves(self) -> frozenset[str]: ...
    @property
    def secret_names(self) -> tuple[str, ...]: ...
    @property
    def shared_names(self) -> tuple[str, ...]: ...
    @property
    def allowances(self) -> tuple[Allowance, ...]: ...
    @property
    def unconfirmed(self) -> tuple[str, ...]: ...

    def route(self, platform: str) -> Route:
        """What a pass over an account of `platform` (one of `serves`) proves."""

    async def read(self, target: Target, line: "Line") -> Harvest:
        """One pass over one account, with its end in the harvest's outcome."""


READERS: Final = Registry[Reader]("monitor.collect.platforms")


@dataclass
class Skew:
    """How far our clock runs before the platform's: the most any answer showed, in seconds."""

    ahead: int = 0

    def note(self, ours: int, theirs: int | None) -> None:
        """Compare the clocks by one answer."""
        if theirs is not None:
            self.ahead = max(self.ahead, ours - theirs)


@dataclass(frozen=True)
class Line:
    """What one pass reads through: a client, an address, its turns, its patience and the clock.

    `deepest_days` bounds how far back a first reading goes. `stand_in` says that `base_url` answers
    for all hosts of the platform.
    """

    client: httpx.AsyncClient = field(repr=False)
    base_url: str
    turns: Turns
    now: Callable[[], datetime]
    vault: Vault = field(repr=False)
    reader: str = ""
    patience: Patience = field(default_factory=Patience)
    deepest_days: int = 400
    stand_in: bool = False
    breakers: Breakers = field(default_factory=Breakers)
    skew: Skew = field(default_factory=Skew)

    async def ask(self, request: http.Request, read: Callable[[http.Answer], T]) -> T:
        """`read` of the answer to `request`, whose url is the path below the platform's address
        (or of `request.host`), or a whole address, which is asked as it stands.

        What `read` raises as PlatformError of class RETRY is asked again as well.
        """
        named = self.base_url if self.stand_in else ""
        whole = replace(request, url=self._address(request), named=named)

        async def once() -> T:
            self.breakers.at(whole.url).check(request.label, self.second)
            await self.turns.take(request.kind)
            try:
                answer = await self._fetch(whole)
                return read(answer)
            except PlatformError as error:
                if error.wait is not None:
                    await self.turns.hold(error.wait)
                raise

        return await patiently(self.patience, once)

    async def _fetch(self, whole: http.Request) -> http.Answer:
        breaker = self.breakers.at(whole.url)
        try:
            answer = await http.fetch(self.client, whole, self.now)
        except PlatformError as error:
            if error.error is ErrorClass.RETRY:
                breaker.failed(self.second)
            raise
        if answer.status >= http.SERVER_FAULT:
            breaker.failed(self.second)
        else:
            breaker.answered()
        self.skew.note(self.second, answer.told_at)
        return answer

    def _address(self, request: http.Request) -> str:
        if request.url.startswith(WHOLE_ADDRESS):
            return request.url
        elsewhere = request.host and not self.stand_in
        return (request.host if elsewhere else self.base_url) + request.url

    async def keep(
        self, target: Target, values: Mapping[str, str], expires_at: int | None = None
    ) -> None:
        """Seal and store secrets of the account's credential, durably, before they are used."""
        await self.vault.keep(self._whose(target), values, expires_at)

    async def renew(self, target: Target, stale: Mapping[str, str], ask: Ask) -> Mapping[str, str]:
        """The account's secrets after one renewal. `ask` is called by one process at a time, and
        not at all where another process renewed them since `stale`; what it gives is stored before
        this returns. For tokens whose renewal voids the old one."""
        return await self.vault.renew(self._whose(target), stale, ask)

    async def token(
        self,
        name: str,
        fetch: Callable[[], Awaitable[Token]],
        *,
        target: Target | None = None,
        stale: str = "",
    ) -> str:
        """A short-lived token that all processes share: of one account (`target`), or of the
        application. `stale` is one the platform has just refused."""
        whose = Whose(self.reader) if target is None else self._whose(target)
        return await self.vault.token(whose, name, fetch, stale)

    def _whose(self, target: Target) -> Whose:
        return Whose(self.reader or target.reader_key, target.account_id)

    @property
    def second(self) -> int:
        """The present second."""
        return to_second(self.now())


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
    offers: tuple[Offered, ...] | None = None
    reread_from: int | None = None
    sighting: AccountSighting | None = None
    notes: list[PlatformError] = field(default_factory=list)

    async def beside(self, *steps: Callable[[], Awaitable[None]]) -> None:
        """Read what is no part of the list: a step that fails is noted and touches no claim. The
        rest is left where trying on is no use."""
        for step in steps:
            try:
                await step()
            except PlatformError as error:
                self.notes.append(error)
                if error.error in HOPELESS:
                    return

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
            offers=self.offers,
            sighting=self.sighting,
        )
