"""The input of an assessment: one row per unit and measurement, or per account of it.

| column | what it holds |
|---|---|
| unit, measure | the unit's code, the measurement's key (`catalogue`, or `人工:<id>`) |
| account, platform | whose row it is, where a unit has a row per account |
| numerator, denominator | of a rate; pooled over the accounts of a unit, never averaged |
| value | of whatever is no rate: a count, hours, an index, points by people |
| samples | how many things it rests on; the denominator where it is not given |
| cause | a `Cause` where it is missing; then the numbers are what is evidenced all the same |
| asked | working days since the unit was asked in writing for what is missing |
| coverage | the share of the period that was seen, 0 to 1 |
| carried | a shortfall brought over from the last period |
| self_reported | the share that rests on the unit's own word, 0 to 1 |
| sources, note | for people: where it comes from, what is missing |

Only official accounts may have rows: who measures leaves officers' own accounts out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from monitor.domain.errors import InputError
from monitor.domain.scheme import Cause

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.int8]
Places: TypeAlias = npt.NDArray[np.intp]

NUMBERS: Final = (
    "numerator",
    "denominator",
    "value",
    "samples",
    "asked",
    "coverage",
    "carried",
    "self_reported",
)
TEXTS: Final = ("account", "platform", "cause", "sources", "note")
COLUMNS: Final = ("unit", "measure", *TEXTS, *NUMBERS)
CAUSES: Final = tuple(Cause)
NO_CAUSE: Final = -1


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one measurement: `who` are positions among those who are scored, `cause`
    positions in `CAUSES` (-1: none); numbers are NaN where nothing is known."""

    who: Places
    cause: Codes
    numbers: Mapping[str, Floats]
    texts: pd.DataFrame

    def only(self, mask: Bools) -> "Rows":
        """Some of the rows."""
        kept = {name: each[mask] for name, each in self.numbers.items()}
        return Rows(self.who[mask], self.cause[mask], kept, self.texts[mask])


def complete(measured: pd.DataFrame) -> pd.DataFrame:
    """The frame with every column; InputError where it is not what was agreed."""
    missing = {"unit", "measure"} - set(measured.columns)
    if missing:
        raise InputError("测量结果缺少列", "、".join(sorted(missing)))
    unknown = set(measured.columns) - set(COLUMNS)
    if unknown:
        raise InputError("测量结果有不认识的列", "、".join(sorted(map(str, unknown))))
    found = measured.reindex(columns=list(COLUMNS))
    for name in NUMBERS:
        found[name] = pd.to_numeric(found[name]).astype("float64")
    strange = set(found["cause"].dropna()) - {each.value for each in Cause} - {""}
    if strange:
        raise InputError("测量结果有不认识的缺失原因", "、".join(sorted(map(str, strange))))
    return found


def rows_by_measure(measured: pd.DataFrame, who: pd.Index, of: str) -> Iterator[tuple[str, Rows]]:
    """The rows of each measurement of those in `who`; `of` is the column they are named in."""
    places = who.get_indexer(pd.Index(measured[of]))
    kept = measured[places >= 0]
    position = places[places >= 0]
    causes = pd.Index([each.value for each in CAUSES]).get_indexer(pd.Index(kept["cause"]))
    numbers = {name: kept[name].to_numpy(float) for name in NUMBERS}
    codes, keys = pd.factorize(kept["measure"])
    order = np.argsort(codes, kind="stable")
    bounds = np.searchsorted(codes[order], np.arange(len(keys) + 1))
    texts = kept[list(TEXTS)]
    for number, name in enumerate(keys):
        mine = order[bounds[number] : bounds[number + 1]]
        yield (
            str(name),
            Rows(
                position[mine],
                causes[mine].astype(np.int8),
                {each: column[mine] for each, column in numbers.items()},
                texts.iloc[mine],
            ),
        )
