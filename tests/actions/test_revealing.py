"""A number is shown for a purpose, within reach, so many an hour, and each look is on record."""

import pytest
from sqlalchemy import text

from monitor.actions import revealing
from monitor.actions.revealing import Why
from monitor.domain.contact import OwnerKind
from monitor.domain.duty import Liaison, Phones
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Person, Role
from monitor.record import contacts, office_settings, reasons
from monitor.record import rosters as kept
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.actions.test_ledgers import paths  # noqa: F401
from tests.builders import VAULT
from tests.conftest import StandingClock

NUMBER = "13800001234"
WHY = Why("核实停更原因", "电话核实一次")


@pytest.fixture
def contact(store: Store, paths: dict[str, str]) -> int:  # noqa: F811
    """A liaison's mobile, in 江陵县."""
    with store.writing() as tx:
        given = Liaison("421024000000", "王某", since="2026-01-01")
        key = kept.keep_liaison(tx, VAULT, given, Phones(mobile=NUMBER))
        [found] = contacts.of_many(tx, OwnerKind.LIAISON, [key])[key]
    return found.id


@pytest.fixture
def editor(enrol: Enrol) -> Person:
    return enrol("editor", Role.EDITOR)


def look(store: Store, who: Person, contact: int, why: Why = WHY) -> str:
    return revealing.reveal(store, who, VAULT, contact, why)


def looks(store: Store) -> list[str]:
    with store.reading() as tx:
        rows = tx.conn.execute(text("SELECT action, reason FROM audit ORDER BY seq"))
        return [row.reason for row in rows if row.action == revealing.ACTION]


def test_a_number_is_shown_for_a_reason_that_is_written_down(
    store: Store,
    editor: Person,
    contact: int,
    enrol: Enrol,
    paths: dict[str, str],  # noqa: F811
) -> None:
    assert look(store, editor, contact) == NUMBER
    far = enrol("wh", Role.LIAISON, paths["武汉市公安局"])
    with pytest.raises(Forbidden, match="范围"):
        look(store, far, contact)
    with pytest.raises(Forbidden, match="权限"):
        look(store, enrol("see", Role.VIEWER), contact)
    assert looks(store) == ["事由:第1号"]
    with store.reading() as tx:
        assert reasons.texts(tx, VAULT, [1]) == {1: "核实停更原因;电话核实一次"}


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why("其他"), "请填写事由"),
        (Why("其他", "看看"), "请填写事由"),
        (Why("好奇"), "请选择"),
        (Why("核实停更原因", "机密★文件"), "机密"),
    ],
)
def test_without_a_purpose_nothing_is_shown_or_written(
    store: Store, editor: Person, contact: int, why: Why, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        look(store, editor, contact, why)
    assert looks(store) == []


def test_so_many_an_hour_and_no_more_for_each_person(
    store: Store, editor: Person, contact: int, enrol: Enrol, clock: StandingClock
) -> None:
    with store.writing() as tx:
        office_settings.put(tx, office_settings.REVEALS, {"per_hour": 2}, None)
    look(store, editor, contact)
    clock.move(minutes=30)
    look(store, editor, contact)
    with pytest.raises(Forbidden, match="一小时内已查看2个联系方式"):
        look(store, editor, contact)
    assert look(store, enrol("other", Role.EDITOR), contact) == NUMBER
    clock.move(minutes=30, seconds=1)
    assert look(store, editor, contact) == NUMBER
    assert len(looks(store)) == 4


def test_thirty_an_hour_where_the_office_set_nothing(
    store: Store, editor: Person, contact: int
) -> None:
    for _ in range(30):
        look(store, editor, contact)
    with pytest.raises(Forbidden, match="一小时内已查看30个"):
        look(store, editor, contact)
