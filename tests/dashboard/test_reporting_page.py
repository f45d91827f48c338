"""The page 填报: pre-filled lines, drafts, submissions, and two editors on the same line."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox, TextInput

from dashboard.page import Visit
from monitor.actions import people, reporting, sending
from monitor.actions.reporting import Asking, Filling
from monitor.domain.person import Grant, Role, Session
from monitor.domain.report_line import NEWEST, POSTS, REASON, REMARK, URL
from monitor.domain.scope import EVERYTHING
from monitor.record import people as kept
from monitor.record.screens import reporting as screen
from monitor.record.store import Store
from tests.actions.test_reporting import KEY, SECOND, WEEK, Province
from tests.builders import a_look, a_post, a_route
from tests.dashboard.test_views import FORBIDDEN, draw, element, words


@pytest.fixture
def province(sqlite_store: Store) -> Province:
    return Province(sqlite_store)


def visit(store: Store, role: Role, path: str) -> Visit:
    login = f"p{len(path)}{role.name.lower()}"
    people.enrol(store, None, people.NewPerson(login, "某人", (Grant(role, path),)))
    person = people.person_called(store, login, SECOND)
    with store.writing() as tx:
        kept.set_password(tx, person.id, "x", must_change=False)
    known = people.person_called(store, login, SECOND)
    return Visit(Session(1, known, SECOND + 3600, "x"), store, SECOND, "某省", demo=False)


@pytest.fixture
def operator(sqlite_store: Store, province: Province) -> Visit:
    return visit(sqlite_store, Role.OPERATOR, province.path)


def field(test: AppTest, account: int, column: str) -> Selectbox[str] | TextInput:
    filled = f"turn of report-{WEEK}"
    turn = test.session_state.get(filled, 0)
    key = f"report-{WEEK}-{account}-{column}-{turn}"
    return test.selectbox(key=key) if column == REASON else test.text_input(key=key)


def press(test: AppTest, label: str) -> AppTest:
    button = next(each for each in test.button if each.label == label)
    return button.click().run()


def stands(store: Store, visit: Visit) -> dict[int, tuple[dict[str, str], bool]]:
    with store.reading() as tx:
        sheet = screen.sheet(tx, visit.scope, SECOND, WEEK)
    return {
        each.account_id: (dict(each.words), each.submitted_at is not None)
        for each in sheet
        if each.version
    }


def test_a_line_is_filled_in_with_what_is_known(
    sqlite_store: Store, province: Province, operator: Visit
) -> None:
    with sqlite_store.writing() as tx:
        a_post(tx, province.own, SECOND - 90_000, url="https://example.test/known")
    test = draw("reporting", operator)
    assert not test.exception
    assert field(test, province.own, NEWEST).value == "2026-11-21 23:00"
    assert field(test, province.own, URL).value == "https://example.test/known"
    said = words(test)
    assert "应填2个账号，已填0个" in said
    assert "另有1个账号已由接口或导出掌握" in said
    assert not [word for word in FORBIDDEN if word in said]
    assert not [each for each in test.text_input if f"-{province.read}-" in str(each.key)]


def test_draft_then_submit(sqlite_store: Store, province: Province, operator: Visit) -> None:
    test = draw("reporting", operator)
    field(test, province.own, REMARK).set_value("换了运维员")
    press(test, "暂存")
    assert stands(sqlite_store, operator) == {province.own: ({REMARK: "换了运维员"}, False)}
    for account in (province.own, province.below):
        field(test, account, NEWEST).set_value("2026-11-20")
    press(test, "提交")
    assert not test.exception
    assert all(done for _, done in stands(sqlite_store, operator).values())
    assert "已填2个" in words(test)


def test_what_was_typed_earlier_comes_back_into_fields_no_late_message_knows(
    sqlite_store: Store, province: Province, operator: Visit
) -> None:
    """A message the browser sent before it saw the words holds the old fields, empty."""
    typed = {f"{province.own}:{REMARK}": "写到一半"}
    sending.keep_draft(sqlite_store, operator.person, f"report-{WEEK}", typed, 0)
    test = draw("reporting", operator)
    field(test, province.own, URL).set_value("https://example.test/typed")
    before = {str(each.key) for each in test.text_input}
    press(test, "接着填写")
    assert not test.exception
    assert field(test, province.own, REMARK).value == "写到一半"
    assert field(test, province.own, URL).value == "https://example.test/typed"
    assert before.isdisjoint(str(each.key) for each in test.text_input)


def test_a_bad_answer_is_named_and_stays(
    sqlite_store: Store, province: Province, operator: Visit
) -> None:
    test = draw("reporting", operator)
    field(test, province.own, POSTS).set_value("很多")
    press(test, "提交")
    assert "“本周发布数”应为0或正整数" in [each.value for each in test.error]
    assert field(test, province.own, POSTS).value == "很多"
    assert stands(sqlite_store, operator) == {}


def test_an_editor_who_comes_second_is_told(
    sqlite_store: Store, province: Province, operator: Visit
) -> None:
    test = draw("reporting", operator)
    theirs = {province.own: {NEWEST: "2026-11-19", REMARK: "乙写的"}}
    other = Filling(WEEK, theirs, {}, "other", submit=True)
    reporting.fill(sqlite_store, operator.person, other)
    for account in (province.own, province.below):
        field(test, account, NEWEST).set_value("2026-11-20")
    press(test, "提交")
    assert any("另一位同事" in each.value and "乙写的" in each.value for each in test.warning)
    assert field(test, province.own, NEWEST).value == "2026-11-20"
    assert stands(sqlite_store, operator)[province.own][0] == theirs[province.own]
    press(test, "提交")
    assert stands(sqlite_store, operator)[province.own][0] == {NEWEST: "2026-11-20"}


def test_as_last_week(sqlite_store: Store, province: Province, operator: Visit) -> None:
    last = {province.own: {REASON: "人员调整", REMARK: "下月到岗", POSTS: "0"}}
    before = Filling("2026-W47", last, {}, "before", submit=True)
    assert reporting.fill(sqlite_store, operator.person, before).whole
    test = press(draw("reporting", operator), "同上周，仅更新日期")
    assert field(test, province.own, REMARK).value == "下月到岗"
    assert field(test, province.own, REASON).value == "人员调整"
    assert field(test, province.own, POSTS).value == ""


def test_the_office_sees_every_unit_and_a_text_for_the_group(
    sqlite_store: Store, province: Province
) -> None:
    editor = visit(sqlite_store, Role.EDITOR, "/")
    reporting.open_week(sqlite_store, None, KEY, Asking(WEEK, EVERYTHING))
    test = draw("reporting", editor)
    said = words(test)
    assert "松滋市公安局" in said
    text = str(element(test.get("code")[0]).value)
    assert "江陵县公安局 还有2个账号" in text
    assert len(text) <= 450
    assert "撤回旧链接，重新生成" in said
    press(test, "撤回链接")
    assert "尚未生成链接" in words(test)


def test_an_operator_makes_no_links(province: Province, operator: Visit) -> None:
    assert "免登录链接" not in words(draw("reporting", operator))


def test_five_reported_and_one_seen_is_a_hint_in_the_list_of_the_scope_and_nowhere_else(
    sqlite_store: Store, province: Province, operator: Visit
) -> None:
    week = "2026-W47"
    editor = visit(sqlite_store, Role.EDITOR, "/")
    words_of = {province.own: {POSTS: "5", NEWEST: "2026-11-20 08:00", REASON: "无"}}
    reporting.fill(sqlite_store, operator.person, Filling(week, words_of, {}, "k", submit=True))
    shown = draw("reporting", editor, week=week)
    assert "不一致的提示" not in words(shown)
    begins = SECOND - 10 * 86_400
    with sqlite_store.writing() as tx:
        route = a_route(tx, "wechat/patrol", "人工巡查")
        a_look(tx, province.own, route, begins, SECOND, grade=3)
        a_post(tx, province.own, 1795132800, source="人工巡查")
    shown = draw("reporting", editor, week=week)
    assert not shown.exception
    said = words(shown)
    assert "填报与所见不一致的提示：1个账号" in said
    assert "填报与巡查不一致" in said
    assert "填报本周发布5篇,已见到1篇" in said
    other = visit(sqlite_store, Role.LIAISON, f"/1/{province.song}/")
    assert "不一致的提示" not in words(draw("reporting", other, week=week))
