"""The frames an assessment gives out: lines, totals, and what was counted beside them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from monitor.domain.scheme import Indicator, Scheme
from monitor.score.catalogue import manual
from monitor.score.lines import Scored
from monitor.score.measured import Codes
from monitor.score.normalise import shortfall
from monitor.score.pool import FEW, NOT_APPLICABLE, STATUSES, SYSTEM
from monitor.score.spread import section_of
from monitor.score.tally import Tally

SAID = "、"


def lines_frame(scheme: Scheme, names: pd.DataFrame, found: Scored) -> pd.DataFrame:
    """One row per who (`names`: unit, account) and line, line by line."""
    frames = []
    words = np.array([each.value for each in STATUSES], object)
    for number, (section, line) in enumerate(_lines(scheme)):
        each = found.lines[number]
        sources, told = _said(found.texts[number], len(names))
        notes = _explained(line, found.status[:, number], told)
        frames.append(
            pd.DataFrame(
                {
                    "unit": names["unit"].to_numpy(),
                    "account": names["account"].to_numpy(),
                    "part": section,
                    "id": line.id,
                    "name": line.name,
                    "max": line.max,
                    "numerator": each.numerator,
                    "denominator": each.denominator,
                    "samples": each.samples,
                    "raw": each.raw,
                    "share": np.where(found.counts[:, number], found.share[:, number], np.nan),
                    "points": np.where(found.counts[:, number], found.points[:, number], np.nan),
                    "status": words[found.status[:, number]],
                    "adjusted": found.adjusted[:, number],
                    "coverage": each.coverage,
                    "self_reported": each.self_reported,
                    "carry": shortfall(line, each.raw, each.carried),
                    "sources": sources,
                    "note": notes,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def parts_frame(scheme: Scheme, found: Scored) -> pd.DataFrame:
    """One column of points per part, by its id, and what says how far they may be trusted."""
    sections = section_of(scheme)
    points = {
        each.id: found.points[:, sections == number].sum(axis=1)
        for number, each in enumerate(scheme.sections)
    }
    seen = np.column_stack([each.coverage for each in found.lines])
    known = ~np.isnan(seen)
    total = np.where(known, seen, 0.0).sum(axis=1)
    number = known.sum(axis=1)
    coverage = np.divide(total, number, where=number > 0, out=np.full(len(total), np.nan))
    return pd.DataFrame({**points, "coverage": coverage})


def counts_frame(scheme: Scheme, names: pd.DataFrame, found: Tally) -> pd.DataFrame:
    """One row per who and deduction (negative) or bonus that has any points."""
    frames = []
    taken = {each.id for each in scheme.deductions}
    for item in (*scheme.deductions, *scheme.bonus.items):
        points = found.counts[item.id]
        hit = points > 0
        frames.append(
            names[hit].assign(
                id=item.id, name=item.name, points=points[hit] * (-1 if item.id in taken else 1)
            )
        )
    empty = names.iloc[:0].assign(id="", name="", points=0.0)
    return pd.concat(frames, ignore_index=True) if frames else empty


def reasons(found: Tally, total: pd.Series, *, fails: str = "") -> list[str]:
    """Which gates struck each, and where there is no total for want of data."""
    said: list[list[str]] = [[] for _ in range(len(total))]
    for words, hit in found.reasons:
        for place in np.flatnonzero(hit):
            said[place].append(words)
    for place in np.flatnonzero(total.isna().to_numpy() & ~found.fails):
        said[place].append(fails)
    return [";".join(each) for each in said]


def _lines(scheme: Scheme) -> Iterator[tuple[str, Indicator]]:
    for section in scheme.sections:
        for line in section.indicators:
            yield section.name, line


def _explained(line: Indicator, status: Codes, notes: list[str]) -> list[str]:
    """The notes, and where a line is not scored and nothing was said of it, what that means."""
    by_hand = line.measure.startswith(manual(""))
    why = {
        NOT_APPLICABLE: f"只适用于{SAID.join(sorted(line.only))}"
        if line.only
        else "没有可计的事项",
        FEW: f"样本不足{line.least:g}件" if line.least else "可比的单位太少",
        SYSTEM: "人工评定尚未完成" if by_hand else "没有测量结果",
    }
    return [note or why.get(code, "") for note, code in zip(notes, status.tolist(), strict=True)]


def _said(texts: pd.DataFrame, size: int) -> tuple[list[str], list[str]]:
    """Sources and notes by who, each said once."""
    columns = []
    for name in ("sources", "note"):
        found = [""] * size
        kept = texts[texts[name].notna()][["who", name]].drop_duplicates()
        for place, words in zip(kept["who"], kept[name], strict=True):
            found[place] = f"{found[place]}{SAID}{words}" if found[place] else str(words)
        columns.append(found)
    return columns[0], columns[1]
