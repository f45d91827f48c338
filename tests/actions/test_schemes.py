"""考核方案: copied, edited with faults told by line, sent out for comment, issued by another."""

from pathlib import Path

import pytest

from monitor.actions import schemes
from monitor.domain.assessment import Move, State
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.person import Person
from monitor.record import schemes as kept_schemes
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.actions.assessing_office import Office


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


def test_a_scheme_is_copied_and_edited_and_told_its_faults_by_line(
    office: Office,
) -> None:
    store, data = office.store, ROOT / "data"
    key = schemes.begin(store, office.assessor, data, "hubei-police-default", office.sent())
    with store.reading() as tx:
        kept = kept_schemes.get(tx, key)
    assert kept is not None
    assert (kept.number, kept.state) == (2, State.DRAFTING)
    with pytest.raises(InputError, match="行"):
        broken = kept.text.replace("max: 30", "max: 31")
        schemes.save_text(store, office.assessor, key, broken, office.sent(kept.version))
    with pytest.raises(InputError, match="不能改"):
        other = kept.text.replace("version: 2", "version: 9")
        schemes.save_text(store, office.assessor, key, other, office.sent(kept.version))
    better = kept.text.replace("opens_above: 80", "opens_above: 85")
    schemes.save_text(store, office.assessor, key, better, office.sent(kept.version))
    with pytest.raises(Overtaken):
        schemes.save_text(store, office.assessor, key, better, office.sent(kept.version))


def press(office: Office, key: int, who: Person, move: Move) -> str:
    """A button on a revision."""
    with office.store.reading() as tx:
        now = kept_schemes.get(tx, key)
    assert now is not None
    does = schemes.put_in_force if move is Move.PUT_IN_FORCE else schemes.press
    pressed = schemes.Pressed(key, now.version, move, "再改一处")
    return does(office.store, who, pressed, office.sent())


def test_a_scheme_is_issued_by_another_and_the_next_is_copied_from_it(office: Office) -> None:
    store, data = office.store, ROOT / "data"
    key = schemes.begin(store, office.assessor, data, "hubei-police-default", office.sent())
    with store.reading() as tx:
        kept = kept_schemes.get(tx, key)
    assert kept is not None
    press(office, key, office.assessor, Move.CONSULT)
    with pytest.raises(Conflict):
        schemes.save_text(store, office.assessor, key, kept.text, office.sent(99))
    press(office, key, office.assessor, Move.TAKE_BACK)
    press(office, key, office.assessor, Move.CONSULT)
    with pytest.raises(Forbidden):
        press(office, key, office.assessor, Move.PUT_IN_FORCE)
    assert press(office, key, office.head, Move.PUT_IN_FORCE) == "印发生效"
    again = schemes.begin(store, office.assessor, data, "hubei-police-default@2", office.sent())
    with store.reading() as tx:
        third = kept_schemes.get(tx, again)
    assert third is not None
    assert third.number == 3
