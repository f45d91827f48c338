"""Measuring for an assessment: what the default scheme reads, and indices, over a quarter."""

import json
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bench import stores, world
from bench.figures import Figure
from bench.scoring import ROOT
from bench.world import MICRO, NOW, Size
from monitor.collect import shelf
from monitor.domain.bulletin import Sort, last_ended
from monitor.domain.instants import DAY, HOUR, OPEN
from monitor.domain.measuring import Span
from monitor.record import score_facts, score_frame
from monitor.record.score_facts import Asked
from monitor.record.score_posts import NUMBERS
from monitor.runs import indexed
from monitor.score.scheme import parse

QUARTER = last_ended(Sort.QUARTER, NOW)
EACH, EARLIER, LOOKS = 60, 40, 4
"""Posts of an account in the quarter and in the year before; snapshots of each of the former."""
COLUMNS = (*NUMBERS.values(), "replies", "reply_seconds")
BOUND = 60.0


def run(folder: Path, accounts: int) -> list[Figure]:
    """Seconds and memory of measuring, in a process of its own."""
    path = folder / "measuring.db"
    _fill(path, Size(accounts, accounts, 0, 0))
    command = [sys.executable, "-m", "bench.measuring", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    path.unlink()
    told = json.loads(done.stdout)
    about = f"{accounts:,} accounts over a quarter, {accounts * EACH:,} posts"
    return [
        Figure(f"measuring {about}", told["seconds"], BOUND, "lower", "s"),
        Figure(f"measuring: memory of {about}", told["peak_mb"], 1000, "lower", "MB"),
        *(
            Figure(f"measuring: {name}", seconds, BOUND, "lower", "s")
            for name, seconds in told["families"].items()
        ),
    ]


def _fill(path: Path, size: Size) -> None:
    """A province whose posts and snapshots lie in the quarter and in the year before it."""
    store = stores.fresh(f"sqlite:///{path}")
    store.close()
    routes = ((n, f"{name}/own", name, "接口采集", 0) for n, name in enumerate(world.PLATFORMS, 1))
    seen = ("account_id", "a", "b", "looked_at", "recorded_at")
    spans = ((n, 0, NOW, NOW, NOW * MICRO) for n in range(1, size.accounts + 1))
    tables: list[stores.Filling] = [
        *stores.registry(size),
        ("route", ("id", "key", "platform", "source", "confirm_s"), routes),
        (
            "coverage",
            (*seen, "grade", "fresh_s", "route_id", "evidence_kind"),
            ((*row, 4, 60 * HOUR, 1, "pass") for row in spans),
        ),
        (
            "post_key",
            ("id", "account_id", "native_id", "title", "url", "form", "last_seen_at"),
            _keys(size),
        ),
        ("post", (*world.POST_COLUMNS, "source"), _posts(size)),
        (
            "post_obs",
            ("key_id", "observed_at", "recorded_at", *COLUMNS, "source", "final", "capped"),
            _told(size),
        ),
    ]
    with sqlite3.connect(path) as raw:
        for table, columns, rows in tables:
            marks = ", ".join("?" * len(columns))
            names = ", ".join(f'"{each}"' for each in columns)
            raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        raw.commit()
        raw.execute("ANALYZE")
    raw.close()


def _times(size: Size) -> Iterator[tuple[int, int, int]]:
    """(post, account, second)."""
    rng = np.random.default_rng(9)
    whole = EACH + EARLIER
    for account in range(1, size.accounts + 1):
        late = QUARTER.since + rng.integers(0, 91 * DAY, EACH)
        early = QUARTER.since - rng.integers(DAY, 365 * DAY, EARLIER)
        for number, second in enumerate([*late.tolist(), *early.tolist()]):
            yield (account - 1) * whole + number + 1, account, second


def _keys(size: Size) -> Iterator[tuple[Any, ...]]:
    words = ("办理身份证", "防骗提示", "社区夜巡", "警营开放日", "交通管制通告")
    forms = ("群发", "微博", "视频", "自制")
    for post, account, second in _times(size):
        native, title = f"{post}_{post % 3 + 1}", f"{words[post % 5]}第{post % 4000}期"
        yield post, account, native, title, "", forms[account % 4], second


def _posts(size: Size) -> Iterator[tuple[Any, ...]]:
    for post, account, second in _times(size):
        yield post, account, second, second, (second + HOUR) * MICRO, OPEN, "接口采集"


def _told(size: Size) -> Iterator[tuple[Any, ...]]:
    for post, _, second in _times(size):
        late = second >= QUARTER.since
        for look in range(1, LOOKS + 1 if late else 2):
            at = second + look * DAY
            numbers = [(post * (n + 3)) % 5000 + look for n in range(len(COLUMNS))]
            yield post, at, at * MICRO, *numbers, "接口采集", False, ""


def _alone(path: str) -> None:
    sheet = shelf.read(ROOT / "data" / "schemes" / "hubei-police-default.yaml")
    words = tuple(map(str, shelf.read(ROOT / "data" / "words" / "service.yaml").mapping["words"]))
    usual = parse(sheet.mapping).measures()
    store = stores.standing(f"sqlite:///{path}")
    until = QUARTER.until
    span = Span(QUARTER.since, until, until, NOW * MICRO, frozenset())
    families = {
        "the default scheme": usual,
        "numbers of posts": frozenset({"阅读数", "播放数", "点赞数", "分享数"}),
        "counts, originals and sendings": frozenset({"作品数", "原创率", "头条作品数", "推送次数"}),
        "answers and followers": frozenset({"回复率", "首次答复用时中位", "粉丝净增数"}),
        "four indices": frozenset({"WCI 14.2 含转发", "BCI", "DCI 新增89", "NRI"}),
    }
    took = {}
    with store.reading() as tx:
        roster = score_frame.roster(tx, span)
        for name, keys in families.items():
            began = perf_counter()
            asked = Asked(span, keys, words)
            indexed.added(tx, asked, roster, score_facts.measure(tx, asked, roster))
            took[name] = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": sum(took.values()), "peak_mb": peak, "families": took}))


if __name__ == "__main__":
    _alone(sys.argv[1])
