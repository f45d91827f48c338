"""复盘: what a campaign came to, for its page and as a Word file of the office's own template."""

from collections import Counter
from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions.permitting import permit_person, reach
from monitor.collect import shelf
from monitor.coordinate.campaign_board import figures
from monitor.coordinate.campaign_effect import burden, effect, in_time, reach_of, response_of
from monitor.coordinate.campaign_waits import Span, waits
from monitor.coordinate.progress import progress
from monitor.domain.campaign import Kind, Order
from monitor.domain.campaign_review import Past, Review
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person
from monitor.record import audit, units
from monitor.record.campaigns import Kept
from monitor.record.screens.campaign_board import Times
from monitor.record.screens.campaign_review import Looked, Material, material
from monitor.record.store import Store
from monitor.report import campaign_summary, word_file
from monitor.report.campaign_summary import COLUMNS, cells, drills, minutes, told

__all__ = ["COLUMNS", "cells", "drills", "minutes", "review", "span_of", "summary", "told"]
TEMPLATE: Final = "协同发声总结.docx"


@needs(Permission.EXPORT)
def summary(store: Store, actor: Person, campaign_id: int, data_dir: Path) -> bytes:
    """The review as a Word file, of a campaign that gave accounts within reach a task."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        found = material(tx, reach(person), tx.second, campaign_id)
        if found is None:
            raise Forbidden("没有这项协同发声,或不在本人管理范围内", "", "请刷新后重试")
        made, desk = review(found, tx.second), units.by_id(tx, found.itself.kept.desk_id)
        audit.add(tx, person.id, "下载协同发声总结", "campaign", str(campaign_id), "")
        said = campaign_summary.values(made, desk.name if desk is not None else "", tx.second)
    template = shelf.template(data_dir, TEMPLATE)
    sample = campaign_summary.values(campaign_summary.SAMPLE, "某公安厅", 0)
    word_file.check(template, sample, TEMPLATE)
    return word_file.fill(template, said, TEMPLATE)


def review(found: Material, now: int) -> Review:
    """What it comes to at `now` (seconds)."""
    itself = found.itself
    span = span_of(itself.kept, itself.times, now)
    counts = figures(itself.tasks)
    curve = progress(() if span is None else waits(itself.tasks, span))
    until = now if span is None else span.until
    return Review(
        itself=_past(itself, now),
        fastest=curve.fastest,
        published=counts.verified + counts.doubtful,
        excused=counts.excused,
        unknown=counts.unknown,
        missing=counts.missing,
        late=counts.late,
        reach=effect(found.reads, reach_of),
        response=effect(found.reads, response_of),
        burden=burden(itself.held, until),
        excuses=tuple(Counter(found.excuses).most_common()),
        beside=tuple(_past(each, now) for each in found.earlier),
    )


def span_of(kept: Kept, times: Times, now: int) -> Span | None:
    """The time a campaign is looked at; None before the first has published."""
    amends = kept.content.kind is Kind.CORRECTION
    start = kept.issued_at if amends else times.first
    if start is None:
        return None
    until = now if times.ended is None else times.ended
    return Span(start, max(until, start), kept.content.order is Order.BATCHES, amends)


def _past(looked: Looked, now: int) -> Past:
    span = span_of(looked.kept, looked.times, now)
    curve = progress(() if span is None else waits(looked.tasks, span))
    counts = figures(looked.tasks)
    return Past(
        number=looked.kept.number,
        title=looked.kept.content.title,
        kind=looked.kept.content.kind,
        issued_at=looked.kept.issued_at or 0,
        asked=counts.asked,
        share=counts.share,
        in_time=in_time(looked.tasks),
        median=curve.median,
        ninetieth=curve.ninetieth,
    )
