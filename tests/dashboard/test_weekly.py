"""周报 on screen: asked for once, shown when it is ready, to whom asked and to nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import page
from dashboard.page import Visit
from dashboard.views.weekly import weekly
from monitor.actions import ask as asking
from monitor.actions import people, setting_up
from monitor.domain.errors import Forbidden
from monitor.domain.person import Grant, Person, Role, Session
from monitor.domain.running import JobState
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import jobs
from monitor.record.store import Store
from tests.builders import a_unit
from tests.conftest import NOW

SECOND = int(NOW.timestamp())


def a_visit(store: Store, folder: Path, scope: Scope = EVERYTHING) -> Visit:
    grants = (Grant(Role.EDITOR, "/"),)
    person_id, _ = people.enrol(
        store, None, people.NewPerson("editor", "周某(演示)", grants, must_change=False)
    )
    person = Person(person_id, "editor", "周某(演示)", frozenset({Role.EDITOR}), scope)
    session = Session(1, person, SECOND + 3600, "x")
    return Visit(session, store, SECOND, "某省公安厅(演示)", demo=False, data_dir=folder)


def draw(visit: Visit) -> AppTest:
    def script(render: "Callable[[object], None]", who: object) -> None:
        render(who)

    return AppTest.from_function(script, args=(weekly, visit), default_timeout=30)


def said(test: AppTest) -> str:
    return " ".join(str(each.value) for each in [*test.code, *test.markdown, *test.subheader])


def ready(visit: Visit, folder: Path) -> int:
    """What the scheduler's process does with the newest job."""
    job = jobs.claim(visit.store, "test", 60)
    assert job is not None
    assert (job.kind, job.arguments) == ("digest-preview", {"week": "2026-W47"})
    place = folder / "local" / "previews" / str(job.id) / "周报"
    place.mkdir(parents=True)
    (place / "群消息.txt").write_text("备案账号8个。", "utf-8-sig")
    (place / "周报.txt").write_text("【本周要点】", "utf-8-sig")
    (place / "问题清单.csv").write_text("序号\r\n", "utf-8-sig")
    jobs.finish(visit.store, job.id, "test", JobState.DONE, "文件 3")
    return job.id


def test_a_press_queues_one_job_and_the_result_is_shown_when_it_is_ready(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = a_visit(sqlite_store, tmp_path)
    monkeypatch.setattr(page, "arrive", lambda *, working=True: visit)
    test = draw(visit).run()
    assert not test.exception
    test.button[0].click().run()
    test.button[0].click().run()
    ready(visit, tmp_path)
    assert jobs.claim(sqlite_store, "test", 60) is None
    test = draw(visit).run()
    assert not test.exception
    assert "备案账号8个。" in said(test)
    assert "【本周要点】" in said(test)


def test_nobody_sees_the_preview_another_person_asked_for(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = a_visit(sqlite_store, tmp_path)
    monkeypatch.setattr(page, "arrive", lambda *, working=True: visit)
    test = draw(visit).run()
    test.button[0].click().run()
    ready(visit, tmp_path)
    grants = (Grant(Role.EDITOR, "/"),)
    other_id, _ = people.enrol(
        sqlite_store, None, people.NewPerson("other", "李某", grants, must_change=False)
    )
    person = replace(visit.person, id=other_id)
    other = replace(visit, session=replace(visit.session, person=person))
    monkeypatch.setattr(page, "arrive", lambda *, working=True: other)
    assert "备案账号8个。" not in said(draw(other).run())


def test_whoever_sees_a_part_is_told_whom_to_ask(sqlite_store: Store, tmp_path: Path) -> None:
    visit = a_visit(sqlite_store, tmp_path, Scope(frozenset({"/1/2/"})))
    test = draw(visit).run()
    assert not test.exception
    assert len(test.button) == 0


def test_a_liaison_has_the_own_city_composed_and_no_other(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        own = a_unit(tx, "甲市公安局", "991000000000", root, level="市州局")
        a_unit(tx, "丙市公安局", "992000000000", root, level="市州局")
    path = f"/{root}/{own}/"
    new = people.NewPerson("li", "李某(演示)", (Grant(Role.LIAISON, path),), must_change=False)
    people.enrol(sqlite_store, None, new)
    person = people.person_called(sqlite_store, "li", SECOND)
    session = Session(1, person, SECOND + 3600, "x")
    visit = Visit(session, sqlite_store, SECOND, "某厅", demo=False, data_dir=tmp_path)
    monkeypatch.setattr(page, "arrive", lambda *, working=True: visit)
    test = draw(visit).run()
    assert not test.exception
    assert test.selectbox[-1].options == ["甲市公安局"]
    test.button[0].click().run()
    job = jobs.claim(sqlite_store, "test", 60)
    assert job is not None
    assert job.arguments == {"week": "2026-W47", "unit": "991000000000"}
    with pytest.raises(Forbidden):
        asking.preview_unit(sqlite_store, person, "k", "2026-W47", "992000000000")
    setting_up.begin_trial(sqlite_store, None, date(2026, 12, 23))
    with pytest.raises(Forbidden, match="试运行"):
        asking.preview_unit(sqlite_store, person, "k2", "2026-W47", "991000000000")
    trial = draw(replace(visit, trial_until=date(2026, 12, 23))).run()
    assert len(trial.button) == 0
