"""自行恢复 is marked by itself; after thirty days a closed case is looked at once more."""

from dataclasses import dataclass

import pytest

from monitor.domain.case import Case, Measure, Move, Problem, State, Term
from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING
from monitor.record import case_facts, case_looks, cases
from monitor.record.case_looks import FINE, WORSE
from monitor.record.cases import Kept, Opened, Place
from monitor.record.screens import patrol
from monitor.record.store import Store
from monitor.runs import recheck
from monitor.runs.parts import Parts
from tests.builders import (
    a_day,
    a_finding,
    a_look,
    a_post,
    a_route,
    a_rulebook,
    a_unit,
    an_account,
    put,
)
from tests.conftest import StandingClock
from tests.service.parts import some_parts

TOLD = "截至11月23日已40天未更新"


@dataclass
class Quiet:
    """A silent account with one case, judged by both standards."""

    parts: Parts
    clock: StandingClock
    account: int
    book: int
    route: int
    case_id: int

    def run(self) -> dict[str, int]:
        report = recheck.run(self.parts)
        assert report is not None
        return dict(report.counts)

    def kept(self, case_id: int = 0) -> Kept:
        with self.parts.store.reading() as tx:
            found = cases.get(tx, case_id or self.case_id)
        assert found is not None
        return found

    def stand(self, case: Case) -> None:
        with self.parts.store.writing() as tx:
            kept = cases.get(tx, self.case_id)
            assert kept is not None
            cases.put(tx, kept, case, None)

    def post(self, back: int) -> None:
        with self.parts.store.writing() as tx:
            a_post(tx, self.account, tx.second - back)

    def looked(self, outcome: str) -> None:
        """Somebody looked just now, and the account was judged on it."""
        with self.parts.store.writing() as tx:
            a_look(tx, self.account, self.route, tx.second - 60, tx.second)
            tx.conn.exec_driver_sql("DELETE FROM account_day")
            keys = {"rulebook_id": self.book, "upper_rulebook_id": self.book}
            status = "睡眠" if outcome == "不合格" else outcome
            a_day(tx, self.account, status, outcome, sentence=TOLD, **keys)

    def queue(self) -> int:
        with self.parts.store.reading() as tx:
            now = int(self.clock().timestamp())
            return patrol.queue(tx, EVERYTHING, now).total


@pytest.fixture
def quiet(store: Store, clock: StandingClock) -> Quiet:
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        county = a_unit(tx, "江陵县公安局", "991024000000", root)
        book, route = a_rulebook(tx), a_route(tx, "weibo/own")
        account = an_account(tx, county, "平安江陵(演示)", "weibo")
        a_post(tx, account, tx.second - 41 * DAY)
        put(tx, "due", account_id=account, next_at=tx.second + 90 * DAY)
        keys = {"rulebook_id": book, "upper_rulebook_id": book}
        a_day(tx, account, "睡眠", "不合格", sentence=TOLD, **keys)
        a_finding(tx, account, book, status="睡眠", sentence=TOLD)
        frozen = case_facts.freeze(tx, account, tx.second)
        place = Place(root, county, account)
        opened = Opened("系统监测", frozen.facts, frozen.sha256, None)
        case = Case(problems=(Problem("睡眠", TOLD, confirmed=True),))
        kept = cases.begin(tx, place, opened, case)
    return Quiet(some_parts(store, clock), clock, account, book, route, kept.id)


def test_who_posted_before_he_was_told_is_marked_once(quiet: Quiet) -> None:
    assert quiet.run()["自行恢复"] == 0
    quiet.clock.move(hours=5)
    quiet.post(3600)
    assert quiet.run()["自行恢复"] == 1
    assert quiet.kept().case.recovered
    assert quiet.run()["自行恢复"] == 0
    with quiet.parts.store.reading() as tx:
        rows = tx.conn.exec_driver_sql("SELECT move, person_id FROM case_move").all()
        audited = tx.conn.exec_driver_sql("SELECT action FROM audit").scalars().all()
    assert [tuple(row) for row in rows] == [(Move.RECOVERED.value, None)]
    assert audited == ["整改·自行恢复"]


def test_a_post_after_the_unit_was_told_is_no_recovery_of_its_own(quiet: Quiet) -> None:
    case = quiet.kept().case
    now = int(quiet.clock().timestamp())
    term = Term(3, ((now, None),))
    quiet.stand(
        Case(
            State.UNDER_WAY,
            case.problems,
            measure=Measure.PUT_RIGHT,
            term=term,
            assigned_at=now + 3600,
        )
    )
    quiet.clock.move(hours=5)
    quiet.post(60)
    assert quiet.run()["自行恢复"] == 0
    quiet.post(5 * 3600 - 60)
    assert quiet.run()["自行恢复"] == 1


def closed(quiet: Quiet) -> None:
    """The case ends today."""
    case = quiet.kept().case
    quiet.stand(Case(State.CLOSED, case.problems, measure=Measure.PUT_RIGHT))
    with quiet.parts.store.writing() as tx:
        case_looks.expect(tx, quiet.case_id, tx.second + 30 * DAY)


@pytest.mark.parametrize(("outcome", "told"), [("正常", FINE), ("不合格", WORSE)])
def test_the_look_after_thirty_days_is_a_patrol_whose_result_ends_or_reopens(
    quiet: Quiet, outcome: str, told: str
) -> None:
    closed(quiet)
    waiting = quiet.queue()
    quiet.clock.move(days=29)
    quiet.looked("正常")
    assert quiet.run() == {"自行恢复": 0, "列入巡查": 0, FINE: 0, WORSE: 0}
    quiet.clock.move(days=2)
    assert quiet.run()["列入巡查"] == 1
    assert quiet.queue() == waiting + 1
    assert quiet.run() == {"自行恢复": 0, "列入巡查": 0, FINE: 0, WORSE: 0}, "nobody looked yet"
    quiet.clock.move(hours=2)
    if outcome == "正常":
        with quiet.parts.store.writing() as tx:
            tx.conn.exec_driver_sql("UPDATE finding SET superseded_at = 1")
    quiet.looked(outcome)
    counts = quiet.run()
    assert counts[told] == 1
    assert quiet.queue() == waiting
    assert quiet.run()[told] == 0
    with quiet.parts.store.reading() as tx:
        (again,) = case_looks.of_case(tx, quiet.case_id)
    assert again.outcome == told
    if told == WORSE:
        assert again.next_id is not None
        following = quiet.kept(again.next_id)
        assert following.case.state is State.UNVERIFIED
        assert following.nth == 2


def test_a_look_that_decides_nothing_leaves_the_account_on_the_list(quiet: Quiet) -> None:
    closed(quiet)
    quiet.clock.move(days=31)
    quiet.run()
    quiet.looked("暂不作认定")
    assert quiet.run() == {"自行恢复": 0, "列入巡查": 0, FINE: 0, WORSE: 0}
    with quiet.parts.store.reading() as tx:
        (again,) = case_looks.of_case(tx, quiet.case_id)
    assert again.outcome == ""
