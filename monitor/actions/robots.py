"""群机器人: entered and taken away by who manages authorisations, and tried with one message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, done, once
from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS, Sort, token_of
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, DeliveryError, Forbidden, InputError
from monitor.domain.instants import say_minute, to_second
from monitor.domain.letter import Letter
from monitor.domain.person import Permission, Person
from monitor.domain.robot import Robot
from monitor.record import audit, robots, units
from monitor.record.robots import Given
from monitor.record.store import Store, Writing
from monitor.record.vault import Vault

LONGEST: Final = 30
LONGEST_SECRET: Final = 200
ABSENT: Final = ("没有这个机器人,或不在本人管理范围内", "", "请刷新后重试")
ARRIVED: Final = "已送达"
AGAIN: Final = "这次测试已经发过,请到群里查看"
KEEPS: Final = Permission.MANAGE_SECRETS


@dataclass(frozen=True, slots=True)
class Entered:
    """A robot as the form gives it: whose group, which sort, its name, its whole address as its
    service shows it, and its secret."""

    unit_id: int
    channel: str
    name: str
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Line:
    """What speaking by a robot needs: what opens its address, how addresses of its sort begin,
    and the instant."""

    vault: Vault = field(repr=False)
    homes: Mapping[str, str]
    at: datetime


def sorts() -> Mapping[str, Sort]:
    """The sorts of robots there are, by channel."""
    return {each.name: each for each in ROBOTS}


@needs(KEEPS)
def enter(
    store: Store,
    vault: Vault,
    actor: Person,
    entered: Entered,
    homes: Mapping[str, str],
    sent: Sent,
) -> int:
    """Enter a robot of a unit's group; its id. InputError for an address nothing may be sent to,
    Conflict for a name the unit gave already."""
    given = _given(entered, homes)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, KEEPS)

        def work() -> Mapping[str, Any]:
            unit = units.by_id(tx, given.unit_id)
            if unit is None or not scopes.covers(reach(person), unit.path, unit.line):
                raise Forbidden("没有这个单位,或不在本人管理范围内", "", "请刷新后重试")
            if robots.named(tx, given.unit_id, given.channel, given.name):
                raise Conflict("这个单位已有同名机器人", given.name, "请换一个名称,或先撤下原来的")
            made = robots.put(tx, vault, given)
            audit.add(tx, person.id, "登记群机器人", "robot", str(made), given.channel)
            return {"id": made}

        return int(once(tx, person, sent, work)["id"])


@needs(KEEPS)
def remove(store: Store, actor: Person, robot_id: int, sent: Sent) -> None:
    """Take a robot away and forget its address; letters that wait for it do not leave any more."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, KEEPS)

        def work() -> Mapping[str, Any]:
            _mine(tx, person, robot_id)
            robots.remove(tx, robot_id)
            audit.add(tx, person.id, "撤下群机器人", "robot", str(robot_id), "")
            return {}

        once(tx, person, sent, work)


@needs(KEEPS)
def attempt(store: Store, actor: Person, robot_id: int, line: Line, sent: Sent) -> str:
    """Send one message by a robot, now; what came of it. The same form sends one message."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, KEEPS)
        found = _mine(tx, person, robot_id)
        means = robots.opened(tx, line.vault, robot_id) or {}
        if done(tx, str(person.id), sent) is not None:
            return AGAIN
        once(tx, person, sent, dict)
        audit.add(tx, person.id, "测试群机器人", "robot", str(robot_id), found.channel)
    said = _spoken(found, {**means, "home": line.homes.get(found.channel, "")}, line)
    with store.writing() as tx:
        robots.tried(tx, robot_id, said)
    return said


def _spoken(robot: Robot, means: Mapping[str, str], line: Line) -> str:
    begun = to_second(line.at)
    text = f"【测试】{robot.name}:协同发声的消息将发到本群。{say_minute(begun)}"
    letter = Letter("测试", text, group_text=text)
    try:
        channel = CHANNELS.get(robot.channel)(Means(options={robot.channel: means}))
        channel.deliver(letter, robot.recipient, f"robot/{robot.id}/{begun}", line.at)
    except DeliveryError as error:
        return str(error)
    return ARRIVED


def _given(entered: Entered, homes: Mapping[str, str]) -> Given:
    if entered.channel not in ROBOTS:
        raise InputError("没有这种机器人", "种类", "请从列表中选择")
    sort, name, secret = ROBOTS.get(entered.channel), entered.name.strip(), entered.secret.strip()
    refuse_marked({"名称": name})
    if not 0 < len(name) <= LONGEST or not name.isprintable():
        raise InputError(f"名称应为1至{LONGEST}字", "名称", "例如“市州联络员群”")
    if len(secret) > LONGEST_SECRET or not secret.isprintable():
        raise InputError("密钥过长或带有换行", sort.sealed_half or "密钥", "请重新复制")
    home = sort.home or homes.get(sort.name, "")
    token = token_of(sort, entered.address, home)
    return Given(entered.unit_id, entered.channel, name, token, secret if sort.sealed_half else "")


def _mine(tx: Writing, person: Person, robot_id: int) -> Robot:
    found = robots.get(tx, robot_id, tx.second)
    if found is None or not scopes.covers(reach(person), found.path, ""):
        raise Forbidden(*ABSENT)
    return found
