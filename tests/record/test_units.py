"""Units: a tree with paths by id, a revision per change, and nothing written where nothing did."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.errors import InputError
from monitor.domain.unit import Level, Unit
from monitor.record import units
from monitor.record.store import Store
from tests.record.builders import COUNTY, ROOT, rows

CITY = Unit("421000000000", "荆州市公安局", Level.PREFECTURE, ROOT.code)


def save(store: Store, *given: Unit) -> int:
    with store.writing() as tx:
        return units.save(tx, given)


def known(store: Store) -> dict[str, Unit]:
    with store.reading() as tx:
        return {unit.code: unit for unit in units.all_units(tx)}


def test_parents_may_come_after_their_children_and_paths_are_ids_from_the_root(
    store: Store,
) -> None:
    assert save(store, replace(COUNTY, parent_code=CITY.code), CITY, ROOT) == 3
    found = known(store)
    ids = {code: unit.id for code, unit in found.items()}
    county = found[COUNTY.code]
    assert county.path == f"/{ids[ROOT.code]}/{ids[CITY.code]}/{ids[COUNTY.code]}/"
    assert replace(county, id=None, path="", parent_code=COUNTY.parent_code) == COUNTY


def test_the_same_units_again_write_nothing(store: Store) -> None:
    save(store, ROOT, CITY)
    before = rows(store, "SELECT count(*) FROM unit_rev")
    assert save(store, ROOT, CITY) == 0
    assert save(store, *known(store).values()) == 0
    assert rows(store, "SELECT count(*) FROM unit_rev") == before


def test_a_new_name_is_a_new_revision_and_the_old_one_is_kept(store: Store) -> None:
    save(store, ROOT, CITY)
    assert save(store, replace(CITY, name="荆州公安")) == 1
    names = "SELECT name FROM unit_rev WHERE unit_id = 2 ORDER BY recorded_at"
    assert rows(store, names) == [("荆州市公安局",), ("荆州公安",)]


def test_what_stands_below_moves_with_a_unit(store: Store) -> None:
    other = Unit("420100000000", "武汉市公安局", Level.PREFECTURE, ROOT.code)
    save(store, ROOT, CITY, other, replace(COUNTY, parent_code=CITY.code))
    assert save(store, replace(CITY, parent_code=other.code)) == 2
    found = known(store)
    assert found[COUNTY.code].path.startswith(found[other.code].path)


def test_a_change_with_a_date_keeps_what_held_before_it(store: Store) -> None:
    save(store, ROOT, CITY)
    assert save(store, replace(CITY, name="新名", valid_from=date(2026, 5, 1))) == 1
    open_rows = (
        "SELECT name FROM unit_rev WHERE unit_id = 2 AND superseded_at > 4000000000000000000"
        " ORDER BY valid_from"
    )
    assert rows(store, open_rows) == [("荆州市公安局",), ("新名",)]
    assert known(store)[CITY.code].valid_from == date(2026, 5, 1)


def test_an_unknown_parent_and_a_unit_below_itself_are_named(store: Store) -> None:
    with pytest.raises(InputError, match=r"上级机构代码420000000000不在机构表里.*421000000000"):
        save(store, CITY)
    loop = [replace(ROOT, parent_code=CITY.code), CITY]
    with pytest.raises(InputError, match="自己的上级"):
        save(store, *loop)
    assert rows(store, "SELECT count(*) FROM unit") == [(0,)]
