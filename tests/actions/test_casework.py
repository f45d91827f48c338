"""整改: a case goes through four hands, each does what is his, and nobody decides his own."""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import text

from monitor.actions import case_opening, case_terms, casework
from monitor.actions.case_moving import Doing, House
from monitor.actions.case_opening import Registered, Verdict
from monitor.actions.sending import Sent
from monitor.domain.case import Measure, Move, Reason, Source, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Person, Role
from monitor.record import cases
from monitor.record.cases import Kept
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.actions.conftest import Enrol
from tests.builders import (
    a_day,
    a_finding,
    a_look,
    a_post,
    a_route,
    a_rulebook,
    a_unit,
    an_account,
)
from tests.conftest import StandingClock

HOUSE = House(ROOT / "data")
NOTHING_SAID = Verdict()
PICTURE = b"\x89PNG\r\n\x1a\nscan"


@dataclass
class Four:
    """A silent account of a county below a city below the department, and somebody of each."""

    store: Store
    account: int
    other: int
    route: int
    people: dict[str, Person]

    def do(self, who: str, move: Move, kept: Kept, **more: Any) -> Kept:
        """Press a button as somebody; the case after."""
        action = {
            "editor": casework.verify,
            "head": casework.decide,
            "city": casework.pass_on,
            "county": casework.put_right,
        }[who]
        doing = Doing(move, ((kept.id, kept.version),), **({"said": "已办理"} | more))
        sent = Sent("case", f"{who}{move}{kept.version}")
        action(self.store, self.people[who], doing, sent, more.pop("house", HOUSE))
        return self.case(kept.id)

    def case(self, case_id: int) -> Kept:
        """It as it stands."""
        with self.store.reading() as tx:
            kept = cases.get(tx, case_id)
        assert kept is not None
        return kept

    def open(self, *accounts: int, verdict: Verdict = NOTHING_SAID, key: str = "k") -> list[Kept]:
        """Cases of these accounts, by the editor."""
        ids = case_opening.open_found(
            self.store, self.people["editor"], accounts, verdict, Sent("open", key), HOUSE
        )
        return [self.case(each) for each in ids]


@pytest.fixture
def four(store: Store, enrol: Enrol, clock: StandingClock) -> Four:
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
        county = a_unit(tx, "江陵县公安局", "991024000000", city)
        books = [a_rulebook(tx, name) for name in ("hubei-default", "gb2019")]
        made = [an_account(tx, county, f"平安江陵{n}(演示)", "weibo") for n in range(2)]
        route = a_route(tx, "weibo/own")
        for account in made:
            last = tx.second - 41 * DAY
            a_post(tx, account, last)
            a_look(tx, account, route, last - DAY, tx.second - 3600)
            keys = {"rulebook_id": books[0], "upper_rulebook_id": books[1]}
            told = "截至11月23日已40天未更新"
            a_day(tx, account, "睡眠", "不合格", last_post_from=last, sentence=told, **keys)
            for book in books:
                a_finding(tx, account, book, status="睡眠", sentence=told)
            a_finding(tx, account, books[0], "未备案", sentence="未见备案号")
    del clock
    people = {
        "editor": enrol("editor", Role.EDITOR),
        "head": enrol("head", Role.HEAD),
        "city": enrol("city", Role.LIAISON, f"/{root}/{city}/"),
        "county": enrol("county", Role.UNIT_LIAISON, f"/{root}/{city}/{county}/"),
    }
    return Four(store, made[0], made[1], route, people)


def to_the_unit(four: Four) -> Kept:
    """A case that was put to the unit, and signed by it."""
    (kept,) = four.open(four.account, verdict=Verdict(Move.CONFIRM))
    kept = four.do("editor", Move.SUBMIT, kept, measure=Measure.PUT_RIGHT, days=3)
    kept = four.do("head", Move.ASSIGN, kept)
    kept = four.do("city", Move.FORWARD, kept)
    return four.do("county", Move.SIGN, kept)


