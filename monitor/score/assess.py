"""A scheme applied to a period: every line explained, every unit with its parts and total."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from monitor.domain.errors import InputError
from monitor.domain.scheme import Scheme
from monitor.score import rollup
from monitor.score.catalogue import manual, reviewed
from monitor.score.frames import counts_frame, lines_frame, parts_frame, reasons
from monitor.score.lines import Scored, scored
from monitor.score.measured import Floats, Places, complete, rows_by_measure
from monitor.score.spread import unscored
from monitor.score.tally import Tally, bonus, bounded, grades, rounded, tally

ROSTER: Final = ("unit", "level", "parent", "kind", "headcount")
"""The columns of a roster; only `unit` must be there. `kind` is what a line's `only` asks for."""
TOO_LITTLE: Final = "数据不足,不评档、不排位"


@dataclass(frozen=True, slots=True)
class Result:
    """Lines and totals of all who are scored, before anything is rolled up: `base` is NaN where too
    little was scored on, `own` is the total under its gates."""

    lines: Scored
    tally: Tally
    base: Floats
    bonus: Floats
    own: Floats
    unscored: Floats


@dataclass(frozen=True, slots=True)
class Basis:
    """What ranks are tried upon (`sensitivity`)."""

    result: Result
    families: list[tuple[int, Places]]
    groups: Places


@dataclass(frozen=True, slots=True)
class Assessment:
    """What an assessment found; numbers are exact but `final`, which is as it is printed.

    `lines`: one row per unit (or account) and line: unit, account, part, id, name, max, numerator,
    denominator, samples, raw, share, points, status, adjusted, coverage, self_reported, carry,
    sources, note.
    `totals`: one row per unit: unit, group, one column of points per part id, base, deducted,
    bonus, own, below, final, grade, reason, unscored, coverage.
    `counts`: one row per unit and deduction (negative) or bonus: unit, account, id, name, points.
    """

    scheme: Scheme
    lines: pd.DataFrame
    totals: pd.DataFrame
    counts: pd.DataFrame
    basis: Basis | None = None


def assess(
    scheme: Scheme, measured: pd.DataFrame, roster: pd.DataFrame, peers: Mapping[str, str]
) -> Assessment:
    """Score the units of `roster` that are of the scheme's levels by what was `measured` of them.

    `peers` names each unit's group (those not named are one group, ''). InputError where a frame is
    not what `measured.COLUMNS` and `ROSTER` say.
    """
    units = _units(roster, scheme)
    frame = complete(measured)
    groups = np.array([peers.get(unit, "") for unit in units["unit"]], object)
    if scheme.subs:
        return _composite(scheme, frame, units, groups)
    if scheme.per_account:
        return _by_account(scheme, frame, units, groups)
    numbers = pd.factorize(groups)[0].astype(np.intp)
    found = _score(scheme, frame, units, numbers, "unit")
    names = units[["unit", "account"]]
    totals = _beside(units, groups, parts_frame(scheme, found.lines), found)
    families = rollup.children(units, scheme.rollup)
    return Assessment(
        scheme,
        lines_frame(scheme, names, found.lines),
        _finished(scheme, totals, families, found.tally),
        counts_frame(scheme, names, found.tally),
        Basis(found, families, numbers),
    )


def _units(roster: pd.DataFrame, scheme: Scheme) -> pd.DataFrame:
    if "unit" not in roster.columns or roster["unit"].duplicated().any():
        raise InputError("单位名册应有 unit 一列,每个单位一行", "单位名册")
    found = roster.reindex(columns=[*ROSTER, "account"])
    if scheme.levels:
        found = found[found["level"].isin(scheme.levels)]
    return found.reset_index(drop=True)


def _score(
    scheme: Scheme, frame: pd.DataFrame, who: pd.DataFrame, groups: Places, of: str
) -> Result:
    """Everybody in `who`, whose rows are found by the column `of`."""
    rows = dict(rows_by_measure(frame, pd.Index(who[of]), of))
    lines, found = scored(scheme, rows, who, groups), tally(scheme, rows, len(who))
    base, lost = lines.points.sum(axis=1), unscored(scheme, lines.counts)
    base[(lost > scheme.missing.limit) | (lines.adjusted.sum(axis=1) == 0)] = np.nan
    after = np.maximum(0.0, base - found.deducted)
    more = bonus(scheme, after, found.offered)
    return Result(lines, found, base, more, bounded(after + more, found), lost)


