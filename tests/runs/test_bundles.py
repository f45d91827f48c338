"""Bundles: both sides judge alike; nothing is taken twice, out of order, or from another's hand."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.access import seals
from monitor.domain.collecting import CoverageClaim, Harvest, PassOutcome, Route
from monitor.domain.errors import CannotRun, InputError
from monitor.domain.instants import DAY, HOUR, to_second
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers, Provenance
from monitor.domain.post import SeenPost
from monitor.domain.service import Function, SeenService
from monitor.record import accounts, harvests, units
from monitor.record.store import Store, open_store
from monitor.runs import bundles, query
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.filled import fill_store
from tests.service.parts import some_parts

OWN = Route("wechat", "own", Provenance.INTERFACE, 4, 26)
EXPORT = Route("wechat", "file/x", Provenance.EXPORT, 4, 168)
KEY = bytes(range(32))


@pytest.fixture(params=["sqlite-postgres", "postgres-sqlite"])
def two(
    request: pytest.FixtureRequest, sqlite_url: str, postgres_url: str, clock: StandingClock
) -> Iterator[tuple[Store, Store]]:
    """A collector outside and a desk inside, each on another database."""
    opened = {"sqlite": open_store(sqlite_url, clock), "postgres": open_store(postgres_url, clock)}
    outside, inside = str(request.param).split("-")
    yield opened[outside], opened[inside]
    for store in opened.values():
        store.close()


@pytest.fixture
def sides(two: tuple[Store, Store], clock: StandingClock, tmp_path: Path) -> tuple[Parts, Parts]:
    """Both with the shared key; the collector full, the desk with the same ledger."""
    outside, inside = two
    fill_store(outside)
    same_ledger(outside, inside)
    (tmp_path / "key").write_text(KEY.hex())
    key = {"bundle_key_file": tmp_path / "key"}
    return some_parts(outside, clock, **key), some_parts(inside, clock, **key)


def same_ledger(outside: Store, inside: Store, leave_out: str = "") -> None:
    with outside.reading() as tx:
        tree, listed = units.all_units(tx), accounts.all_accounts(tx)
        since = tx.conn.exec_driver_sql("SELECT min(registered_at) FROM account").scalar_one()
    fresh = [replace(each, id=None, unit_id=None) for each in listed if each.name != leave_out]
    with inside.writing() as tx:
        units.save(tx, [replace(each, id=None, path="") for each in tree])
        accounts.save(tx, list(reversed(fresh)))
        tx.conn.exec_driver_sql(f"UPDATE account SET registered_at = {since}")


def judged(parts: Parts) -> dict[str, object]:
    """What is told of each account, by name; ids are each store's own."""
    document = query.judgements(parts, None, None, None)
    for each in document["accounts"]:
        for finding in each["findings"]:
            for peer in finding["evidence"].get("peers", ()):
                del peer["account_id"]
    return {each["name"]: each for each in document["accounts"]}


def counts(store: Store) -> dict[str, int]:
    names: tuple[str, ...] = ("post_key", "post", "post_obs", "account_obs", "service_check")
    names += ("pass", "coverage", "coverage_revocation", "route_ceiling", "bundle", "route")
    with store.reading() as tx:
        return {
            name: tx.conn.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in names
        }


def moved(outside: Parts, inside: Parts, folder: Path) -> bundles.TakenIn:
    """One bundle over the border, the hash the same on both sides."""
    path = folder / f"{len(list(folder.iterdir()))}.zip"
    made = bundles.out(outside, path)
    taken = bundles.take(inside, path)
    assert (made.number, made.sha256) == (taken.number, taken.sha256)
    return taken


def an_id(store: Store, name: str) -> int:
    with store.reading() as tx:
        return next(each.id or 0 for each in accounts.all_accounts(tx) if each.name == name)


def a_harvest(account_id: int, now: int, posts: tuple[SeenPost, ...], **more: object) -> Harvest:
    fields: dict[str, object] = {
        "account_id": account_id,
        "route": OWN,
        "started_at": now - 60,
        "ended_at": now,
        "outcome": PassOutcome.COMPLETE,
        "posts": posts,
        "claim": CoverageClaim(now - 40 * DAY, now - 2 * HOUR, now - 60),
        **more,
    }
    return Harvest(**fields)  # type: ignore[arg-type]


def a_sight(native: str, first: int, last: int, seen: int, **more: object) -> SeenPost:
    return SeenPost(native, first, last, seen, "标题", "", "图文", **more)  # type: ignore[arg-type]


@pytest.mark.postgres
def test_both_sides_judge_alike_bundle_after_bundle(
    sides: tuple[Parts, Parts], clock: StandingClock, tmp_path: Path
) -> None:
    outside, inside = sides
    (folder := tmp_path / "disc").mkdir()
    assert judged(inside) != judged(outside)
    moved(outside, inside, folder)
    assert judged(inside) == judged(outside)

    target = an_id(outside.store, "暂不作认定示例0(演示)")
    now = to_second(clock())
    day = now - 3 * DAY - (now - 3 * DAY) % DAY
    said = AccountObservation(now - DAY, AccountNumbers(followers=9), "累计")
    menu = SeenService(Function.SERVICE_MENU, True, now - HOUR, True)
    first = a_sight("wide", day, day + DAY - 1, now, numbers=PostNumbers(reads=3), capped={"reads"})
    harvests.save(
        outside.store,
        a_harvest(target, now, (first,), accounts=(said,), services=(menu,)),
        None,
    )
    moved(outside, inside, folder)
    assert judged(inside) == judged(outside)

    clock.move(hours=5)
    now = to_second(clock())
    narrow = a_sight("wide", day + HOUR, day + HOUR, now, numbers=PostNumbers(reads=8))
    missed = a_sight("missed", day - 9 * DAY, day - 9 * DAY, now)
    saved = harvests.save(outside.store, a_harvest(target, now, (narrow, missed)), None)
    assert saved.revoked == 1
    clock.move(hours=5)
    now = to_second(clock())
    gone = a_sight("wide", day + HOUR, day + HOUR, now, deleted=True)
    export = {"route": EXPORT, "claim": None, "outcome": PassOutcome.PARTIAL}
    harvests.save(outside.store, a_harvest(target, now, (gone,), **export), None)
    moved(outside, inside, folder)
    assert judged(inside) == judged(outside)
    kept = counts(inside.store)
    assert (kept["bundle"], kept["coverage_revocation"]) == (3, 1)
    assert kept == counts(outside.store) | {"post": kept["post"]}


