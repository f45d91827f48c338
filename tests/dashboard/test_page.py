"""A page is drawn for whoever is signed in at that very run, and says in Chinese when it fails."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from dashboard import frame, page
from monitor import wiring
from monitor.access import permissions
from monitor.access.ciphers import KeyRing
from monitor.actions import people, sign_in
from monitor.actions.sign_in import Lasting
from monitor.domain.errors import Forbidden, StoreError
from monitor.domain.person import Grant, Permission, Role
from monitor.record.store import Store
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.dashboard.conftest import PASSWORD

Run = Callable[[], AppTest]


@pytest.fixture
def token(
    store: Store, person_id: int, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The browser's cookies, with a session of `li` in them."""
    del person_id
    entered = sign_in.sign_in(store, "li", PASSWORD, "x", Lasting())
    jar = {"sentinel_session": entered.token}
    parts = Parts(store=store, now=clock, data_dir=Path(), keys=lambda: KeyRing((bytes(32),)))
    monkeypatch.setattr(wiring, "parts", lambda: parts)
    monkeypatch.setattr(page, "_cookie", jar.get)
    return jar


def greeting() -> None:
    import streamlit

    from dashboard import page as asked

    visit = asked.require_visit()
    streamlit.write(f"你好，{visit.person.name}")

    @asked.fragment()
    def part(fresh: asked.Visit) -> None:
        streamlit.button("再来一次")
        streamlit.write(f"片段 {fresh.person.name}")

    part(visit)


def said(run: AppTest) -> str:
    return " ".join(each.value for each in run.markdown)


def test_a_page_knows_who_is_signed_in(token: dict[str, str]) -> None:
    run = AppTest.from_function(greeting).run()
    assert not run.exception
    assert said(run) == "你好，李某(演示) 片段 李某(演示)"


def test_without_a_session_nothing_is_drawn_but_the_way_out(token: dict[str, str]) -> None:
    token.clear()
    run = AppTest.from_function(greeting).run()
    assert said(run) == ""
    assert "登录已失效" in run.get("html")[0].proto.body


@pytest.mark.usefixtures("token")
def test_a_revoked_session_ends_at_the_next_run_and_in_a_fragment(
    store: Store, person_id: int
) -> None:
    run = AppTest.from_function(greeting).run()
    people.disable(store, None, person_id)
    run.button[0].click().run()
    assert "片段" not in said(run)
    assert "登录已失效" in run.get("html")[0].proto.body


@pytest.mark.usefixtures("token")
def test_who_must_change_the_password_sees_no_page(store: Store, person_id: int) -> None:
    from monitor.record import people as records

    with store.writing() as tx:
        records.set_password(tx, person_id, "x", must_change=True)
    assert page.arrive() is None


@pytest.mark.usefixtures("token")
def test_what_the_browser_asks_by_itself_keeps_nobody_signed_in(clock: StandingClock) -> None:
    clock.move(minutes=59)
    assert page.arrive(working=False) is not None
    clock.move(minutes=2)
    assert page.arrive() is None


@pytest.mark.usefixtures("token")
def test_being_at_work_keeps_one_signed_in(clock: StandingClock) -> None:
    for _ in range(4):
        clock.move(minutes=59)
        assert page.arrive() is not None


@pytest.mark.usefixtures("token")
def test_the_side_bar_offers_what_the_role_may_see(store: Store, person_id: int) -> None:
    def slugs() -> list[str]:
        visit = page.arrive()
        assert visit is not None
        return [each.slug for each in page.offered(visit)]

    def held(role: Role) -> set[str]:
        return {each.slug for each in page.PAGES if each.permission in permissions.TABLE[role]}

    assert {"home", "accounts", "ledger", "setting_up"} <= set(slugs())
    assert set(slugs()) == held(Role.EDITOR)
    people.set_grants(store, None, person_id, (Grant(Role.VIEWER, "/"),))
    assert "ledger" not in slugs()
    assert set(slugs()) == held(Role.VIEWER)
    people.set_grants(store, None, person_id, (Grant(Role.AUDIT_ADMIN, "/"),))
    assert "home" not in slugs()
    assert set(slugs()) == held(Role.AUDIT_ADMIN)


@pytest.mark.parametrize("each", list(page.PAGES), ids=lambda each: each.slug)
def test_every_page_has_what_the_side_bar_needs(each: page.Page) -> None:
    assert each.section in page.SECTIONS
    assert each.permission in Permission
    assert each.icon.startswith(":material/")
    assert not any("a" <= sign.lower() <= "z" for sign in each.title)
    assert each.slug.isascii()
    assert each.slug.isidentifier()


def test_a_failed_page_gives_the_number_that_stands_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(streamlit, "error", shown.append)
    monkeypatch.setattr(streamlit, "html", lambda body: None)
    with caplog.at_level(logging.ERROR):
        assert frame.script_failed(ZeroDivisionError("secret detail"))
    number = caplog.records[0].getMessage().split()[-1]
    assert number in shown[0]
    assert "secret" not in shown[0]
    assert "ZeroDivision" not in shown[0]


def test_a_trouble_with_a_remedy_is_told_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(streamlit, "error", shown.append)
    monkeypatch.setattr(streamlit, "html", lambda body: None)
    monkeypatch.setattr(streamlit, "warning", shown.append)
    trouble = StoreError("磁盘已满", "sqlite:////srv/x.db", "请清理磁盘空间")
    assert frame.script_failed(trouble)
    assert frame.script_failed(Forbidden("没有“导出”的权限"))
    assert trouble.code in shown[0]
    assert "请清理磁盘空间" in shown[0]
    assert "/srv" not in shown[0]
    assert shown[1].startswith("没有“导出”的权限")
