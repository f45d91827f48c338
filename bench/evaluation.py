"""A whole evaluation, judged under both rulebooks and stored, in a process of its own."""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from sqlalchemy import text

from bench import stores, world
from bench.figures import ROUNDS, Figure, Timing, timed
from monitor.domain.rulebook import Rulebook
from monitor.judge.evaluate import judge
from monitor.judge.rulebook import parse
from monitor.record import facts, findings, rulebooks, runs
from monitor.record.store import Store

ROOT = Path(__file__).resolve().parent.parent
CHANGED = 777
"""The one account judged alone."""


@dataclass(frozen=True)
class Bench:
    """A store and both rulebooks with their rows."""

    store: Store
    own: Rulebook
    upper: Rulebook
    ids: tuple[int, int]

    def evaluate(self, as_of: int, only: list[int] | None = None) -> findings.Applied:
        """Measure, judge and store, as the run `judge` does."""
        begun = runs.begin(self.store, "judge", {}, None)
        if begun is None:
            raise RuntimeError("a run nobody scheduled was done already")
        with self.store.reading() as tx:
            measured = facts.measure(tx, as_of, begun.known_at, only)
        judged = [(each, judge(each, self.own), judge(each, self.upper)) for each in measured]
        least = self.own.least_grade
        return findings.apply(
            self.store, judged, self.ids, self.own.least_failing_limit, least
        )

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
    return Bench(store, own, upper, ids)


def child(url: str) -> None:
    """Time it in this process and print the rounds as JSON."""
    bench = opened(url)
    told: dict[str, list[float]] = {"first": [], "day": [], "one": []}
    changed: dict[str, int] = {}
    for _ in range(ROUNDS):
        bench.forget()
        found: list[findings.Applied] = []
        told["first"].append(timed(lambda: found.append(bench.evaluate(world.NOW))))
        told["day"].append(timed(lambda: found.append(bench.evaluate(world.NOW + world.DAY))))
        later = world.NOW + 40 * world.DAY
        told["one"].append(timed(lambda: found.append(bench.evaluate(later, [CHANGED]))))
        changed = dict(zip(told, [each.changed for each in found], strict=True))
    with bench.store.reading() as tx:
        accounts = tx.conn.execute(text("SELECT count(*) FROM account")).scalar_one()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"rounds": told, "changed": changed, "accounts": accounts, "mb": peak}, sys.stdout)


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
    first, day, one = (Timing(tuple(told["rounds"][each])) for each in ("first", "day", "one"))
    share = 2 * first.median / told["accounts"] + 0.1
    changed = told["changed"]
    return [
        _seconds(f"evaluation, {name}, every finding new", first, 3, changed["first"]),
        _seconds(f"evaluation, {name}, a day later", day, 3, changed["day"]),
        Figure(f"evaluation, {name}, peak memory", told["mb"], 500, "lower", "MB"),
        _seconds(f"evaluation, {name}, one changed account", one, share, changed["one"]),
    ]


def _seconds(name: str, timing: Timing, bound: float, changed: int) -> Figure:
    spread = (min(timing.rounds), max(timing.rounds))
    note = f"{timing}, {changed} findings written"
    return Figure(name, timing.median, bound, "lower", "s", None, spread, note)


if __name__ == "__main__":
    child(sys.argv[1])
