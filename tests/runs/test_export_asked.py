"""An export asked for on screen: of one's own scope, audited; a cancelled one leaves no file."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.actions import ask, exporting, people
from monitor.actions.exporting import Wanted
from monitor.actions.sending import Sent
from monitor.collect.loop import EventLoop
from monitor.domain.errors import InputError
from monitor.domain.person import Role
from monitor.domain.running import JobState
from monitor.record import jobs as queue
from monitor.record import reasons
from monitor.record.store import Store
from monitor.runs import export, export_asked, jobs
from monitor.runs.parts import Parts
from tests.builders import T
from tests.conftest import StandingClock
from tests.filled import Filled, fill_store
from tests.runs.exporting_office import enrol, own_data

HEALTH = Wanted("health", ".csv", "11月通报附件")


@pytest.fixture
def parts(store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    return own_data(store, clock, tmp_path)


@pytest.fixture
def made(parts: Parts) -> Filled:
    return fill_store(parts.store)


def done(parts: Parts, job_id: int) -> tuple[JobState, str]:
    with EventLoop() as loop:
        jobs.run(parts, loop)
    with parts.store.reading() as tx:
        job = queue.get(tx, job_id)
    assert job is not None
    return job.state, job.result


def text(parts: Parts, job_id: int) -> str:
    files = export_asked.folder(parts.local_dir, job_id).glob("*.csv")
    return "".join(each.read_text("utf-8-sig") for each in files)


def audited(parts: Parts) -> list[tuple[int, str, str]]:
    audit = T["audit"]
    columns = (audit.c.actor_id, audit.c.object_id, audit.c.reason)
    with parts.store.reading() as tx:
        rows = tx.conn.execute(select(*columns).where(audit.c.action == "导出")).all()
    return [tuple(each) for each in rows]  # type: ignore[misc]


def test_a_prefecture_exports_its_own_accounts_once_and_the_audit_says_who_and_what_for(
    parts: Parts, made: Filled
) -> None:
    editor = enrol(parts, "city", Role.LIAISON, made.paths["荆州市公安局"])
    first = exporting.export_now(parts.store, editor, parts.vault(), HEALTH, Sent("export", "k"))
    assert (
        exporting.export_now(parts.store, editor, parts.vault(), HEALTH, Sent("export", "k"))
        == first
    )
    state, result = done(parts, first)
    assert (state, result[:2]) == (JobState.DONE, "行 "), result
    assert "江陵" in text(parts, first)
    assert "武汉" not in text(parts, first)
    ((actor, what, told),) = audited(parts)
    assert (actor, what) == (editor.id, "health")
    assert told.endswith("用途:第1号")
    with parts.store.reading() as tx:
        assert reasons.told(tx, parts.vault(), [told]) == [told.replace("第1号", "11月通报附件")]


def test_a_right_taken_away_meanwhile_exports_nothing(parts: Parts, made: Filled) -> None:
    editor = enrol(parts, "head", Role.EDITOR, "/")
    job_id = exporting.export_now(parts.store, editor, parts.vault(), HEALTH, Sent("export", "k"))
    people.disable(parts.store, None, editor.id)
    state, result = done(parts, job_id)
    assert (state, "已停用" in result) == (JobState.FAILED, True)
    assert text(parts, job_id) == ""
    assert audited(parts) == []


def test_a_cancel_amid_the_work_leaves_no_file_and_no_entry(
    parts: Parts, made: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = enrol(parts, "head", Role.EDITOR, "/")
    job_id = exporting.export_now(parts.store, editor, parts.vault(), HEALTH, Sent("export", "k"))
    real = export.build

    def slow(*given: object) -> object:
        ask.cancel(parts.store, editor, job_id)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(export, "build", slow)
    assert done(parts, job_id) == (JobState.CANCELLED, "已按要求取消")
    assert text(parts, job_id) == ""
    assert audited(parts) == []


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (replace(HEALTH, purpose=" "), "请填写用途"),
        (replace(HEALTH, purpose="机密★"), "机密"),
        (replace(HEALTH, what="people"), "没有这种导出"),
        (replace(HEALTH, file=".exe"), "没有这种导出"),
    ],
)
def test_what_cannot_be_asked_for_is_named(parts: Parts, wanted: Wanted, told: str) -> None:
    editor = enrol(parts, "head", Role.EDITOR, "/")
    with pytest.raises(InputError, match=told):
        exporting.export_now(parts.store, editor, parts.vault(), wanted, Sent("export", "k"))