def _beside(
    units: pd.DataFrame, groups: np.ndarray, parts: pd.DataFrame, found: Result
) -> pd.DataFrame:
    """The columns of a total but the last."""
    return (
        pd.DataFrame({"unit": units["unit"], "group": groups})
        .join(parts)
        .assign(
            base=found.base,
            deducted=found.tally.deducted,
            bonus=found.bonus,
            own=found.own,
            unscored=found.unscored,
        )
    )


def _finished(
    scheme: Scheme, totals: pd.DataFrame, families: list[tuple[int, Places]], found: Tally
) -> pd.DataFrame:
    """The totals with what is below rolled up; a unit's own gates bound that as well."""
    own = totals["own"].to_numpy(float)
    below = rollup.medians(own, families)
    final = bounded(rollup.rolled(own, below, scheme.rollup), found)
    final = rounded(final, scheme.decimals)
    return totals.assign(
        below=below,
        final=final,
        grade=grades(scheme, final, found),
        reason=reasons(found, pd.Series(final), fails=TOO_LITTLE),
    )


def _by_account(
    scheme: Scheme, frame: pd.DataFrame, units: pd.DataFrame, groups: np.ndarray
) -> Assessment:
    """Each account scored for itself; a unit has the mean of its accounts."""
    rows = _of_accounts(frame[frame["unit"].isin(units["unit"])])
    who = (
        rows[["unit", "account"]].drop_duplicates().merge(units.drop(columns="account"), on="unit")
    )
    if who["account"].duplicated().any():
        raise InputError("同一账号写在两个单位名下", "测量结果", "请核对账号归属")
    place = pd.Index(units["unit"]).get_indexer(pd.Index(who["unit"])).astype(np.intp)
    found = _score(scheme, rows, who, pd.factorize(groups)[0][place].astype(np.intp), "account")
    size = len(units)

    def mean(values: Floats) -> Floats:
        return rollup.of_accounts(values, place, size)

    parts = parts_frame(scheme, found.lines).apply(lambda column: mean(column.to_numpy(float)))
    totals = (
        pd.DataFrame({"unit": units["unit"], "group": groups})
        .join(parts)
        .assign(
            base=mean(found.base),
            deducted=mean(found.tally.deducted),
            bonus=mean(found.bonus),
            own=mean(found.own),
            unscored=mean(found.unscored),
        )
    )
    names = who[["unit", "account"]]
    return Assessment(
        scheme,
        lines_frame(scheme, names, found.lines),
        _finished(scheme, totals, rollup.children(units, scheme.rollup), tally(scheme, {}, size)),
        counts_frame(scheme, names, found.tally),
    )


def _of_accounts(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of accounts, and what people gave a unit as a whole for each of its accounts."""
    named = frame["account"].notna()
    own = frame[named]
    given = frame[~named & frame["measure"].str.startswith((manual(""), reviewed("")))]
    if given.empty:
        return own
    each = own[["unit", "account"]].drop_duplicates()
    spread = given.drop(columns="account").merge(each, on="unit")[list(frame.columns)]
    return pd.concat([own.astype(object), spread.astype(object)], ignore_index=True).astype(
        frame.dtypes.to_dict()
    )


def _composite(
    scheme: Scheme, frame: pd.DataFrame, units: pd.DataFrame, groups: np.ndarray
) -> Assessment:
    """Whole schemes by their weights: each is finished by its own rules before they are put
    together; a unit without a total in one of them has none."""
    peers = dict(zip(units["unit"], groups, strict=True))
    each = [(weight / 100, assess(sub, frame, units, peers)) for weight, sub in scheme.subs]
    rows = dict(rows_by_measure(frame, pd.Index(units["unit"]), "unit"))
    found = tally(scheme, rows, len(units))
    parts = {one.scheme.name: weight * one.totals["final"] for weight, one in each}
    base = sum((weight * one.totals["final"] for weight, one in each), pd.Series(0.0, units.index))
    after = np.maximum(0.0, base.to_numpy(float) - found.deducted)
    more = bonus(scheme, after, found.offered)
    totals = pd.DataFrame({"unit": units["unit"], "group": groups, **parts}).assign(
        base=base,
        deducted=found.deducted,
        bonus=more,
        own=bounded(after + more, found),
        unscored=sum(weight * one.totals["unscored"] for weight, one in each),
        coverage=pd.concat([one.totals["coverage"] for _, one in each], axis=1).mean(axis=1),
    )
    families = rollup.children(units, scheme.rollup)
    return Assessment(
        scheme,
        pd.concat([one.lines for _, one in each], ignore_index=True),
        _finished(scheme, totals, families, found),
        pd.concat([one.counts for _, one in each], ignore_index=True),
    )
