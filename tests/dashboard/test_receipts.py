"""The receipt form behind the gate: no login, one form, nothing else, and no words lost."""

import re
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import select

from dashboard.gate import Gate
from monitor.actions import reporting
from monitor.actions.reporting import Asking
from monitor.domain.scope import EVERYTHING
from monitor.record.store import Store
from tests.actions.test_reporting import KEY, WEEK, Province
from tests.builders import T, an_account
from tests.conftest import StandingClock
from tests.dashboard.conftest import visiting

pytestmark = pytest.mark.anyio


@pytest.fixture
def province(store: Store) -> Province:
    return Province(store)


@pytest.fixture
def address(store: Store, province: Province) -> str:
    opened = reporting.open_week(store, None, KEY, Asking(WEEK, EVERYTHING))
    return next(f"/r/{each.token}" for each in opened if each.unit_id == province.jiang)


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return found[1] if found else ""


def answers(page: httpx.Response, *keys: int, **more: str) -> dict[str, str]:
    sent = {"form": hidden(page, "form"), "key": hidden(page, "key"), "do": "submit"}
    for key in keys:
        sent |= {f"version-{key}": hidden(page, f"version-{key}"), f"newest-{key}": "2026-11-21"}
        sent |= {f"clock-newest-{key}": "09:30", f"posts-{key}": "0"}
    return sent | more


async def test_a_unit_fills_its_form_in_without_login_and_is_thanked(
    browser: httpx.AsyncClient, address: str, province: Province
) -> None:
    page = await browser.get(address)
    assert page.status_code == 200
    for expected in ("江陵县公安局 · 每周填报", "平安江陵(演示)", "临江派出所(演示)", "无需登录"):
        assert expected in page.text
    assert "平安松滋" not in page.text
    assert "江陵微博" not in page.text
    assert page.headers["cache-control"] == "no-store"
    sent = await browser.post(address, data=answers(page, province.own, province.below))
    assert (sent.status_code, sent.headers["location"]) == (303, address)
    thanks = await browser.get(address)
    assert "已收到，谢谢" in thanks.text
    assert "2026-11-21 09:30" in thanks.text
    again = await browser.get(f"{address}?again=1")
    assert "已填 11-23 00:00" in again.text


async def test_a_link_opens_nothing_of_the_desk(browser: httpx.AsyncClient, address: str) -> None:
    await browser.get(address)
    for path in ("/", "/accounts", "/r/../accounts", "/_stcore/host-config"):
        answer = await browser.get(path)
        assert answer.status_code in {303, 401, 404}
        assert "江陵" not in answer.text
    assert (await browser.get("/r/")).status_code == 404
    assert (await browser.request("DELETE", address)).status_code == 405


async def test_a_link_that_ended_says_why(
    browser: httpx.AsyncClient, address: str, store: Store, clock: StandingClock, province: Province
) -> None:
    reporting.revoke(store, None, WEEK, province.jiang, EVERYTHING)
    gone = await browser.get(address)
    assert gone.status_code == 404
    assert "链接已撤回" in gone.text
    fresh = reporting.open_week(store, None, KEY, Asking(WEEK, EVERYTHING, unit_id=province.jiang))
    clock.move(days=20)
    over = await browser.get(f"/r/{fresh[0].token}")
    assert "链接已过期" in over.text
    assert "链接无效" in (await browser.get("/r/guess.guess")).text


async def test_a_form_from_elsewhere_is_refused_and_its_words_stay(
    browser: httpx.AsyncClient, gate: Gate, address: str, store: Store, province: Province
) -> None:
    page = await browser.get(address)
    sent = answers(page, province.own, **{f"remark-{province.own}": "换了<运维>员"})
    async with visiting(gate) as stranger:
        refused = await stranger.post(address, data=sent)
    assert refused.status_code == 403
    assert "换了&lt;运维&gt;员" in refused.text
    with store.reading() as tx:
        assert tx.conn.execute(select(T["report_line"])).all() == []


