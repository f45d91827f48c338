"""A page of the desk: what it is called, who may see it, how it is drawn; and who is looking.

A file in `dashboard/views` joins by one decorator and is then in the side bar of everybody who
holds its permission:

    @page("health", title="健康", icon=":material/monitor_heart:", section=RUNNING, order=30,
          permission=Permission.SEE_HEALTH)
    def health(visit: Visit) -> None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import cookies, sent_keys
from monitor import wiring
from monitor.actions import people as people_actions
from monitor.actions import setting_up, sign_in
from monitor.actions.connecting import Dial
from monitor.actions.robots import Line
from monitor.actions.telling import House
from monitor.domain.instants import HOUR, MINUTE, to_second
from monitor.registry import Registry

if TYPE_CHECKING:
    from datetime import date

    from monitor.domain.person import Permission, Person, Session
    from monitor.domain.scope import Scope
    from monitor.record.store import Store
    from monitor.record.vault import Vault

OVERVIEW: Final = "总览"
RUNNING: Final = "账号运行"
SOURCES: Final = "数据来源"
LEAVING: Final = "通报与导出"
SETTINGS: Final = "设置"
SECTIONS: Final = (OVERVIEW, RUNNING, SOURCES, LEAVING, SETTINGS)
"""The side bar's headings in order; one without a page the person may see is not shown."""


@dataclass(frozen=True)
class Visit:
    """Somebody looking at a page: who, since which second it is, and where the records are.

    `trial_until` is the last day of the trial period under way, None outside one. `guests` may
    stand before the screen: the frame then names nobody.
    """

    session: Session
    store: Store
    now: int
    office: str
    demo: bool
    trial_until: date | None = None
    data_dir: Path = Path("data")
    largest_file: int = 50_000_000
    guests: bool = False

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self.session.person

    @property
    def scope(self) -> Scope:
        """How far that person sees."""
        return self.session.person.scope

    def may(self, permission: Permission) -> bool:
        """Whether to offer it; the action checks again."""
        return people_actions.may(self.person, permission)


@dataclass(frozen=True)
class Page:
    """One page. `slug` is its address below the root; `order` its place within its section."""

    slug: str
    title: str
    icon: str
    section: str
    order: int
    permission: Permission
    render: Callable[[Visit], None]


PAGES: Final[Registry[Page]] = Registry("dashboard.views")
Render = Callable[[Visit], None]


def page(
    slug: str, *, title: str, icon: str, section: str, order: int, permission: Permission
) -> Callable[[Render], Render]:
    """Enter a function that draws a page into the registry."""

    def enter(render: Render) -> Render:
        @wraps(render)
        def drawn(visit: Visit) -> None:
            render(visit)
            sent_keys.whole()

        PAGES.add(slug, Page(slug, title, icon, section, order, permission, drawn))
        return drawn

    return enter


def offered(visit: Visit) -> list[Page]:
    """The pages this person may see, in the order of the side bar."""
    return sorted(
        (each for each in PAGES if visit.may(each.permission)),
        key=lambda each: (SECTIONS.index(each.section), each.order),
    )


def arrive(*, working: bool = True) -> Visit | None:
    """Who is looking, asked of the store at every run: None once the session is over.

    `working` is False for what the browser asks by itself, so that a clock keeps nobody signed in.
    """
    parts = wiring.parts()
    now = to_second(parts.now())
    name = cookies.named(cookies.SESSION, https=parts.desk.https)
    lasting = sign_in.Lasting(parts.desk.idle_minutes * MINUTE, parts.desk.session_hours * HOUR)
    session = sign_in.session_of(parts.store, _cookie(name), now, lasting)
    if session is None or session.person.must_change:
        return None
    if working:
        sign_in.stay(parts.store, session, now)
    standing = setting_up.standing(parts.store, now, parts.office)
    return Visit(
        session,
        parts.store,
        now,
        standing.name,
        parts.demo,
        standing.trial_until,
        parts.data_dir,
        parts.largest_file,
    )


def link_maker() -> tuple[bytes, str]:
    """The key that signs receipt links, and the address people type."""
    parts = wiring.parts()
    return parts.key, parts.desk.url


def dial() -> Dial:
    """How platforms are asked, to be handed to an action."""
    return wiring.dial(wiring.parts())


def vault() -> Vault:
    """What seals and opens contacts, to be handed to an action."""
    return wiring.parts().vault()


def house() -> House:
    """What telling people needs that differs between machines, to be handed to an action."""
    parts = wiring.parts()
    return House(parts.data_dir, parts.vault(), parts.desk.url, parts.mail is not None)


def robot_line() -> Line:
    """What speaking by a group's robot needs, to be handed to an action."""
    parts = wiring.parts()
    return Line(parts.vault(), parts.robots, parts.now())


def require_visit(*, working: bool = True) -> Visit:
    """The visit, or a notice that leads to the entrance and the end of this run."""
    visit = arrive(working=working)
    if visit is None:
        st.html(
            '<div class="desk-out">'
            '登录已失效，请<a href="/auth/login" target="_self">重新登录</a>。</div>'
        )
        st.stop()
    return visit


def fragment(
    *, run_every: str | None = None
) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """`st.fragment` whose session is checked at each run: `draw(visit, ...)` gets a fresh visit."""

    def make(draw: Callable[..., None]) -> Callable[..., Any]:
        @wraps(draw)
        def checked(visit: Visit, *args: Any, **kwargs: Any) -> None:
            del visit
            draw(require_visit(working=run_every is None), *args, **kwargs)

        return st.fragment(run_every=run_every)(checked)

    return make


def _cookie(name: str) -> str | None:
    """A cookie of the browser, as it was when this page's socket was opened."""
    return st.context.cookies.get(name)
