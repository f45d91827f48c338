"""整改 drawn by Streamlit: empty, with a case, one that is not there, and 核实 on 健康."""

import pytest
from sqlalchemy import text

from monitor.actions import people
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.dashboard.test_views import FORBIDDEN, LATIN, a_visit, draw, words
from tests.filled import fill_store


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, "没有整改单"),
        ({"tab": "mine"}, "没有整改单"),
        ({"id": "7"}, "没有这件整改单"),
        ({"id": "x"}, "没有整改单"),
    ],
)
def test_what_is_not_there_is_said(sqlite_store: Store, query: dict[str, str], told: str) -> None:
    test = draw("cases", a_visit(sqlite_store), **query)
    assert not test.exception
    said = words(test)
    assert told in said
    assert not [word for word in FORBIDDEN if word in said]


def test_what_is_confirmed_on_health_is_a_case_with_both_standards(sqlite_store: Store) -> None:
    new = people.NewPerson("editor", "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026")
    people.enrol(sqlite_store, None, new)
    with sqlite_store.writing() as tx:
        tx.conn.execute(text("UPDATE person SET must_change = false"))
    made = fill_store(sqlite_store)
    visit = a_visit(sqlite_store)
    test = draw("health", visit)
    assert not test.exception
    account = made.accounts["僵尸示例(演示)"]
    test.multiselect(key="health_accounts").set_value([account]).run()
    next(each for each in test.button if each.label == "办理").click().run()
    assert not test.exception
    assert "已办理1个账号" in next(each.value for each in test.success)
    listed = words(draw("cases", visit))
    assert "待我1" in listed
    assert "整改〔2026〕001号" in listed
    one = draw("cases", visit, id="1")
    said = words(one)
    assert not one.exception
    for expected in ("本厅口径", "上级口径", "不合格(僵尸)", "属实", "佐证校验值", "提请审核"):
        assert expected in said or expected in [each.label for each in one.button]
    assert not [word for word in FORBIDDEN if word in said]
    assert "整改〔2026〕001号" in words(draw("accounts", visit, id=str(account)))
    assert LATIN.findall(listed) == []
