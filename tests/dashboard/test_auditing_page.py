"""审计: entries said in words; filters, pages, an empty list, a bad anchor, a store that fails."""

import ast
import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import audit_words
from dashboard.page import Visit
from dashboard.views import auditing as view
from monitor.domain.contact import OwnerKind
from monitor.domain.errors import StoreError
from monitor.domain.person import Person, Role, Session
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import audit, people
from monitor.record.screens import auditing
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.architecture.sources import sources
from tests.builders import a_unit
from tests.conftest import StandingClock
from tests.dashboard.test_views import LATIN, SECOND, draw, words
from tests.service.parts import RING

VAULT = Vault(RING, bytes(32))
ANCHOR = re.compile(r"\d+-[0-9a-f]{16}|CSV")


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "vault", lambda: VAULT)


def auditor(store: Store, scope: Scope = EVERYTHING) -> Visit:
    person = Person(1, "shenji", "钱某(演示)", frozenset({Role.AUDIT_ADMIN}), scope)
    return Visit(Session(1, person, SECOND + 3600, "x"), store, SECOND, "湖北省公安厅", demo=False)


@pytest.fixture
def busy(sqlite_store: Store, clock: StandingClock) -> Store:
    """A day of 60 exports by one person and, a day later, one of another's."""
    with sqlite_store.writing() as tx:
        a_unit(tx, "省公安厅", "420000000000")
        zheng, zhou = (people.add(tx, login, f"{login}某", "-") for login in ("zheng", "zhou"))
        for number in range(60):
            audit.add(tx, zheng, "导出", "table", "problems", f"{number}行")
    clock.move(days=1)
    with sqlite_store.writing() as tx:
        audit.add(tx, zhou, "停用人员", "person", str(zheng), "")
        audit.add(tx, None, "完成设置", "setting", "people", "")
    clock.move(days=-1)
    return sqlite_store


def rows(test: AppTest) -> list[str]:
    """The entries shown, as texts."""
    html = next(body for each in test.get("html") if ">序号<" in (body := str(each.proto.body)))
    return re.findall(r"<tr>(?!<th)(.*?)</tr>", html, flags=re.DOTALL)


def test_every_kind_of_matter_an_entry_may_be_about_has_a_name() -> None:
    found = {
        node.args[3].value
        for source in sources("monitor")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "audit.add"
        and isinstance(node.args[3], ast.Constant)
    }
    assert {"person", "table", "case"} <= found
    assert (found | {each.value for each in OwnerKind} | {"setting"}) <= set(audit_words.KINDS)


def test_entries_are_said_in_words_newest_first_and_page_by_page(busy: Store) -> None:
    test = draw("auditing", auditor(busy))
    assert not test.exception
    first = rows(test)
    assert len(first) == 50
    assert "设置 人员与联络员" in first[0]
    assert "系统" in first[0]
    assert "人员 zheng某" in first[1]
    assert "表格 问题清单" in first[2]
    spoken = ANCHOR.sub("", words(test)).replace("zheng", "").replace("zhou", "")
    assert LATIN.findall(spoken) == []
    assert len(rows(draw("auditing", auditor(busy), page="2"))) == 12


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"who": "zhou"}, 1),
        ({"who": "nobody"}, 0),
        ({"action": "停用人员"}, 1),
        ({"item": "table", "page": "2"}, 10),
        ({"since": "2026-11-24"}, 2),
        ({"until": "2026-11-22"}, 0),
        ({"since": "2026-11-23", "until": "2026-11-23", "who": "zheng", "page": "2"}, 10),
        ({"since": "yesterday", "who": "zhou"}, 1),
    ],
)
def test_filters_stand_in_the_address(busy: Store, query: dict[str, str], count: int) -> None:
    test = draw("auditing", auditor(busy), **query)
    assert not test.exception
    if count:
        assert len(rows(test)) == count
    else:
        assert "没有符合条件的记录" in words(test)


def test_an_auditor_of_a_city_is_told_that_the_audit_is_the_houses(busy: Store) -> None:
    test = draw("auditing", auditor(busy, Scope(frozenset({"/1/"}))))
    assert "只供全省审计管理员查看" in words(test)
    assert "zheng" not in words(test)


@pytest.mark.parametrize(
    ("anchor", "said"),
    [
        ("", "校验完好"),
        ("12", "这不是审计锚点"),
        ("3-0000000000000000", "整条记录被改写过"),
    ],
)
def test_the_chain_is_verified_on_the_page(busy: Store, anchor: str, said: str) -> None:
    test = draw("auditing", auditor(busy))
    next(each for each in test.text_input if each.label.startswith("留存的锚点")).set_value(anchor)
    next(each for each in test.button if each.label == "立即核验").click().run()
    told = [each.value for kind in (test.success, test.error, test.warning) for each in kind]
    assert len(told) == 1
    assert said in told[0]


def test_a_store_that_fails_is_not_an_empty_audit(
    busy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: object, **_kwargs: object) -> None:
        raise StoreError("数据库暂时不可用")

    monkeypatch.setattr(auditing, "entries", away)
    test = draw("auditing", auditor(busy))
    assert test.exception
    assert "没有符合条件的记录" not in words(test)
