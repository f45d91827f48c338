"""Killed at any instant of a sweep, the next one brings the store to where no kill had been."""

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS
from monitor.demo.servers.mint import first
from monitor.domain.account import Account
from monitor.domain.instants import DAY, to_second
from monitor.domain.interval import unite
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, units
from monitor.record.store import Store, open_store
from monitor.runs import credentials as keys
from tests.faults.sweeping import office
from tests.kits.bench import BENCHES, Bench
from tests.kits.platform_server import Trial, dated, hosted

DEEP = os.environ.get("SENTINEL_DEEP") == "1"
KILLS = 50 if DEEP else 3
IN_ONE_STORE = 5
UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
NOW = BENCHES.get("wechat").now


def chosen() -> dict[str, Bench]:
    """Readers that read an account by a key of its own, each with an account of its own."""
    found: dict[tuple[str, str], str] = {}
    for name in READERS.names():
        bench = BENCHES.get(name)
        own = READERS.get(name).secret_names and bench.now == NOW
        if own:
            found.setdefault((bench.account.platform, bench.account.uid), name)
    return {name: BENCHES.get(name) for name in found.values()}


@pytest.fixture
def loop() -> Iterator[EventLoop]:
    with EventLoop() as loop:
        yield loop


@contextlib.contextmanager
def platforms(loop: EventLoop) -> Iterator[dict[str, str]]:
    """The platforms' servers, which live on whatever happens to who asks them: a refresh token
    that was spent stays spent. Each store has platforms of its own."""
    with contextlib.ExitStack() as stack:
        urls = {}
        for name, bench in chosen().items():
            trial = Trial(loop, bench, name)
            app = dated(bench.server(trial.world(), trial.now), trial.now)
            urls[name] = stack.enter_context(hosted(loop, app))
        yield urls


def agreed(name: str, bench: Bench) -> dict[str, str]:
    """The keys as an owner's agreement leaves them, 哔哩哔哩's access token included.

    Its refresh token serves once: killed between the platform's answer and our commit, nobody can
    know the next one. So no renewal falls into these sweeps; `tests/runs` try what is stored when.
    """
    at = to_second(NOW)
    fresh = {"access_token": first(name, "access", bench.account, at, 30 * DAY)}
    return {**bench.secrets, **(fresh | {"renewed_at": str(at)} if name == "bilibili" else {})}


def prepared(template: Path, folder: Path, places: dict[str, str]) -> Path:
    """A store that knows the accounts and their keys."""
    folder.mkdir()
    path = folder / "store.db"
    shutil.copy(template, path)
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    parts = office(store, NOW, places)
    found = [bench.account for bench in chosen().values()]
    with store.writing() as tx:
        units.save(tx, [UNIT])
        registered = [Account(a.platform, a.name, UNIT.code, uid=a.uid) for a in found]
        accounts.save(tx, registered)
    for number, (name, bench) in enumerate(chosen().items()):
        nonce = bytes([number]) * 12
        keys.put(parts, name, agreed(name, bench), nonce, bench.account.uid)
    store.close()
    return path


def sweeps(path: Path, places: dict[str, str], seconds: float | None) -> None:
    """One sweep by a process of its own, killed after so many seconds of it."""
    told = json.dumps({"now": NOW.isoformat(), "places": places})
    command = [sys.executable, "-m", "tests.faults.sweeping", f"sqlite:///{path}", told]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
        try:
            assert process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            process.kill()
    _let_claims_lapse(path)


def _let_claims_lapse(path: Path) -> None:
    """The clock of these processes stands: let the minutes pass after which a dead one's right to
    renew a token alone is anybody's again."""
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    with store.writing() as tx:
        tx.conn.execute(text("UPDATE shared_token SET claim_until = 0"))
    store.close()


def holds(path: Path) -> dict[str, Any]:
    """All that was read, without ids and stamps of the store."""
    store = open_store(f"sqlite:///{path}", lambda: NOW)
    told = {name: _rows(store, asked) for name, asked in _ASKED.items()}
    covered: dict[Any, list[tuple[int, int]]] = {}
    for account, route, a, b in _rows(store, _COVERED):
        covered.setdefault((account, route), []).append((a, b))
    store.close()
    return told | {"covered": {key: unite(parts) for key, parts in covered.items()}}


def _rows(store: Store, asked: str) -> list[tuple[Any, ...]]:
    with store.reading() as tx:
        return [tuple(row) for row in tx.conn.execute(text(asked))]


_ASKED = {
    "posts": "SELECT k.account_id, k.native_id, p.published_from, p.published_until FROM post p"
    " JOIN post_key k ON k.id = p.key_id WHERE p.superseded_at = 4611686018427387904 ORDER BY 1, 2",
    "versions": "SELECT count(*), count(DISTINCT key_id) FROM post",
    "numbers": "SELECT DISTINCT k.account_id, k.native_id, o.observed_at, o.reads, o.plays,"
    " o.likes, o.comments FROM post_obs o JOIN post_key k ON k.id = o.key_id ORDER BY 1, 2, 3",
    "accounts": "SELECT DISTINCT account_id, basis, observed_at, followers FROM account_obs"
    " ORDER BY 1, 2, 3",
    "services": "SELECT DISTINCT account_id, function, works FROM service_check ORDER BY 1, 2",
    "unsettled": "SELECT count(*) FROM coverage_proposal WHERE settled_at = 4611686018427387904",
}
_COVERED = "SELECT c.account_id, r.key, c.a, c.b FROM coverage c JOIN route r ON r.id = c.route_id"


def test_a_sweep_killed_at_any_instant_loses_and_doubles_nothing(
    sqlite_template: Path, tmp_path: Path, loop: EventLoop
) -> None:
    with platforms(loop) as places:
        undisturbed = prepared(sqlite_template, tmp_path / "undisturbed", places)
        sweeps(undisturbed, places, None)
    wanted = holds(undisturbed)
    assert len(wanted["posts"]) >= sum(len(bench.posts) for bench in chosen().values())
    assert wanted["versions"][0][0] == wanted["versions"][0][1]
    dice = random.Random(2026)
    for begun in range(0, KILLS, IN_ONE_STORE):
        with platforms(loop) as places:
            path = prepared(sqlite_template, tmp_path / f"killed-{begun}", places)
            for _ in range(min(IN_ONE_STORE, KILLS - begun)):
                sweeps(path, places, dice.uniform(0.05, 1.2))
            sweeps(path, places, None)
        found = holds(path)
        for name, rows in wanted.items():
            assert found[name] == rows, name
