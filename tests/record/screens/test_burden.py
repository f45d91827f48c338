"""基层负担 counted in SQL is what a count by hand of the same rows gives, on both stores."""

from collections import Counter, defaultdict
from random import Random

from monitor.domain.burden import CAPS, Sort
from monitor.domain.instants import DAY
from monitor.domain.iso_week import span_of, week_of
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.record import burdens
from monitor.record.screens import burden
from monitor.record.store import Store
from tests.builders import put
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp())
FIRST, UNTIL = span_of(week_of(SECOND))
CHANCE = Random(20261126)
EDGES = (FIRST - 1, FIRST, SECOND, UNTIL - 1, UNTIL)


def scattered(store: Store, made: Filled) -> list[tuple[str, int, str]]:
    """Rounds, tasks and links at the edges of the week; the week's as (sort, unit, matter)."""
    units = sorted(made.units.values())
    inside: list[tuple[str, int, str]] = []
    with store.writing() as tx:
        for at in EDGES:
            row = {
                "title": "台账核对",
                "level": "县级局",
                "due_at": at,
                "recorded_at": at * 1_000_000,
            }
            sent = put(tx, "form_round", **row)
            for unit in CHANCE.sample(units, 5):
                blank = {"state": "未交", "accounts": 0, "problems": [], "file": "", "sha256": ""}
                put(tx, "form", round_id=sent, unit_id=unit, token=f"{sent}-{unit}", **blank)
                inside += [("填报", unit, "")] * (FIRST <= at < UNTIL)
        for number, unit in enumerate(units):
            task = {"week": week_of(SECOND + number * 7 * DAY), "unit_id": unit, "due": SECOND}
            at = CHANCE.choice(EDGES)
            key = put(tx, "report_task", **task, recorded_at=at * 1_000_000)
            inside += [("填报", unit, "")] * (FIRST <= at < UNTIL)
            for turn in range(CHANCE.randrange(4)):
                at = CHANCE.choice(EDGES)
                link = {"kind": "填报", "task_id": key, "unit_id": unit, "created_at": at}
                put(tx, "receipt_link", **link, token_sha256=f"{key}-{turn}", expires_at=UNTIL)
                if turn and FIRST <= at < UNTIL:
                    inside.append(("催办", unit, f"{burdens.SENT_AGAIN}:填报:{key}"))
    return inside


def test_the_meter_is_a_count_by_hand(store: Store, made: Filled) -> None:
    inside = scattered(store, made)
    by_load = Counter(inside)
    with store.reading() as tx:
        told = {each.sort: each for each in burden.meter(tx, EVERYTHING, SECOND)}
        things = burden.items(tx, EVERYTHING, SECOND, burden.Wanted(), limit=200)
    assert things.total == len(things.rows) == len(inside)
    for sort in Sort:
        mine = {key: number for key, number in by_load.items() if key[0] == sort.value}
        figure = told[sort]
        assert figure.issued == sum(mine.values())
        assert figure.units == len({unit for _, unit, _ in mine})
        assert figure.most == max(mine.values(), default=0)
        cap = CAPS.get(sort, 10_000)
        assert figure.beyond == sum(number > cap for number in mine.values())


def test_a_city_is_told_of_its_own_units_and_nobody_without_a_scope(
    store: Store, made: Filled
) -> None:
    inside = scattered(store, made)
    path = made.paths["荆州市公安局"]
    own = {made.units[name] for name, each in made.paths.items() if each.startswith(path)}
    by_unit: defaultdict[int, int] = defaultdict(int)
    for _, unit, _ in inside:
        by_unit[unit] += unit in own
    with store.reading() as tx:
        found = burden.units(tx, Scope(frozenset({path})), SECOND, burden.Wanted())
        assert burden.meter(tx, NOTHING, SECOND) == ()
    assert {each.unit_id: sum(each.issued.values()) for each in found.rows} == {
        unit: number for unit, number in by_unit.items() if number
    }
    assert [each.beyond for each in found.rows] == sorted(
        (each.beyond for each in found.rows), reverse=True
    )


def test_what_is_allowed_above_holds_below_and_of_one_sort_only(store: Store, made: Filled) -> None:
    city, county = made.units["荆州市公安局"], made.units["江陵县公安局"]
    with store.writing() as tx:
        for turn in range(2):
            row = {"title": f"第{turn}次", "level": "县级局", "due_at": SECOND}
            sent = put(tx, "form_round", **row, recorded_at=tx.stamp)
            blank = {"state": "未交", "accounts": 0, "problems": [], "file": "", "sha256": ""}
            put(tx, "form", round_id=sent, unit_id=county, token=f"t{turn}", **blank)
        for sort in (Sort.URGE, Sort.FORM):
            [before] = burdens.of_units(tx, Sort.FORM, [county])
            assert before.over(CAPS)
            burdens.allow(tx, sort, (city, made.paths["荆州市公安局"]), 1, None, 7)
        [after] = burdens.of_units(tx, Sort.FORM, [county])
    assert (after.issued, after.extra, after.over(CAPS)) == (2, 1, False)
