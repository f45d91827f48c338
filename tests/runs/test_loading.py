"""Files taken in by runs: heaps, names, the job of the screen, calibration of a feed."""

from pathlib import Path

import pytest

from monitor.collect.loop import EventLoop
from monitor.domain.collecting import Route
from monitor.domain.errors import InputError
from monitor.domain.numbers import Provenance
from monitor.domain.running import JobState
from monitor.record import jobs as queue
from monitor.record import routes
from monitor.record.store import Store
from monitor.runs import calibrate, jobs, load, setup
from monitor.runs.parts import Parts
from tests.builders import a_unit, an_account
from tests.collect.files import books
from tests.conftest import StandingClock
from tests.service.parts import some_parts
from tests.shipped import shipped

WORKS = (
    "作品名称,发布时间,体裁,审核状态,播放量,完播率\n"
    "一,2026-11-01 08:00:01,图文,已通过,5,-\n"
    "二,2026-11-09 08:00:01,图文,已通过,6,-\n"
).encode()


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    shipped(tmp_path)
    made = setup.ready(some_parts(sqlite_store, clock, data_dir=tmp_path))
    with sqlite_store.writing() as tx:
        unit = a_unit(tx, "江城市公安局", "420100000000")
        an_account(tx, unit, "平安江城", "douyin")
        an_account(tx, unit, "江城反诈", "douyin")
    return made


def test_a_heap_with_a_bad_file_takes_the_good_ones_in(parts: Parts, tmp_path: Path) -> None:
    archive = tmp_path / "回收.zip"
    archive.write_bytes(books.packed({"平安江城.csv": WORKS, "坏.pdf": b"%PDF-1.7 x"}))
    single = tmp_path / "谁的.csv"
    single.write_bytes(WORKS + b"\n")
    good, bad, nobodys = load.run_heap(parts, [archive, single], load.Asked())
    assert isinstance(good, load.Loaded)
    assert (good.accounts, good.new_posts) == (("平安江城",), 2)
    assert isinstance(bad, InputError)
    assert isinstance(nobodys, InputError)
    assert "文件名" in str(nobodys)


def test_an_account_named_once_is_known_for_the_next_file_like_it(
    parts: Parts, tmp_path: Path
) -> None:
    for month, asked in (("10", load.Asked(account="江城反诈")), ("11", load.Asked())):
        path = tmp_path / f"反骗号_作品列表_{month}.csv"
        path.write_bytes(WORKS.replace(b"2026-11", f"2026-{month}".encode()))
        assert load.run(parts, path, asked).accounts == ("江城反诈",)


def test_the_job_of_the_screen_saves_and_removes_the_upload(parts: Parts) -> None:
    name = "a" * 64
    waiting = parts.local_dir / "uploads" / name
    waiting.parent.mkdir(parents=True)
    waiting.write_bytes(WORKS)
    said = {"file": name, "path": "平安江城.csv", "accounts": "1", "account": "#1"}
    said["covers"] = "2026-11-01..2026-11-10"
    with parts.store.writing() as tx:
        job_id = queue.ask(tx, "load", said, "k", None)
        queue.ask(tx, "load", {"file": "../../sentinel.key"}, "k2", None)
    with EventLoop() as loop:
        assert jobs.run(parts, loop) == 2
    with parts.store.reading() as tx:
        done, refused = queue.get(tx, job_id), queue.get(tx, job_id + 1)
    assert done is not None
    assert refused is not None
    assert done.state is JobState.DONE
    assert "新作品 2" in done.result
    assert refused.state is JobState.FAILED
    assert not waiting.exists()


def test_a_feed_is_calibrated_by_its_name_and_nothing_else_is(parts: Parts) -> None:
    feed = Route("douyin", "gsdata", Provenance.PURCHASED, grade=2, fresh_hours=60)
    with parts.store.writing() as tx:
        routes.ensure(tx, feed)
        routes.ensure(tx, Route("douyin", "own", Provenance.INTERFACE, grade=4, fresh_hours=26))
    done = calibrate.run(parts, "douyin", "gsdata")
    assert (done.measured.known, done.measured.ceiling) == (0, 0)
    assert "样本不足" in done.measured.reason
    with pytest.raises(InputError, match="不需要校准"):
        calibrate.run(parts, "douyin", "own")
    with pytest.raises(InputError, match="douyin/gsdata"):
        calibrate.run(parts, "weibo", "gsdata")
