"""An objection waits in the province's letter until it is answered or taken back."""

from pathlib import Path

from monitor.actions import objecting
from monitor.domain.scope import EVERYTHING
from monitor.record.screens import deciding
from monitor.record.store import Store
from tests.actions.assessing_office import Office, told
from tests.conftest import NOW


def waiting(office: Office) -> int:
    with office.store.reading() as tx:
        return deciding.objections(tx, EVERYTHING, int(NOW.timestamp()))


def test_an_objection_is_counted_until_it_is_taken_back(store: Store, tmp_path: Path) -> None:
    office = Office(store, tmp_path)
    plea = office.object(told(office, office.begin()), office.unit)
    assert waiting(office) == 1
    objecting.withdraw(office.store, office.unit, plea, 1, office.sent())
    assert waiting(office) == 0
