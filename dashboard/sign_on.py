"""统一认证登录: the two steps of sign-on at the entrance, out to the service and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from dashboard import cookies
from dashboard.answers import Answer, Asked, go
from monitor.actions import sign_in, sign_on
from monitor.domain.device import device
from monitor.domain.errors import CannotRun, Forbidden
from monitor.domain.instants import to_second
from monitor.domain.person import Place

if TYPE_CHECKING:
    from dashboard.sheets import Sheets
    from monitor.actions.sign_in import Lasting
    from monitor.record.store import Store

OUT: Final = "/auth/sign-on"
BACK: Final = "/auth/sign-on/back"
TICKET_SECONDS: Final = 600


@dataclass(frozen=True)
class SignOn:
    """The office's service and where the browser comes back to.

    With `only` local passwords are for `break_glass` alone, for when the service is down.
    """

    provider: sign_on.Provider
    address: str
    only: bool = False
    break_glass: tuple[str, ...] = ()

    def local(self, login: str) -> bool:
        """Whether somebody may sign in with a password of our own."""
        return not self.only or login.strip().lower() in self.break_glass


@dataclass(frozen=True)
class SignOnDoor:
    """Answers the two addresses of sign-on; its methods block."""

    service: SignOn
    store: Store
    sheets: Sheets
    lasting: Lasting
    https: bool
    key: bytes = field(repr=False)

    def leave(self, asked: Asked) -> Answer:
        """Out to the service, with a ticket in a cookie."""
        onward = sign_in.safe_path(asked.parameter("next"))
        now = to_second(self.store.clock())
        try:
            way = sign_on.begin(self.service.provider, self.key, self._back, onward, now)
        except CannotRun as away:
            return self._refused(503, str(away))
        ticket = cookies.baked(cookies.TICKET, way.ticket, https=self.https, seconds=TICKET_SECONDS)
        return go(way.url, ticket)

    def arrive(self, asked: Asked) -> Answer:
        """Back from the service: a session, or the reason why not; the ticket is spent."""
        brought = sign_on.Back(
            cookies.read(asked.cookies, cookies.TICKET, https=self.https),
            asked.parameter("state"),
            asked.parameter("code"),
            asked.parameter("iss"),
            self._back,
        )
        place = Place(asked.address, device(asked.agent))
        spent = cookies.baked(cookies.TICKET, "", https=self.https, seconds=0)
        try:
            entered, onward = sign_on.finish(
                self.store, self.service.provider, self.key, brought, place, self.lasting
            )
        except (Forbidden, CannotRun) as refused:
            return self._refused(403, str(refused), spent)
        if asked.session is not None:
            sign_in.sign_out(self.store, asked.session)
        session = cookies.baked(
            cookies.SESSION, entered.token, https=self.https, seconds=self.lasting.most
        )
        return go(onward, session, spent)

    @property
    def _back(self) -> str:
        return self.service.address.rstrip("/") + BACK

    def _refused(self, status: int, why: str, *spent: str) -> Answer:
        sheet = self.sheets.refused("未能登录", why, href="/auth/login", link="返回登录")
        return Answer(status, sheet, cookies=spent)
