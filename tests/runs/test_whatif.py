"""规则试算 against a second computation that asks for one account at a time, on both databases."""

import csv
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.actions import people, trying
from monitor.actions.sending import Sent
from monitor.actions.trying import Wanted
from monitor.collect.loop import EventLoop
from monitor.domain.errors import InputError
from monitor.domain.finding import Judgement
from monitor.domain.instants import DAY, say_minute, to_second
from monitor.domain.person import Grant, Person, Role
from monitor.domain.rulebook import Rulebook
from monitor.domain.running import JobState
from monitor.domain.whatif import Comparison, Tried
from monitor.judge.evaluate import judge
from monitor.record import facts
from monitor.record import jobs as queue
from monitor.record.store import Store
from monitor.runs import books, jobs, setup, whatif
from monitor.runs.parts import Parts
from tests.builders import T, a_look, a_post, a_route, a_unit, an_account
from tests.conftest import StandingClock
from tests.service.parts import some_parts

SILENT = (1, 8, 13, 16, 29, 40, 70, 95, 400)


def apart(store: Store, clock: StandingClock, place: Path) -> Parts:
    """Parts whose files lie in a place of their own."""
    ready = setup.ready(some_parts(store, clock))
    for each in ready.data_dir.iterdir():
        if each.name != "local":
            (place / each.name).symlink_to(each)
    return replace(ready, data_dir=place)


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    return apart(sqlite_store, clock, tmp_path)


@pytest.fixture
def asker(parts: Parts) -> Person:
    return enrolled(parts)


def enrolled(parts: Parts) -> Person:
    new = people.NewPerson("head", "处长某", (Grant(Role.EDITOR, "/"),), must_change=False)
    people.enrol(parts.store, None, new)
    return people.person_called(parts.store, "head", to_second(parts.now()))


def fill(parts: Parts) -> None:
    """Two prefectures, two platforms, silences of every length, one never looked at; of the second
    prefecture everything was learned only today."""
    now = to_second(parts.now())
    with parts.store.writing() as tx:
        route = a_route(tx)
        for number, region in enumerate(("武汉市", "宜昌市")):
            unit = a_unit(
                tx, f"{region}公安局", f"42010{number}000000", region_name=region, recorded_at=1
            )
            learned = {"recorded_at": tx.stamp} if number else {"recorded_at": 1}
            for days in SILENT:
                platform = "weibo" if days % 2 else "douyin"
                key = an_account(tx, unit, f"{region}{days}天", platform, recorded_at=1)
                last = now - days * DAY - 60 - number
                for second in (last, last - 50 * DAY, last - 120 * DAY):
                    a_post(tx, key, second, **learned)
                if days != SILENT[-2]:
                    a_look(tx, key, route, now - 500 * DAY, now - 60, **learned)


def naive(
    parts: Parts, tried: Rulebook, as_of: int, known_at: int
) -> tuple[Counter[tuple[str, str]], Counter[str], set[str]]:
    """(class, coming or going) and failing, one account at a time; and who moved."""
    standing = books.open_books(parts).own
    moves: Counter[tuple[str, str]] = Counter()
    failing: Counter[str] = Counter()
    who = set()
    with parts.store.reading() as tx:
        for each in facts.measure(tx, as_of, known_at):
            (alone,) = facts.measure(tx, as_of, known_at, [each.account_id])
            old, new = judge(alone, standing), judge(alone, tried)
            for name in _names(new) - _names(old):
                moves[name, "enter"] += 1
            for name in _names(old) - _names(new):
                moves[name, "leave"] += 1
            failing["before"] += old.verdict.value == "不合格"
            failing["after"] += new.verdict.value == "不合格"
            if _names(old) != _names(new) or old.verdict != new.verdict:
                who.add(alone.standings[0].name)
    return moves, failing, who


def _names(judged: Judgement) -> set[str]:
    return {judged.status} | {each.rule for each in judged.findings if each.rule != "更新"}


def tried(parts: Parts, asker: Person, wanted: Wanted, key: str = "k") -> tuple[int, Tried]:
    sent = Sent("whatif", key)
    job_id = trying.try_out(parts.store, asker, parts.data_dir, wanted, sent)
    assert trying.try_out(parts.store, asker, parts.data_dir, wanted, sent) == job_id
    with EventLoop() as loop:
        jobs.run(parts, loop)
    with parts.store.reading() as tx:
        job = queue.get(tx, job_id)
    assert job is not None
    assert job.state is JobState.DONE, job.result
    found = trying.result(parts.data_dir, job_id)
    assert found is not None
    return job_id, found


def _agrees(parts: Parts, found: Comparison, book: Rulebook) -> set[str]:
    moves, failing, who = naive(parts, book, found.as_of, found.known_at)
    told = {
        (name, way): getattr(shift, way)
        for name, shift in found.classes.items()
        for way in ("enter", "leave")
        if getattr(shift, way)
    }
    assert told == dict(moves)
    assert (found.failing.before, found.failing.after) == (failing["before"], failing["after"])
    assert found.moved == len(who)
    for axis in found.places.values():
        assert sum(each.after for each in axis.values()) == failing["after"]
    return who


