"""基层负担: what is beyond the week's cap is not issued, unless a section head allowed it."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

import pytest

from monitor.actions import burden, casework, form_receipts, forms, reporting
from monitor.actions.burden import Allowing
from monitor.actions.case_moving import Doing, House
from monitor.actions.forms import NewRound
from monitor.actions.reporting import Asking
from monitor.actions.sending import Sent
from monitor.domain.burden import CapReached, Sort
from monitor.domain.case import Case, Move, Problem, State
from monitor.domain.errors import Forbidden, InputError, Overtaken
from monitor.domain.person import Person, Role
from monitor.domain.scope import EVERYTHING
from monitor.record import burdens, cases, office_settings
from monitor.record.cases import Opened, Place
from monitor.record.screens import burden as screen
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.actions.conftest import Enrol
from tests.builders import VAULT, T, a_unit, an_account
from tests.conftest import StandingClock

KEY = b"k" * 32
HOUSE = House(ROOT / "data")
WEEK = timedelta(days=7)


@dataclass
class Land:
    """Two cities below a department, an account in each."""

    store: Store
    clock: StandingClock
    root: int
    cities: tuple[int, int]

    @property
    def now(self) -> int:
        return int(self.clock.now.timestamp())

    def send(self, title: str = "台账核对") -> int:
        """Forms to both cities, by whoever is at the machine."""
        return forms.send(self.store, None, NewRound(title, "市州局", self.now + 86_400))[0]

    def issued(self, sort: Sort) -> int:
        with self.store.reading() as tx:
            found = {each.sort: each for each in screen.meter(tx, EVERYTHING, self.now)}
        return found[sort].issued

    def rows(self, table: str) -> int:
        with self.store.reading() as tx:
            return len(tx.conn.execute(T[table].select()).all())


@pytest.fixture
def land(store: Store, clock: StandingClock) -> Land:
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        cities = [
            a_unit(tx, f"{name}公安局", f"99{n}000000000", root, level="市州局")
            for n, name in enumerate(("荆州市", "宜昌市"), 1)
        ]
        for city in cities:
            an_account(tx, city, f"平安{city}(演示)", "kuaishou")
    return Land(store, clock, root, (cities[0], cities[1]))


def test_a_second_form_in_a_week_is_refused_whole_and_the_words_say_who_may_allow_it(
    land: Land,
) -> None:
    land.send()
    before = (land.rows("form_round"), land.rows("form"), land.rows("audit"))
    with pytest.raises(CapReached) as refused:
        land.send("再核对一次")
    said = str(refused.value)
    for words in ("本周填报已达上限", "每个单位每周1次", "已下达1次", "科室负责人", "等2个单位"):
        assert words in said
    assert (land.rows("form_round"), land.rows("form"), land.rows("audit")) == before


def test_forms_and_weekly_reports_count_together_and_the_next_week_begins_at_nothing(
    land: Land,
) -> None:
    land.send()
    with pytest.raises(CapReached):
        reporting.open_week(land.store, None, KEY, Asking("2026-W48", EVERYTHING))
    assert land.rows("report_task") == 0
    land.clock.now += WEEK
    assert reporting.open_week(land.store, None, KEY, Asking("2026-W49", EVERYTHING))
    assert land.issued(Sort.FORM) == len(land.cities)


def test_in_the_trial_period_more_is_counted_and_nothing_refused(land: Land) -> None:
    last = (land.clock.now + WEEK).date().isoformat()
    with land.store.writing() as tx:
        office_settings.put(tx, office_settings.TRIAL, {"until": last}, None)
    for title in ("台账核对", "再核对一次"):
        land.send(title)
    assert land.issued(Sort.FORM) == 2 * len(land.cities)


def test_asking_again_for_the_same_week_is_no_second_form(land: Land) -> None:
    for _ in range(3):
        reporting.open_week(land.store, None, KEY, Asking("2026-W48", EVERYTHING))
    assert land.issued(Sort.FORM) == len(land.cities)
    assert land.issued(Sort.URGE) == 0


def test_a_section_head_lets_one_city_have_more_this_week_and_no_other(
    land: Land, enrol: Enrol
) -> None:
    head = enrol("head", Role.HEAD)
    land.send()
    here, beside = land.cities
    asked = Allowing(Sort.FORM, here, 1, "防汛紧急核对")
    key = burden.allow(land.store, head, VAULT, asked, Sent("burden-allow", "k"))
    assert burden.allow(land.store, head, VAULT, asked, Sent("burden-allow", "k")) == key
    with pytest.raises(CapReached, match="宜昌市公安局") as refused:
        land.send("再核对")
    assert "等" not in refused.value.explained.where
    burden.allow(
        land.store, head, VAULT, Allowing(Sort.FORM, beside, 1, "同上补充"), Sent("b", "l")
    )
    assert land.send("再核对")
    with land.store.reading() as tx:
        told = {each.sort: each for each in screen.meter(tx, EVERYTHING, land.now)}[Sort.FORM]
        rows = tx.conn.execute(T["audit"].select()).mappings().all()
        allowed = screen.allowed(tx, EVERYTHING, land.now, VAULT)
    assert (told.issued, told.units, told.most, told.beyond, told.allowed) == (4, 2, 2, 0, 2)
    [first, _] = [each for each in rows if each["action"] == "准予超限"]
    assert (first["object_kind"], first["object_id"]) == ("burden_allowance", str(key))
    assert not [each for each in rows if "防汛" in str(dict(each))]
    assert {each.words for each in allowed} == {"防汛紧急核对", "同上补充"}
    land.clock.now += WEEK
    land.send("下周的")
    with pytest.raises(CapReached):
        land.send("下周再一次")


def test_only_a_section_head_allows_and_only_with_a_reason_within_reach(
    land: Land, enrol: Enrol
) -> None:
    asked = Allowing(Sort.FORM, land.cities[0], 1, "防汛紧急核对")
    for role in (Role.EDITOR, Role.LIAISON, Role.DIRECTOR, Role.SYSTEM_ADMIN):
        with pytest.raises(Forbidden):
            burden.allow(land.store, enrol(role.name.lower(), role), VAULT, asked, Sent("b", "k"))
    away = enrol("away", Role.HEAD, f"/{land.root}/{land.cities[1]}/")
    with pytest.raises(Forbidden, match="管理范围"):
        burden.allow(land.store, away, VAULT, asked, Sent("b", "k"))
    head = enrol("head", Role.HEAD)
    for extra, reason in ((1, "急"), (1, "字" * 300), (0, "防汛紧急核对"), (99, "防汛紧急核对")):
        with pytest.raises(InputError):
            told = Allowing(Sort.FORM, land.cities[0], extra, reason)
            burden.allow(land.store, head, VAULT, told, Sent("b", "k"))
    with pytest.raises(InputError, match="涉密"):
        marked = Allowing(Sort.FORM, land.cities[0], 1, "机密★五年的事")
        burden.allow(land.store, head, VAULT, marked, Sent("b", "k"))
    assert land.rows("burden_allowance") == land.rows("typed_reason") == 0


def test_the_first_link_is_the_tasks_own_the_second_an_urging_and_the_third_too_many(
    land: Land,
) -> None:
    sent = land.send()
    form_receipts.make(land.store, None, KEY, sent)
    assert land.issued(Sort.URGE) == 0
    form_receipts.make(land.store, None, KEY, sent)
    assert land.issued(Sort.URGE) == len(land.cities)
    links = land.rows("receipt_link")
    with pytest.raises(CapReached, match="每件每周1次"):
        form_receipts.make(land.store, None, KEY, sent)
    assert land.rows("receipt_link") == links


def a_case(land: Land, state: State, *, transit: bool = True, forwarded: bool = False) -> int:
    city = land.cities[0]
    with land.store.writing() as tx:
        county = a_unit(tx, "江陵县公安局", "991024000000", city)
        account = an_account(tx, county, f"平安江陵{county}(演示)", "weibo")
        case = Case(
            state,
            problems=(Problem("未备案", "未见备案号", confirmed=True),),
            transit=transit,
            forwarded=forwarded,
        )
        place = Place(land.root, county, account, city)
        return cases.begin(tx, place, Opened("系统监测", "{}", "0" * 64, None), case).id


def remind(land: Land, editor: Person, case_id: int, key: str) -> None:
    with land.store.reading() as tx:
        kept = cases.get(tx, case_id)
    assert kept is not None
    doing = Doing(Move.REMIND, ((case_id, kept.version),), "请尽快办理")
    casework.verify(land.store, editor, doing, Sent("case", key), HOUSE)


def test_a_case_is_urged_once_a_week_and_the_urging_counts_where_the_case_lies(
    land: Land, enrol: Enrol
) -> None:
    editor = enrol("editor", Role.EDITOR)
    first = a_case(land, State.ASSIGNED)
    remind(land, editor, first, "1")
    with pytest.raises(CapReached, match="荆州市公安局"):
        remind(land, editor, first, "2")
    with land.store.reading() as tx:
        [item] = screen.items(tx, EVERYTHING, land.now, screen.Wanted(sort="催办")).rows
    assert (item.unit_id, item.kind, item.matter) == (
        land.cities[0],
        "整改催办",
        f"整改催办:{first}",
    )
    land.clock.now += WEEK
    remind(land, editor, first, "3")


def test_one_matter_beyond_its_cap_stops_no_other(land: Land, enrol: Enrol) -> None:
    editor = enrol("editor", Role.EDITOR)
    with land.store.writing() as tx:
        tx.conn.execute(
            T["setting"]
            .insert()
            .values(key="burden", value={"催办": 2}, recorded_at=tx.stamp, version=1)
        )
    first = a_case(land, State.UNDER_WAY, forwarded=True)
    remind(land, editor, first, "1")
    remind(land, editor, first, "2")
    burden.set_caps(land.store, editor, {"催办": 1}, Sent("burden-caps", "k", 1))
    with land.store.writing() as tx:
        account = an_account(tx, 4, "平安另一个(演示)", "weibo")
        place = Place(land.root, 4, account, land.cities[0])
        case = Case(State.UNDER_WAY, problems=(Problem("未备案", "x", confirmed=True),))
        other = cases.begin(tx, place, Opened("系统监测", "{}", "0" * 64, None), case).id
    remind(land, editor, other, "3")


def test_whoever_sets_caps_on_top_of_older_ones_is_told(land: Land, enrol: Enrol) -> None:
    editor = enrol("editor", Role.EDITOR)
    burden.set_caps(land.store, editor, {"填报": 2}, Sent("burden-caps", "a", 0))
    assert burden.caps_of(land.store) == burden.Caps({Sort.FORM: 2, Sort.TASK: 3, Sort.URGE: 1}, 1)
    with pytest.raises(Overtaken) as clash:
        burden.set_caps(land.store, editor, {"填报": 5}, Sent("burden-caps", "b", 0))
    assert (clash.value.mine["填报"], clash.value.theirs["填报"]) == ("5", "2")
    for wrong in ({"填报": 0}, {"填报": 21}, {"整改": 3}):
        with pytest.raises(InputError):
            burden.set_caps(land.store, editor, wrong, Sent("burden-caps", "c", 1))
    land.send()
    land.send("第二次")
    with pytest.raises(CapReached, match="每个单位每周2次,已下达2次"):
        land.send("第三次")


def test_the_meter_the_units_and_the_things_are_the_same_numbers(land: Land, enrol: Enrol) -> None:
    """Counted here once more from the list of things, by hand."""
    editor = enrol("editor", Role.EDITOR)
    form_receipts.make(land.store, None, KEY, land.send())
    remind(land, editor, a_case(land, State.UNDER_WAY, forwarded=True), "1")
    with land.store.reading() as tx:
        meter = screen.meter(tx, EVERYTHING, land.now)
        units = screen.units(tx, EVERYTHING, land.now, screen.Wanted())
        things = screen.items(tx, EVERYTHING, land.now, screen.Wanted())
        paged = [
            screen.items(tx, EVERYTHING, land.now, screen.Wanted(), limit=1, offset=n).rows[0]
            for n in range(things.total)
        ]
    assert tuple(paged) == things.rows
    by_sort = Counter(each.sort for each in things.rows)
    assert {each.sort.value: each.issued for each in meter} == {
        sort.value: by_sort[sort.value] for sort in Sort
    }
    by_unit = Counter((each.unit_name, each.sort) for each in things.rows)
    assert {
        (each.unit_name, sort): number
        for each in units.rows
        for sort, number in each.issued.items()
        if number
    } == dict(by_unit)
    assert units.total == len({each.unit_id for each in things.rows})


def test_every_action_that_issues_a_link_counts_it() -> None:
    """`receipt_door.issue` is one link; the cap is asked of all links of an action at once. What an
    officer himself answers asks nothing of the unit, so it counts against no cap."""
    officers = ("withdrawing.py", "volunteer_links.py")
    for path in sorted((ROOT / "monitor" / "actions").rglob("*.py")):
        text = path.read_text("utf-8")
        if "receipt_door.issue(" in text and path.name not in officers:
            assert "receipt_door.keep_within(" in text, path.name


def test_what_counts_is_counted_from_a_kind_of_its_own() -> None:
    kinds = [each.kind for each in burdens.KINDS]
    assert len(set(kinds)) == len(kinds)