async def test_what_is_wrong_stands_beside_its_line_and_the_rest_is_saved(
    browser: httpx.AsyncClient, address: str, province: Province
) -> None:
    page = await browser.get(address)
    sent = answers(page, province.own, province.below, **{f"posts-{province.below}": "两条"})
    wrong = await browser.post(address, data=sent)
    assert wrong.status_code == 422
    assert "“本周发布数”应为0或正整数" in wrong.text
    assert 'value="两条"' in wrong.text
    assert wrong.text.count("已填 ") == 1
    mended = answers(wrong, province.own, province.below)
    assert (await browser.post(address, data=mended)).status_code == 303


async def test_two_colleagues_are_told_and_neither_loses_words(
    browser: httpx.AsyncClient, gate: Gate, address: str, province: Province
) -> None:
    async with visiting(gate) as other:
        mine, theirs = await browser.get(address), await other.get(address)
        first = answers(theirs, province.own, **{f"remark-{province.own}": "乙写的"})
        await other.post(address, data=first)
        second = answers(mine, province.own, province.below)
        second[f"remark-{province.own}"] = "甲写的"
        told = await browser.post(address, data=second)
    assert told.status_code == 422
    assert "另一位同事刚刚保存了这一行" in told.text
    assert "备注：乙写的" in told.text
    assert 'value="甲写的"' in told.text
    knowing = answers(told, province.own, province.below, **{f"remark-{province.own}": "甲写的"})
    assert (await browser.post(address, data=knowing)).status_code == 303


async def test_a_draft_is_kept_and_the_same_form_twice_is_one(
    browser: httpx.AsyncClient, address: str, store: Store, province: Province
) -> None:
    page = await browser.get(address)
    sent = answers(page, province.own, do="draft")
    for _ in range(2):
        kept = await browser.post(address, data=sent)
        assert "已暂存，尚未提交" in kept.text
    line = T["report_line"]
    with store.reading() as tx:
        found = tx.conn.execute(select(line.c.version, line.c.submitted)).all()
    assert [tuple(each) for each in found] == [(1, False)]


async def test_as_last_week_fills_in_all_but_the_dates(
    browser: httpx.AsyncClient, address: str, store: Store, clock: StandingClock, province: Province
) -> None:
    page = await browser.get(address)
    sent = answers(page, province.own, province.below)
    sent |= {f"reason-{province.own}": "人员调整", f"remark-{province.own}": "下月到岗"}
    await browser.post(address, data=sent)
    clock.move(days=7)
    (opened,) = (
        each
        for each in reporting.open_week(store, None, KEY, Asking("2026-W49", EVERYTHING))
        if each.unit_id == province.jiang
    )
    fresh = await browser.get(f"/r/{opened.token}")
    same = await browser.post(f"/r/{opened.token}", data=answers(fresh, do="same"))
    assert 'value="下月到岗"' in same.text
    assert '<option value="人员调整" selected>' in same.text
    assert f'name="posts-{province.own}" value=""' in same.text


async def test_a_hostile_name_is_text(
    browser: httpx.AsyncClient, address: str, store: Store, province: Province
) -> None:
    with store.writing() as tx:
        an_account(tx, province.jiang, '"><script>alert(1)</script>')
    assert "<script>" not in (await browser.get(address)).text


async def test_a_form_too_large_or_with_too_many_fields_does_no_harm(
    browser: httpx.AsyncClient, address: str
) -> None:
    assert (await browser.post(address, content=b"a=" + b"x" * 300_000)).status_code == 413
    assert (await browser.post(address, content=b"a=1&" * 5_000)).status_code == 403


async def test_over_tls_the_form_is_bound_by_a_cookie_of_this_host(
    make_gate: Callable[..., Gate], address: str
) -> None:
    async with visiting(make_gate(https=True), "https") as browser:
        page = await browser.get(address)
    assert page.headers["set-cookie"].startswith("__Host-sentinel_visitor=")


async def test_a_flood_of_forms_or_of_guesses_is_slowed_down(
    browser: httpx.AsyncClient, address: str, province: Province
) -> None:
    statuses = set()
    for number in range(60):
        page = await browser.get(address)
        sent = answers(page, province.own, key=f"k{number}", do="draft")
        statuses.add((await browser.post(address, data=sent)).status_code)
        if 429 in statuses:
            break
    assert statuses == {200, 429}
    guessed = [(await browser.get("/r/guess.guess")).status_code for _ in range(40)]
    assert guessed[0] == 404
    assert guessed[-1] == 429
    assert (await browser.get(address)).status_code == 200
