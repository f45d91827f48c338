"""提示: where the week's reports of a scope differ from what was seen; never an accusation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from monitor.access.declared import shown
from monitor.domain.disagreement import Hint, Seen, hints
from monitor.domain.instants import DAY, OPEN
from monitor.domain.iso_week import span_of
from monitor.domain.numbers import Provenance
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import report_lines
from monitor.record.report_lines import Submitted
from monitor.record.screens.reporting import COVERAGE, KNOWS, POST, REVOKED, ROUTE, ceiling, worth
from monitor.record.screens.scoping import visible
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
    seen = visible(tx, scope, now)
    shown = ("account_id", "platform", "name", "unit_name", "region_name")
    known = {
        row["account_id"]: row
        for row in tx.conn.execute(select(*(seen.c[name] for name in shown))).mappings()
    }
    found = []
    lines = report_lines.submitted(tx, week, known)
    for part in chunks(sorted(lines), AT_ONCE):
        looked = _seen(tx, part, span_of(week), [lines[key] for key in part])
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


def _seen(
    tx: Reading, ids: Sequence[int], span: tuple[int, int], lines: Sequence[Submitted]
) -> dict[int, Seen]:
    """What others than the units know of these accounts in the week, and back to the oldest post
    that a line names."""
    named = [each.line.newest_from for each in lines if each.line.newest_from is not None]
    since, until = min([span[0], *named]) - DAY, span[1]
    posts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in tx.conn.execute(
        select(POST.c.account_id, POST.c.published_from, POST.c.published_until).where(
            POST.c.account_id.in_(ids),
            POST.c.superseded_at == OPEN,
            POST.c.source != Provenance.REPORT.value,
            POST.c.published_until >= since,
            POST.c.published_from < until,
        )
    ):
        posts[row.account_id].append((row.published_from, row.published_until))
    looks = _looks(tx, ids, since, until)
    return {key: Seen(posts[key], looks[key]) for key in ids}


def _looks(
    tx: Reading, ids: Sequence[int], since: int, until: int
) -> dict[int, list[tuple[int, int, Provenance]]]:
    rows = tx.conn.execute(
        select(
            *(COVERAGE.c[name] for name in ("account_id", "a", "b", "grade")),
            ROUTE.c.source,
            ceiling(),
        )
        .join(ROUTE, ROUTE.c.id == COVERAGE.c.route_id)
        .outerjoin(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
        .where(
            COVERAGE.c.account_id.in_(ids),
            COVERAGE.c.b > since,
            COVERAGE.c.a < until,
            REVOKED.c.coverage_id.is_(None),
        )
    )
    found: dict[int, list[tuple[int, int, Provenance]]] = defaultdict(list)
    for row in rows:
        if worth(row) >= KNOWS:
            found[row.account_id].append((row.a, row.b, Provenance(row.source)))
    return found
