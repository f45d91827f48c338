"""退出链接: one officer's way out of the matrix, made and ended by who keeps the papers.

Who holds the link needs no login and opens nothing but his own withdrawal.
"""

from dataclasses import dataclass, field
from typing import Final

from monitor.access.declared import needs
from monitor.actions import permitting, receipt_door
from monitor.actions.receipt_kinds.withdrawal import task
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.officer import GONE
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import WITHDRAWAL, Task
from monitor.domain.scope import EVERYTHING
from monitor.record import audit, officers, receipt_links
from monitor.record.screens import officers as register
from monitor.record.store import Store, Writing
from monitor.report import reminder

MOST: Final = 10_000
LINK_DAYS: Final = 30
"""A link opens the withdrawal for so long; a new one may be had at any time."""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A fresh link: what it is about, until when (seconds); its token is known only now."""

    about: str
    expires_at: int
    token: str = field(repr=False)


@needs(Permission.CONSENT)
def make(store: Store, actor: Person | None, key: bytes, account_id: int) -> WayOut:
    """A link for the officer of one account; what was out before ends.

    InputError where there is no consent that could be taken back.
    """
    with store.writing(durable=True) as tx:
        by = _within(tx, actor, account_id)
        papers = officers.consents(tx, account_id)
        found = task(tx, papers[0]) if papers else None
        if found is None or officers.joining(tx, account_id).standing in GONE:
            raise InputError("没有可收回的知情同意书", "民警个人账号", "请先登记知情同意书")
        _end(tx, papers)
        until = tx.second + LINK_DAYS * DAY
        link = (WITHDRAWAL, papers[0], found.unit_id)
        token = receipt_door.issue(tx, key, link, until, by)
        audit.add(tx, by, "生成退出链接", "account", str(account_id), "")
    return WayOut(found.title, until, token)


@needs(Permission.CONSENT)
def end(store: Store, actor: Person | None, account_id: int) -> int:
    """End the links of one account; how many still opened."""
    with store.writing(durable=True) as tx:
        by = _within(tx, actor, account_id)
        ended = _end(tx, officers.consents(tx, account_id))
        audit.add(tx, by, "作废退出链接", "account", str(account_id), f"{ended}个")
    return ended


def text(made: WayOut, base: str) -> str:
    """What to send to the officer himself; `base` is the desk's address."""
    found = Task(made.about, "", 0, made.expires_at)
    return reminder.way_out(found, f"{base.rstrip('/')}/r/{made.token}")


def _within(tx: Writing, actor: Person | None, account_id: int) -> int | None:
    person = permitting.permit(tx, actor, Permission.CONSENT)
    scope = EVERYTHING if person is None else permitting.reach(person)
    if account_id not in {
        each.account_id for each in register.officers(tx, scope, tx.second, MOST)
    }:
        raise Forbidden("不是本人管理范围内的民警个人账号", "", "请联系上级办理")
    return None if person is None else person.id


def _end(tx: Writing, papers: tuple[int, ...]) -> int:
    return sum(receipt_links.revoke(tx, WITHDRAWAL, each) for each in papers)
