"""A case whose parties are the place itself, standing where the button is offered."""

from dataclasses import replace

from monitor.actions import casework
from monitor.actions.case_moving import Doing, House
from monitor.actions.sending import Sent
from monitor.domain.case import Case, Measure, Move, Problem, State, Term
from monitor.record import cases
from monitor.record.cases import Opened, Place
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench

HOUSE = House(ROOT / "data")
SENT = Sent("case", "k")
CASE = Case(
    problems=(Problem("睡眠", "截至11月22日已41天未更新", finding_id=1, confirmed=True),),
    measure=Measure.PUT_RIGHT,
    term=Term(3),
    verified_by=-1,
    submitted_by=-1,
    transit=True,
)


def a_case(desk: Desk, state: State, *, forwarded: bool = False) -> Doing:
    """One case of the place's account; the doing names it, with a move to be put in."""
    unit = desk.unit_id
    place = Place(unit, unit, desk.made.accounts[desk.account], unit)
    with desk.store.writing() as tx:
        case = replace(CASE, state=state, forwarded=forwarded)
        kept = cases.begin(tx, place, Opened("系统监测", "{}", "0" * 64, None), case)
    return Doing(Move.CONFIRM, ((kept.id, 0),), "已核对")


@bench(casework.verify)
def verify(desk: Desk) -> Act:
    doing = a_case(desk, State.UNVERIFIED)
    return lambda actor: casework.verify(desk.store, actor, doing, SENT, HOUSE)


@bench(casework.decide)
def decide(desk: Desk) -> Act:
    doing = replace(a_case(desk, State.REVIEW), move=Move.SEND_BACK)
    return lambda actor: casework.decide(desk.store, actor, doing, SENT, HOUSE)


@bench(casework.pass_on)
def pass_on(desk: Desk) -> Act:
    doing = replace(a_case(desk, State.ASSIGNED), move=Move.FORWARD)
    return lambda actor: casework.pass_on(desk.store, actor, doing, SENT, HOUSE)


@bench(casework.put_right)
def put_right(desk: Desk) -> Act:
    doing = replace(a_case(desk, State.ASSIGNED, forwarded=True), move=Move.SIGN)
    return lambda actor: casework.put_right(desk.store, actor, doing, SENT, HOUSE)
