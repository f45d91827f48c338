"""The purge takes what has had its time, nothing else, once, with receipts to be checked."""

import os
from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from monitor.domain.instants import DAY
from monitor.record import audit, purging
from monitor.record.purge_folders import FOLDERS
from monitor.record.purge_targets import targets
from monitor.record.store import Store, Writing
from monitor.runs import purge
from monitor.runs.parts import Parts
from tests.builders import T, put
from tests.runs.purge_rows import DAYS, FEW, MINE, OTHERS, SECOND, a_hold, cleared, enter, place

SCOPED = {"connecting": "account", "receipt_link": "unit"}
Row = tuple[str, int, str]
Held = tuple[str, str, int | None, bool]


def generated(seed: int) -> tuple[list[Row], list[Held]]:
    """Rows round about the end of their time, and holds that some of them fall under."""
    draw = Random(seed)
    rows = [
        (draw.choice(sorted(DAYS)), draw.randint(-1, 2), draw.choice([MINE, OTHERS]))
        for _ in range(60)
    ]
    holds = [
        (
            draw.choice(["", *sorted(DAYS)]),
            draw.choice(["", "unit", "account"]),
            draw.choice([None, -1, 1]),
            draw.random() < 0.25,
        )
        for _ in range(draw.randint(0, 4))
    ]
    return rows, holds


def naive(row: Row, number: int, holds: list[Held]) -> bool:
    """Whether a row must remain, said the slow way."""
    kind, off, side = row
    age = SECOND - DAYS[kind] * DAY - off * DAY
    if off <= 0 or (kind in ("job", "outbox") and number % 5 == 0):
        return True
    for wanted, scope, since, lifted in holds:
        if lifted or wanted not in ("", kind):
            continue
        if since is not None and age < SECOND - (DAYS[kind] + since) * DAY:
            continue
        by_unit = kind in ("session", "sending", "job", "receipt_link", "connecting")
        touches = {"": True, "unit": by_unit, "account": kind == "connecting"}[scope]
        if touches and (scope == "" or side == MINE):
            return True
    return False


@FEW
@given(seed=st.integers(0, 1_000_000))
def test_what_remains_is_what_a_naive_reading_of_the_rules_leaves(apart: Parts, seed: int) -> None:
    rows, holds = generated(seed)
    cleared(apart.store)
    with apart.store.writing() as tx:
        whose = place(tx)
        for number, (kind, off, side) in enumerate(rows):
            enter(tx, kind, SECOND - (DAYS[kind] + off) * DAY, whose[side], number)
        for kind, scope, since, lifted in holds:
            for each in [kind] if kind else sorted(DAYS):
                a_hold(tx, each, scope, whose[MINE], since, lifted)
    purge.run(apart)
    expected = Counter(row[0] for number, row in enumerate(rows) if naive(row, number, holds))
    assert left(apart.store) == expected
    with apart.store.reading() as tx:
        went = tx.conn.execute(select(func.coalesce(func.sum(T["purge_receipt"].c.many), 0)))
        bodies = len(rows) - sum(expected.values())
        assert went.scalar_one() >= bodies
        assert audit.verify(tx)[0]


def left(store: Store) -> Counter[str]:
    with store.reading() as tx:
        counts = {
            kind: tx.conn.execute(select(func.count()).select_from(T[kind])).scalar_one()
            for kind in DAYS
        }
    return +Counter(counts)


def test_every_kind_of_the_sheet_has_its_target_and_runs_on_an_empty_store(apart: Parts) -> None:
    sheet = purge.rules(apart)
    known = targets(sqlite=apart.store.sqlite)
    assert set(sheet.by_key) == set(known) | set(FOLDERS)
    for key, target in known.items():
        assert sheet.by_key[key].tables == (target.table,)
    report = purge.run(apart)
    assert report is not None
    assert dict(report.counts) == {}
    assert all(due.due == due.held == 0 for _, due in purge.preview(apart))


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("inside", [True, False])
def test_a_kill_in_the_middle_loses_nothing_and_repeats_nothing(
    apart: Parts, monkeypatch: pytest.MonkeyPatch, after: int, *, inside: bool
) -> None:
    with apart.store.writing() as tx:
        whose = place(tx)
        for number in range(5):
            enter(tx, "attempt", SECOND - 181 * DAY, whose[MINE], number)
    monkeypatch.setattr(purging, "CHUNK", 2)
    real, steps = purging.take, iter(range(9))

    def taken(*given: Any) -> int:
        step = next(steps)
        if step == after and not inside:
            raise Killed
        done = real(*given)
        if step == after:
            raise Killed
        return done

    monkeypatch.setattr(purging, "take", taken)
    with pytest.raises(Killed):
        purge.run(apart)
    monkeypatch.setattr(purging, "take", real)
    purge.run(apart)
    assert left(apart.store) == Counter()
    with apart.store.reading() as tx:
        receipts = tx.conn.execute(select(T["purge_receipt"]).order_by(text("id"))).all()
        entries = tx.conn.execute(
            select(T["audit"].c.reason).where(T["audit"].c.action == purging.ACTION)
        ).scalars()
        assert [row.many for row in receipts] == [2, 2, 1]
        parts_of = (["1", "2"], ["3", "4"], ["5"])
        assert [row.ids_sha256 for row in receipts] == [purging.digest(each) for each in parts_of]
        assert [each.rpartition(",")[2] for each in entries] == [row.ids_sha256 for row in receipts]
        assert audit.verify(tx)[0]


