"""规则试算: what a trial found is read in words and figures, by nobody but who asked for it."""

from dataclasses import replace
from pathlib import Path

from monitor.actions import people, trying
from monitor.actions.sending import Sent
from monitor.actions.trying import Wanted
from monitor.collect.loop import EventLoop
from monitor.domain.instants import to_second
from monitor.domain.person import Grant, Role
from monitor.domain.scope import NOTHING
from monitor.record.store import Store
from monitor.runs import jobs
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw
from tests.dashboard.test_views import words as said_by
from tests.runs.test_whatif import apart, fill


def test_a_trial_is_shown_with_who_comes_and_goes_and_the_quarters(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    parts = apart(sqlite_store, clock, tmp_path)
    fill(parts)
    new = people.NewPerson("head", "处长某", (Grant(Role.EDITOR, "/"),), must_change=False)
    people.enrol(sqlite_store, None, new)
    asker = people.person_called(sqlite_store, "head", to_second(parts.now()))
    visit = a_visit(sqlite_store)
    mine = replace(visit, session=replace(visit.session, person=asker), data_dir=tmp_path)
    test = draw("trying", mine)
    assert not test.exception
    assert "还没有试算过" in said_by(test)
    trying.try_out(sqlite_store, asker, tmp_path, Wanted("hfut2021"), Sent("whatif", "k"))
    with EventLoop() as loop:
        jobs.run(parts, loop)
    test = draw("trying", mine)
    assert not test.exception
    said = said_by(test)
    for each in (
        "停更一个月",
        "新增整改单",
        "武汉市",
        "2026-09-30",
        "2025-12-31",
        "抖音",
        "用过去核对",
    ):
        assert each in said
    assert not [word for word in FORBIDDEN if word in said]
    stranger = replace(asker, id=asker.id + 1)
    other = draw("trying", replace(mine, session=replace(visit.session, person=stranger)))
    assert "还没有试算过" in said_by(other)
    assert "尚未划定查看范围" in said_by(draw("trying", a_visit(sqlite_store, NOTHING)))
