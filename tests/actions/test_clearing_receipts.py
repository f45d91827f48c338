"""自查 by a link: one tap attests what the ledger holds of one unit, and touches nobody else's."""

import pytest

from monitor.actions import acknowledging, clearing_lines, clearing_receipts
from monitor.actions.clearing_lines import Checking, Filling, Said
from monitor.actions.clearing_receipts import Made
from monitor.actions.sending import Sent
from monitor.domain.clearing import Answer as Word
from monitor.domain.clearing import Move, State
from monitor.domain.errors import InputError
from monitor.domain.receipt import ALL_TRUE, ATTESTING, Answer
from monitor.record.screens import clearings as screens
from monitor.record.store import Store
from tests.actions.test_clearing import AT, Office

KEY = b"k" * 32


@pytest.fixture
def office(either_store: Store) -> Office:
    return Office(either_store)


def links(office: Office, key: int) -> dict[str, Made]:
    made = clearing_receipts.make(office.store, office.city, KEY, key, office.sent())
    return {each.unit_name: each for each in made}


def send(office: Office, made: Made, note: str, pressed: str = "r1", on: int = 0) -> None:
    answer = (Answer(note=note), Sent("receipt", pressed, on))
    acknowledging.send(office.store, KEY, made.token, "10.0.0.1", answer)


def states(office: Office, key: int) -> dict[str, tuple[State, Word | None]]:
    names = {account: name for name, account in office.accounts.items()}
    return {
        names[each.account_id]: (each.line.state, each.line.answer)
        for each in office.lines(key)
        if each.account_id in names
    }


def test_one_tap_attests_all_a_unit_has_and_nothing_of_anybody_else(office: Office) -> None:
    key = office.deploy()
    made = links(office, key)
    assert set(made) == {"甲市局", "甲县局"}
    told = made["甲县局"].task.told
    assert "甲县wechat(演示)" in told
    assert "乙县" not in told
    send(office, made["甲县局"], ALL_TRUE)
    after = states(office, key)
    for name, standing in after.items():
        mine = name.startswith("甲县")
        assert standing == ((State.ANSWERED, Word.TRUE) if mine else (State.WAITING, None))
    assert set(links(office, key)) == {"甲市局"}
    own = {each.id: each.version for each in office.lines(key) if each.line.answer}
    checking = Checking(key, own, Move.CONFIRM)
    assert clearing_lines.check(office.store, office.city, checking, office.sent()) == 2


def test_a_unit_that_says_something_differs_leaves_its_accounts_open_and_is_told_of(
    office: Office,
) -> None:
    key = office.deploy()
    made = links(office, key)["甲县局"]
    send(office, made, ATTESTING.choices[0])
    assert {each for each, _ in states(office, key).values()} == {State.WAITING}
    with office.store.reading() as tx:
        assert screens.differing(tx, office.city.scope, AT, key) == ("甲县局",)
        assert screens.differing(tx, office.unit.scope, AT, key + 1) == ()
    send(office, made, ALL_TRUE, "r2", 1)
    with office.store.reading() as tx:
        assert screens.differing(tx, office.city.scope, AT, key) == ()


def test_what_was_answered_in_the_desk_meanwhile_stands(office: Office) -> None:
    key = office.deploy()
    made = links(office, key)["甲县局"]
    (line,) = [
        each for each in office.lines(key) if each.account_id == office.accounts["甲县weibo(演示)"]
    ]
    filling = Filling(key, {line.id: Said(Word.CLOSE, "无人维护")}, {line.id: line.version})
    clearing_lines.answer(office.store, office.unit, filling, office.sent())
    send(office, made, ALL_TRUE)
    after = states(office, key)
    assert after["甲县weibo(演示)"] == (State.ANSWERED, Word.CLOSE)
    assert after["甲县wechat(演示)"] == (State.ANSWERED, Word.TRUE)


def test_where_nobody_owes_anything_no_link_is_made(office: Office) -> None:
    key = office.deploy()
    for each in links(office, key).values():
        send(office, each, ALL_TRUE, each.unit_name)
    with pytest.raises(InputError, match="没有需要自查的单位"):
        links(office, key)
