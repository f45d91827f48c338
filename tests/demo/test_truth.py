"""Judging the whole invented province finds its truth: nobody accused, every cause named."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from monitor.actions import evidence_packs, people
from monitor.collect.platform import READERS
from monitor.demo import address, census, fill
from monitor.demo.broadcasts import speaks
from monitor.demo.glances import TRIAL
from monitor.demo.keys import MAKERS
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.demo.world import WorldPost
from monitor.domain.account import Kind
from monitor.domain.campaign import Kind as Release
from monitor.domain.campaign import State as Standing
from monitor.domain.campaign import TaskState
from monitor.domain.case import OVER, State
from monitor.domain.collecting import CoverageClaim, ErrorClass, Harvest, PassOutcome, Route
from monitor.domain.instants import DAY, OPEN, day_end, day_start, shanghai_day, to_second
from monitor.domain.officer import told
from monitor.domain.post import SeenPost
from monitor.domain.scope import EVERYTHING
from monitor.record import accounts, campaigns, causes, harvests, runlog
from monitor.record.registered import registered
from monitor.record.screens import cases, disagreeing, evidence, officers
from monitor.record.store import Store, open_store
from monitor.runs import collect, query, setup
from monitor.runs.parts import Parts
from tests.conftest import NOW, StandingClock
from tests.service.parts import DATA, some_parts

ERRORS = {
    "unauthorized": ErrorClass.NO_PERMISSION,
    "expired": ErrorClass.REAUTHORISE,
    "revoked": ErrorClass.REAUTHORISE,
    "quota": ErrorClass.QUOTA,
    "changed": ErrorClass.MALFORMED,
}
"""What the interface answers in each trouble; the stand-in's own tests see that it does."""