def test_a_case_is_lived_from_doubt_to_its_end_by_four_parties(four: Four) -> None:
    kept = to_the_unit(four)
    assert kept.case.state is State.UNDER_WAY
    assert kept.place.transit_id is not None
    kept = four.do("county", Move.HAND_IN, kept)
    kept = four.do("city", Move.PASS_ON, kept)
    with pytest.raises(InputError, match="近14天发布0条"):
        four.do("editor", Move.CLOSE, kept, said="")
    with four.store.writing() as tx:
        for back in (1, 2):
            a_post(tx, four.account, tx.second - back * DAY)
    with pytest.raises(InputError, match="仍得出“未备案”"):
        four.do("editor", Move.CLOSE, four.case(kept.id), said="")
    with four.store.writing() as tx:
        tx.conn.execute(text("UPDATE finding SET superseded_at = 1 WHERE rule = '未备案'"))
    kept = four.do("editor", Move.CLOSE, four.case(kept.id), said="")
    assert kept.case.state is State.CLOSED
    with four.store.reading() as tx:
        moves = tx.conn.execute(text("SELECT move FROM case_move ORDER BY id")).scalars().all()
        audits = tx.conn.execute(text("SELECT action FROM audit ORDER BY seq")).scalars().all()
    assert moves == [
        *("属实", "提请审核", "同意交办", "转办", "签收"),
        *("提交整改情况", "初核通过", "复核通过并销号"),
    ]
    assert [each for each in audits if each.startswith("整改·")] == [f"整改·{m}" for m in moves]


def test_an_appeal_is_answered_by_another_than_who_verified_and_ends_the_case(
    four: Four,
) -> None:
    kept = four.do("county", Move.APPEAL, to_the_unit(four))
    assert kept.case.appealed
    with four.store.reading() as tx:
        due = tx.conn.execute(text('SELECT due_at FROM "case"')).scalar()
    assert due is None, "the unit's clock stands while somebody else must answer"
    kept = four.do("head", Move.UPHOLD, kept, reason=Reason.POSTED)
    assert kept.case.state is State.UNFOUNDED
    with pytest.raises(Conflict, match="已核实为不属实"):
        four.open(four.account, key="again")


def test_several_problems_are_one_case_with_both_standards_and_frozen_facts(four: Four) -> None:
    (kept,) = four.open(four.account)
    told = {each.kind: (each.own, each.upper) for each in kept.case.problems}
    assert told == {"睡眠": ("不合格(睡眠)", "不合格(睡眠)"), "未备案": ("不合格", "")}
    assert sha256(kept.facts.encode()).hexdigest() == kept.sha256
    facts = json.loads(kept.facts)
    assert {each["book"] for each in facts["findings"]} == {"hubei-default", "gb2019"}
    assert {each["book_version"] for each in facts["findings"]} == {1}
    assert facts["coverage"]
    assert facts["last_post"]["title"] == "一图读懂"
    again = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == kept.facts


def test_an_appeal_comes_within_its_working_days(four: Four, clock: StandingClock) -> None:
    kept = to_the_unit(four)
    clock.now += timedelta(days=8)
    with pytest.raises(Conflict, match="3个工作日内提出"):
        four.do("county", Move.APPEAL, kept)
    assert four.do("county", Move.EXPLAIN, kept).case == kept.case


def test_an_urgent_kind_is_counted_by_the_clock_and_stands_while_others_hold_it(
    four: Four, clock: StandingClock
) -> None:
    (kept,) = four.open(four.account, verdict=Verdict(Move.CONFIRM))
    kept = four.do("editor", Move.SUBMIT, kept, measure=Measure.PUT_RIGHT, days=1, hours=24)
    kept = four.do("city", Move.FORWARD, four.do("head", Move.ASSIGN, kept))
    began = int(clock.now.timestamp())

    def due() -> int | None:
        return case_terms.due_at(HOUSE.data_dir, four.case(kept.id).case, began)

    assert due() == began + 24 * 3600
    clock.now += timedelta(hours=4)
    kept = four.do("county", Move.APPEAL, kept)
    assert due() is None
    clock.now += timedelta(hours=30)
    kept = four.do("head", Move.REJECT, kept)
    assert due() == began + 54 * 3600


def test_nobody_acts_on_a_side_that_is_not_his(four: Four) -> None:
    (kept,) = four.open(four.account, verdict=Verdict(Move.CONFIRM))
    kept = four.do("editor", Move.SUBMIT, kept, measure=Measure.PUT_RIGHT, days=3)
    doing = Doing(Move.ASSIGN, ((kept.id, kept.version),), "同意")
    for who, action in (("editor", casework.verify), ("city", casework.verify)):
        with pytest.raises(Forbidden):
            action(four.store, four.people[who], doing, Sent("case", who), HOUSE)
    county = replace(four.people["county"], roles=frozenset({Role.HEAD}))
    with pytest.raises(Forbidden):
        casework.decide(four.store, county, doing, Sent("case", "x"), HOUSE)
    with pytest.raises(Forbidden):
        case_opening.open_found(
            four.store, four.people["county"], (four.other,), Verdict(), Sent("o", "1"), HOUSE
        )