def test_a_screenshot_goes_once_its_look_stays_and_a_case_keeps_it(apart: Parts) -> None:
    old, digests = SECOND - 731 * DAY, ["a" * 64, "b" * 64, "c" * 64]
    with apart.store.writing() as tx:
        whose = place(tx)
        account = whose[MINE]["account"]
        for digest, at in zip(digests, (old, SECOND, old), strict=True):
            a_photo(tx, account, at, digest)
        a_photo(tx, account, SECOND, digests[2])
    for each in digests:
        path = apart.local_dir / "patrol" / each[:2] / f"{each}.png"
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")
    first, again = purge.run(apart), purge.run(apart)
    assert first is not None
    assert dict(first.counts) == {"巡查截图": 1}
    assert again is not None
    assert dict(again.counts) == {}
    lying = sorted(each.stem for each in (apart.local_dir / "patrol").rglob("*.png"))
    assert lying == digests[1:]
    with apart.store.reading() as tx:
        assert tx.conn.execute(select(func.count()).select_from(T["look"])).scalar_one() == 4


def a_photo(tx: Writing, account: int, at: int, digest: str) -> None:
    row = {"account_id": account, "looked_from": at, "looked_until": at, "seen": "", "source": "x"}
    more = {"remark": "", "empty": False, "title": "", "url": "", "comments": "", "name_now": ""}
    put(tx, "look", **row, **more, photo=digest, doubt="", grade=0, recorded_at=tx.stamp)


def test_a_kill_before_the_file_is_removed_leaves_no_second_receipt(
    apart: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = apart.local_dir / "exports" / "7"
    old.mkdir(parents=True)
    (old / "表.csv").write_bytes(b"x")
    (apart.local_dir / "exports" / "8").mkdir()
    at = SECOND - 8 * DAY
    os.utime(old, (at, at))
    os.utime(apart.local_dir / "exports" / "8", (SECOND, SECOND))
    real = purge.purge_files.sweep
    calls = iter(range(99))

    def killed(*given: Any) -> int:
        if next(calls) > 0 and purge_owed(apart):
            raise Killed
        return real(*given)

    monkeypatch.setattr(purge.purge_files, "sweep", killed)
    with pytest.raises(Killed):
        purge.run(apart)
    assert old.exists()
    monkeypatch.setattr(purge.purge_files, "sweep", real)
    purge.run(apart)
    assert [each.name for each in (apart.local_dir / "exports").iterdir()] == ["8"]
    with apart.store.reading() as tx:
        rows = tx.conn.execute(select(T["purge_receipt"])).all()
        assert [(row.kind, row.many, row.oldest) for row in rows] == [("export_file", 1, at)]


def purge_owed(apart: Parts) -> bool:
    with apart.store.reading() as tx:
        return tx.conn.execute(select(T["purge_file"])).first() is not None


def test_the_body_of_a_letter_goes_before_its_row_and_a_waiting_one_stays(apart: Parts) -> None:
    with apart.store.writing() as tx:
        whose = place(tx)
        for number, days in enumerate((200, 200, 10, 800, 800)):
            enter(tx, "outbox", SECOND - days * DAY, whose[MINE], number)
    told = {kind.key: (due.due, due.held) for kind, due in purge.preview(apart) if due.due}
    assert told == {"outbox_body": (3, 0), "outbox": (2, 0)}
    purge.run(apart)
    with apart.store.reading() as tx:
        rows = tx.conn.execute(select(T["outbox"].c.dedupe_key, T["outbox"].c.body)).all()
        found = {row.dedupe_key: bytes(row.body) for row in rows}
    assert found == {"outbox-0": b"words", "outbox-1": b"", "outbox-2": b"words"}
