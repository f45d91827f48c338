"""提示: where the week's reports of a scope differ from what was seen; never an accusation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.disagreement import Hint, hints
from monitor.domain.instants import DAY
from monitor.domain.iso_week import span_of
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import report_lines
from monitor.record.report_lines import REPORT_LINE, Submitted
from monitor.record.screens.scoping import ACCOUNT, visible
from monitor.record.seen_elsewhere import seen_of
from monitor.record.staging import chunks
from monitor.record.store import Reading

AT_ONCE: Final = 500
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Differing:
    """One account whose report differs from what others saw; `at` is when it was submitted."""

    account_id: int
    platform: str
    name: str
    unit_name: str
    region_name: str
    posts: int | None
    newest: tuple[int | None, int | None]
    at: int
    hints: tuple[Hint, ...]


@shown(Permission.REPORT, Permission.OPEN_REPORTS)
def differing(tx: Reading, scope: Scope, now: int, week: str) -> tuple[Differing, ...]:
    """The accounts of a scope whose submitted line of a week differs, by place and unit; at most
    200."""
    said = select(REPORT_LINE.c.account_id).where(REPORT_LINE.c.week == week)
    seen = visible(tx, scope, now, ACCOUNT.c.id.in_(said))
    shown = ("account_id", "platform", "name", "unit_name", "region_name")
    known = {
        row["account_id"]: row
        for row in tx.conn.execute(select(*(seen.c[name] for name in shown))).mappings()
    }
    found = []
    start, end = span_of(week)
    lines = report_lines.submitted(tx, week, known)
    for part in chunks(sorted(lines), AT_ONCE):
        looked = seen_of(tx, part, _since(start, [lines[key] for key in part]), end)
        for key in part:
            told = hints(lines[key].line, lines[key].at, looked[key])
            if told:
                found.append(_differing(dict(known[key]), lines[key], told))
    found.sort(key=lambda each: (each.region_name, each.unit_name, each.account_id))
    return tuple(found[:MOST])


def _differing(row: dict[str, Any], said: Submitted, told: tuple[Hint, ...]) -> Differing:
    line = said.line
    newest = (line.newest_from, line.newest_until)
    return Differing(**row, posts=line.posts, newest=newest, at=said.at, hints=told)


def _since(start: int, lines: Sequence[Submitted]) -> int:
    """A day before the week, or before the oldest post that a line names."""
    named = [each.line.newest_from for each in lines if each.line.newest_from is not None]
    return min([start, *named]) - DAY
