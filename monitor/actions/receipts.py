"""Receipt links: what somebody without a login may do with one: fill in one unit's one form."""

from dataclasses import dataclass

from monitor.access import tokens
from monitor.access.declared import free
from monitor.actions.receipt_door import SENDINGS, Refused, kind_of, live, slow_down
from monitor.actions.reporting import Filled, Filling, take
from monitor.domain.errors import Forbidden
from monitor.domain.receipt import REPORT, ReceiptLink, Standing
from monitor.domain.scope import Scope
from monitor.record import receipt_links, units
from monitor.record.report_lines import Author
from monitor.record.screens import reporting
from monitor.record.screens.reporting import Asked
from monitor.record.store import Reading, Store

__all__ = ["Form", "Refused", "form_of", "genuine", "kind_of", "send"]

genuine = tokens.genuine


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
    kind_of(store, key, token, address)
    with store.reading() as tx:
        return _form(tx, live(tx, token, REPORT, now), now)


@free("the signed link is the right to one form")
def send(store: Store, key: bytes, token: str, filling: Filling) -> Filled:
    """Save the lines of a link's own unit and week; Forbidden for any other account or week."""
    if not tokens.genuine(key, token):
        raise Refused(Standing.UNKNOWN)
    with store.writing(durable=True) as tx:
        link = live(tx, token, REPORT, tx.second)
        slow_down(tx, f"link {link.id}", SENDINGS)
        form = _form(tx, link, tx.second)
        if filling.week != form.week:
            raise Forbidden("这个链接只用于一个周次的填报", "", "请刷新后重新填写")
        return take(tx, filling, form.asked, Author(link_id=link.id))


def _form(tx: Reading, link: ReceiptLink, now: int) -> Form:
    task = receipt_links.task(tx, link.task_id)
    unit = units.by_id(tx, link.unit_id)
    if task is None or unit is None:
        raise Refused(Standing.UNKNOWN)
    scope = Scope(frozenset({unit.path}))
    asked = reporting.sheet(tx, scope, now, task.week, link.unit_id)
    wanted = tuple(each for each in asked if not each.held or each.version)
    return Form(link.id, task.week, unit.name, task.due, link.expires_at, wanted)
