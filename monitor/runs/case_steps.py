"""催: what runs out is judged step by step, and told once, to each person in one message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.coordinate import reminding
from monitor.deliver import codec
from monitor.domain.case import Side
from monitor.domain.case_matter import Matter
from monitor.domain.contact import ContactKind, OwnerKind
from monitor.domain.instants import to_second
from monitor.domain.person import Person
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.scope import EVERYTHING
from monitor.record import case_steps, contacts, office_settings, outbox, people
from monitor.record.case_steps import Due, Untold
from monitor.record.screens.cases import CaseLine
from monitor.report import case_reminder
from monitor.runs import case_matters, frame
from monitor.runs.case_matters import Book
from monitor.runs.digest import CHANNEL
from monitor.runs.parts import Parts

QUIET = "试运行期间不提醒"


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Judge the steps that have come, then tell what nobody was told; quiet in a trial period."""

    def work(_under: frame.Under) -> RunReport:
        now = to_second(parts.now())
        with parts.store.reading() as tx:
            if office_settings.trial_until(tx, now) is not None:
                return RunReport(RunOutcome.DONE, {"提醒": 0}, QUIET)
        judged = _judge(parts, now)
        told, letters = _tell(parts, now)
        return RunReport(RunOutcome.DONE, {"到点": judged, "提醒": told, "信件": letters})

    return frame.run(parts, "case-steps", work, scheduled_for=scheduled_for)


@dataclass
class _Post:
    """What a person is told, and of which steps."""

    person: Person
    matters: list[tuple[int, Matter]] = field(default_factory=list)


def _judge(parts: Parts, now: int) -> int:
    book = case_matters.open_book(parts, now)
    entered = 0
    with parts.store.reading() as tx:
        pages = list(case_matters.pages(tx, EVERYTHING, now))
    for lines in pages:
        with parts.store.writing() as tx:
            entered += case_steps.judge(tx, _come(book, lines))
    return entered


def _come(book: Book, lines: Sequence[CaseLine]) -> Iterator[Due]:
    for line in lines:
        due_at = book.due(line)
        step = (
            None
            if due_at is None
            else reminding.come(book.rules.steps, due_at, book.now, book.days)
        )
        if due_at is not None and step is not None:
            clock = reminding.clock(line.kept.case, line.held_since)
            yield Due(line.kept.id, clock, step.name, due_at)


def _tell(parts: Parts, now: int) -> tuple[int, int]:
    """Steps told and letters laid out: rows and letters are one transaction, so that nothing is
    told twice whatever dies."""
    book = case_matters.open_book(parts, now)
    vault = parts.vault()
    with parts.store.reading() as tx:
        waiting = case_steps.untold(tx)
        if not waiting:
            return 0, 0
        lines = {
            line.kept.id: line for rows in case_matters.pages(tx, EVERYTHING, now) for line in rows
        }
        everyone = [each for each in people.everyone(tx, now) if each.active]
        mails = contacts.plain_of(tx, vault, OwnerKind.PERSON, [each.id for each in everyone])
    posts: dict[int, _Post] = {}
    heard = {each.id: _address(book, each, lines, everyone, posts) for each in waiting}
    return _lay_out(parts, posts, heard, mails)


def _address(
    book: Book,
    untold: Untold,
    lines: Mapping[int, CaseLine],
    everyone: Sequence[Person],
    posts: dict[int, _Post],
) -> tuple[int, ...]:
    """Put a step into the post of all it concerns; nobody where the case has moved on since."""
    line = lines.get(untold.due.case_id)
    step = next((each for each in book.rules.steps if each.name == untold.due.step), None)
    if line is None or step is None:
        return ()
    case = line.kept.case
    if reminding.clock(case, line.held_since) != untold.due.clock:
        return ()
    paths = {Side.DESK: line.desk_path, Side.TRANSIT: line.transit_path, Side.UNIT: line.unit_path}
    found = {
        each.id: each
        for side in reminding.sides(case, step.to)
        for each in reminding.hands(everyone, case, side, paths.get(side, ""))
    }
    for each in found.values():
        post = posts.setdefault(each.id, _Post(each))
        post.matters.append(
            (untold.id, case_matters.matter(book, line, untold.due.due_at, untold.due.step))
        )
    return tuple(found)


def _lay_out(
    parts: Parts,
    posts: Mapping[int, _Post],
    heard: Mapping[int, tuple[int, ...]],
    mails: Mapping[tuple[int, ContactKind], str],
) -> tuple[int, int]:
    """One letter a person who has an address; a step counts as told to those."""
    reached = {
        key: mails[key, ContactKind.MAIL]
        for key in posts
        if parts.mail is not None and (key, ContactKind.MAIL) in mails
    }
    batch, letters = f"case-steps/{max(heard)}", 0
    with parts.store.writing(durable=True) as tx:
        mine = {
            step_id
            for step_id, who in heard.items()
            if case_steps.tell(tx, step_id, [each for each in who if each in reached])
        }
        for key, address in reached.items():
            matters = [matter for step_id, matter in posts[key].matters if step_id in mine]
            if matters:
                body = codec.encode(case_reminder.compose(matters, parts.desk.url))
                letters += outbox.put(tx, CHANNEL, f"{batch}/{key}", address, body, tx.second)
    return len(mine), letters