@pytest.mark.postgres
def test_the_same_bundle_twice_and_all_over_again_change_nothing(
    sides: tuple[Parts, Parts], tmp_path: Path
) -> None:
    outside, inside = sides
    bundles.out(outside, tmp_path / "1.zip")
    bundles.take(inside, tmp_path / "1.zip")
    before = counts(inside.store)
    again = bundles.take(inside, tmp_path / "1.zip")
    assert again.already
    assert counts(inside.store) == before
    bundles.out(outside, tmp_path / "2.zip", since=0)
    whole = bundles.take(inside, tmp_path / "2.zip")
    assert not whole.already
    assert counts(inside.store) == before | {"bundle": 2}


@pytest.fixture
def pair(
    sqlite_url: str, tmp_path: Path, clock: StandingClock, sqlite_store: Store
) -> Iterator[tuple[Parts, Parts]]:
    """The same on SQLite alone, where the point is not the store."""
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), tmp_path / "inside.db")
    inside = open_store(f"sqlite:///{tmp_path / 'inside.db'}", clock)
    fill_store(sqlite_store)
    same_ledger(sqlite_store, inside, leave_out="睡眠示例(演示)")
    (tmp_path / "key").write_text(KEY.hex())
    key = {"bundle_key_file": tmp_path / "key"}
    yield some_parts(sqlite_store, clock, **key), some_parts(inside, clock, **key)
    inside.close()


def test_a_gap_is_refused_and_the_missing_numbers_are_named(
    pair: tuple[Parts, Parts], tmp_path: Path
) -> None:
    outside, inside = pair
    for number in (1, 2, 3, 4):
        bundles.out(outside, tmp_path / f"{number}.zip")
    bundles.take(inside, tmp_path / "1.zip")
    before = counts(inside.store)
    with pytest.raises(InputError, match="缺第2、3号"):
        bundles.take(inside, tmp_path / "4.zip")
    assert counts(inside.store) == before
    for number in (2, 3, 4):
        assert not bundles.take(inside, tmp_path / f"{number}.zip").already


def test_a_lost_bundle_is_made_good_by_one_that_begins_before_it(
    pair: tuple[Parts, Parts], tmp_path: Path
) -> None:
    outside, inside = pair
    bundles.out(outside, tmp_path / "1.zip")
    bundles.out(outside, tmp_path / "2.zip")
    bundles.out(outside, tmp_path / "3.zip", since=0)
    assert not bundles.take(inside, tmp_path / "3.zip").already
    assert bundles.take(inside, tmp_path / "1.zip").already
    with pytest.raises(InputError, match="没有第9号"):
        bundles.out(outside, tmp_path / "4.zip", since=9)


def test_accounts_the_ledger_does_not_know_are_named_and_come_later(
    pair: tuple[Parts, Parts], tmp_path: Path
) -> None:
    outside, inside = pair
    bundles.out(outside, tmp_path / "1.zip")
    taken = bundles.take(inside, tmp_path / "1.zip")
    assert [each.partition("(")[0] for each in taken.unknown] == ["weibo 睡眠示例"]
    same_ledger(outside.store, inside.store)
    bundles.out(outside, tmp_path / "2.zip", since=0)
    assert bundles.take(inside, tmp_path / "2.zip").unknown == ()
    assert judged(inside) == judged(outside)


def test_without_a_key_or_with_another_one_nothing_is_taken(
    pair: tuple[Parts, Parts], tmp_path: Path
) -> None:
    outside, inside = pair
    bundles.out(outside, tmp_path / "1.zip")
    before = counts(inside.store)
    (tmp_path / "other").write_text(bytes(32).hex())
    with pytest.raises(InputError, match="签名不符"):
        bundles.take(replace(inside, bundle_key_file=tmp_path / "other"), tmp_path / "1.zip")
    with pytest.raises(CannotRun, match="没有设置数据包密钥"):
        bundles.take(replace(inside, bundle_key_file=None), tmp_path / "1.zip")
    assert counts(inside.store) == before


def test_a_file_is_never_overwritten_and_a_key_neither(
    pair: tuple[Parts, Parts], tmp_path: Path
) -> None:
    (tmp_path / "1.zip").write_bytes(b"old")
    with pytest.raises(InputError, match="文件已存在"):
        bundles.out(pair[0], tmp_path / "1.zip")
    with pytest.raises(InputError, match="写不进去"):
        bundles.new_key(tmp_path / "key")
    assert (tmp_path / "key").read_text() == KEY.hex()
    bundles.new_key(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o600
    assert len(seals.key_of((tmp_path / "new").read_text(), "new")) == 32
