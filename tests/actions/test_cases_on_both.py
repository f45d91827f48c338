"""The life of cases on both databases: opened, merged, put to the unit, on paper, ended."""

import pytest

from monitor.actions import case_letters
from monitor.actions.case_letters import Asked
from monitor.actions.case_moving import House
from monitor.actions.case_opening import Verdict
from monitor.actions.sending import Sent
from monitor.domain.case import Measure, Move, State
from monitor.domain.case_rules import Paper
from monitor.domain.instants import DAY
from monitor.domain.scope import EVERYTHING
from monitor.record import case_looks
from monitor.record.screens import case_following, cases
from monitor.record.store import Store
from monitor.runs import case_book
from monitor.settings import ROOT
from tests.actions.test_casework import Four, four
from tests.builders import a_post
from tests.conftest import StandingClock
from tests.service.parts import some_parts

__all__ = ["four"]


@pytest.fixture
def store(either_store: Store) -> Store:
    return either_store


def test_a_case_lives_on_both_stores(
    four: Four, clock: StandingClock, tmp_path_factory: pytest.TempPathFactory
) -> None:
    house = House(ROOT / "data", tmp_path_factory.mktemp("files"))
    one, two = four.open(four.account, four.other, verdict=Verdict(Move.CONFIRM))
    four.do("editor", Move.MERGE, two, into=one.id)
    kept = four.case(one.id)
    kept = four.do("editor", Move.CONFIRM, kept)
    kept = four.do("editor", Move.SUBMIT, kept, measure=Measure.PUT_RIGHT, days=5)
    kept = four.do("city", Move.FORWARD, four.do("head", Move.ASSIGN, kept))
    asked = Asked((kept.id, kept.version), Paper.NOTICE, "某某,027-00000000")
    paper = case_letters.issue(four.store, four.people["editor"], asked, Sent("p", "1"), house)
    name, _ = case_letters.word(four.store, four.people["county"], paper, house)
    assert kept.number in name
    kept = four.do("county", Move.HAND_IN, four.do("county", Move.SIGN, kept))
    with four.store.writing() as tx:
        for account in (four.account, four.other):
            for back in (1, 2):
                a_post(tx, account, tx.second - back * DAY)
    rules, now = case_book.rules(some_parts(four.store, clock)), int(clock().timestamp())
    with four.store.reading() as tx:
        beside = case_following.followed(tx, EVERYTHING, now, kept.id, rules)
        listed = cases.listing(tx, EVERYTHING, now, cases.Wanted(unit=kept.place.unit_id))
    met = [each.met for each in beside.checks if each.met is not None]
    assert met == [True, False, True, False], "posts are there, the filing is not"
    assert [each.number for each in beside.papers] == [kept.number]
    assert [line.kept.id for line in listed.rows] == [kept.id]
    kept = four.do("editor", Move.CLOSE, four.do("city", Move.PASS_ON, kept))
    assert kept.case.state is State.CLOSED
    with four.store.reading() as tx:
        (again,) = case_looks.of_case(tx, kept.id)
    assert again.due_at == kept.case.looks_again_at
