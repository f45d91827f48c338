"""签收, 链接, 说明 behind the gate: forged, ended, revoked, doubled, flooded, oversized, marked."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from sqlalchemy import select

from dashboard.gate import Gate
from monitor.actions import acknowledging, form_receipts, forms, receipt_door
from monitor.actions.forms import NewRound
from monitor.actions.receipt_kind import KINDS, ReceiptKind
from monitor.domain.person import Permission
from monitor.domain.receipt import KeptAnswer, ReceiptLink, Task
from monitor.domain.unit import Level
from monitor.record import receipt_links, units
from monitor.record.store import Reading, Store, Writing
from tests.actions.test_ledgers import a_province
from tests.builders import T
from tests.conftest import NOW, StandingClock
from tests.dashboard.conftest import visiting

pytestmark = pytest.mark.anyio
KEY = b"k" * 32
DUE = int(NOW.timestamp()) + 86_400


@pytest.fixture
def round_id(store: Store) -> int:
    """A distribution to every prefecture."""
    with store.writing() as tx:
        units.save(tx, a_province())
    return forms.send(store, None, NewRound("11月台账核对", Level.PREFECTURE.value, DUE))[0]


@pytest.fixture
def links(store: Store, round_id: int) -> dict[str, str]:
    """The links of its units, by name."""
    made = form_receipts.make(store, None, KEY, round_id)
    return {each.unit_name: f"/r/{each.token}" for each in made}


@pytest.fixture
def address(links: dict[str, str]) -> str:
    return next(iter(links.values()))


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return found[1] if found else ""


def said(page: httpx.Response, note: str = "", **more: str) -> dict[str, str]:
    names = ("form", "key", "version")
    return {name: hidden(page, name) for name in names} | {"note": note} | more


def rows(store: Store, table: str = "receipt_answer") -> list[tuple[object, ...]]:
    with store.reading() as tx:
        return [tuple(each) for each in tx.conn.execute(select(T[table])).all()]


async def test_a_unit_signs_without_login_and_the_office_sees_it(
    browser: httpx.AsyncClient, links: dict[str, str], store: Store, round_id: int
) -> None:
    (name, address), (other, _), *_ = links.items()
    page = await browser.get(address)
    for expected in (f"{name}，请于", "11月台账核对", "待签收", "非涉密系统", "签 收"):
        assert expected in page.text
    assert other not in page.text
    assert 'name="url"' not in page.text
    sent = await browser.post(address, data=said(page, "两个账号<已>移交"))
    assert (sent.status_code, sent.headers["location"]) == (303, address)
    thanks = await browser.get(address)
    assert "已签收，谢谢" in thanks.text
    assert "两个账号&lt;已&gt;移交" in thanks.text
    (kept,) = form_receipts.answers(store, None, round_id).values()
    assert (kept.answer.note, kept.version) == ("两个账号<已>移交", 1)


async def test_a_double_submit_is_one_and_a_correction_keeps_the_first_signature(
    browser: httpx.AsyncClient, address: str, store: Store, clock: StandingClock, round_id: int
) -> None:
    page = await browser.get(address)
    for _ in range(3):
        assert (await browser.post(address, data=said(page, "甲"))).status_code == 303
    assert len(rows(store)) == 1
    clock.move(hours=3)
    again = await browser.get(f"{address}?again=1")
    assert "甲</textarea>" in again.text
    await browser.post(address, data=said(again, "乙"))
    (kept,) = form_receipts.answers(store, None, round_id).values()
    assert (kept.answer.note, kept.version) == ("乙", 2)
    assert kept.at - kept.signed_at == 3 * 3600
    assert len(rows(store)) == 2


async def test_two_colleagues_are_told_and_neither_loses_words(
    browser: httpx.AsyncClient, gate: Gate, address: str, store: Store, round_id: int
) -> None:
    async with visiting(gate) as other:
        mine, theirs = await browser.get(address), await other.get(address)
        await other.post(address, data=said(theirs, "乙写的"))
    told = await browser.post(address, data=said(mine, "甲写的"))
    assert told.status_code == 422
    assert "说明：乙写的" in told.text
    assert "甲写的</textarea>" in told.text
    assert (await browser.post(address, data=said(told, "甲写的"))).status_code == 303
    (kept,) = form_receipts.answers(store, None, round_id).values()
    assert kept.answer.note == "甲写的"


async def test_what_ended_or_was_never_made_opens_nothing_and_keeps_nothing(
    browser: httpx.AsyncClient, links: dict[str, str], store: Store, clock: StandingClock
) -> None:
    first, second, *_ = links.values()
    page = await browser.get(first)
    (ended, *_) = (each.id for each in _live(store, clock) if each.id is not None)
    with store.writing() as tx:
        receipt_links.end(tx, ended)
    gone = await browser.post(first, data=said(page, "晚了"))
    assert (gone.status_code, "链接已撤回" in gone.text) == (404, True)
    forged = f"{second[:-3]}xyz"
    assert "链接无效" in (await browser.post(forged, data=said(page))).text
    late = await browser.get(second)
    clock.move(days=9)
    over = await browser.post(second, data=said(late))
    assert (over.status_code, "链接已过期" in over.text) == (404, True)
    assert rows(store) == []


def _live(store: Store, clock: StandingClock) -> list[ReceiptLink]:
    with store.reading() as tx:
        found = receipt_links.all_live(tx, int(clock.now.timestamp()))
    return sorted(found, key=lambda each: each.id)


async def test_new_links_end_the_old_ones(
    browser: httpx.AsyncClient, address: str, store: Store, round_id: int
) -> None:
    form_receipts.make(store, None, KEY, round_id)
    assert "链接已撤回" in (await browser.get(address)).text


async def test_a_form_replayed_from_another_browser_is_refused_and_its_words_stay(
    browser: httpx.AsyncClient, gate: Gate, links: dict[str, str], store: Store
) -> None:
    first, second, *_ = links.values()
    page = await browser.get(first)
    async with visiting(gate) as stranger:
        refused = await stranger.post(first, data=said(page, "说<明>"))
    assert (refused.status_code, "说&lt;明&gt;" in refused.text) == (403, True)
    beside = await browser.post(second, data=said(page))
    assert beside.status_code == 403
    assert rows(store) == []


@pytest.mark.parametrize("note", ["机密★5年", "长" * 301])
async def test_marked_or_endless_words_stop_and_stay_in_the_form(
    browser: httpx.AsyncClient, address: str, store: Store, note: str
) -> None:
    page = await browser.get(address)
    stopped = await browser.post(address, data=said(page, note))
    assert stopped.status_code == 422
    assert f"{note}</textarea>" in stopped.text
    assert rows(store) == []
    assert (await browser.post(address, data=said(stopped, "已知悉"))).status_code == 303


async def test_floods_and_huge_forms_are_turned_away(
    browser: httpx.AsyncClient, links: dict[str, str], store: Store
) -> None:
    first, second, *_ = links.values()
    assert (await browser.post(first, content=b"a=" + b"x" * 300_000)).status_code == 413
    page = await browser.get(first)
    statuses = [
        (await browser.post(first, data=said(page, "机密★", key=f"k{number}"))).status_code
        for number in range(45)
    ]
    assert statuses[0] == 422
    assert statuses[-1] == 429
    beside = await browser.get(second)
    assert (await browser.post(second, data=said(beside))).status_code == 303
    assert len(rows(store)) == 1


async def test_one_address_is_slowed_down_whatever_links_it_holds(
    browser: httpx.AsyncClient,
    links: dict[str, str],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = receipt_door.Patience(free=1, step=1, window=3_600)
    monkeypatch.setattr(acknowledging, "FROM_ONE_PLACE", few)
    statuses = []
    for address in links.values():
        page = await browser.get(address)
        statuses.append((await browser.post(address, data=said(page))).status_code)
    assert statuses == [303, 429]


async def test_a_link_opens_nothing_of_the_desk(browser: httpx.AsyncClient, address: str) -> None:
    await browser.get(address)
    for path in ("/", "/returns", f"{address}/../../returns"):
        assert (await browser.get(path)).status_code in {303, 401, 404}
    assert (await browser.request("PUT", address)).status_code == 405


@pytest.fixture
def another_kind(store: Store) -> Iterator[list[KeptAnswer]]:
    """A kind somebody adds tomorrow: a link is asked for, and an answer leads to something."""
    took: list[KeptAnswer] = []

    def task(tx: Reading, task_id: int) -> Task | None:
        unit = tx.conn.execute(select(T["unit"].c.id).order_by(T["unit"].c.id)).scalars().first()
        return Task("国庆提示", "发布后填链接", unit or 0) if task_id == 7 else None

    def take(tx: Writing, kept: KeptAnswer) -> None:
        took.append(kept)

    kind = ReceiptKind("试办", Permission.SEND_FORMS, lambda tx, key: "", task, took=take)
    KINDS.add("试办", kind)
    yield took
    KINDS._things.pop("试办")


async def test_another_kind_needs_no_more_than_its_file(
    browser: httpx.AsyncClient, store: Store, round_id: int, another_kind: list[KeptAnswer]
) -> None:
    with store.writing() as tx:
        unit = tx.conn.execute(select(T["unit"].c.id).order_by(T["unit"].c.id)).scalars().first()
        token = receipt_door.issue(tx, KEY, ("试办", 7, unit or 0), DUE, None)
        gone = receipt_door.issue(tx, KEY, ("试办", 8, unit or 0), DUE, None)
    page = await browser.get(f"/r/{token}")
    wrong = await browser.post(f"/r/{token}", data=said(page, url="javascript:alert(1)"))
    assert (wrong.status_code, "链接应以https://开头" in wrong.text) == (422, True)
    good = said(wrong, url="https://weibo.com/1/a")
    assert (await browser.post(f"/r/{token}", data=good)).status_code == 303
    assert [each.answer.url for each in another_kind] == ["https://weibo.com/1/a"]
    assert "链接无效" in (await browser.get(f"/r/{gone}")).text


async def test_over_tls_the_form_is_bound_by_a_cookie_of_this_host(
    make_gate: Callable[..., Gate], address: str
) -> None:
    async with visiting(make_gate(https=True), "https") as browser:
        page = await browser.get(address)
    assert page.headers["set-cookie"].startswith("__Host-sentinel_visitor=")
