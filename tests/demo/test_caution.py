"""What the product itself says of the demonstration: nothing bad of anybody who exists."""

import shutil
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import CancelledError
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.collect.loop import EventLoop
from monitor.demo import fill, past, past_files
from monitor.demo.interpretations import quarter_before
from monitor.demo.places import INVENTED
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain import clearing
from monitor.domain.assessment import Kind, Plea, State
from monitor.domain.clearing import Answer
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, shanghai
from monitor.record import assessed, assessments, objections
from monitor.record.store import Store, open_store
from monitor.runs import assess, assess_kept, jobs, number_hints, query, setup
from monitor.runs.parts import Parts
from tests.conftest import NOW, StandingClock
from tests.service.parts import DATA, some_parts


@pytest.fixture(scope="module")
def parts(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The small province, filled."""
    folder = tmp_path_factory.mktemp("caution")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("local"))
    (folder / "data" / "local").mkdir()
    shutil.copy(sqlite_template, folder / "store.db")
    clock = StandingClock(NOW)
    store = open_store(f"sqlite:///{folder / 'store.db'}", clock)
    made = some_parts(store, clock, data_dir=folder / "data", demo=True, demo_small=True)
    setup.shipped_units(made)
    fill.fill(made, lambda _line: None)
    yield made
    store.close()


def test_nobody_real_is_ever_called_worse_than_reminded(parts: Parts) -> None:
    outcomes: Counter[str] = Counter()
    for rulebook in ("hubei-default", "gb2019"):
        for days in (0, 5, 40):
            as_of = NOW + timedelta(days=days)
            document = query.judgements(parts, as_of, None, rulebook)
            for account in document["accounts"]:
                found = {account["outcome"], *(each["outcome"] for each in account["findings"])}
                outcomes.update(found)
                if account["unit"][:2] not in INVENTED:
                    assert Outcome.FAIL not in found, account
    assert outcomes[Outcome.FAIL] > 10
    assert outcomes[Outcome.OK] > outcomes[Outcome.FAIL]
    assert outcomes[Outcome.UNDECIDED] > 10
    [pointed] = number_hints.look(parts, int(NOW.timestamp()), 1 << 61)[1]
    [leaping] = [
        each
        for each in fill.Province(fill.SEED, NOW.date(), small=True).residents
        if each.world.leap
    ]
    assert pointed.account_id == query.account_ids(parts)["douyin", leaping.world.uid]
    assert leaping.seat.name[:2] in INVENTED
    found = [each.line for each in query.clearing_lines(parts, 1).values()]
    assert {each.state for each in found} == set(clearing.State) - {clearing.State.RETURNED}
    assert {Answer.TRUE, Answer.CHANGE, Answer.CLOSE} <= {each.answer for each in found}


def test_last_quarter_is_scored_on_what_the_units_handed_in_and_nothing_else_is_judged(
    parts: Parts,
) -> None:
    before = _statuses(parts)
    with pytest.raises(CancelledError):
        past.fill(parts, lambda: _stop_at_the_job(parts))
    with EventLoop() as loop:
        report = past.fill(parts, lambda: jobs.run(parts, loop))
        assert report is not None
        assert report.counts["新作品"] == 0, "the files were there before it was cut short"
        assert past.fill(parts, lambda: jobs.run(parts, loop)) is None
    assert _statuses(parts) == before
    with parts.store.reading() as tx:
        [kept] = assessments.every(tx)
        [plea] = objections.of_assessment(tx, kept.id)
        totals, lines = assessed.totals(tx, kept.id), assessed.lines(tx, kept.id)
    assert (kept.state, kept.kind, plea.state) == (State.FEEDBACK, Kind.FORMAL, Plea.RAISED)
    assert kept.result_hash == assess.made_again(parts, kept.id)
    graded = {each.unit for each in totals if each.grade}
    assert len(graded) > 10
    assert {each.grade for each in totals} <= {"", "优秀", "良好", "合格"}
    seen = _weeks_with_posts(Province(fill.SEED, NOW.date(), small=True))
    told = {each.unit: each for each in lines if each.indicator == "C3"}
    assert len(seen.keys() & graded) > 5
    for unit, counted in seen.items():
        assert (told[unit].numerator, told[unit].denominator) == counted


def _stop_at_the_job(parts: Parts) -> None:
    if assess_kept.scoring(parts):
        raise CancelledError


def _statuses(parts: Parts) -> dict[tuple[str, str], tuple[str, str]]:
    document = query.judgements(parts, None, None, None)
    return {
        (each["platform"], each["name"]): (each["status"], each["outcome"])
        for each in document["accounts"]
    }


def _weeks_with_posts(province: Province) -> dict[str, tuple[int, int]]:
    """Of each assessed unit that handed in everything: account-weeks with a post of the quarter's
    whole weeks, and how many there were, counted day by day from the world."""
    quarter = quarter_before(province.first_day)
    mondays = [
        at
        for at in range(quarter.since, quarter.until - 7 * DAY + 1, DAY)
        if shanghai(at).weekday() == 0
    ]
    units: dict[str, list[Resident]] = {}
    for each in province.residents:
        if each.official:
            units.setdefault(each.seat.code, []).append(each)
    return {
        code: (
            sum(_stood(province, each, monday) for each in mine for monday in mondays),
            len(mine) * len(mondays),
        )
        for code, mine in units.items()
        if all(past_files.hands_in(each) and not each.marks & {"late", "drifted"} for each in mine)
    }


def _stood(province: Province, resident: Resident, monday: int) -> bool:
    posts = province.posts(resident.world, monday, monday + 7 * DAY)
    return any(each.deleted_at is None for each in posts)


def test_on_its_first_day_the_province_is_a_ledger_and_nothing_can_be_told(
    sqlite_store: Store, clock: StandingClock, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("local"))
    (data / "local").mkdir()
    parts = some_parts(sqlite_store, clock, data_dir=data, demo=True, demo_small=True)
    setup.shipped_units(parts)
    said: list[str] = []
    fill.fill(parts, said.append, sourced=False)
    assert past.fill(parts, list) is None
    document = query.judgements(parts, None, None, None)
    assert {each["outcome"] for each in document["accounts"]} == {
        Outcome.UNDECIDED,
        Outcome.NOT_COUNTED,
    }
    with sqlite_store.reading() as tx:
        for table in ("post", "coverage", "credential", "import"):
            assert tx.conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
