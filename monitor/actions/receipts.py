"""Receipt links: what somebody without a login may do with one: fill in one unit's one form."""

from dataclasses import dataclass
from typing import Final

from monitor.access import lockout, tokens
from monitor.access.declared import free
from monitor.access.lockout import Patience
from monitor.actions.reporting import Filled, Filling, take
from monitor.domain.errors import Forbidden
from monitor.domain.instants import HOUR, MINUTE
from monitor.domain.receipt import REPORT, ReceiptLink, Standing, standing
from monitor.domain.scope import Scope
from monitor.record import receipt_links, sessions, units
from monitor.record.report_lines import Author
from monitor.record.screens import reporting
from monitor.record.screens.reporting import Asked
from monitor.record.store import Reading, Store, Writing

__all__ = ["Form", "Refused", "form_of", "genuine", "send"]

genuine = tokens.genuine
GUESSES: Final = Patience(free=20, step=5, window=HOUR)
"""Links nobody made, by address; a whole bureau may sit behind one."""
SENDINGS: Final = Patience(free=40, step=10, window=HOUR)
"""Forms sent by one link."""


class Refused(Forbidden):
    """A link that opens nothing; `standing` says why."""

    def __init__(self, why: Standing) -> None:
        super().__init__(_WHY[why], "", "请向下达填报的单位索取新的链接")
        self.standing = why


_WHY: Final = {
    Standing.UNKNOWN: "这个链接无效",
    Standing.EXPIRED: "这个链接已过期",
    Standing.REVOKED: "这个链接已被撤回",
    Standing.LIVE: "",
}


@dataclass(frozen=True, slots=True)
class Form:
    """The form behind a link: whose, for which week, until when, and its lines."""

    link_id: int
    week: str
    unit_name: str
    due: int
    expires_at: int
    asked: tuple[Asked, ...]

    @property
    def filled(self) -> bool:
        """Whether every line was submitted."""
        return all(each.submitted_at is not None for each in self.asked)


@free("the signed link is the right to one form")
def form_of(store: Store, key: bytes, token: str, address: str, now: int) -> Form:
    """The form a token opens; Refused where it opens none, Forbidden where one must wait."""
    if not tokens.genuine(key, token):
        _guessed(store, address)
        raise Refused(Standing.UNKNOWN)
    with store.reading() as tx:
        return _form(tx, _live(tx, token, now), now)


@free("the signed link is the right to one form")
def send(store: Store, key: bytes, token: str, filling: Filling) -> Filled:
    """Save the lines of a link's own unit and week; Forbidden for any other account or week."""
    if not tokens.genuine(key, token):
        raise Refused(Standing.UNKNOWN)
    with store.writing(durable=True) as tx:
        link = _live(tx, token, tx.second)
        _slow_down(tx, f"link {link.id}", SENDINGS)
        form = _form(tx, link, tx.second)
        if filling.week != form.week:
            raise Forbidden("这个链接只用于一个周次的填报", "", "请刷新后重新填写")
        return take(tx, filling, form.asked, Author(link_id=link.id))


def _live(tx: Reading, token: str, now: int) -> ReceiptLink:
    link = receipt_links.find(tx, tokens.digest(token))
    worth = standing(link, REPORT, now)
    if link is None or worth is not Standing.LIVE:
        raise Refused(worth)
    return link


def _form(tx: Reading, link: ReceiptLink, now: int) -> Form:
    task = receipt_links.task(tx, link.task_id)
    unit = next((each for each in units.all_units(tx) if each.id == link.unit_id), None)
    if task is None or unit is None:
        raise Refused(Standing.UNKNOWN)
    scope = Scope(frozenset({unit.path}))
    asked = reporting.sheet(tx, scope, now, task.week, link.unit_id)
    wanted = tuple(each for each in asked if not each.held or each.version)
    return Form(link.id, task.week, unit.name, task.due, link.expires_at, wanted)


def _guessed(store: Store, address: str) -> None:
    """Count a guess; once there were too many, nothing is even written down for a while."""
    with store.writing() as tx:
        _slow_down(tx, f"receipt {address}", GUESSES)


def _slow_down(tx: Writing, who: str, patience: Patience) -> None:
    tried = sessions.attempts(tx, who, who, tx.second - patience.window)
    seconds = lockout.delay(tried.by_address, patience, tx.second)
    if seconds:
        raise Forbidden(f"操作过于频繁,请在{-(-seconds // MINUTE)}分钟后再试")
    sessions.attempt(tx, who, who)
