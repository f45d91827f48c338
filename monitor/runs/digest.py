"""周: the weekly digest of a scope, previewed to a folder or laid out to be sent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.deliver import codec
from monitor.deliver.channels import folder
from monitor.domain.case_matter import Matter
from monitor.domain.errors import InputError
from monitor.domain.filing import Filing
from monitor.domain.finding import Change
from monitor.domain.instants import DAY, day_start, shanghai_day, to_micro, to_second
from monitor.domain.letter import Letter
from monitor.domain.pending import Pending
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.scope import EVERYTHING, Scope
from monitor.domain.unit import Unit
from monitor.domain.week import WHOLE_PROVINCE, Errand, Week
from monitor.record import audit, listings, office_settings, outbox, runlog, units
from monitor.record import changes as told
from monitor.record.screens import reporting
from monitor.record.store import Reading
from monitor.report import digest, digest_paper, thursday
from monitor.runs import (
    books,
    case_matters,
    deciding,
    digest_units,
    filings,
    frame,
    holding,
    judged,
    reminded,
)
from monitor.runs.parts import Parts

CHANNEL = "email"
WEEK = 7 * DAY


def preview(parts: Parts, week: str, scope: str, target: Path) -> list[Path]:
    """Write the digest into a folder, as every reader would get it; nothing is sent."""
    return _lay_down(parts, compose(parts, week, scope), target)


def preview_reminder(parts: Parts, week: str, target: Path) -> list[Path]:
    """Write the Thursday reminder into a folder; nothing is sent."""
    return _lay_down(parts, reminder(parts, week), target)


def _lay_down(parts: Parts, letter: Letter, target: Path) -> list[Path]:
    place = folder.Folder(target).deliver(letter, folder.NOBODY, "preview", parts.now())
    return sorted(Path(place).iterdir())


def previews(local_dir: Path) -> Path:
    """Where previews asked for on screen are laid, each in a folder named by its job."""
    return local_dir / "previews"


def queue(parts: Parts, due: datetime) -> RunReport | None:
    """Lay out the digest of the week that ended before `due`, for everybody who gets it."""
    monday = shanghai_day(to_second(due)) - timedelta(days=7)
    return enqueue(parts, say_week(monday), "", due)


def remind(parts: Parts, due: datetime) -> RunReport | None:
    """周四提醒: lay out what is due in the week that runs at `due`, for everybody who gets it."""
    today = shanghai_day(to_second(due))
    monday = today - timedelta(days=today.weekday())

    def work(_under: frame.Under) -> RunReport:
        return _lay_out(parts, f"thursday/{monday}", lambda: reminder(parts, say_week(monday)))

    return frame.run(parts, "remind", work, {"week": say_week(monday)}, due)


def reminder(parts: Parts, week: str) -> Letter:
    """The Thursday reminder of a week that has begun."""
    return thursday.compose(gather(parts, monday_of(parts, week), ""), parts.desk.url)


def enqueue(
    parts: Parts, week: str, scope: str, scheduled_for: datetime | None = None
) -> RunReport | None:
    """Lay out a digest for every recipient, and the week of each unit for whoever answers for it;
    laid out twice it is still one letter each."""

    def work(_under: frame.Under) -> RunReport:
        monday = monday_of(parts, week)
        readers = digest_units.readers(parts, scope)
        if not readers and not _recipients(parts):
            return RunReport(RunOutcome.DONE, {"收件人": 0}, "没有设置收件人,未生成邮件")
        found = gather(parts, monday, scope)
        key = f"digest/{monday}/{scope or 'all'}"
        told = _lay_out(parts, key, lambda: _written(parts, found))
        laid = digest_units.lay_out(parts, CHANNEL, monday, found, readers)
        return replace(told, counts={**told.counts, "单位收件人": len(readers), "单位新排队": laid})

    return frame.run(parts, "digest", work, {"week": week, "scope": scope}, scheduled_for)


def _lay_out(parts: Parts, key: str, write: Callable[[], Letter]) -> RunReport:
    recipients = _recipients(parts)
    if not recipients:
        return RunReport(RunOutcome.DONE, {"收件人": 0}, "没有设置收件人,未生成邮件")
    body = codec.encode(write())
    laid = 0
    with parts.store.writing(durable=True) as tx:
        for each in recipients:
            laid += outbox.put(tx, CHANNEL, f"{key}/{each}", each, body, tx.second)
    return RunReport(RunOutcome.DONE, {"收件人": len(recipients), "新排队": laid})


def _recipients(parts: Parts) -> tuple[str, ...]:
    return parts.mail.recipients if parts.mail is not None else ()


def monday_of(parts: Parts, week: str) -> date:
    """The Monday of `2026-W47`; of the last whole week where nothing was asked."""
    if not week:
        today = shanghai_day(to_second(parts.now()))
        return today - timedelta(days=today.weekday() + 7)
    try:
        year, _, number = week.partition("-W")
        return date.fromisocalendar(int(year), int(number), 1)
    except ValueError as error:
        raise InputError(f"周次“{week}”读不懂", "--week", "应写成 2026-W47") from error


def compose(parts: Parts, week: str, scope: str) -> Letter:
    """The digest of a week: judged at its end, or now where it is not over; beside the week before.

    `known_at` is now: what became known late counts, and the letter says until when it was known.
    """
    return _written(parts, gather(parts, monday_of(parts, week), scope))


def _written(parts: Parts, found: Week) -> Letter:
    holding.chunk(60)
    return digest.compose(found, parts.desk.url, _template(parts))


def _template(parts: Parts) -> bytes | None:
    """The office's template of the Word paper; None where it was taken away."""
    place = parts.data_dir / "templates" / digest_paper.TEMPLATE
    return place.read_bytes() if place.is_file() else None


