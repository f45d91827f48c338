"""巡查分工: by place and by person; each sees the own part, and who leaves gives it back."""

from collections.abc import Callable

import pytest

from monitor.actions import people, turns
from monitor.actions.turns import Sharing
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Person, Role
from monitor.domain.scope import EVERYTHING
from monitor.record.screens import patrol
from monitor.record.screens import turns as screens
from monitor.record.screens.patrol import Asked
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import a_unit, an_account
from tests.conftest import NOW

AT = int(NOW.timestamp())
WEEK = AT + 7 * DAY
Enter = Callable[..., Person]


class Province:
    """Two cities; the first has a county, with seven accounts, and five of its own."""

    def __init__(self, store: Store) -> None:
        with store.writing() as tx:
            self.root = a_unit(tx, "某厅", "990000000000", level="省厅")
            self.city = a_unit(tx, "甲市公安局", "991000000000", self.root, level="市州局")
            self.county = a_unit(tx, "乙县公安局", "991024000000", self.city)
            self.other = a_unit(tx, "丙市公安局", "992000000000", self.root, level="市州局")
            for unit, many in ((self.city, 5), (self.county, 7), (self.other, 3)):
                for number in range(many):
                    an_account(tx, unit, f"{unit}-{number}(演示)", "douyin")
        self.path = f"/{self.root}/{self.city}/"


@pytest.fixture
def province(store: Store) -> Province:
    return Province(store)


def waiting(store: Store, whose: int | None, at: int = AT) -> set[str]:
    with store.reading() as tx:
        rows = patrol.queue(tx, EVERYTHING, at, Asked(whose=whose), limit=200).rows
    return {each.name for each in rows}


def test_each_of_two_sees_the_own_part_and_together_they_see_all(
    store: Store, province: Province, enrol: Enrol
) -> None:
    editor = enrol("editor", Role.EDITOR)
    one, two = (enrol(name, Role.LIAISON, province.path) for name in ("one", "two"))
    sharing = Sharing(province.city, (one.id, two.id), WEEK)
    assert turns.give(store, editor, sharing) == 2
    first, second = waiting(store, one.id), waiting(store, two.id)
    assert not first & second
    assert len(first | second) == 12
    assert min(len(first), len(second)) >= 5
    assert len(waiting(store, 0)) == 3
    assert len(waiting(store, None)) == 15
    with store.reading() as tx:
        found = screens.shared(tx, EVERYTHING, AT)
    assert [(each.turn.person_id, each.waiting) for each in found] == [
        (one.id, len(first)),
        (two.id, len(second)),
    ]
    assert found[0].seconds == len(first) * 40
    assert waiting(store, one.id, WEEK + DAY) == set()


def test_a_county_of_its_own_goes_before_its_city_and_a_new_sharing_replaces_the_old(
    store: Store, province: Province, enrol: Enrol
) -> None:
    editor = enrol("editor", Role.EDITOR)
    one = enrol("one", Role.LIAISON, province.path)
    two = enrol("two", Role.LIAISON, province.path)
    turns.give(store, editor, Sharing(province.city, (one.id,), WEEK))
    turns.give(store, editor, Sharing(province.county, (two.id,), WEEK))
    assert (len(waiting(store, one.id)), len(waiting(store, two.id))) == (5, 7)
    turns.give(store, editor, Sharing(province.city, (two.id,), WEEK))
    assert (len(waiting(store, one.id)), len(waiting(store, two.id))) == (0, 12)
    assert turns.take_back(store, editor, province.county) == 1
    assert len(waiting(store, two.id)) == 12
    assert turns.take_back(store, editor, province.city) == 1
    assert len(waiting(store, 0)) == 15


def test_the_part_of_somebody_who_left_falls_back_to_the_pool(
    store: Store, province: Province, enrol: Enrol
) -> None:
    editor = enrol("editor", Role.EDITOR)
    one, two = (enrol(name, Role.LIAISON, province.path) for name in ("one", "two"))
    turns.give(store, editor, Sharing(province.city, (one.id, two.id), WEEK))
    left = waiting(store, two.id)
    people.disable(store, None, two.id)
    assert waiting(store, two.id) == set()
    assert left < waiting(store, 0)
    assert len(waiting(store, 0)) == 3 + len(left)


def test_only_within_reach_and_only_to_whom_may_look_there(
    store: Store, province: Province, enrol: Enrol
) -> None:
    liaison = enrol("liaison", Role.LIAISON, province.path)
    outsider = enrol("outsider", Role.LIAISON, f"/{province.root}/{province.other}/")
    viewer = enrol("viewer", Role.VIEWER, province.path)
    for people_, until in (
        ((outsider.id,), WEEK),
        ((viewer.id,), WEEK),
        ((), WEEK),
        ((liaison.id, liaison.id), WEEK),
        ((liaison.id,), AT),
        ((liaison.id,), AT + 400 * DAY),
    ):
        with pytest.raises(InputError):
            turns.give(store, liaison, Sharing(province.city, people_, until))
    with pytest.raises(Forbidden):
        turns.give(store, liaison, Sharing(province.other, (outsider.id,), WEEK))
    with pytest.raises(Forbidden):
        turns.give(store, enrol("op", Role.OPERATOR, province.path), Sharing(1, (1,), WEEK))
    assert waiting(store, liaison.id) == set()
