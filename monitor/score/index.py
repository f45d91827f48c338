"""Published communication indices 传播指数: what one is, what goes in, and how surely it is known.

A variant is part of the name; a series must not change it. The publishers' own rules hold for all:
a number shown as 10万+ is entered as 100001, a week has 7 days, a month 30, a year 365, any other
period its own number. Missing is not zero: an account without one of the inputs has no index.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from monitor.domain.errors import InputError
from monitor.registry import Registry
from monitor.score.measured import Floats

Inputs = Mapping[str, Floats]

DAYS: Final = "天数"
POSTS: Final = "作品数"
CAPPED: Final = 100_001
"""What 10万+ is entered as."""
BEYOND: Final = frozenset({"10万+", "10W+", "10w+", "100000+", "100,000+"})
MONTH: Final = 30
YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Index:
    """One variant of one index.

    `confidence`: A read from the publisher or reproduced to the published digits, B two independent
    implementations agree, C one only or sources differ. `basis` says in Chinese how it is known.
    `inputs` are columns of period totals; `formula` takes them as arrays without missing values.
    `by_post`: it divides by the posts, so that without any it is 0. `platform` is whose accounts it
    is of (`domain.account.PLATFORMS`; `qq` is of none that the registry holds).
    """

    key: str
    confidence: str
    basis: str
    inputs: tuple[str, ...]
    formula: Callable[[Inputs], Floats]
    by_post: bool = False
    platform: str = field(kw_only=True)

    def of(self, frame: pd.DataFrame) -> pd.Series:
        """The index of each row: NaN where an input is missing."""
        lost = [name for name in self.inputs if name not in frame.columns]
        if lost:
            raise InputError(f"{self.key}缺少数据列", "、".join(lost))
        given = {name: frame[name].to_numpy(float) for name in self.inputs}
        whole = ~np.isnan(np.column_stack(list(given.values()))).any(axis=1)
        if DAYS in given and (given[DAYS][whole] <= 0).any():
            raise InputError(f"{self.key}的天数应大于0", DAYS)
        some = whole & (given[POSTS] > 0) if self.by_post else whole
        found = np.where(whole, 0.0, np.nan)
        found[some] = self.formula({name: each[some] for name, each in given.items()})
        return pd.Series(found, index=frame.index, name=self.key)


INDICES: Registry[Index] = Registry("monitor.score.indices")


def ln(values: Floats, times: float = 1.0) -> Floats:
    """ln(times x + 1); what has fallen (followers lost) counts as nothing gained."""
    found: Floats = np.log1p(times * np.maximum(values, 0.0))
    return found


def mean(total: Floats, number: Floats, decimals: int | None = None) -> Floats:
    """Per article; rounded half up first where the publisher fed rounded means."""
    found = total / number
    if decimals is None:
        return found
    scale = 10.0**decimals
    rounded: Floats = np.floor(found * scale + 0.5) / scale
    return rounded


def days(first: date, last: date) -> int:
    """The days of a period both ends included, as the publishers count them."""
    after = last + timedelta(days=1)
    if first.day == 1 and after.day == 1:
        months = (after.year - first.year) * 12 + after.month - first.month
        if months == 1:
            return MONTH
        if months == 12 and first.month == 1:  # noqa: PLR2004
            return YEAR
    return (after - first).days


def shown(text: str) -> int | None:
    """A number as a platform shows it; None where it shows none. 10万+ is 100001."""
    found = text.strip().replace(" ", "")
    if found in BEYOND:
        return CAPPED
    found = found.replace(",", "")
    if found.endswith(("万", "w", "W")):
        whole, _, part = found[:-1].partition(".")
        if whole.isdigit() and (not part or part.isdigit()):
            return round(float(found[:-1]) * 10_000)
    return int(found) if found.isdigit() else None
