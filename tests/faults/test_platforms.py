"""Every reader against every line of the fault table, through the store and the judge."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import stamina
from aiohttp import web
from sqlalchemy import text

from monitor.collect.http import open_client
from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS
from monitor.domain.account import Account
from monitor.domain.collecting import Harvest, Known, PassOutcome
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, harvests, units
from monitor.record.store import Store, open_store
from monitor.runs import query, setup, trust
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.faults.table import (
    ACCOUNT_TROUBLES,
    BROKEN,
    LATER_TROUBLE,
    PART,
    TABLE,
    WHOLE,
    Fault,
    Scene,
    befalls,
    page,
)
from tests.kits.bench import BENCHES, Bench
from tests.kits.platform_server import Handler, Trial, dated, hosted
from tests.service.parts import some_parts

DEEP = os.environ.get("SENTINEL_DEEP") == "1"
MIDWAY = {"从头": False, "中途": True}
LINES = [(fault, when) for fault in TABLE for when in MIDWAY if DEEP or fault.daily]
TROUBLES = [
    (trouble, when)
    for trouble in ACCOUNT_TROUBLES
    for when, midway in MIDWAY.items()
    if DEEP or not midway or trouble == "revoked"
]
UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
WORSE = {"不合格": 2, "暂不作认定": 1}
DAY = 24


@pytest.fixture(scope="module")
def loop() -> Iterator[EventLoop]:
    with EventLoop(lambda: open_client(httpx.Timeout(0.3))) as loop:
        yield loop


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2):
        yield


@dataclass
class Office:
    """A store that knows one account of a bench, and has read it once without any fault."""

    trial: Trial
    parts: Parts
    clock: StandingClock
    struck: int = 0

    @property
    def store(self) -> Store:
        return self.parts.store

    def at(self, hours: float) -> None:
        """Let the clocks of the office and the trial show so many hours after the first pass."""
        self.trial.hours_later = hours
        self.clock.now = self.trial.now()

    def read(self, fault: Fault | None = None, *, midway: bool = False) -> Harvest:
        """One pass, saved and settled as a sweep does it; `struck` says how often the fault hit."""
        bench = self.trial.bench
        route = READERS.get(self.trial.reader).route(bench.account.platform)
        with self.store.reading() as tx:
            [target] = accounts.targets(tx, route, [self.trial.account_id])
        self.trial.known = Known() if fault is not None and fault.anew else target.known
        world = self.trial.world()
        app = dated(bench.server(world, self.trial.now), self.trial.now)
        scene = Scene(self.trial, world)
        if fault is not None:
            _meddle(app, fault, scene, bench.midway if midway else 0)
        with hosted(self.trial.loop, app) as url:
            harvest = self.trial.read_from(url)
        self.struck = scene.struck
        harvests.save(self.store, harvest, None, proposed=True)
        trust.settle(self.store)
        return harvest

    def outcome(self) -> str:
        """How the account is judged now."""
        [judged] = query.judgements(self.parts, None, None, None)["accounts"]
        return str(judged["outcome"])

    def posts(self) -> list[str]:
        """All posts in the store, by the platform's ids."""
        with self.store.reading() as tx:
            return [row[0] for row in tx.conn.execute(text("SELECT native_id FROM post_key"))]

    def false_coverage(self) -> list[Any]:
        """Seconds of posts that stand inside live coverage and are not known."""
        known = set(self.posts())
        with self.store.reading() as tx:
            rows = tx.conn.execute(text("SELECT a, b FROM coverage WHERE grade > 0")).all()
        bench = self.trial.bench
        return [
            post.native_id
            for post in (*bench.posts, *bench.later)
            for a, b in rows
            if a <= post.published_at < b and bench.named(post.native_id) not in known
        ]


def _meddle(app: web.Application, fault: Fault, scene: Scene, begins: int) -> None:
    @web.middleware
    async def meddle(request: web.Request, handler: Handler) -> web.StreamResponse:
        await request.read()
        scene.asked += 1
        if scene.asked <= begins:
            return await handler(request)
        scene.struck += 1
        answer: web.StreamResponse = await fault.change(scene, request, handler)
        return answer

    app.middlewares.append(meddle)


