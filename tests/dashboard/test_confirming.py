"""台账待确认 drawn by Streamlit: what is open, who may decide, and what became of it."""

from sqlalchemy import text

from monitor.actions import patrol, people
from monitor.actions.patrol import Told
from monitor.domain.patrol import Seen
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.builders import a_unit, an_account
from tests.dashboard.test_views import LATIN, SECOND, a_visit, draw, words


def filled(store: Store) -> int:
    """Two people, and a look by the second that saw a new name and one that saw no page."""
    for login in ("editor", "other"):
        new = people.NewPerson(login, "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026")
        people.enrol(store, None, new)
    with store.writing() as tx:
        tx.conn.execute(text("UPDATE person SET must_change = false"))
        root = a_unit(tx, "某厅", "990000000000")
        first = an_account(tx, root, "平安甲(演示)", "weibo")
        second = an_account(tx, root, "平安乙(演示)", "weibo")
    other = people.person_called(store, "other", SECOND)
    renamed = Told(first, SECOND, seen=Seen.RENAMED, name_now="甲警方(演示)", newest="3天前")
    patrol.look(store, other, renamed, "a")
    patrol.look(store, other, Told(second, SECOND, seen=Seen.DEREGISTERED), "b")
    return first


def test_an_empty_list_says_what_would_stand_there(sqlite_store: Store) -> None:
    test = draw("confirming", a_visit(sqlite_store))
    assert not test.exception
    assert "没有待确认的事项" in words(test)


def test_a_new_name_is_confirmed_and_stands_among_what_was_decided(sqlite_store: Store) -> None:
    first = filled(sqlite_store)
    test = draw("confirming", a_visit(sqlite_store))
    said = words(test)
    assert not test.exception
    assert LATIN.findall(said) == []
    for expected in ("待确认2项", "更名·待确认", "已注销·待确认", "甲警方(演示)", "曾用名"):
        assert expected in said
    assert "更名·待确认" in words(draw("accounts", a_visit(sqlite_store), id=str(first)))
    button = next(each for each in test.button if each.label == "确认")
    button.click().run()
    said = words(test)
    assert not test.exception
    assert "待确认1项" in said
    assert "最近办理" in said
    refusing = next(each for each in test.button if each.label == "不予确认")
    refusing.click().run()
    assert "理由" in test.error[0].value
