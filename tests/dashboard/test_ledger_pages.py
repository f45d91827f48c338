"""台账导入 and 回收情况 drawn by Streamlit itself: seen before it is saved, and in Chinese."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.page import Visit
from monitor.actions import forms, ledgers
from monitor.domain.person import Grant, Person, Role, Session
from monitor.domain.scope import NOTHING
from monitor.domain.unit import Level
from monitor.record import accounts, people, units
from monitor.record.store import Store
from tests.actions.test_forms import books_of, changed, place
from tests.actions.test_ledgers import HEADER, ROWS, a_province, asked
from tests.collect.files import books
from tests.dashboard.test_views import LATIN, a_visit, draw, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOKEN = re.compile(r"demo_\w+|\w*\.xlsx|ID|zip")
SENT = forms.NewRound("11月台账核对", Level.PREFECTURE.value, 1_800_000_000)


@pytest.fixture
def visit(sqlite_store: Store) -> Visit:
    """An editor of a small province, known to the records: actions ask them."""
    with sqlite_store.writing() as tx:
        units.save(tx, a_province())
        key = people.add(tx, "editor", "周某(演示)", "x")
        people.set_password(tx, key, "x", must_change=False)
        people.set_grants(tx, key, [Grant(Role.EDITOR, "/")])
    with sqlite_store.reading() as tx:
        kept = people.by_id(tx, key, a_visit(sqlite_store).now)
    assert kept is not None
    return seen_by(sqlite_store, kept.person)


def seen_by(store: Store, person: Person) -> Visit:
    plain = a_visit(store)
    session = Session(1, person, plain.session.expires_at, "x")
    return type(plain)(**{**vars(plain), "session": session})


def names(store: Store) -> list[str]:
    with store.reading() as tx:
        return [each.name for each in accounts.all_accounts(tx)]


def drop(test: AppTest, name: str, content: bytes, *, several: bool = False) -> AppTest:
    given = (name, content, XLSX)
    test.file_uploader[0].set_value([given] if several else given)
    return test.run()


def button(test: AppTest, key: str) -> AppTest:
    return test.button(key=key).click().run()


def test_a_ledger_is_shown_first_and_saved_when_a_person_says_so(visit: Visit) -> None:
    test = drop(draw("ledger", visit), "台账.xlsx", books.xlsx([HEADER, *ROWS]))
    assert not test.exception
    assert "新增的账号（2个）" in words(test)
    assert names(visit.store) == []
    button(test, "ledger_save")
    assert not test.exception
    assert names(visit.store) == ["甲(演示)", "乙(演示)"]
    assert "已保存：新增2个" in test.success[0].value


def test_a_ledger_with_faults_is_held_until_they_may_be_skipped(visit: Visit) -> None:
    rows = [HEADER, ROWS[0], ["没有的单位", "抖音", "丙(演示)"]]
    test = drop(draw("ledger", visit), "台账.xlsx", books.xlsx(rows))
    assert test.button(key="ledger_save").disabled
    assert "没有的单位" in words(test)
    test.checkbox(key="ledger_skip").check().run()
    button(test, "ledger_save")
    assert names(visit.store) == ["甲(演示)"]


def test_a_header_nobody_knows_is_explained_on_the_page_and_then_read(visit: Visit) -> None:
    rows = [["开办的单位名", "在哪个平台", "号的名称"], ROWS[0]]
    test = drop(draw("ledger", visit), "台账.xlsx", books.xlsx(rows))
    assert "表头没有完全认出" in test.warning[0].value
    for box, meaning in zip(test.selectbox[1:4], HEADER, strict=True):
        box.select(meaning)
    next(each for each in test.button if each.label == "按此对应").click().run()
    assert not test.exception
    assert "新增的账号（1个）" in words(test)
    button(test, "ledger_save")
    assert names(visit.store) == ["甲(演示)"]


def test_a_file_that_is_no_table_says_what_it_is(visit: Visit) -> None:
    test = drop(draw("ledger", visit), "x.xlsx", b"%PDF-1.7 ...")
    assert not test.exception
    assert "PDF" in test.error[0].value


def test_returned_forms_are_merged_from_the_page(visit: Visit) -> None:
    wanted = asked(*ROWS)
    ledgers.save(visit.store, None, wanted, ledgers.look(visit.store, None, wanted).fingerprint)
    _, content = forms.send(visit.store, None, SENT)
    sent = books_of(content)["荆州市公安局"]
    filled = changed(
        sent, {place(sent, "账号名称", 2): "改名(演示)", place(sent, "备注", 2): "已改名"}
    )
    test = draw("returns", visit)
    assert "未交2份" in test.code[0].value
    drop(test, "a.xlsx", filled, several=True)
    assert not test.exception
    assert names(visit.store) == ["甲(演示)", "乙(演示)"]
    button(test, "returns_save")
    assert names(visit.store) == ["改名(演示)", "乙(演示)"]
    assert "未交1份" in test.code[0].value
    assert "已合并1份" in test.success[0].value


def test_forms_are_sent_from_the_page(visit: Visit) -> None:
    test = draw("returns", visit)
    assert "还没有分发过表格" in words(test)
    next(each for each in test.button if each.label == "生成并登记").click().run()
    assert not test.exception
    assert len(forms.status(visit.store, None).forms) == 2


@pytest.mark.parametrize("slug", ["ledger", "returns"])
def test_the_pages_speak_chinese(slug: str, visit: Visit) -> None:
    forms.send(visit.store, None, SENT)
    test = draw(slug, visit)
    assert not test.exception
    assert LATIN.findall(SPOKEN.sub(" ", words(test))) == []


@pytest.mark.parametrize("slug", ["ledger", "returns"])
def test_without_a_scope_the_pages_say_whom_to_ask(slug: str, sqlite_store: Store) -> None:
    test = draw(slug, a_visit(sqlite_store, NOTHING))
    assert not test.exception
    assert "尚未划定查看范围" in words(test)
