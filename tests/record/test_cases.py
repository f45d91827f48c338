"""Cases keep their number, their moves and one live row an account, on both stores."""

import pytest

from monitor.coordinate.case import follow, open_case
from monitor.coordinate.case_moves import Act
from monitor.domain.case import Case, Move, Problem, Reason, Side, State
from monitor.record import cases
from monitor.record.case_values import from_values, to_values
from monitor.record.cases import Moved, Opened, Place
from monitor.record.store import Store
from tests.builders import a_unit, an_account
from tests.coordinate.test_case import TO_THE_UNIT, a_case, lived


def a_place(store: Store, name: str = "平安江陵(演示)") -> Place:
    with store.writing() as tx:
        root = a_unit(tx, "省厅", "420000000000")
        unit = a_unit(tx, "江陵县公安局", "421024000000", root)
        return Place(root, unit, an_account(tx, unit, name))


OPENED = Opened("系统监测", "{}", "0" * 64, None)
CASE = open_case((Problem("睡眠", "截至11月23日已40天未更新"),), transit=False)


def test_numbers_count_up_per_office_and_an_account_has_one_live_case(store: Store) -> None:
    place = a_place(store)
    with store.writing() as tx:
        second = an_account(tx, place.unit_id, "江陵公安(演示)", "douyin")
        one = cases.begin(tx, place, OPENED, CASE)
        two = cases.begin(tx, Place(place.desk_id, place.unit_id, second), OPENED, CASE)
        assert (one.number, two.number) == ("整改〔2026〕001号", "整改〔2026〕002号")
        with pytest.raises(ValueError, match="one live case"):
            cases.begin(tx, place, OPENED, CASE)
        other = cases.begin(tx, a_place_in(tx), OPENED, CASE)
        assert other.serial == 1


def a_place_in(tx: object) -> Place:
    root = a_unit(tx, "另一省厅", "990000000000")  # type: ignore[arg-type]
    return Place(root, root, an_account(tx, root, "别处(演示)"))  # type: ignore[arg-type]


def test_a_case_is_swapped_once_and_a_later_one_of_the_account_is_its_second(
    store: Store,
) -> None:
    place = a_place(store)
    with store.writing() as tx:
        kept = cases.begin(tx, place, OPENED, CASE)
        act = Act(Move.DISMISS, 1, Side.DESK, reason=Reason.MISREAD)
        after = follow(kept.case, act, tx.second)
        assert cases.put(tx, kept, after, None)
        assert not cases.put(tx, kept, after, None)
        cases.note(tx, kept, after, Moved(Move.DISMISS, Side.DESK, 1))
        assert cases.live_of(tx, [place.account_id]) == {}
        again = cases.begin(tx, place, OPENED, CASE)
        assert again.nth == 2
        found = cases.get(tx, kept.id)
    assert found is not None
    assert found.case.state is State.UNFOUNDED
    assert found.version == 1


@pytest.mark.parametrize("steps", range(len(TO_THE_UNIT) + 1))
def test_a_case_comes_back_from_its_row_as_it_went_in(steps: int) -> None:
    case: Case = lived(a_case(problems=2), *TO_THE_UNIT[:steps])
    assert from_values(to_values(case)) == case
