"""巡查 drawn by Streamlit itself: the keys, the next row by itself, the question before proof."""

import pytest
from sqlalchemy import text

from monitor.actions import people
from monitor.domain.person import Grant, Person, Role
from monitor.domain.scope import EVERYTHING
from monitor.record.store import Store
from tests.builders import a_post, a_unit, an_account
from tests.dashboard.test_views import SECOND, a_visit, draw, words

KEYS = {"已查看，与上次相同": "1", "填最近一条": "2", "打不开/搜不到": "3"}


@pytest.fixture
def person(sqlite_store: Store) -> Person:
    """Person number 1, as `a_visit` has it, and three accounts nobody looked at."""
    new = people.NewPerson("editor", "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026")
    people.enrol(sqlite_store, None, new)
    with sqlite_store.writing() as tx:
        tx.conn.execute(text("UPDATE person SET must_change = false"))
        root = a_unit(tx, "某厅", "990000000000")
        for name in ("甲", "乙", "丙"):
            account = an_account(tx, root, f"平安{name}(演示)", "weibo")
            if name == "乙":
                a_post(tx, account, SECOND - 86_400)
    return Person(1, "editor", "周某(演示)", frozenset({Role.EDITOR}), EVERYTHING)


def looks(store: Store) -> list[tuple[object, ...]]:
    with store.reading() as tx:
        found = tx.conn.execute(text("SELECT account_id, seen FROM look ORDER BY id"))
        return [tuple(row) for row in found]


def test_the_three_commonest_answers_have_keys_and_the_traps_stand_beside(
    sqlite_store: Store, person: Person
) -> None:
    test = draw("patrol", a_visit(sqlite_store))
    shown = {each.label: each.proto.shortcut for each in test.button if each.label in KEYS}
    assert shown == KEYS
    said = words(test)
    for expected in ("置顶内容不是最新", "最新”排序", "3天前", "待巡查", "2分钟", "主页链接"):
        assert expected in said
    (same,) = [each for each in test.button if each.label == "已查看，与上次相同"]
    assert same.disabled


def test_an_answer_is_stored_and_the_next_account_stands_there(
    sqlite_store: Store, person: Person
) -> None:
    test = draw("patrol", a_visit(sqlite_store))
    assert "平安甲(演示)" in words(test)
    (button,) = [each for each in test.button if each.label == "打不开/搜不到"]
    button.click().run()
    assert looks(sqlite_store) == [(1, "打不开")]
    head = next(str(each.proto.body) for each in test.get("html") if "<h3>" in each.proto.body)
    assert "平安乙(演示)" in head
    (same,) = [each for each in test.button if each.label == "已查看，与上次相同"]
    same.click().run()
    assert looks(sqlite_store) == [(1, "打不开"), (2, "正常")]


def test_a_mistake_stays_on_the_row_and_says_what_is_wrong(
    sqlite_store: Store, person: Person
) -> None:
    test = draw("patrol", a_visit(sqlite_store))
    (submit,) = [each for each in test.button if each.label == "保存，看下一个"]
    submit.click().run()
    assert "请填写最近一条发布时间" in test.error[0].value
    assert looks(sqlite_store) == []


def test_a_row_that_is_passed_over_is_not_stored(sqlite_store: Store, person: Person) -> None:
    test = draw("patrol", a_visit(sqlite_store))
    (past,) = [each for each in test.button if each.label == "跳过"]
    past.click().run()
    head = next(str(each.proto.body) for each in test.get("html") if "<h3>" in each.proto.body)
    assert "平安乙(演示)" in head
    assert looks(sqlite_store) == []


def test_before_sending_there_is_nothing_to_look_at_where_nothing_fails(
    sqlite_store: Store, person: Person
) -> None:
    test = draw("patrol", a_visit(sqlite_store), mode="recheck")
    assert "没有需要巡查的账号" in words(test)
