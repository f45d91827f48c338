"""Generated ledgers entered into a registry: whole or not at all, whatever comes in between."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import strategies as st
from sqlalchemy import text

from monitor.actions import ledgers
from monitor.domain.errors import InputError
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, audit, units
from monitor.record.store import Store, open_store
from tests.actions.test_ledgers import a_province
from tests.collect.messy_ledgers import UNITS, Messy, narrow, wide
from tests.conftest import NOW
from tests.generated import generated

CODES = ("421024000000", "421022000000", "421081000000", "421023000000")


@pytest.fixture(scope="module")
def ready(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the units whose ledgers are made up, to be copied."""
    path = tmp_path_factory.mktemp("ready") / "ready.db"
    shutil.copy(sqlite_template, path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    more = [
        Unit(code, name, Level.COUNTY, "421000000000", region_name="荆州市")
        for code, name in zip(CODES, UNITS, strict=True)
    ]
    with store.writing() as tx:
        units.save(tx, [*(each for each in a_province() if each.code not in CODES), *more])
    with store.engine.connect() as conn:
        conn.execution_options(isolation_level="AUTOCOMMIT").execute(
            text("PRAGMA wal_checkpoint(TRUNCATE)")
        )
    store.close()
    return path


@contextmanager
def copied(ready: Path) -> Iterator[Store]:
    path = ready.with_name("one.db")
    shutil.copy(ready, path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    try:
        yield store
    finally:
        store.close()
        for left in ready.parent.glob("one.db*"):
            left.unlink()


def everything(store: Store) -> list[list[tuple[object, ...]]]:
    """All rows of all tables."""
    with store.engine.connect() as conn:
        tables = conn.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ).scalars()
        return [
            [tuple(row) for row in conn.execute(text(f'SELECT * FROM "{name}"'))]
            for name in tables.all()
        ]


def fail(*_given: object) -> None:
    raise RuntimeError("the machine stopped")


@generated(
    "ledgers entered into the registry",
    st.one_of(narrow(), wide()),
    st.integers(0, 4),
    st.booleans(),
)
def test_a_generated_ledger_is_entered_whole_or_not_at_all(
    ready: Path, made: Messy, trouble: int, skip: bool
) -> None:
    with copied(ready) as store:
        before = everything(store)
        asked = ledgers.Asked(made.name, made.content)
        seen = ledgers.look(store, None, asked).fingerprint
        assert everything(store) == before
        if made.refused and not skip:
            with pytest.raises(InputError) as refused:
                ledgers.save(store, None, asked, seen)
            assert "第" in refused.value.explained.what
            assert made.name in refused.value.explained.where
            assert everything(store) == before
            return
        if trouble == 0:
            with pytest.MonkeyPatch.context() as patch, pytest.raises(RuntimeError):
                patch.setattr(audit, "add", fail)
                ledgers.save(store, None, asked, seen, skip_bad_rows=skip)
            assert everything(store) == before
            return
        ledgers.save(store, None, asked, seen, skip_bad_rows=skip)
        names = dict(zip(CODES, UNITS, strict=True))
        with store.reading() as tx:
            known = {
                (names[each.unit_code], each.platform, each.name, each.uid)
                for each in accounts.all_accounts(tx)
            }
            assert audit.verify(tx)[0]
        assert known == made.truth
