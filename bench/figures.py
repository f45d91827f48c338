"""Figures: interleaved timings, medians with their spread, a table and `latest.json`."""

import gc
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Literal

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of several rounds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round."""
        return median(self.rounds)

    def __str__(self) -> str:
        return f"{self.median:.3f} s ({min(self.rounds):.3f}..{max(self.rounds):.3f})"


@dataclass(frozen=True, slots=True)
class Figure:
    """One promised figure as measured; `baseline` is what it was held against, None where nothing.

    `spread` are the best and worst round of the value.
    """

    name: str
    value: float
    bound: float
    better: Literal["lower", "higher"]
    unit: str
    baseline: float | None = None
    spread: tuple[float, float] | None = None
    note: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.value <= self.bound if self.better == "lower" else self.value >= self.bound


def timed(work: Callable[[], object], *, processor: bool = False) -> float:
    """Seconds one call takes, after what earlier work left behind was collected; with `processor`
    those it was at work only, whatever else the machine did."""
    clock = process_time if processor else perf_counter
    gc.collect()
    start = clock()
    work()
    return clock() - start


def interleave(
    *works: Callable[[], object], rounds: int = ROUNDS, processor: bool = False
) -> list[Timing]:
    """Each of the works once per round, in turn, so that a noisy moment meets all of them."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for kept, work in zip(seconds, works, strict=True):
            kept.append(timed(work, processor=processor))
    return [Timing(tuple(each)) for each in seconds]


def ratio(ours: Timing, theirs: Timing) -> tuple[float, tuple[float, float]]:
    """Median of ours over median of theirs, and the best and worst of the rounds' own ratios."""
    each = [a / b for a, b in zip(ours.rounds, theirs.rounds, strict=True)]
    return ours.median / theirs.median, (min(each), max(each))


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    lines = [f"{'figure':<52}{'value':>10} {'bound':>10} {'unit':<8}{'baseline':>10}  holds"]
    for each in figures:
        sign = "<=" if each.better == "lower" else ">="
        bound = f"{sign} {each.bound:g}"
        baseline = "" if each.baseline is None else f"{each.baseline:.3f}"
        holds = "yes" if each.holds else "NO"
        lines.append(
            f"{each.name:<52}{each.value:>10.3f} {bound:>10} {each.unit:<8}{baseline:>10}  {holds}"
            + (f"   {each.note}" if each.note else "")
        )
    return "\n".join(lines)


def write(figures: Sequence[Figure], path: Path) -> None:
    """The figures as `[{"name", "value", "bound", "better", "holds", "unit", "baseline"}]`."""
    told = [
        {
            "name": each.name,
            "value": round(each.value, 4),
            "bound": each.bound,
            "better": each.better,
            "holds": each.holds,
            "unit": each.unit,
            "baseline": None if each.baseline is None else round(each.baseline, 4),
            "spread": None if each.spread is None else [round(part, 4) for part in each.spread],
            "note": each.note,
        }
        for each in figures
    ]
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
