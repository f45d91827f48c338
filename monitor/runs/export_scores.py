"""导 of an assessment: 单位考核结果 and 评分明细, cell by cell as the page has them."""

from monitor.domain.bulletin import period_of
from monitor.domain.errors import InputError
from monitor.domain.instants import to_second
from monitor.domain.scope import Scope
from monitor.record import results, schemes
from monitor.record.store import Reading
from monitor.report import result_sheet, scorecard_tables
from monitor.report.table import MACHINE, Table
from monitor.runs.parts import Parts
from monitor.runs.schemes import of_revision
from monitor.score.catalogue import MEASUREMENTS

SYMBOLS = {key: each.symbol for key, each in MEASUREMENTS.items()}


def tables(
    parts: Parts, tx: Reading, scope: Scope, period: str = "", by: str = ""
) -> tuple[Table, ...]:
    """Both tables of the result that stands for a period (`2026Q3`; '' the last), within a scope.

    InputError where there is none that the scope is shown.
    """
    wanted = period_of(period) if period else None
    kept = results.newest(tx, scope, wanted.code if wanted else "")
    if kept is None:
        said = wanted.said if wanted else "考核"
        raise InputError("还没有可导出的考核结果", said, "请在初评算好、反馈以后再导出")
    revision = schemes.get(tx, kept.scheme_revision_id)
    assert revision is not None, "a foreign key keeps it"
    made = (to_second(parts.now()), by or MACHINE)
    found, scheme = results.of(tx, kept, revision), of_revision(revision).scheme
    sheet = result_sheet.sheet(found, scheme, SYMBOLS, made, parts.desk.url)
    units = results.seen(tx, kept, scope)
    if units is not None:
        sheet = result_sheet.narrowed(sheet, units)
    return scorecard_tables.results(sheet), scorecard_tables.lines(sheet)
