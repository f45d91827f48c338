"""逐级提醒: who has not posted for 7, 10, 12, 14 days is told of, once a step, the county first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from monitor.collect import shelf
from monitor.coordinate import ladder
from monitor.deliver import codec
from monitor.domain.contact import ContactKind, OwnerKind
from monitor.domain.instants import to_second
from monitor.domain.ladder import Rung, Silent
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, contacts, office_settings, outbox, people, silences
from monitor.record.store import Writing
from monitor.report import ladder_letter
from monitor.runs import frame
from monitor.runs.digest import CHANNEL
from monitor.runs.parts import Parts

SHEET: Final = "ladder.yaml"
QUIET: Final = "试运行期间不提醒"
LATEST: Final = 7
"""Days past the last step after which it is a case's matter and no reminder's any more."""


@dataclass(frozen=True)
class _Told:
    """One step that has come: the silence, and the mailboxes of whom it concerns by person."""

    silent: Silent
    rung: Rung
    to: Mapping[int, str] = field(repr=False)


def rungs(parts: Parts) -> tuple[Rung, ...]:
    """The ladder as the office laid it down."""
    page = shelf.read(parts.data_dir / SHEET)
    return ladder.parse(page.mapping, SHEET, shelf.lines(page.text))


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Tell each step of each silence once, everything for one person in one letter."""

    def work(_under: frame.Under) -> RunReport:
        now = to_second(parts.now())
        with parts.store.reading() as tx:
            if office_settings.trial_until(tx, now) is not None:
                return RunReport(RunOutcome.DONE, {"提醒": 0}, QUIET)
        come = _come(parts, now)
        reached = [each for each in come if each.to]
        letters = _lay_out(parts, reached) if reached else 0
        counts = {"提醒": len(reached), "信件": letters, "无人可告知": len(come) - len(reached)}
        return RunReport(RunOutcome.DONE, counts)

    return frame.run(parts, "ladder", work, scheduled_for=scheduled_for)


def _come(parts: Parts, now: int) -> list[_Told]:
    """The steps that have come and nobody was told of."""
    laid, vault = rungs(parts), parts.vault()
    with parts.store.reading() as tx:
        grown = silences.growing(tx, now, laid[0].days, laid[-1].days + LATEST)
        steps = [(each, rung) for each in grown if (rung := each.rung(laid)) is not None]
        told = silences.told(tx, grown)
        waiting = [(each, rung) for each, rung in steps if _key(each, rung) not in told]
        if not waiting:
            return []
        everyone = [each for each in people.everyone(tx, now) if each.active]
        known = contacts.plain_of(tx, vault, OwnerKind.PERSON, [each.id for each in everyone])
    mails = {key: mail for (key, kind), mail in known.items() if kind is ContactKind.MAIL}
    reach = mails if parts.mail is not None else {}
    found = []
    for each, rung in waiting:
        heard = ladder.hears(everyone, rung, each)
        found.append(_Told(each, rung, {p.id: reach[p.id] for p in heard if p.id in reach}))
    return found


def _lay_out(parts: Parts, come: Sequence[_Told]) -> int:
    """Rows and letters are one transaction: nothing is told twice, nothing is told by half."""
    with parts.store.writing(durable=True) as tx:
        told = silences.told(tx, [each.silent for each in come])
        fresh = [each for each in come if _key(each.silent, each.rung) not in told]
        last = max((_note(tx, each) for each in fresh), default=0)
        letters = 0
        for who, mail in {who: mail for each in fresh for who, mail in each.to.items()}.items():
            mine = [(each.silent, each.rung) for each in fresh if who in each.to]
            body = codec.encode(ladder_letter.compose(mine, parts.desk.url))
            letters += outbox.put(tx, CHANNEL, f"ladder/{last}/{who}", mail, body, tx.second)
    return letters


def _key(silent: Silent, rung: Rung) -> silences.Told:
    return (silent.account_id, silent.since, rung.days)


def _note(tx: Writing, each: _Told) -> int:
    account = str(each.silent.account_id)
    audit.add(tx, None, "更新提醒", "account", account, f"满{each.rung.days}天")
    return silences.tell(tx, each.silent, each.rung.days, each.to)
