"""A whole evaluation, judged under both rulebooks and stored, in a process of its own."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import yaml
from sqlalchemy import text

from bench import stores, world
from bench.figures import ROUNDS, Figure, Timing, timed
from monitor.domain.collecting import CoverageClaim
from monitor.domain.instants import DAY, OPEN
from monitor.judge.rulebook import parse
from monitor.record import coverage, findings, rulebooks, runs
from monitor.record.due import everybody
from monitor.record.store import Store
from monitor.runs.books import Books
from monitor.runs.evaluate import judge_and_keep

ROOT = Path(__file__).resolve().parent.parent
CHANGED = 77
"""The one account judged alone."""


@dataclass(frozen=True)
class Bench:
    """A store and both rulebooks with their rows."""

    store: Store
    books: Books
    ids: tuple[int, int]

    def evaluate(self, as_of: int, only: list[int] | None = None) -> findings.Applied:
        """Measure, judge and store, as the run `judge` does."""
        begun = runs.begin(self.store, "judge", {}, None)
        if begun is None:
            raise RuntimeError("a run nobody scheduled was done already")
        if only is None:
            with self.store.reading() as tx:
                only = everybody(tx)
        at = (as_of, begun.known_at)
        return judge_and_keep(self.store, self.books, self.ids, at, only)

    def first(self) -> findings.Applied:
        """All accounts, none of which was ever judged."""
        return self.evaluate(world.NOW)

    def day(self) -> findings.Applied:
        """All accounts a day later, when next to nothing is another."""
        return self.evaluate(world.NOW + DAY)

    def one(self) -> findings.Applied:
        """The one account that has newer evidence."""
        return self.evaluate(world.NOW + 40 * DAY, [CHANGED])

    def due(self) -> list[int]:
        """Who has newer evidence: looked for among all accounts, as the hourly run does first."""
        with self.store.reading() as tx:
            return findings.due_accounts(tx, world.NOW)

    def change(self, account_id: int, as_of: int) -> None:
        """Nobody is due by time; one account has a newer look."""
        with self.store.writing() as tx:
            tx.conn.execute(text("UPDATE due SET next_at = :never"), {"never": OPEN})
            proof = coverage.Proof(1, 4, 60 * 3600, "pass", None)
            coverage.add(tx, account_id, CoverageClaim(as_of - DAY, as_of, as_of), proof)

    def forget(self) -> None:
        """No account was ever judged."""
        with self.store.writing() as tx:
            for table in ("change", "finding", "due", "account_day"):
                tx.conn.execute(text(f"DELETE FROM {table}"))


def opened(url: str) -> Bench:
    """The bench on a store that is filled already."""
    store = stores.standing(url)
    own, upper = (
        parse(yaml.safe_load((ROOT / "data" / "rulebooks" / f"{name}.yaml").read_text("utf-8")))
        for name in ("hubei-default", "gb2019")
    )
    with store.writing() as tx:
        ids = (rulebooks.ensure(tx, own, own.name), rulebooks.ensure(tx, upper, upper.name))
    return Bench(store, Books(own, upper, (own.name, upper.name)), ids)


def _keep(kept: list[findings.Applied], work: Callable[[], findings.Applied]) -> None:
    kept.append(work())


def child(url: str) -> None:
    """Time it in this process and print the rounds as JSON."""
    bench = opened(url)
    told: dict[str, list[float]] = {"first": [], "day": [], "one": [], "due": []}
    changed: dict[str, int] = {}
    for _ in range(ROUNDS):
        bench.forget()
        for name, work in (("first", bench.first), ("day", bench.day), ("one", bench.one)):
            if name == "one":
                bench.change(CHANGED, world.NOW + 40 * DAY)
            applied: list[findings.Applied] = []
            told[name].append(timed(partial(_keep, applied, work)))
            changed[name] = applied[0].changed
        bench.change(CHANGED, world.NOW + 41 * DAY)
        told["due"].append(timed(bench.due))
        if bench.due() != [CHANGED]:
            raise RuntimeError(f"one account changed, and {len(bench.due())} are due")
    with bench.store.reading() as tx:
        accounts = tx.conn.execute(text("SELECT count(*) FROM account")).scalar_one()
    whole = {"rounds": told, "changed": changed, "accounts": accounts, "mb": peak_mb()}
    json.dump(whole, sys.stdout)


def peak_mb() -> float:
    """The most memory this process ever held. The kernel's own mark, where there is one: what
    getrusage tells begins with the size of the process that started this one."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text("ascii").splitlines()
        return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(url: str, name: str) -> list[Figure]:
    """The figures of a whole evaluation: seconds, memory, and one account alone."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.evaluation", url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    told = json.loads(done.stdout)
    first, day, one, due = (Timing(tuple(each)) for each in told["rounds"].values())
    share = 2 * first.median / told["accounts"] + 0.1
    changed = told["changed"]
    return [
        _seconds(f"evaluation, {name}, every finding new", first, 3, changed["first"]),
        _seconds(f"evaluation, {name}, a day later", day, 3, changed["day"]),
        Figure(f"evaluation, {name}, peak memory", told["mb"], 500, "lower", "MB"),
        _seconds(f"evaluation, {name}, one changed account", one, share, changed["one"]),
        _seconds(f"evaluation, {name}, finding who changed", due, 1, 0),
    ]


def _seconds(name: str, timing: Timing, bound: float, changed: int) -> Figure:
    spread = (min(timing.rounds), max(timing.rounds))
    note = f"{timing}, {changed} findings written"
    return Figure(name, timing.median, bound, "lower", "s", None, spread, note)


if __name__ == "__main__":
    child(sys.argv[1])
