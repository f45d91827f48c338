"""A robot of the place's unit: entered, tried (where nobody listens), taken away."""

from datetime import UTC, datetime

from monitor.actions import robots
from monitor.actions.robots import Entered, Line
from monitor.actions.sending import Sent
from monitor.record import robots as kept
from monitor.record.robots import Given
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("robot", "k")
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0000-1111"
NOWHERE = {"wecom": "http://127.0.0.1:1/cgi-bin/webhook/send?key="}


def a_robot(desk: Desk) -> int:
    with desk.store.writing() as tx:
        return kept.put(tx, VAULT, Given(desk.unit_id, "wecom", "联络员群", "0000-1111"))


@bench(robots.enter)
def enter(desk: Desk) -> Act:
    entered = Entered(desk.unit_id, "wecom", "联络员群", ADDRESS)
    return lambda actor: robots.enter(desk.store, VAULT, actor, entered, {}, SENT)


@bench(robots.remove)
def remove(desk: Desk) -> Act:
    made = a_robot(desk)
    return lambda actor: robots.remove(desk.store, actor, made, SENT)


@bench(robots.attempt)
def attempt(desk: Desk) -> Act:
    made = a_robot(desk)
    line = Line(VAULT, NOWHERE, datetime.fromtimestamp(desk.now, UTC))
    return lambda actor: robots.attempt(desk.store, actor, made, line, SENT)
