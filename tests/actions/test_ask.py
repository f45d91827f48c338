"""Asking the machine to run now: who may, once per key, on record."""

import pytest

from monitor.actions import ask, people
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Role
from monitor.domain.running import JobState
from monitor.record import audit, jobs
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.conftest import StandingClock


def test_an_editor_asks_and_the_machine_finds_the_job(store: Store, enrol: Enrol) -> None:
    editor = enrol("editor", Role.EDITOR)
    collecting = ask.collect_now(store, editor, "k1", "wechat")
    judging = ask.judge_now(store, editor, "k2")
    claimed = jobs.claim(store, "machine", 60)
    assert claimed is not None
    assert (claimed.id, claimed.kind, claimed.arguments) == (
        collecting,
        ask.COLLECT,
        {"platform": "wechat"},
    )
    job = ask.how_far(store, editor, judging)
    assert job is not None
    assert (job.kind, job.state) == (ask.JUDGE, JobState.QUEUED)


def test_a_double_click_is_one_job_and_one_entry(store: Store, enrol: Enrol) -> None:
    editor = enrol("editor", Role.EDITOR)
    assert ask.judge_now(store, editor, "same") == ask.judge_now(store, editor, "same")
    with store.reading() as tx:
        assert "2条" in audit.verify(tx)[1]


def test_the_same_key_of_two_people_is_two_jobs(store: Store, enrol: Enrol) -> None:
    editor, head = enrol("editor", Role.EDITOR), enrol("head", Role.HEAD)
    assert ask.judge_now(store, editor, "same") != ask.judge_now(store, head, "same")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.AUDIT_ADMIN])
def test_who_may_not_ask_is_refused(store: Store, enrol: Enrol, role: Role) -> None:
    person = enrol("somebody", role)
    with pytest.raises(Forbidden, match="权限"):
        ask.collect_now(store, person, "k")
    with pytest.raises(Forbidden, match="权限"):
        ask.judge_now(store, person, "k")


def test_a_run_over_everything_is_asked_by_who_sees_everything(store: Store, enrol: Enrol) -> None:
    with pytest.raises(Forbidden, match="范围"):
        ask.judge_now(store, enrol("city", Role.EDITOR, "/1/2/"), "k")


def test_a_platform_nobody_knows_is_refused(store: Store, enrol: Enrol) -> None:
    with pytest.raises(InputError, match="没有这个平台"):
        ask.collect_now(store, enrol("editor", Role.EDITOR), "k", "myspace")


def test_who_was_put_out_may_not_ask(store: Store, enrol: Enrol, clock: StandingClock) -> None:
    editor = enrol("editor", Role.EDITOR)
    people.disable(store, None, editor.id)
    with pytest.raises(Forbidden):
        ask.collect_now(store, editor, "k")


def test_only_who_asked_sees_and_cancels_a_job(store: Store, enrol: Enrol) -> None:
    editor, head = enrol("editor", Role.EDITOR), enrol("head", Role.HEAD)
    job_id = ask.judge_now(store, editor, "k")
    assert ask.how_far(store, head, job_id) is None
    with pytest.raises(Forbidden, match="自己发起"):
        ask.cancel(store, head, job_id)
    ask.cancel(store, editor, job_id)
    ask.cancel(store, editor, job_id)
    job = ask.how_far(store, editor, job_id)
    assert job is not None
    assert job.state is JobState.CANCELLED
    with store.reading() as tx:
        assert "4条" in audit.verify(tx)[1]