@pytest.fixture(scope="module")
def parts(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The whole province filled, and its WeChat accounts read, by harvests made from the world."""
    folder = tmp_path_factory.mktemp("truth")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("local"))
    (folder / "data" / "local").mkdir()
    shutil.copy(sqlite_template, folder / "store.db")
    clock = StandingClock(NOW)
    store = open_store(f"sqlite:///{folder / 'store.db'}", clock)
    made = some_parts(store, clock, data_dir=folder / "data", demo=True)
    setup.shipped_units(made)
    fill.fill(made, lambda _line: None)
    province = Province()
    by_uid = {each.world.uid: each for each in province.residents}
    for target in collect.readable(made):
        route = READERS.get(target.reader_key).route(target.platform)
        harvest = _harvest(province, by_uid[target.uid], (target.account_id, route), made.now())
        harvests.save(store, harvest, None)
    yield made
    store.close()


def _harvest(
    province: Province, resident: Resident, by: tuple[int, Route], instant: datetime
) -> Harvest:
    """What a pass brings home: of WeChat whole days until the day before yesterday, else all that
    stood two hours ago."""
    (account_id, route), now = by, to_second(instant)
    fault = resident.world.fault
    if fault:
        failed = PassOutcome.FAILED
        return Harvest(account_id, route, now - 60, now, failed, error=ERRORS[fault])
    until = now - 60 - route.settle if route.settle else day_start(shanghai_day(now - 1))
    since = until - address.DEEPEST_DAYS * DAY
    standing = [
        post
        for post in province.posts(resident.world, since, until)
        if post.deleted_at is None or post.deleted_at > now
    ]
    posts = tuple(_seen(each, now, exact=bool(route.settle)) for each in standing)
    claim = CoverageClaim(since, until, looked_at=now - 60)
    complete = PassOutcome.COMPLETE
    return Harvest(account_id, route, now - 60, now, complete, posts=posts, claim=claim)


def _seen(post: WorldPost, now: int, *, exact: bool) -> SeenPost:
    day, at = shanghai_day(post.published_at), post.published_at
    return SeenPost(
        native_id=post.native_id if exact else f"{post.native_id}_1",
        published_from=at if exact else day_start(day),
        published_until=at if exact else day_end(day),
        observed_at=now - 60,
        title=post.title,
    )


@pytest.fixture(scope="module")
def judged(parts: Parts) -> dict[str, dict[str, Any]]:
    """Every resident's judgement, by uid; those whose id the ledger lacks are found by name. The
    one account the stories apply for is no resident, and not taken in."""
    named = {
        (each.world.platform, each.ledger_name, each.seat.organ): each.world.uid
        for each in Province().residents
    }
    document = query.judgements(parts, None, None, None)
    found = {
        each["uid"] or named.get((each["platform"], each["name"], each["unit"]), ""): dict(each)
        for each in document["accounts"]
    }
    assert found.pop("")["status"] == "不纳入"
    return found


def test_every_account_is_found_to_be_what_it_is(judged: dict[str, dict[str, Any]]) -> None:
    truth = Province().truth()
    consents = Province().consents()
    gone = {uid for (_, uid), consent in consents.items() if consent != census.VALID}
    assert judged.keys() == truth.keys() - gone
    wrong = {
        uid: (truth[uid].status, found["status"])
        for uid, found in judged.items()
        if found["status"] != truth[uid].status
    }
    assert wrong == {}


def test_every_other_rule_finds_whom_it_should_and_nobody_else(
    judged: dict[str, dict[str, Any]],
) -> None:
    truth = Province().truth()
    for uid, found in judged.items():
        rules = {each["rule"] for each in found["findings"]} - {"更新"}
        assert rules == truth[uid].rules, (uid, found["name"])


def test_each_account_nothing_can_be_told_of_has_its_true_cause(parts: Parts) -> None:
    undecided = {
        (each.world.platform, each.ledger_name, each.seat.code): each.truth
        for each in Province().residents
        if each.truth.cause
    }
    with parts.store.reading() as tx:
        asked = {
            each.id: undecided[each.platform, each.name, each.unit_code]
            for each in accounts.all_accounts(tx)
            if (each.platform, each.name, each.unit_code) in undecided and each.id
        }
        told = causes.of(tx, list(asked), runlog.known_now(tx, 0))
    assert len(asked) == 150
    assert told == {key: truth.cause for key, truth in asked.items()}


def test_a_report_that_says_more_than_was_seen_is_a_hint_and_a_trial_at_night_is_known_as_gone(
    parts: Parts,
) -> None:
    province, ids, now = Province(), query.account_ids(parts), to_second(parts.now())
    (reported,) = province.reports()
    (night,) = [each for each in province.glances() if each.title == TRIAL]
    of, nightly = (
        ids[each.resident.world.platform, each.resident.world.uid] for each in (reported, night)
    )
    with parts.store.reading() as tx:
        (found,) = disagreeing.differing(tx, EVERYTHING, now, reported.week)
        works = evidence.works(tx, EVERYTHING, now, nightly)
    assert (found.account_id, found.posts) == (of, 5)
    assert [each.label for each in found.hints] == ["填报与巡查不一致"]
    assert [each.title for each in works if each.deleted] == [TRIAL]
    assert len(works) > 1


def test_keys_are_one_row_of_the_run_log_and_nobodys_own_account_is_read(parts: Parts) -> None:
    store: Store = parts.store
    with store.reading() as tx:
        log = runlog.newest(tx, 500)
        personal = tx.conn.exec_driver_sql(
            "SELECT count(*) FROM account_rev r JOIN coverage c ON c.account_id = r.account_id"
            " WHERE r.kind = '民警个人'"
        ).scalar()
    assert sum(run.command == "credentials-set" for run in log) == len(MAKERS)
    assert len(log) < 60
    assert personal == 0


def test_of_the_officers_accounts_those_with_valid_papers_are_shown_and_no_others(
    parts: Parts,
) -> None:
    now = to_second(parts.now())
    with parts.store.reading() as tx:
        register = officers.officers(tx, EVERYTHING, now)
        listed = registered(tx, EVERYTHING, now, 1 << 61)
    standings = Counter(told(each.joining, now) for each in register)
    assert standings == {"已加入": 17, "已到期": 4, "已退出": 3}
    personal = [each for each in listed if each.account.kind is Kind.PERSONAL]
    assert {each.account.id for each in personal} == {
        each.account_id for each in register if each.joining.valid(now)
    }


def test_every_case_stands_on_what_was_found(parts: Parts) -> None:
    now = to_second(parts.now())
    with parts.store.reading() as tx:
        told = cases.listing(tx, EVERYTHING, now, cases.Wanted(over=True), limit=200)
        rows = tx.conn.exec_driver_sql(
            f"SELECT id, outcome FROM finding WHERE superseded_at = {OPEN}"
        )
        standing = {row[0]: row[1] for row in rows}
    assert told.total == len(Province().cases())
    assert {each.kept.case.state for each in told.rows} == set(State)
    assert max(each.kept.nth for each in told.rows) > 1
    by_machine = [
        (line, problem)
        for line in told.rows
        for problem in line.kept.case.problems
        if problem.own or problem.upper
    ]
    assert len(by_machine) > 70
    for line, problem in by_machine:
        assert "不合格" in problem.own + problem.upper, problem
        assert sha256(line.kept.facts.encode()).hexdigest() == line.kept.sha256
        if line.kept.case.state not in OVER:
            assert standing[problem.finding_id or 0] == "不合格", problem
    assert any(each.due_at and each.due_at < now for each in told.rows)
    visitor = people.person_called(parts.store, fill.LOGIN, now)
    for line, _ in (by_machine[0], by_machine[-1]):
        packed = evidence_packs.of_case(parts.store, visitor, line.kept.id, 0, parts.data_dir)
        assert packed.name.endswith(".zip")


def test_its_campaigns_are_found_on_its_platforms_and_name_nobody_who_exists(
    parts: Parts,
) -> None:
    ids = {account: uid for (_, uid), account in query.account_ids(parts).items()}
    residents = {each.world.uid: each for each in Province().residents}
    with parts.store.reading() as tx:
        every = [campaigns.get(tx, number + 1) for number in range(5)]
    standing = {each.content.kind: each.state for each in every if each is not None}
    assert standing == {
        Release.TOPIC: Standing.ARCHIVED,
        Release.DRILL: Standing.ARCHIVED,
        Release.POLICY: Standing.ENDED,
        Release.WARNING: Standing.UNDER_WAY,
        Release.CORRECTION: Standing.UNDER_WAY,
    }
    found: Counter[TaskState] = Counter()
    for number in range(1, 5):
        for kept in query.campaign_tasks_of(parts, number):
            found[kept.task.state] += 1
            if kept.account_id not in ids:
                assert kept.task.state in {TaskState.UNKNOWN, TaskState.TO_PUBLISH}
                continue
            resident = residents[ids[kept.account_id]]
            if kept.task.state in {TaskState.MISSED, TaskState.LATE, TaskState.DIFFERS}:
                assert not resident.seat.real, resident.world.name
            if kept.task.published is not None:
                assert speaks(resident)
    asked = {each for each in TaskState if each not in {TaskState.TO_SIGN, TaskState.REPORTED}}
    corrected = {TaskState.TO_CORRECT, TaskState.CORRECTED, TaskState.RETRACTED}
    assert set(found) == asked - corrected
    assert found[TaskState.VERIFIED] > 150
    assert {each.task.state for each in query.campaign_tasks_of(parts, 5)} == corrected
