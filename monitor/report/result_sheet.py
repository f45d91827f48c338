"""The one reading of a kept result, from which the screen, the files and the papers are made."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from monitor.domain.assessment import FINAL
from monitor.domain.bulletin import period_of
from monitor.domain.result import Result
from monitor.domain.scheme import Indicator, Scheme
from monitor.report import ask_letter
from monitor.report.scorecard import Plea, Sheet

FIRST, SETTLED = "初评", "审定"


def sheet(
    found: Result, scheme: Scheme, symbols: Mapping[str, str], by: tuple[int, str], desk_url: str
) -> Sheet:
    """All of a result; `by` is when (seconds) and by whom it is made, `symbols` are those of the
    measurements, `desk_url` where the desk stands, '' where that is not known."""
    kept, codes = found.kept, {each.unit_id: each.unit for each in found.roster}
    return Sheet(
        period=period_of(kept.period).said,
        kind=kept.kind.value,
        stage=SETTLED if kept.state in FINAL else FIRST,
        scheme=scheme,
        as_of=kept.as_of or 0,
        checksum=kept.result_hash,
        roster=found.roster,
        totals=found.totals,
        lines=found.lines,
        counts=found.counts,
        symbols=symbols,
        exported_at=by[0],
        exported_by=by[1],
        before=found.before,
        pleas=tuple(
            Plea(codes.get(each.unit_id, ""), each.indicator, each.state.value)
            for each in found.objections
        ),
        desk_url=desk_url,
        assessment=kept.id,
        asked=ask_letter.marks(_indicators(scheme), found.owed, found.letters),
    )


def narrowed(whole: Sheet, units: Collection[str]) -> Sheet:
    """The rows of some units. How far tie groups span is told of the whole group all the same."""
    return replace(
        whole,
        among=whole.totals,
        roster=tuple(each for each in whole.roster if each.unit in units),
        totals=tuple(each for each in whole.totals if each.unit in units),
        lines=tuple(each for each in whole.lines if each.unit in units),
        counts=tuple(each for each in whole.counts if each.unit in units),
        pleas=tuple(each for each in whole.pleas if each.unit in units),
    )


def _indicators(scheme: Scheme) -> dict[str, Indicator]:
    every = (scheme, *(sub for _, sub in scheme.subs))
    return {line.id: line for one in every for line in one.indicators()}
