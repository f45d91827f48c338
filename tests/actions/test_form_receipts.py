"""Links of a distribution: a press that arrives twice is one press."""

from sqlalchemy import func, select

from monitor.actions import form_receipts, forms
from monitor.actions.forms import NewRound
from monitor.actions.sending import Sent
from monitor.domain.unit import Level
from monitor.record import units
from monitor.record.store import Store
from tests.actions.test_ledgers import a_province
from tests.builders import T
from tests.conftest import NOW

KEY = b"k" * 32
DUE = int(NOW.timestamp()) + 86_400


def counted(store: Store) -> tuple[int, int]:
    """Links that were made, and entries in the audit that say so."""
    with store.reading() as tx:
        links = select(func.count()).select_from(T["receipt_link"])
        said = select(func.count()).where(T["audit"].c.action == "生成签收链接")
        return tx.conn.execute(links).scalar_one(), tx.conn.execute(said).scalar_one()


def test_a_press_that_arrives_twice_makes_its_links_once_and_shows_the_same(store: Store) -> None:
    with store.writing() as tx:
        units.save(tx, a_province())
    sent = forms.send(store, None, NewRound("11月台账核对", Level.PREFECTURE.value, DUE))[0]
    made = form_receipts.make(store, None, KEY, sent, Sent("form-links", "a"))
    assert len({each.token for each in made}) == len(made) > 1
    once = counted(store)
    assert form_receipts.make(store, None, KEY, sent, Sent("form-links", "a")) == made
    assert counted(store) == once == (len(made), 1)
    fresh = form_receipts.make(store, None, KEY, sent, Sent("form-links", "b"))
    assert not {each.token for each in fresh} & {each.token for each in made}
    assert counted(store) == (2 * len(made), 2)
