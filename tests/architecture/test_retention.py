"""Every table stands in the sheet of retention: kept for so long, or kept because."""

from monitor.collect import shelf
from monitor.coordinate import retention
from monitor.record import tables
from monitor.record.tables.base import METADATA
from monitor.settings import ROOT

SHEET = ROOT / "data" / "retention.yaml"


def test_every_table_is_kept_for_so_long_or_for_a_reason() -> None:
    assert tables.__all__
    page = shelf.read(SHEET)
    sheet = retention.parse(page.mapping, SHEET.name, shelf.lines(page.text), page.sha256)
    missing = sorted(set(METADATA.tables) - sheet.tables)
    gone = sorted(sheet.tables - set(METADATA.tables))
    assert not missing, (
        f"data/retention.yaml does not name {', '.join(missing)}. Rows that must stay: add the "
        "table to a line of `kept:` whose `why` is true of it (or write a new line "
        "`- tables: [...]` / `why: ...`). Rows that may go after a time: add an entry under "
        "`kinds:` (copy a neighbour) and its line in monitor/record/purging.py:TARGETS. "
        "Raise `version` either way."
    )
    assert not gone, f"data/retention.yaml names tables that are no more: {', '.join(gone)}"
