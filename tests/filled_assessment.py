"""An assessment of last quarter on a filled store, as a job leaves it behind."""

from dataclasses import replace

from monitor.domain.assessment import Kind, State
from monitor.domain.bulletin import Sort, last_ended
from monitor.record import assessed, assessments, schemes, units
from monitor.record.assessments import ASSESSMENT, Opening
from monitor.record.schemes import Sheet
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.filled import Filled
from tests.report.scorecards import CITY, UNITS, a_sheet

KEY = "hubei-police-default"
NAMES = (
    *("荆州市公安局", "江陵县公安局", "公安县公安局", "武汉市公安局江岸区分局"),
    *("武汉市公安局武昌区分局", "宜昌市公安局夷陵区分局", "当阳市公安局"),
)
"""Who takes whose place in the result of `tests.report.scorecards`."""


def an_assessment(store: Store, made: Filled, state: State = State.FEEDBACK) -> int:
    """One of the last quarter at a state, scored; its id."""
    text = (ROOT / "data" / "schemes" / f"{KEY}.yaml").read_text("utf-8")
    with store.writing() as tx:
        period = last_ended(Sort.QUARTER, tx.second)
        revision = schemes.enter(
            tx,
            Sheet(KEY, 1, "湖北公安政务新媒体季度考核(默认)", text, period.since),
            State.IN_FORCE,
        )
        title = f"{period.said}公安政务新媒体考核"
        key = assessments.begin(tx, Opening(period.code, Kind.FORMAL, revision, title), None)
        code = {each.id: each.code for each in units.all_units(tx)}
        row = {"state": state.value, "result_hash": "7f3a" * 16, "as_of": period.until}
        row |= {"feedback_until": tx.second + 3 * 86_400, "reviewed_at": tx.stamp}
        tx.conn.execute(ASSESSMENT.update().where(ASSESSMENT.c.id == key).values(**row))
    whose = dict(zip(UNITS, (code[made.units[name]] for name in NAMES), strict=True))
    sheet = a_sheet()
    roster = [
        replace(
            each,
            unit=whose[each.unit],
            name=name,
            unit_id=made.units[name],
            path=made.paths[name],
            parent=whose[CITY] if each.parent else "",
        )
        for each, name in zip(sheet.roster, NAMES, strict=True)
    ]
    assessed.add(store, key, roster)
    for rows in (sheet.lines, sheet.counts, sheet.totals):
        assessed.add(store, key, [replace(each, unit=whose[each.unit]) for each in rows])
    return key
