"""Forms on record: sent, returned in either state, listed by their units' codes."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from monitor.domain.form import Form, FormState
from monitor.domain.unit import Unit
from monitor.record import forms, units
from monitor.record.store import Store
from tests.conftest import NOW, StandingClock
from tests.record.builders import COUNTY, ROOT

SECOND = int(NOW.timestamp())
DUE = SECOND + 86_400
OTHER = replace(COUNTY, code="421002000000", name="沙市区公安局")


def tree(store: Store, *every: Unit) -> dict[str, int]:
    """The ids of these units below the root, by code."""
    with store.writing() as tx:
        units.save(tx, [ROOT, *every])
        return {each.code: each.id for each in units.all_units(tx) if each.id is not None}


def sent(store: Store, ids: Sequence[int], title: str = "11月核对", mark: str = "a") -> int:
    """A distribution to these units, each with a token of its own."""
    with store.writing() as tx:
        round_id = forms.open_round(tx, title, "县级局", DUE, None)
        forms.add(tx, round_id, {unit_id: f"{mark}{unit_id}" for unit_id in ids})
    return round_id


def of(store: Store, round_id: int | None) -> list[Form]:
    with store.reading() as tx:
        return forms.of_round(tx, round_id)


def test_a_form_that_went_out_is_not_back_yet(store: Store) -> None:
    ids = tree(store, COUNTY)
    round_id = sent(store, [ids[COUNTY.code]])
    (form,) = of(store, round_id)
    assert (form.state, form.accounts, form.problems) == (FormState.OUT, 0, ())
    assert (form.file, form.returned_at) == ("", None)
    assert (form.token, form.unit_name) == (f"a{ids[COUNTY.code]}", COUNTY.name)
    assert form.path.endswith(f"/{ids[COUNTY.code]}/")


def test_forms_are_listed_by_their_units_codes_and_rounds_the_newest_first(store: Store) -> None:
    ids = tree(store, COUNTY, OTHER)
    first = sent(store, [ids[COUNTY.code], ids[OTHER.code]])
    second = sent(store, [ids[OTHER.code]], "12月核对", "b")
    assert [each.unit_code for each in of(store, first)] == [OTHER.code, COUNTY.code]
    assert [each.token for each in of(store, second)] == [f"b{ids[OTHER.code]}"]
    assert [(each.unit_code, each.round_id) for each in of(store, None)] == [
        (OTHER.code, first),
        (OTHER.code, second),
        (COUNTY.code, first),
    ]
    with store.reading() as tx:
        known = forms.rounds(tx)
    assert [(each.id, each.title) for each in known] == [(second, "12月核对"), (first, "11月核对")]
    assert {(each.due_at, each.sent_at) for each in known} == {(DUE, SECOND)}


@pytest.mark.parametrize(
    ("problems", "state"),
    [((), FormState.RETURNED), (("第3行有误", "第4行有误"), FormState.FAULTY)],
)
def test_what_came_back_is_written_down_for_that_form_alone(
    store: Store, clock: StandingClock, problems: tuple[str, ...], state: FormState
) -> None:
    ids = tree(store, COUNTY, OTHER)
    round_id = sent(store, [ids[COUNTY.code], ids[OTHER.code]])
    clock.move(hours=3)
    beside, form = of(store, round_id)
    with store.writing() as tx:
        forms.returned(tx, form, "江陵.xlsx", "0" * 64, 12, problems)
    assert of(store, round_id) == [
        beside,
        replace(
            form,
            state=state,
            accounts=12,
            problems=problems,
            file="江陵.xlsx",
            returned_at=SECOND + 3 * 3600,
        ),
    ]


def test_a_faulty_form_that_comes_back_right_is_returned(store: Store) -> None:
    round_id = sent(store, [tree(store, COUNTY)[COUNTY.code]])
    for problems in (["第3行有误"], []):
        (form,) = of(store, round_id)
        with store.writing() as tx:
            forms.returned(tx, form, "江陵.xlsx", "0" * 64, 12, problems)
    (form,) = of(store, round_id)
    assert (form.state, form.problems) == (FormState.RETURNED, ())


def test_a_token_belongs_to_one_form_and_a_distribution_stands_whole_or_not(store: Store) -> None:
    ids = tree(store, COUNTY, OTHER)
    sent(store, [ids[COUNTY.code]])
    with pytest.raises(IntegrityError), store.writing() as tx:
        again = forms.open_round(tx, "再发", "县级局", DUE, None)
        forms.add(tx, again, {ids[OTHER.code]: "z", ids[COUNTY.code]: f"a{ids[COUNTY.code]}"})
    with store.reading() as tx:
        assert [each.title for each in forms.rounds(tx)] == ["11月核对"]
    assert len(of(store, None)) == 1


def test_a_round_nobody_opened_has_no_forms(store: Store) -> None:
    assert of(store, 99) == []
    with store.reading() as tx:
        assert forms.rounds(tx) == []
