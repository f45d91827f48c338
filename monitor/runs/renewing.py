"""续: operators are told at 14, 5 and 1 days that an authorisation ends, with a link to renew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from monitor.access import invitations
from monitor.access.invitations import Invitation
from monitor.collect.connect import CONNECTS
from monitor.coordinate import renewing
from monitor.deliver import codec
from monitor.domain.contact import ContactKind, OwnerKind
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.runway import Ending, Notice
from monitor.record import audit, contacts, outbox, people, runways
from monitor.record.store import Writing
from monitor.report import runway_reminder
from monitor.runs import frame
from monitor.runs.digest import CHANNEL
from monitor.runs.parts import Parts

NOBODY = "没有设置邮件,或有关人员没有登记邮箱;请在“授权”页生成链接后复制到群"


@dataclass(frozen=True)
class _Told:
    """One step that has come: the ending, and the mailboxes of whom it concerns by person."""

    ending: Ending
    step: int
    to: Mapping[int, str] = field(repr=False)


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Tell each step of each ending once, everything for one person in one letter."""

    def work(_under: frame.Under) -> RunReport:
        come = _come(parts, to_second(parts.now()))
        reached = [each for each in come if each.to]
        letters = _lay_out(parts, reached) if reached else 0
        alone = len(come) - len(reached)
        counts = {"到期提醒": len(reached), "信件": letters, "无人可告知": alone}
        outcome = RunOutcome.PARTIAL if alone else RunOutcome.DONE
        return RunReport(outcome, counts, NOBODY if alone else "")

    return frame.run(parts, "renewing", work, scheduled_for=scheduled_for)


def _come(parts: Parts, now: int) -> list[_Told]:
    """The steps that have come and nobody was told of."""
    vault = parts.vault()  # asked for before the transaction begins: it may be made now
    with parts.store.reading() as tx:
        ending = runways.ending(tx, now)
        told = runways.told(tx, ending)
        steps = [(each, each.step(now)) for each in ending]
        waiting = [(each, step) for each, step in steps if step and _key(each, step) not in told]
        if not waiting:
            return []
        everyone = [each for each in people.everyone(tx, now) if each.active]
        ids = [each.id for each in everyone]
        known = contacts.plain_of(tx, vault, OwnerKind.PERSON, ids)
    mails = {key: mail for (key, kind), mail in known.items() if kind is ContactKind.MAIL}
    reach = mails if parts.mail is not None else {}
    found = []
    for each, step in waiting:
        heard = renewing.hears(everyone, each)
        found.append(_Told(each, step, {p.id: reach[p.id] for p in heard if p.id in reach}))
    return found


def _lay_out(parts: Parts, come: Sequence[_Told]) -> int:
    """Rows and letters are one transaction: nothing is told twice, nothing is told by half."""
    key = parts.key  # read before the transaction: it may be made at its first use
    with parts.store.writing(durable=True) as tx:
        told = runways.told(tx, [each.ending for each in come])
        fresh = [each for each in come if _key(each.ending, each.step) not in told]
        last = max((_note(tx, each) for each in fresh), default=0)
        letters = 0
        for who, mail in {who: mail for each in fresh for who, mail in each.to.items()}.items():
            mine = [
                _notice(parts.desk.url, key, each.ending, tx.second)
                for each in fresh
                if who in each.to
            ]
            body = codec.encode(runway_reminder.compose(mine, parts.desk.url))
            letters += outbox.put(tx, CHANNEL, f"renewing/{last}/{who}", mail, body, tx.second)
    return letters


def _key(ending: Ending, step: int) -> runways.Told:
    return (ending.reader, ending.account_id, ending.expires_at, step)


def _note(tx: Writing, each: _Told) -> int:
    account = str(each.ending.account_id)
    audit.add(tx, None, "授权到期提醒", "account", account, f"剩{each.step}天")
    return runways.tell(tx, each.ending, each.step, each.to)


def _notice(desk: str, key: bytes, ending: Ending, now: int) -> Notice:
    """With a link that holds until the end itself, for this account and no other."""
    link = ""
    if ending.account_id and ending.reader in CONNECTS:
        made = Invitation(ending.reader, ending.account_id, ending.expires_at)
        link = invitations.address(key, desk, made)
    return Notice(ending, ending.left(now), link)
