"""The document of `sentinel assess`: an assessment, computed or as it was kept, and its table."""

from collections.abc import Mapping
from dataclasses import asdict
from json import loads
from typing import Any

from monitor.domain.errors import InputError
from monitor.domain.instants import from_micro, from_second, to_second
from monitor.record import assessed, assessments
from monitor.report import csv_file, scorecard_tables
from monitor.report.scorecard import Sheet
from monitor.report.table import MACHINE
from monitor.runs.assess import choose_now
from monitor.runs.assess_measuring import Found, Instants
from monitor.runs.parts import Parts
from monitor.score.catalogue import MEASUREMENTS
from monitor.score.exchange import Result


def kept(parts: Parts, scheme: str, period: str) -> Found:
    """The newest assessment of a period as it was frozen; InputError where there is none."""
    chosen, asked = choose_now(parts, scheme, period)
    kind = chosen.kind(asked.since)
    with parts.store.reading() as tx:
        seen = assessments.newest(tx, asked.code, kind, chosen.sheet.key)
        if seen is None or seen.as_of is None or seen.known_at is None:
            raise InputError("这个周期还没有考核结果", asked.said, "请先生成初评")
        reviewed = seen.known_at if seen.reviewed_at is None else seen.reviewed_at
        result = Result(
            tuple(assessed.lines(tx, seen.id)),
            tuple(assessed.counts(tx, seen.id)),
            tuple(assessed.totals(tx, seen.id)),
        )
        at = Instants(seen.as_of, seen.known_at, reviewed)
        roster, facts = assessed.roster(tx, seen.id), assessed.facts(tx, seen.id)
    return Found(chosen, asked, kind, at, roster, facts, result)


def document(found: Found) -> Mapping[str, Any]:
    """Plain values: the instants, the hashes, and every unit with its lines."""
    names = {each.unit: each.name for each in found.roster}
    return {
        "scheme": f"{found.chosen.sheet.key}@{found.chosen.sheet.number}",
        "period": found.period.code,
        "kind": found.kind.value,
        "as_of": from_second(found.at.as_of).isoformat(),
        "known_at": from_micro(found.at.known_at).isoformat(),
        "reviewed_at": from_micro(found.at.reviewed_at).isoformat(),
        "roster_hash": found.roster_hash,
        "facts_hash": found.facts_hash,
        "result_hash": found.result.hash,
        "units": [
            {"name": names[each.unit], **asdict(each), "parts": loads(each.parts)}
            for each in found.result.totals
        ],
        "lines": [asdict(each) for each in found.result.lines],
        "counts": [asdict(each) for each in found.result.counts],
    }


def csv(parts: Parts, found: Found) -> bytes:
    """单位考核结果 with the columns that leave the house."""
    table = scorecard_tables.results(
        Sheet(
            period=found.period.said,
            kind=found.kind.value,
            stage="",
            scheme=found.chosen.scheme,
            as_of=found.at.as_of,
            checksum=found.result.hash,
            roster=tuple(found.roster),
            totals=found.result.totals,
            lines=found.result.lines,
            counts=found.result.counts,
            symbols={key: each.symbol for key, each in MEASUREMENTS.items()},
            exported_at=to_second(parts.now()),
            exported_by=MACHINE,
        )
    )
    return csv_file.render(table)
