"""Scope in SQL: sub-trees are ranges, lines are united with them, nothing sees nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select, union_all

from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.record.screens.scoping import below, may_see, sees_all, visible
from monitor.record.store import Store
from tests.builders import T, a_unit, an_account, put
from tests.conftest import NOW

SECOND = int(NOW.timestamp())


def names(store: Store, scope: Scope, **more: bool) -> set[str]:
    with store.reading() as tx:
        seen = visible(tx, scope, SECOND, **more)
        return set(tx.conn.execute(select(seen.c.name)).scalars())


@pytest.fixture
def paths(store: Store) -> dict[str, str]:
    """Twelve counties, so that '/1/2/' stands beside '/1/12/' and '/1/2/…'."""
    made: dict[str, str] = {}
    with store.writing() as tx:
        root = a_unit(tx, "省厅", "420000000000")
        made["省厅"] = f"/{root}/"
        for number in range(1, 13):
            line = "交警" if number == 7 else ""
            unit = a_unit(tx, f"县{number}", f"42{number:010}", root, line=line)
            made[f"县{number}"] = f"/{root}/{unit}/"
            station = a_unit(tx, f"所{number}", f"43{number:010}", unit)
            an_account(tx, unit, f"县{number}号")
            an_account(tx, station, f"所{number}号", line="户政" if number == 3 else "")
    return made


def test_nothing_is_seen_with_an_empty_scope(store: Store, paths: dict[str, str]) -> None:
    assert names(store, NOTHING) == set()


def test_everything_is_seen_from_the_root(store: Store, paths: dict[str, str]) -> None:
    assert len(names(store, EVERYTHING)) == 24
    assert names(store, Scope(frozenset({paths["省厅"]}))) == names(store, EVERYTHING)


@pytest.mark.parametrize("county", [1, 2, 11, 12])
def test_a_county_sees_itself_and_its_stations_and_no_namesake(
    store: Store, paths: dict[str, str], county: int
) -> None:
    scope = Scope(frozenset({paths[f"县{county}"]}))
    assert names(store, scope) == {f"县{county}号", f"所{county}号"}


def test_lines_are_united_with_trees(store: Store, paths: dict[str, str]) -> None:
    scope = Scope(frozenset({paths["县2"]}), frozenset({"交警", "户政"}))
    assert names(store, scope) == {"县2号", "所2号", "县7号", "所3号"}


def test_an_officers_own_account_is_in_no_list(store: Store, paths: dict[str, str]) -> None:
    with store.writing() as tx:
        unit = tx.conn.execute(select(T["unit"].c.id)).scalars().first()
        assert unit is not None
        an_account(tx, unit, "个人号", kind="民警个人")
    assert "个人号" not in names(store, EVERYTHING)
    assert "个人号" not in names(store, EVERYTHING, official=False)
    assert "个人号" in names(store, EVERYTHING, official=False, register=True)


def test_an_account_has_one_row_whatever_its_revisions(store: Store) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "旧名", "420000000000", valid_until=SECOND - DAY)
        row = {"unit_id": unit, "recorded_at": tx.stamp, "level": "省厅", "path": f"/{unit}/"}
        put(tx, "unit_rev", **row, name="新名", valid_from=SECOND - DAY, valid_until=1 << 62)
        put(tx, "unit_rev", **row, name="将来名", valid_from=SECOND + DAY, valid_until=1 << 62)
        account = an_account(tx, unit, "号")
    with store.reading() as tx:
        seen = visible(tx, EVERYTHING, SECOND)
        rows = tx.conn.execute(select(seen.c.account_id, seen.c.unit_name)).all()
    assert [tuple(row) for row in rows] == [(account, "新名")]


def test_an_account_of_a_dissolved_unit_does_not_vanish(store: Store) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "撤销的所", "420000000000", valid_until=SECOND - DAY)
        an_account(tx, unit, "无主号")
    assert names(store, EVERYTHING) == {"无主号"}


def test_one_account_is_seen_by_those_above_it_only(store: Store, paths: dict[str, str]) -> None:
    with store.reading() as tx:
        account = tx.conn.execute(
            select(T["account_rev"].c.account_id).where(T["account_rev"].c.name == "所2号")
        ).scalar_one()
        assert may_see(tx, Scope(frozenset({paths["县2"]})), SECOND, account)
        assert not may_see(tx, Scope(frozenset({paths["县12"]})), SECOND, account)
        assert not may_see(tx, NOTHING, SECOND, account)


def test_the_whole_house_is_seen_from_its_roots_only(store: Store, paths: dict[str, str]) -> None:
    with store.reading() as tx:
        assert sees_all(tx, EVERYTHING, SECOND)
        assert sees_all(tx, Scope(frozenset({paths["省厅"]})), SECOND)
        assert not sees_all(tx, Scope(frozenset({paths["县2"]}), frozenset({"交警"})), SECOND)
        assert not sees_all(tx, NOTHING, SECOND)


PATH = st.lists(st.integers(1, 130), min_size=1, max_size=4).map(
    lambda ids: "/" + "".join(f"{each}/" for each in ids)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(PATH, min_size=1, max_size=12, unique=True), root=PATH | st.just("/"))
def test_a_range_of_texts_is_the_sub_tree(store: Store, found: list[str], root: str) -> None:
    """The oracle is Python's startswith."""
    given_paths = union_all(*(select(literal(path).label("path")) for path in found)).subquery()
    with store.reading() as tx:
        inside = select(given_paths.c.path).where(below(tx, given_paths.c.path, root))
        assert set(tx.conn.execute(inside).scalars()) == {
            path for path in found if path.startswith(root)
        }
