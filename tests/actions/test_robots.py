"""Robots of groups: entered sealed, tried on the spot, told what units below them have to do."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from monitor.actions import campaign_messages, robots
from monitor.actions.campaigns import Saved
from monitor.actions.robots import Entered, Line
from monitor.actions.sending import Sent
from monitor.domain.campaign import Move
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import from_second
from monitor.domain.notice import Outcome
from monitor.domain.person import Role
from monitor.domain.scope import EVERYTHING
from monitor.record.screens.robots import listing
from monitor.record.screens.telling import Message, messages
from monitor.record.store import Store
from tests.actions.campaign_office import CampaignOffice
from tests.actions.test_campaigns import press
from tests.builders import VAULT, T
from tests.conftest import StandingClock
from tests.deliver.robot_services import SECRET, TOKENS, Services, robot_services

BOX, ROBOT = T["outbox"], T["robot"]
HOME = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="
DING = "https://oapi.dingtalk.com/robot/send?access_token="


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    office = CampaignOffice(store, clock)
    office.who["admin"] = office.enrol("admin", Role.SYSTEM_ADMIN, "/")
    return office


@pytest.fixture
def services(office: CampaignOffice) -> Iterator[Services]:
    with robot_services(office.now) as found:
        yield found


def enter(
    office: CampaignOffice, unit: str = "荆州市公安局", who: str = "admin", **more: Any
) -> int:
    fields = {"channel": "wecom", "name": "联络员群", "address": HOME + TOKENS["wecom"], **more}
    entered = Entered(office.units[unit], **fields)
    return robots.enter(office.store, VAULT, office.who[who], entered, {}, office.sent())


def attempt(office: CampaignOffice, services: Services, robot: int, sent: Sent) -> str:
    homes = {name: services.home(name) for name in TOKENS}
    line = Line(VAULT, homes, from_second(office.now))
    return robots.attempt(office.store, office.who["admin"], robot, line, sent)


def test_its_address_is_sealed_and_only_its_end_is_shown(office: CampaignOffice) -> None:
    enter(office)
    with office.store.reading() as tx:
        sealed = bytes(tx.conn.execute(select(ROBOT.c.sealed)).scalar_one())
        (shown,) = listing(tx, EVERYTHING, office.now)
    assert TOKENS["wecom"].encode() not in sealed
    assert (shown.hint, shown.unit_name, shown.tried_at) == ("5aaa", "荆州市公安局", None)


def test_one_of_that_name_is_enough_and_an_address_elsewhere_is_refused(
    office: CampaignOffice,
) -> None:
    enter(office)
    with pytest.raises(Conflict, match="同名"):
        enter(office)
    for wrong in (
        {"address": "https://example.cn/cgi-bin/webhook/send?key=a"},
        {"channel": "webhook", "address": "https://example.cn/x"},
        {"channel": "fax"},
        {"name": " "},
    ):
        with pytest.raises(InputError):
            enter(office, **wrong)
    with pytest.raises(Forbidden):
        enter(office, who="operator")


def test_a_trial_says_what_came_of_it_and_one_form_is_one_message(
    office: CampaignOffice, services: Services
) -> None:
    robot = enter(office, channel="dingtalk", address=DING + TOKENS["dingtalk"], secret=SECRET)
    sent = office.sent()
    assert attempt(office, services, robot, sent) == "已送达"
    assert attempt(office, services, robot, sent) == robots.AGAIN
    assert len(services.accepted) == 1
    wrong = enter(office, name="另一群", channel="dingtalk", address=f"{DING}abc", secret=SECRET)
    assert "机器人地址无效" in attempt(office, services, wrong, office.sent())
    with office.store.reading() as tx:
        assert [each.tried[:6] for each in listing(tx, EVERYTHING, office.now)] == [
            "已送达",
            "机器人地址无",
        ]
    robots.remove(office.store, office.who["admin"], wrong, office.sent())
    with pytest.raises(Forbidden):
        attempt(office, services, wrong, office.sent())


def test_a_group_hears_of_the_units_below_its_own(office: CampaignOffice) -> None:
    enter(office)
    saved = office.issued()
    (said,) = [each for each in told(office, saved) if each.channel == "wecom"]
    assert (said.name, said.tasks, said.outcome) == ("联络员群", 2, Outcome.WAITING)
    assert "平安荆州(演示)" in said.text
    assert "平安黄冈" not in said.text
    with office.store.reading() as tx:
        row = tx.conn.execute(select(BOX).where(BOX.c.channel == "wecom")).mappings().one()
    assert (row["once"], TOKENS["wecom"] in row["recipient"]) == (True, False)


def test_what_nobody_knows_of_is_settled_by_a_person_and_not_sent_again_once_it_is_over(
    office: CampaignOffice,
) -> None:
    enter(office)
    saved = office.issued()
    (said,) = [each for each in told(office, saved) if each.channel == "wecom"]
    args = (office.store, office.who["writer"], said.id)
    with pytest.raises(Conflict, match="处理过"):
        campaign_messages.again(*args, office.sent())
    become(office, "未知")
    campaign_messages.again(*args, office.sent())
    assert outcome(office, saved) is Outcome.WAITING
    become(office, "未知")
    campaign_messages.arrived(*args, office.sent())
    assert outcome(office, saved) is Outcome.SENT
    become(office, "未知")
    press(office, saved, Move.END, "")
    with pytest.raises(Conflict, match="不再重发"):
        campaign_messages.again(*args, office.sent())
    campaign_messages.arrived(*args, office.sent())


def become(office: CampaignOffice, state: str) -> None:
    with office.store.writing() as tx:
        tx.conn.execute(BOX.update().where(BOX.c.channel == "wecom").values(state=state))


def outcome(office: CampaignOffice, saved: Saved) -> Outcome:
    return next(each.outcome for each in told(office, saved) if each.channel == "wecom")


def told(office: CampaignOffice, saved: Saved) -> tuple[Message, ...]:
    with office.store.reading() as tx:
        return messages(tx, EVERYTHING, office.now, saved.campaign_id)
