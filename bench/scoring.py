"""Scores: a whole assessment, and a thousand draws of places against the bare product and sort."""

import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from bench.figures import Figure, interleave, ratio
from monitor.score.assess import Assessment, assess
from monitor.score.scheme import parse
from monitor.score.sensitivity import Draws, interval, places
from monitor.score.trial import field, weights

ROOT = Path(__file__).resolve().parent.parent
KEYS = (
    "有发布周率",
    "便民与防范周率",
    "原创率",
    "工作时间外发布率",
    "解读发布率",
    "来源规范率",
    "受理及时率",
    "按期办结率",
    "回复率",
    "群众满意率",
    "互动功能有效率",
    "服务入口有效率",
    "整改按期率",
    "台账真实率",
    "健康达标率",
)
"""Fifteen rates in three parts."""


@dataclass(frozen=True)
class Case:
    """Invented units with their measurements, one line in fifty missing."""

    size: int

    def measured(self) -> pd.DataFrame:
        """One row per unit and line, as a rate."""
        rng = np.random.default_rng(20_260_701)
        shape = self.size * len(KEYS)
        below = rng.integers(5, 200, shape).astype(float)
        return pd.DataFrame(
            {
                "unit": np.repeat(self.names(), len(KEYS)),
                "measure": np.tile(KEYS, self.size),
                "numerator": np.floor(below * rng.random(shape)),
                "denominator": below,
                "cause": np.where(rng.random(shape) < 0.02, "系统原因", None),
                "sources": "接口采集",
            }
        )

    def names(self) -> list[str]:
        """The units' codes."""
        return [f"{number:012d}" for number in range(self.size)]

    def assessed(self, measured: pd.DataFrame) -> Assessment:
        """Scored by a scheme of fifteen lines, with the default's grades and bonus."""
        shipped = ROOT / "data" / "schemes" / "hubei-police-default.yaml"
        mapping = yaml.safe_load(shipped.read_text("utf-8"))
        lines = [
            {"id": f"L{n}", "name": key, "max": 5, "measure": key, "score": SCORE}
            for n, key in enumerate(KEYS)
        ]
        mapping["sections"] = [
            {"id": f"P{n}", "name": f"P{n}", "max": 25, "indicators": lines[n * 5 : n * 5 + 5]}
            for n in range(3)
        ]
        mapping |= {"full": 75}
        del mapping["levels"], mapping["rollup"]
        return assess(parse(mapping), measured, pd.DataFrame({"unit": self.names()}), {})


SCORE = {"method": "目标比", "target": 1}


def run(size: int, draws: int = 1000) -> list[Figure]:
    """The figures of assessing and of trying places; memory is that of a process of its own."""
    case = Case(size)
    measured = case.measured()
    (whole,) = interleave(lambda: case.assessed(measured))
    tried = field(case.assessed(measured))

    def ours() -> None:
        interval(places(tried, np.random.default_rng(1), Draws(draws)))

    def bare() -> None:
        """The matrix product of shares and drawn weights, and the order of each draw."""
        drawn = weights(np.random.default_rng(1), tried.points, draws, 0.25)
        np.argsort(-(drawn @ tried.share.T), axis=1)

    mine, theirs = interleave(ours, bare)
    times, spread = ratio(mine, theirs)
    about = f"{size:,} units x {len(KEYS)} lines"
    trial = f"{draws:,} draws, 5 % missing drawn too"
    return [
        Figure(
            f"assessment of {about}", whole.median, 1.0, "lower", "s", spread=_ends(whole.rounds)
        ),
        Figure(
            f"places: {trial}", mine.median, 3.0, "lower", "s", theirs.median, _ends(mine.rounds)
        ),
        Figure("places: times product and argsort", times, 3.0, "lower", "x", 1.0, spread),
        Figure(f"places: memory of {trial}", _memory(size, draws), 400, "lower", "MB"),
    ]


def _ends(rounds: tuple[float, ...]) -> tuple[float, float]:
    return min(rounds), max(rounds)


def _memory(size: int, draws: int) -> float:
    """The highest memory of a process that assesses and tries, in MB, the interpreter with it."""
    command = [sys.executable, "-m", "bench.scoring", str(size), str(draws)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["peak_mb"])


def _alone(size: int, draws: int) -> None:
    case = Case(size)
    tried = field(case.assessed(case.measured()))
    interval(places(tried, np.random.default_rng(1), Draws(draws)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"peak_mb": peak}))


if __name__ == "__main__":
    _alone(int(sys.argv[1]), int(sys.argv[2]))