def test_nothing_leaves_on_a_look_older_than_a_working_day(
    four: Four, clock: StandingClock
) -> None:
    (kept,) = four.open(four.account, verdict=Verdict(Move.CONFIRM))
    kept = four.do("editor", Move.SUBMIT, kept, measure=Measure.PUT_RIGHT, days=3)
    clock.now += timedelta(days=7)
    with pytest.raises(InputError, match="发前复查"):
        four.do("head", Move.ASSIGN, kept)
    with four.store.writing() as tx:
        a_look(tx, four.account, four.route, tx.second - 8 * DAY, tx.second - 3600)
    assert four.do("head", Move.ASSIGN, kept).case.state is State.ASSIGNED


def test_a_form_sent_twice_moves_once_and_an_older_page_is_refused(four: Four) -> None:
    (kept,) = four.open(four.account)
    doing = Doing(Move.CONFIRM, ((kept.id, kept.version),))
    editor = four.people["editor"]
    for _ in range(2):
        casework.verify(four.store, editor, doing, Sent("case", "same"), HOUSE)
    assert four.case(kept.id).version == kept.version + 1
    with pytest.raises(Conflict, match="别人办理过"):
        casework.verify(four.store, editor, doing, Sent("case", "later"), HOUSE)
    with pytest.raises(Conflict, match="已有在办"):
        four.open(four.account, key="other")


def test_of_many_cases_all_move_or_none(four: Four) -> None:
    one, two = four.open(four.account, four.other)
    four.do("editor", Move.CONFIRM, one)
    stale = Doing(Move.CONFIRM, ((two.id, two.version), (one.id, one.version)))
    with pytest.raises(Conflict):
        casework.verify(four.store, four.people["editor"], stale, Sent("case", "a"), HOUSE)
    assert four.case(two.id).version == two.version
    ids = tuple((each, four.case(each).version) for each in (one.id, two.id))
    submit = Doing(Move.SUBMIT, ids[:1], measure=Measure.PUT_RIGHT, days=5)
    casework.verify(four.store, four.people["editor"], submit, Sent("case", "b"), HOUSE)
    assert four.case(one.id).case.state is State.REVIEW


def test_what_a_person_registers_is_a_case_and_a_city_runs_its_own(
    four: Four, tmp_path: Any
) -> None:
    house = House(ROOT / "data", tmp_path)
    told = Registered(four.account, Source.CITIZENS, "表述错误", "地名写错", scan=PICTURE)
    city = four.people["city"]
    kept = four.case(case_opening.register(four.store, city, told, Sent("register", "1"), house))
    assert kept.source == "网民反映"
    assert kept.place.transit_id is None
    assert sha256(PICTURE).hexdigest() in kept.facts
    more = replace(told, kind="未备案", said="未见备案号", scan=b"")
    again = case_opening.register(four.store, city, more, Sent("register", "2"), house)
    assert again == kept.id
    assert [each.kind for each in four.case(again).case.problems] == ["表述错误", "未备案"]
    with pytest.raises(Conflict, match="一并办理"):
        case_opening.register(four.store, four.people["editor"], more, Sent("r", "3"), house)
    wrong = replace(told, account_id=four.other, said=" ")
    with pytest.raises(InputError, match="写明发现了什么"):
        case_opening.register(four.store, city, wrong, Sent("register", "3"), house)


def test_files_come_with_a_move_under_their_hash(four: Four, tmp_path: Any) -> None:
    kept = to_the_unit(four)
    doing = Doing(
        Move.HAND_IN, ((kept.id, kept.version),), "已恢复更新", files=(("截图.png", PICTURE),)
    )
    house = House(ROOT / "data", tmp_path)
    casework.put_right(four.store, four.people["county"], doing, Sent("case", "f"), house)
    with four.store.reading() as tx:
        row = tx.conn.execute(text("SELECT name, kind, size, sha256 FROM case_file")).one()
    assert tuple(row) == ("截图.png", ".png", len(PICTURE), sha256(PICTURE).hexdigest())


def test_a_case_goes_into_another_of_the_same_unit_with_all_its_lines(four: Four) -> None:
    one, two = four.open(four.account, four.other)
    four.do("editor", Move.MERGE, one, into=two.id)
    assert four.case(one.id).case.state is State.MERGED
    after = four.case(two.id).case
    assert len(after.problems) == 4
    assert sum("“平安江陵0(演示)”(微博):" in each.sentence for each in after.problems) == 2
    with pytest.raises(Conflict, match="只能并入"):
        four.do("editor", Move.MERGE, four.case(two.id), into=one.id)
    with pytest.raises(Conflict, match="只能并入"):
        four.do("editor", Move.MERGE, four.case(two.id), into=two.id)
    four.open(four.account, key="free again")