def gather(parts: Parts, monday: date, scope: str) -> Week:
    """Everything a digest is composed of."""
    now = parts.now()
    begins = _begun(monday, to_second(now))
    as_of = min(begins + WEEK, to_second(now))
    opened = books.open_books(parts, as_of=as_of - 1)  # what held in the week's last second
    with parts.store.reading() as tx:
        known_at = runlog.known_now(tx, to_micro(now))
        seen, name, by_county = reach(tx, scope)
        present = judged.gather(tx, opened, seen, as_of, known_at)
        past = judged.gather(tx, opened, seen, begins, known_at)
        ids = {each.own.account_id for each in present}
        changes = _changes(tx, begins, ids)
        collected = listings.collected(tx, begins, begins + WEEK, ids)
        cases, late, waiting = _standing(parts, tx, seen, to_second(now), city=by_county)
        told_of = reminded.gather(tx, to_second(now))
        owed = errands(tx, seen, to_second(now), say_week(monday))
        office = office_settings.office(tx)
        head = audit.head(tx)
    return Week(
        monday=monday,
        own=opened.own,
        upper=opened.upper,
        as_of=as_of,
        known_at=known_at,
        now=present,
        before=past if any(each.own.cutoff is not None for each in past) else None,
        changes=changes,
        collected=collected,
        errands=owed,
        cases=cases,
        reminded=told_of,
        filings=late,
        pending=waiting,
        name=name,
        office=office.name or parts.office,
        by_county=by_county,
        demo=parts.demo,
        trial_until=office.trial_at(to_second(now)),
        anchor=str(head or ""),
    )


def _begun(monday: date, now: int) -> int:
    """The first second of a week that has begun; InputError of one to come."""
    begins = day_start(monday)
    if begins > now:
        raise InputError(f"{monday}这一周还没有开始", "--week", "请选择已经开始的一周")
    return begins


def _standing(
    parts: Parts, tx: Reading, seen: Scope, now: int, *, city: bool
) -> tuple[tuple[Matter, ...], tuple[Filing, ...], tuple[Pending, ...]]:
    """The live 整改单 and the overdue 报备 of a scope, and what waits for a decision."""
    book = case_matters.open_book(parts, now)
    cases = case_matters.standing(tx, book, seen)
    late = filings.overdue(tx, seen, now, book.days)
    return cases, late, deciding.gather(tx, seen, now, cases, city=city)


def _changes(tx: Reading, begins: int, ids: set[int]) -> tuple[Change, ...]:
    """What changed in the week that begins there, of these accounts."""
    found = told.changes(tx, begins, begins + WEEK)
    return tuple(each for each in found if each.account_id in ids)


def errands(tx: Reading, scope: Scope, now: int, week: str) -> tuple[Errand, ...]:
    """Units of a scope that were asked for a week's lines and have some left, by code."""
    known = {each.id: each for each in units.all_units(tx)}
    lines = [each for each in reporting.units(tx, scope, now, week) if each.due and not each.done]
    found = [(known[each.unit_id], each) for each in lines if each.unit_id in known]
    return tuple(
        Errand(
            unit.name, (unit.region_name, unit.county_name), line.asked - line.filled, line.due or 0
        )
        for unit, line in sorted(found, key=lambda pair: pair[0].code)
    )


def reach(tx: Reading, code: str) -> tuple[Scope, str, bool]:
    """The scope of a unit's whole sub-tree, what to call it, and whether to tell by county."""
    if not code:
        return EVERYTHING, WHOLE_PROVINCE, False
    found: list[Unit] = [each for each in units.all_units(tx) if each.code == code]
    if not found:
        raise InputError(f"没有机构代码为“{code}”的单位", "--scope", "请用 12 位机构代码")
    unit = found[0]
    return Scope(frozenset({unit.path})), unit.region_name or unit.name, True


def say_week(monday: date) -> str:
    """`2026-W47`."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"
