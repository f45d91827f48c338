"""认定标准 as it is drawn: every part with words, sources and ranks, for whoever may see it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.page import Visit
from monitor.actions import people, standards
from monitor.actions.sending import Sent
from monitor.domain.instants import to_second
from monitor.domain.person import Grant, Role
from monitor.domain.scope import NOTHING
from monitor.record.store import Store
from monitor.runs import judge
from tests.builders import put
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw
from tests.dashboard.test_views import words as said_by
from tests.filled import fill_store
from tests.runs.test_whatif import apart, fill

As = Callable[[Role], Visit]


@pytest.fixture
def seen_as(sqlite_store: Store, clock: StandingClock, tmp_path: Path) -> As:
    """A visit of somebody of a role over the house, with the shipped sheets."""
    parts = apart(sqlite_store, clock, tmp_path)
    visit = a_visit(sqlite_store)

    def enter(role: Role) -> Visit:
        login = f"p{list(Role).index(role)}"
        new = people.NewPerson(login, "某人", (Grant(role, "/"),), must_change=False)
        people.enrol(sqlite_store, None, new)
        person = people.person_called(sqlite_store, login, to_second(parts.now()))
        session = replace(visit.session, person=person)
        return replace(visit, session=session, data_dir=tmp_path)

    return enter


def shown(visit: Visit, **query: str) -> str:
    test: AppTest = draw("standards", visit, **query)
    assert not test.exception
    said = said_by(test)
    assert not [word for word in FORBIDDEN if word in said]
    return said


def test_what_is_in_force_is_told_line_by_line_with_source_and_rank(seen_as: As) -> None:
    said = shown(seen_as(Role.VIEWER))
    for each in (
        "本厅口径(湖北默认) 第4版",
        "超过14天,不合格",
        "国办秘函〔2019〕19号",
        "国家规定",
        "无全国统一天数",
        "上级口径(国办检查指标2019) 第1版",
        "任何人不能修改",
    ):
        assert each in said
    assert "起草" not in said
    assert "还没有比对过" in shown(seen_as(Role.LINE), tab="history")
    assert "尚未划定查看范围" in shown(a_visit(seen_as(Role.CHIEF).store, NOTHING))


def test_a_revision_is_shown_with_what_it_changes_and_who_may_do_what(seen_as: As) -> None:
    editor, head = seen_as(Role.EDITOR), seen_as(Role.HEAD)
    assert "还没有修订过" in shown(editor, tab="drafts")
    assert "没有这份修订" in shown(editor, id="7")
    copy = standards.Copy("hubei-default", "benting", "本厅口径")
    store, place = editor.store, editor.data_dir
    key = standards.begin(store, editor.person, place, copy, Sent("new", "k"))
    said = {"僵尸·天数": "100", "生效日期": "2026-12-01"}
    standards.save_form(store, editor.person, place, key, said, Sent("form", "k"))
    page = shown(editor, id=str(key))
    for each in ("超过90天,不合格", "超过100天,不合格", "还没有试算结果", "拟自"):
        assert each in page
    assert "本厅口径 第1版" in shown(editor, tab="drafts")
    assert "本厅口径 第1版（草稿）" in draw("standards", editor, tab="compare").selectbox[0].options
    standards.submit(store, editor.person, place, standards.Pressed(key, 1), Sent("s", "k"))
    assert "等另一位科室负责人定稿" in shown(editor, id=str(key))
    test = draw("standards", head, id=str(key))
    assert {"定稿", "退回修改"} <= {each.label for each in test.button}
    standards.finalise(store, head.person, place, standards.Pressed(key, 2), Sent("f", "k"))
    assert "某人定稿" in shown(head, id=str(key))
    assert "2026-12-01" in shown(head, tab="history")
    [told] = draw("standards", seen_as(Role.DIRECTOR)).info
    assert "起改用“本厅口径 第1版”" in told.value
    assert "本厅口径 第1版" in shown(head, tab="history")


def test_a_form_on_screen_saves_what_was_typed(seen_as: As) -> None:
    editor = seen_as(Role.EDITOR)
    copy = standards.Copy("he2019", "benting", "本厅口径")
    store, place = editor.store, editor.data_dir
    key = standards.begin(store, editor.person, place, copy, Sent("new", "k"))
    test = draw("standards", editor, id=str(key))
    field = next(each for each in test.text_input if each.label == "内容不更新·天数")
    field.set_value("20").run()
    test.button(key=f"standard-{key}-save").click().run()
    assert not test.exception
    assert "超过20天,不合格" in said_by(test)
    area = test.text_area[0]
    area.set_value(area.value.replace("over_days: 20", "over_days: 3")).run()
    test.button(key=f"standard-text-{key}-save").click().run()
    assert "第" in test.error[0].value
    assert "应大于前一类的天数" in test.error[0].value


def test_working_days_and_excuses_are_told(seen_as: As, clock: StandingClock) -> None:
    visit = seen_as(Role.EDITOR)
    made = fill_store(visit.store)
    account = made.accounts["睡眠示例(演示)"]
    with visit.store.writing() as tx:
        span = {"a": tx.second - 86_400, "b": tx.second + 86_400}
        put(
            tx,
            "excuse",
            account_id=account,
            kind="停更报批",
            paper="某文1号",
            recorded_at=1,
            **span,
        )
    said = shown(visit, tab="calendar")
    for each in ("国务院办公厅关于2026年", "调休上班", "睡眠示例(演示)", "停更报批", "某文1号"):
        assert each in said
    test = draw("standards", visit, tab="calendar")
    test.selectbox(key="standards-year").set_value(2027).run()
    assert "暂按周历" in said_by(test) + "".join(each.value for each in test.warning)


def test_the_history_tells_what_was_judged_by(
    seen_as: As, clock: StandingClock, tmp_path: Path
) -> None:
    visit = seen_as(Role.VIEWER)
    place = tmp_path / "more"
    place.mkdir()
    parts = apart(visit.store, clock, place)
    fill(parts)
    judge.run(parts)
    said = shown(visit, tab="history")
    for each in ("启用以来", "随系统预置", "现行", "上级口径"):
        assert each in said
