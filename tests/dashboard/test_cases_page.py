"""整改 drawn by Streamlit: empty, with a case, one that is not there, and 核实 on 健康."""

import pytest
from sqlalchemy import text

from monitor.actions import people
from monitor.domain.case import Case, Move, Problem, State, Term
from monitor.domain.instants import DAY
from monitor.domain.person import Grant, Role
from monitor.record import case_errors
from monitor.record.case_errors import Rate
from monitor.record.cases import Opened, Place, begin, put
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


def test_what_people_overturned_and_what_fell_back_is_told(sqlite_store: Store) -> None:
    visit = a_visit(sqlite_store)
    empty = draw("cases", visit, tab="errors")
    assert not empty.exception
    assert "还没有可统计的核实结果" in words(empty)
    made = fill_store(sqlite_store)
    new = people.NewPerson("editor", "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026")
    people.enrol(sqlite_store, None, new)
    with sqlite_store.writing() as tx:
        tx.conn.execute(text("UPDATE person SET must_change = false"))
        case_errors.fall_back(tx, Rate("更新", "toutiao", 10, 3))
    test = draw("health", visit)
    assert "暂作提醒，不列为疑似问题、不生成整改单：更新(今日头条)" in words(test)
    account = made.accounts["僵尸示例(演示)"]
    test.multiselect(key="health_accounts").set_value([account]).run()
    test.radio(key="health_move").set_value(Move.DISMISS).run()
    next(each for each in test.button if each.label == "办理").click().run()
    assert not test.exception
    page = draw("cases", visit, tab="errors")
    said = words(page)
    assert not page.exception
    for expected in ("近90天推翻1/核实1", "100.0%（1/1）", "已退为提示的规则", "推翻3/核实10"):
        assert expected in said
    assert not [word for word in FORBIDDEN if word in said]
    assert LATIN.findall(said) == []


def test_a_case_may_go_into_another_of_its_unit_and_the_lines_are_shown_before(
    sqlite_store: Store,
) -> None:
    new = people.NewPerson("editor", "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026")
    people.enrol(sqlite_store, None, new)
    with sqlite_store.writing() as tx:
        tx.conn.execute(text("UPDATE person SET must_change = false"))
    made = fill_store(sqlite_store)
    root = made.units["湖北省公安厅"]
    unit = made.units["江陵县公安局"]
    for name, kind in (("僵尸示例(演示)", "僵尸"), ("睡眠示例(演示)", "睡眠")):
        case = Case(problems=(Problem(kind, f"{kind}的情形"),))
        place = Place(root, unit, made.accounts[name])
        with sqlite_store.writing() as tx:
            begin(tx, place, Opened("系统监测", "{}", "0" * 64, None), case)
    test = draw("cases", a_visit(sqlite_store), id="1")
    assert not test.exception
    test.radio(key="case_1_0_move").set_value(
        next(n for n, each in enumerate(test.radio(key="case_1_0_move").options) if "合并" in each)
    ).run()
    assert not test.exception
    said = words(test)
    assert "合并后 整改〔2026〕002号 共2项问题" in said
    assert "睡眠的情形" in said
    assert "僵尸的情形" in said


def test_the_text_for_the_group_names_who_must_do_what_and_fits(sqlite_store: Store) -> None:
    new = people.NewPerson("editor", "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026")
    people.enrol(sqlite_store, None, new)
    with sqlite_store.writing() as tx:
        tx.conn.execute(text("UPDATE person SET must_change = false"))
    made = fill_store(sqlite_store)
    root, unit = made.units["湖北省公安厅"], made.units["江陵县公安局"]
    for account in list(made.accounts.values())[:30]:
        with sqlite_store.writing() as tx:
            term = Term(3, ((tx.second, None),))
            problem = Problem("睡眠", "情形", confirmed=True)
            case = Case(State.UNDER_WAY, (problem,), forwarded=True, term=term)
            opened = Opened("系统监测", "{}", "0" * 64, None)
            kept = begin(tx, Place(root, unit, account), opened, case)
            put(tx, kept, case, tx.second + 4 * DAY)
    test = draw("cases", a_visit(sqlite_store))
    assert not test.exception
    (told,) = [each.value for each in test.code]
    assert told.startswith("【整改提醒】请办理下列")
    assert "剩3个工作日" in told
    assert told.endswith("已办请忽略。")
    assert len(told) <= 450
