"""The entrance: sign in, sign out, change the password. Every form proves where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from dashboard import cookies, seat_sheets
from dashboard.answers import PLAIN, Answer, Asked, go
from dashboard.sheets import Sheets
from dashboard.sign_on import BACK, OUT, SignOn, SignOnDoor
from monitor.actions import seats, sign_in
from monitor.actions.sign_in import Lasting
from monitor.domain.device import device
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import to_second
from monitor.domain.person import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.domain.person import Session
    from monitor.record.store import Store

LOGIN: Final = "/auth/login"
LOGOUT: Final = "/auth/logout"
PASSWORD: Final = "/auth/password"
CHECKING: Final = (LOGIN, PASSWORD)
"""Where passwords are checked, which is work."""
SEATS: Final = "/auth/sessions"
ALIVE: Final = "/auth/alive"
HOME: Final = "/"
BUSY_SECONDS: Final = 3
ELSEWHERE: Final = "请使用统一认证登录；本地口令仅供应急人员使用。"
EXPIRED: Final = "页面停留过久或来源不明，为安全起见请重新填写。"


@dataclass(frozen=True)
class Entrance:
    """Answers what begins with /auth/. Its methods block, and are called off the event loop."""

    store: Store
    sheets: Sheets
    lasting: Lasting
    https: bool
    key: bytes = field(repr=False)
    sign_on: SignOn | None = None

    def answer(self, asked: Asked) -> Answer:
        """The answer to one request; 404 and 405 where there is nothing to answer."""
        ways = {
            (LOGIN, "GET"): self._show_login,
            (LOGIN, "POST"): self._sign_in,
            (LOGOUT, "POST"): self._sign_out,
            (PASSWORD, "GET"): self._show_password,
            (PASSWORD, "POST"): self._change_password,
            (SEATS, "GET"): self._show_seats,
            (SEATS, "POST"): self._end_seats,
            (ALIVE, "GET"): self._alive,
            **self._sign_on_ways(),
        }
        method = "GET" if asked.method == "HEAD" else asked.method
        way = ways.get((asked.path, method))
        if way is not None:
            return way(asked)
        known = any(path == asked.path for path, _ in ways)
        return self._refused(405 if known else 404, "没有这个页面", "请检查地址是否正确。")

    def _sign_on_ways(self) -> dict[tuple[str, str], Callable[[Asked], Answer]]:
        if self.sign_on is None:
            return {}
        door = SignOnDoor(self.sign_on, self.store, self.sheets, self.lasting, self.https, self.key)
        return {(OUT, "GET"): door.leave, (BACK, "GET"): door.arrive}

    def busy(self) -> Answer:
        """Too many sign in at this very moment: come again in some seconds."""
        why = "同时登录的人较多，请等几秒后再试。本次不计为登录失败。"
        sheet = self.sheets.refused("请稍候", why, href=LOGIN, link="重新登录")
        return Answer(429, sheet, retry_after=BUSY_SECONDS)

    def _show_login(self, asked: Asked) -> Answer:
        onward = sign_in.safe_path(asked.parameter("next"))
        if asked.session is not None:
            return go(onward)
        return self._login_form(asked, 200, onward, notice="")

    def _sign_in(self, asked: Asked) -> Answer:
        onward = sign_in.safe_path(asked.field("next"))
        if not sign_in.form_holds(self.key, self._visitor(asked), asked.field("form")):
            return self._login_form(asked, 403, onward, notice=EXPIRED)
        login = asked.field("login")
        if self.sign_on is not None and not self.sign_on.local(login):
            return self._login_form(asked, 403, onward, notice=ELSEWHERE, login=login)
        try:
            entered = sign_in.sign_in(
                self.store, login, asked.field("password"), _place(asked), self.lasting
            )
        except InputError as wrong:
            return self._login_form(asked, 401, onward, notice=str(wrong), login=login)
        except Forbidden as wait:
            return self._login_form(asked, 429, onward, notice=str(wait), login=login)
        if asked.session is not None:
            sign_in.sign_out(self.store, asked.session)
        if entered.session.person.must_change:
            onward = f"{PASSWORD}?next={quote(onward, safe='/')}"
        return go(onward, self._session_cookie(entered.token), self._without(cookies.VISITOR))

    def _sign_out(self, asked: Asked) -> Answer:
        session = asked.session
        if session is None:
            return go(LOGIN, self._without(cookies.SESSION))
        if not self._own_form(asked, session):
            return self._refused(403, "未能退出", EXPIRED)
        sign_in.sign_out(self.store, session)
        return go(LOGIN, self._without(cookies.SESSION))

    def _show_password(self, asked: Asked) -> Answer:
        if asked.session is None:
            return go(f"{LOGIN}?next={quote(PASSWORD)}")
        onward = sign_in.safe_path(asked.parameter("next"))
        return self._password_form(200, asked.session, onward, "")

    def _change_password(self, asked: Asked) -> Answer:
        session = asked.session
        if session is None:
            return go(LOGIN)
        onward = sign_in.safe_path(asked.field("next"))
        if not self._own_form(asked, session):
            return self._password_form(403, session, onward, EXPIRED)
        if asked.field("new") != asked.field("again"):
            return self._password_form(422, session, onward, "两次输入的新口令不一致")
        try:
            entered = sign_in.change_password(
                self.store, session, asked.field("old"), asked.field("new"), self.lasting
            )
        except InputError as wrong:
            return self._password_form(422, session, onward, str(wrong))
        except Forbidden as wait:
            return self._password_form(429, session, onward, str(wait))
        return go(onward, self._session_cookie(entered.token))

    def _show_seats(self, asked: Asked) -> Answer:
        if asked.session is None:
            return go(f"{LOGIN}?next={quote(HOME)}")
        return self._seats(200, asked.session, "")

    def _end_seats(self, asked: Asked) -> Answer:
        session = asked.session
        if session is None:
            return go(LOGIN)
        if not self._own_form(asked, session):
            return self._seats(403, session, EXPIRED)
        chosen = asked.field("seat")
        try:
            if chosen == "others":
                seats.end_others(self.store, session)
            elif chosen.isascii() and chosen.isdigit():
                seats.end(self.store, session, int(chosen[:18]))
        except Conflict as over:
            return self._seats(409, session, str(over))
        return go(SEATS)

    def _seats(self, status: int, session: Session, notice: str) -> Answer:
        now = to_second(self.store.clock())
        open_ones = seats.mine(self.store, session, now, self.lasting)
        sheet = seat_sheets.listed(self.sheets, session, open_ones, notice)
        return Answer(status, sheet)

    def _alive(self, asked: Asked) -> Answer:
        return Answer(204 if asked.session else 401, media_type=PLAIN)

    def _login_form(
        self, asked: Asked, status: int, onward: str, *, notice: str, login: str = ""
    ) -> Answer:
        known = self._visitor(asked)
        visitor = known or token_urlsafe(32)
        sheet = self.sheets.login(
            token=sign_in.form_token(self.key, visitor),
            onward=onward,
            login=login,
            notice=notice,
            elsewhere=f"{OUT}?next={quote(onward)}" if self.sign_on is not None else "",
        )
        fresh = () if known else (cookies.baked(cookies.VISITOR, visitor, https=self.https),)
        return Answer(status, sheet, cookies=fresh)

    def _password_form(self, status: int, session: Session, onward: str, notice: str) -> Answer:
        sheet = self.sheets.password(
            token=session.csrf,
            onward=onward,
            login=session.person.login,
            first=session.person.must_change,
            notice=notice,
        )
        return Answer(status, sheet)

    def _own_form(self, asked: Asked, session: Session) -> bool:
        return sign_in.same(session.csrf, asked.field("form"))

    def _visitor(self, asked: Asked) -> str | None:
        return cookies.read(asked.cookies, cookies.VISITOR, https=self.https)

    def _session_cookie(self, token: str) -> str:
        return cookies.baked(cookies.SESSION, token, https=self.https, seconds=self.lasting.most)

    def _without(self, cookie: str) -> str:
        return cookies.baked(cookie, "", https=self.https, seconds=0)

    def _refused(self, status: int, title: str, why: str) -> Answer:
        return Answer(status, self.sheets.refused(title, why))


def _place(asked: Asked) -> Place:
    return Place(asked.address, device(asked.agent))
