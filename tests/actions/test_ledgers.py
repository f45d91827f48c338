"""台账导入: looked at as often as needed; saved as it was seen, within reach, or not at all."""

import pytest

from monitor.actions import ledgers
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Role
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, audit, units
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.collect.files import books

HEADER = ["主办单位", "平台", "账号名称"]
ROWS = [["江陵县公安局", "抖音", "甲(演示)"], ["武汉市公安局", "微博", "乙(演示)"]]


@pytest.fixture
def paths(store: Store) -> dict[str, str]:
    """A province of two cities and one county; the path of each by name."""
    with store.writing() as tx:
        units.save(tx, a_province())
    with store.reading() as tx:
        return {each.name: each.path for each in units.all_units(tx)}


def a_province() -> list[Unit]:
    top, wuhan, jingzhou = "420000000000", "420100000000", "421000000000"
    return [
        Unit(top, "湖北省公安厅", Level.PROVINCE),
        Unit(wuhan, "武汉市公安局", Level.PREFECTURE, top, region_name="武汉市"),
        Unit(jingzhou, "荆州市公安局", Level.PREFECTURE, top, region_name="荆州市"),
        Unit("421024000000", "江陵县公安局", Level.COUNTY, jingzhou, region_name="荆州市"),
    ]


def asked(*rows: list[str], header: list[str] = HEADER, **more: object) -> ledgers.Asked:
    return ledgers.Asked("台账.xlsx", books.xlsx([header, *rows]), **more)  # type: ignore[arg-type]


def names(store: Store) -> list[str]:
    with store.reading() as tx:
        return [each.name for each in accounts.all_accounts(tx)]


def test_a_look_writes_nothing_and_the_save_does_what_was_seen(
    store: Store, enrol: Enrol, paths: dict[str, str]
) -> None:
    editor = enrol("editor", Role.EDITOR)
    wanted = asked(*ROWS)
    looked = ledgers.look(store, editor, wanted)
    assert looked.diff is not None
    assert len(looked.diff.added) == 2
    assert names(store) == []
    ledgers.save(store, editor, wanted, looked.fingerprint)
    assert names(store) == ["甲(演示)", "乙(演示)"]
    again = ledgers.look(store, editor, wanted)
    assert again.diff is not None
    assert (again.diff.added, again.diff.changed, len(again.diff.unchanged)) == ((), (), 2)
    with store.reading() as tx:
        assert audit.verify(tx)[0]


def test_what_changed_between_look_and_save_is_not_saved(
    store: Store, enrol: Enrol, paths: dict[str, str]
) -> None:
    editor = enrol("editor", Role.EDITOR)
    wanted = asked(*ROWS)
    seen = ledgers.look(store, editor, wanted).fingerprint
    first = asked(ROWS[0])
    ledgers.save(store, editor, first, ledgers.look(store, editor, first).fingerprint)
    with pytest.raises(Conflict, match="又有变化"):
        ledgers.save(store, editor, wanted, seen)
    assert names(store) == ["甲(演示)"]


def test_a_bad_row_holds_up_the_file_unless_it_is_to_be_skipped(
    store: Store, enrol: Enrol, paths: dict[str, str]
) -> None:
    editor = enrol("editor", Role.EDITOR)
    wanted = asked(ROWS[0], ["没有的单位", "抖音", "丙(演示)"])
    seen = ledgers.look(store, editor, wanted).fingerprint
    with pytest.raises(InputError, match="未保存"):
        ledgers.save(store, editor, wanted, seen)
    assert names(store) == []
    ledgers.save(store, editor, wanted, seen, skip_bad_rows=True)
    assert names(store) == ["甲(演示)"]


def test_a_liaison_enters_accounts_of_the_own_city_only(
    store: Store, enrol: Enrol, paths: dict[str, str]
) -> None:
    liaison = enrol("jz", Role.LIAISON, paths["荆州市公安局"])
    diff = ledgers.look(store, liaison, asked(*ROWS)).diff
    assert diff is not None
    assert [each.name for each in diff.added] == ["甲(演示)"]
    assert "本表范围" in diff.problems[0].expected
    with pytest.raises(Forbidden, match="范围"):
        ledgers.look(store, liaison, asked(*ROWS, unit_code="420100000000"))
    assert list(ledgers.places(store, liaison).values()) == ["荆州市公安局"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.SYSTEM_ADMIN])
def test_who_may_not_import_neither_looks_nor_saves(
    store: Store, enrol: Enrol, paths: dict[str, str], role: Role
) -> None:
    somebody = enrol("somebody", role)
    with pytest.raises(Forbidden, match="权限"):
        ledgers.look(store, somebody, asked(*ROWS))
    seen = ledgers.look(store, None, asked(*ROWS)).fingerprint
    with pytest.raises(Forbidden, match="权限"):
        ledgers.save(store, somebody, asked(*ROWS), seen)
    assert names(store) == []


def test_a_header_once_explained_is_known_the_next_time(
    store: Store, enrol: Enrol, paths: dict[str, str]
) -> None:
    editor = enrol("editor", Role.EDITOR)
    header = ["开办的单位名", "在哪个平台", "号的名称"]
    first = ledgers.look(store, editor, asked(ROWS[0], header=header))
    assert first.diff is None
    said = {first.shapes[0].signature: dict(zip(header, HEADER, strict=True))}
    wanted = asked(ROWS[0], header=header, chosen=said)
    ledgers.save(store, editor, wanted, ledgers.look(store, editor, wanted).fingerprint)
    later = ledgers.look(store, editor, asked(ROWS[1], header=header)).diff
    assert later is not None
    assert [each.name for each in later.added] == ["乙(演示)"]
