"""A database that is locked, read-only or full: said in Chinese, and nothing half-saved."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from monitor.domain.errors import StoreError
from monitor.record import units
from monitor.record.store import Store, open_store
from monitor.runs import load, query, setup
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import some_parts

ROW = "微博,甲(演示),demo_a,p{n},,{title},图文,2026-11-{day:02d} 09:00:00,2026-11-20,300,5\n"
HEADER = "平台,账号名称,账号ID,作品ID,作品链接,标题,体裁,发布时间,统计日期,阅读播放,点赞\n"
ASKED = load.Asked(register=True, covers=load.parse_covers("2026-10-01..2026-11-20"))


def export(rows: int) -> bytes:
    lines = [ROW.format(n=n, title=f"第{n}条" * 40, day=1 + n % 20) for n in range(rows)]
    return (HEADER + "".join(lines)).encode("utf-8-sig")


def file_of(store: Store) -> Path:
    return Path(str(store.engine.url.database))


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    made = setup.ready(some_parts(sqlite_store, clock))
    setup.shipped_units(made)
    return made


@pytest.fixture
def read_only(parts: Parts, clock: Callable[[], datetime]) -> Iterator[Store]:
    """The same database by a connection that may not write."""
    store = open_store(f"sqlite:///file:{file_of(parts.store)}?mode=ro&uri=true", clock)
    yield store
    store.close()


def test_a_full_disk_is_named_and_the_file_is_taken_whole_later(parts: Parts) -> None:
    room: list[int] = [0]

    def bound(connection: sqlite3.Connection, _record: object) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {room[0] or pages + 12}")

    parts.store.engine.dispose()
    event.listen(parts.store.engine, "connect", bound)
    with pytest.raises(StoreError, match="磁盘已满"):
        load.take(parts, export(2000), "数据.csv", ASKED)
    document = query.judgements(parts, None, None, None)
    assert all(each["outcome"] == "暂不作认定" for each in document["accounts"])
    room[0] = 1_000_000
    parts.store.engine.dispose()
    taken = load.take(parts, export(2000), "数据.csv", ASKED)
    assert not taken.already
    document = query.judgements(parts, None, None, "gb2019")
    assert [each["silence_max_seconds"] is None for each in document["accounts"]] == [False]


def test_a_read_only_database_can_be_read_and_says_why_it_cannot_be_written(
    read_only: Store,
) -> None:
    with read_only.reading() as tx:
        assert units.all_units(tx)
    with pytest.raises(StoreError, match="只读"), read_only.writing():
        pass


def test_a_locked_database_is_named_after_a_patient_wait(parts: Parts) -> None:
    def impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50")

    parts.store.engine.dispose()
    event.listen(parts.store.engine, "connect", impatient)
    with closing(sqlite3.connect(file_of(parts.store), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="正被占用"), parts.store.writing():
            pass
        with parts.store.reading() as tx:
            assert units.all_units(tx)
        other.execute("ROLLBACK")
    with parts.store.writing() as tx:
        assert tx.stamp > 0