@pytest.mark.parametrize("then", [False, True])
def test_a_trial_agrees_with_one_account_at_a_time_now_and_at_four_quarters_ends(
    store: Store,
    clock: StandingClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    then: bool,
) -> None:
    monkeypatch.setattr(whatif, "AT_ONCE", 5)
    parts = apart(store, clock, tmp_path)
    asker = enrolled(parts)
    fill(parts)
    book, _ = books.read(parts, "hfut2021")
    job_id, found = tried(parts, asker, Wanted("hfut2021", then=then))
    days = [say_minute(each.as_of)[:10] for each in found.comparisons[1:]]
    assert days == ["2026-10-01", "2026-07-01", "2026-04-01", "2026-01-01"]
    moved = [_agrees(parts, each, book) for each in found.comparisons]
    assert moved[0]
    assert any(moved[1:])
    listed, _ = (path.read_bytes() for path in trying.files(parts.data_dir, job_id))
    rows = list(csv.DictReader(io.StringIO(listed.decode("utf-8-sig"))))
    assert len(rows) == sum(len(each) for each in moved)
    for each, who in zip(found.comparisons, moved, strict=True):
        assert {row["账号"] for row in rows if row["监测时间点"] == say_minute(each.as_of)} == who


def test_what_was_learned_today_was_not_known_at_the_quarters_end(
    parts: Parts, asker: Person
) -> None:
    fill(parts)
    _, today = tried(parts, asker, Wanted("hfut2021"), "a")
    _, then = tried(parts, asker, Wanted("hfut2021", then=True), "b")
    assert today.comparisons[0].classes == then.comparisons[0].classes
    assert today.comparisons[1].accounts == then.comparisons[1].accounts
    assert today.comparisons[1].classes != then.comparisons[1].classes


def test_a_trial_writes_the_job_and_the_audit_and_nothing_else(parts: Parts, asker: Person) -> None:
    fill(parts)
    before = counted(parts)
    tried(parts, asker, Wanted("gz2025"))
    after = counted(parts)
    assert {name for name in after if after[name] != before[name]} == {"job", "audit", "sending"}


def counted(parts: Parts) -> dict[str, int]:
    with parts.store.reading() as tx:
        return {
            name: int(tx.conn.execute(select(func.count()).select_from(table)).scalar_one())
            for name, table in T.items()
        }


def test_the_rulebook_in_force_tried_against_itself_moves_nobody(
    parts: Parts, asker: Person
) -> None:
    fill(parts)
    _, found = tried(parts, asker, Wanted("hubei-default"))
    assert [(each.moved, each.workload) for each in found.comparisons] == [(0, 0)] * 5


def test_an_edited_text_is_tried_and_a_mistake_in_it_is_told_by_its_line(
    parts: Parts, asker: Person
) -> None:
    fill(parts)
    text = (parts.data_dir / "rulebooks" / "mh2025.yaml").read_text("utf-8")
    _, found = tried(parts, asker, Wanted("", text))
    book, _ = books.read(parts, "mh2025")
    assert _agrees(parts, found.comparisons[0], book)
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "over_days: 14" in each)
    broken = Wanted("", text.replace("over_days: 14", "over_days: 9"))
    with pytest.raises(InputError, match=f"第{line}行"):
        trying.try_out(parts.store, asker, parts.data_dir, broken, Sent("whatif", "z"))


def test_a_cancel_between_two_chunks_leaves_no_file(
    parts: Parts, asker: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(parts)
    sent = Sent("whatif", "k")
    job_id = trying.try_out(parts.store, asker, parts.data_dir, Wanted("gz2025"), sent)
    real = whatif.quarter_ends

    def cancelled_meanwhile(now: int) -> tuple[int, ...]:
        with parts.store.writing() as tx:
            queue.cancel(tx, job_id)
        return real(now)

    monkeypatch.setattr(whatif, "quarter_ends", cancelled_meanwhile)
    with EventLoop() as loop:
        jobs.run(parts, loop)
    with parts.store.reading() as tx:
        job = queue.get(tx, job_id)
    assert job is not None
    assert job.state is JobState.CANCELLED
    assert trying.result(parts.data_dir, job_id) is None


def test_the_forecasts_of_a_slow_account_are_held_against_its_past(
    parts: Parts, asker: Person
) -> None:
    fill(parts)
    _, before = tried(parts, asker, Wanted("gz2025"), "a")
    now = to_second(parts.now())
    with parts.store.writing() as tx:
        route = a_route(tx, "weibo/own")
        unit = a_unit(tx, "荆州市公安局", "421000000000", recorded_at=1)
        key = an_account(tx, unit, "每二十天一条", "weibo", recorded_at=1)
        for number in range(10):
            a_post(tx, key, now - (16 + 20 * number) * DAY, recorded_at=1)
        a_look(tx, key, route, now - 500 * DAY, now - 60, recorded_at=1)
    _, after = tried(parts, asker, Wanted("gz2025"), "b")
    assert before.backtest.n == 0
    assert after.backtest.hit >= 1
    assert (after.backtest.missed, after.backtest.false_alarm) == (0, 0)