@pytest.fixture(scope="module")
def prepared(
    loop: EventLoop, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """For each reader a store whose account was read once, faultlessly."""
    return {
        name: _prepare(loop, name, sqlite_template, tmp_path_factory) for name in READERS.names()
    }


def _prepare(loop: EventLoop, name: str, template: Path, folders: pytest.TempPathFactory) -> Path:
    path = folders.mktemp("office") / f"{name}.db"
    shutil.copy(template, path)
    office = _office(loop, name, path)
    account = office.trial.bench.account
    with office.store.writing() as tx:
        units.save(tx, [UNIT])
        accounts.save(tx, [Account(account.platform, account.name, UNIT.code, uid=account.uid)])
    office.read()
    with office.store.engine.connect() as conn:
        conn.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("PRAGMA wal_checkpoint(TRUNCATE)")
        )
    office.store.close()
    return path


def _office(loop: EventLoop, name: str, path: Path) -> Office:
    bench: Bench = BENCHES.get(name)
    clock = StandingClock(bench.now)
    trial = Trial(loop, bench, name, account_id=1)
    store = open_store(f"sqlite:///{path}", clock)
    return Office(trial, setup.ready(some_parts(store, clock)), clock)


@pytest.fixture(params=READERS.names())
def office(
    request: pytest.FixtureRequest, loop: EventLoop, prepared: dict[str, Path], tmp_path: Path
) -> Iterator[Office]:
    path = tmp_path / "office.db"
    shutil.copy(prepared[request.param], path)
    made = _office(loop, request.param, path)
    yield made
    made.store.close()


def _holds(office: Office, hours: float, begun: str) -> None:
    """What must be so after any fault: nothing false, nobody worse, and the next pass mends all."""
    assert office.false_coverage() == []
    disturbed = office.outcome()
    names = office.posts()
    assert len(names) == len(set(names))
    office.at(hours + DAY)
    whole = office.read()
    truth = office.outcome()
    assert WORSE.get(disturbed, 0) <= max(WORSE.get(begun, 0), WORSE.get(truth, 0))
    bench = office.trial.bench
    assert set(office.posts()) == bench.ids() | bench.later_ids()
    if whole.outcome is PassOutcome.COMPLETE:
        assert office.false_coverage() == []


@pytest.mark.parametrize(
    ("fault", "when"), LINES, ids=[f"{fault.name}-{when}" for fault, when in LINES]
)
def test_a_fault_ends_as_the_table_says_and_harms_nobody(
    office: Office, fault: Fault, when: str
) -> None:
    office.at(DAY)
    begun = office.outcome()
    harvest = office.read(fault, midway=MIDWAY[when])
    named = office.trial.bench.endings.get(fault.name, (fault.end, fault.end))
    _ends(harvest, office, named[MIDWAY[when]], midway=MIDWAY[when])
    _holds(office, DAY, begun)


def _ends(harvest: Harvest, office: Office, end: str, *, midway: bool) -> None:
    """The pass ended as it is written, and claims no more than it may."""
    listed = midway and office.trial.bench.listed_midway
    if not office.struck:
        end = WHOLE
    elif end == BROKEN and listed:
        end = WHOLE
        assert harvest.cause is not None
    elif end == BROKEN:
        began = harvest.posts or harvest.accounts or harvest.services or harvest.pages
        end = PART if began else PassOutcome.FAILED.value
    assert harvest.outcome.value == end
    if end != WHOLE:
        assert harvest.claim is None
        assert harvest.cause is not None


@pytest.mark.parametrize(("trouble", "when"), TROUBLES)
def test_trouble_of_the_account_itself_ends_as_its_bench_says(
    office: Office, trouble: str, when: str
) -> None:
    expected = office.trial.bench.faults.get(trouble)
    if expected is None:
        return
    office.at(DAY)
    begun = office.outcome()
    fault = Fault(ACCOUNT_TROUBLES[trouble], befalls(trouble), BROKEN, LATER_TROUBLE)
    harvest = office.read(fault, midway=MIDWAY[when])
    _ends(harvest, office, BROKEN, midway=MIDWAY[when])
    if harvest.outcome is not PassOutcome.COMPLETE:
        assert harvest.error is expected
    _holds(office, DAY, begun)


def test_after_weeks_of_trouble_a_silence_is_unknown_and_no_account_fails_for_it(
    office: Office,
) -> None:
    """Twenty days of broken passes: whoever was in order is undecided at worst."""
    assert office.outcome() != "不合格"
    reset = next(fault for fault in TABLE if fault.name == "连接被重置")
    for days in (5, 20):
        office.at(days * DAY)
        office.read(reset)
    office.clock.now += timedelta(hours=1)
    assert office.outcome() != "不合格"


def test_the_page_for_people_says_what_the_table_says() -> None:
    assert (Path(__file__).parent / "README.md").read_text("utf-8") == page()
