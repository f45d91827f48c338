"""Issuing, stopping, lifting and giving up tell each person once, in the same transaction."""

from collections import defaultdict

import pytest
from sqlalchemy import delete, select, update

from monitor.actions import campaign_stops, campaigns
from monitor.actions.campaigns import Doing, Saved
from monitor.deliver import codec
from monitor.domain.approval import Move as Signing
from monitor.domain.campaign import Kind, Move, Order, TaskMove
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import Conflict
from monitor.domain.instants import HOUR, typed_minute
from monitor.domain.letter import Letter
from monitor.domain.notice import Outcome
from monitor.domain.person import Role
from monitor.record import contacts, office_settings
from monitor.record.contacts import Given
from monitor.record.screens.telling import Message, messages
from monitor.record.store import Store
from tests.actions.campaign_office import AIM, CampaignOffice
from tests.builders import VAULT, T
from tests.conftest import StandingClock

BOX, LETTER, NOTICE = T["outbox"], T["campaign_letter"], T["campaign_notice"]


@pytest.fixture
def office(store: Store, clock: StandingClock) -> CampaignOffice:
    return told_office(store, clock)


def told_office(store: Store, clock: StandingClock) -> CampaignOffice:
    """The office with a 市州联络员 in 荆州, and mailboxes for all but the operator beside."""
    office = CampaignOffice(store, clock)
    office.who["city"] = office.enrol("city", Role.LIAISON, office.below("荆州市公安局"))
    with store.writing() as tx:
        mails = [
            Given(Owner(OwnerKind.PERSON, who.id), ContactKind.MAIL, f"{login}@example.org")
            for login, who in office.who.items()
            if login != "beside"
        ]
        contacts.put(tx, VAULT, mails)
    return office


def letters(office: CampaignOffice, *states: str) -> dict[str, list[Letter]]:
    """What lies in the outbox for whom, oldest first."""
    with office.store.reading() as tx:
        rows = tx.conn.execute(
            select(BOX.c.recipient, BOX.c.body)
            .where(BOX.c.state.in_(states or ("待发",)))
            .order_by(BOX.c.id)
        ).all()
    found: dict[str, list[Letter]] = defaultdict(list)
    for recipient, body in rows:
        found[recipient.partition("@")[0]].append(codec.decode(bytes(body)))
    return dict(found)


def pasted(office: CampaignOffice) -> list[tuple[int | None, str, str]]:
    """Texts to hand on: to whom, of what, in which words."""
    with office.store.reading() as tx:
        rows = tx.conn.execute(
            select(LETTER.c.person_id, LETTER.c.what, LETTER.c.text)
            .where(LETTER.c.channel == "")
            .order_by(LETTER.c.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_each_person_is_told_once_of_all_tasks_that_are_his(office: CampaignOffice) -> None:
    office.issued()
    found = letters(office)
    assert {who: len(each) for who, each in found.items()} == {
        "operator": 1,
        "city": 1,
        "writer": 1,
        "second": 1,
        "head": 1,
    }
    (operator,) = found["operator"]
    assert operator.subject == "【协同发布】年底防刷单诈骗提示(2个账号,11月23日04:00前)"
    for said in (
        "平安荆州(演示)",
        "荆州交警(演示)",
        "刷单返利都是骗局",
        "027-00000000",
        "tab=tasks",
    ):
        assert said in operator.text
    assert "平安黄冈" not in operator.text
    assert "请转办并督促" in found["city"][0].text
    ((who, what, text),) = pasted(office)
    assert (who, what) == (office.who["beside"].id, "下达")
    assert "平安黄冈(演示)" in text
    assert len(text) <= 450


def test_every_task_has_a_row_of_who_was_told(office: CampaignOffice) -> None:
    saved = office.issued(aim=AIM)
    with office.store.reading() as tx:
        rows = tx.conn.execute(select(NOTICE.c.task_id, NOTICE.c.step, NOTICE.c.told_to)).all()
    assert {row[0] for row in rows} == {each.id for each in office.tasks(saved).values()}
    both = sorted((office.who["operator"].id, office.who["city"].id))
    assert {(row[1], tuple(row[2])) for row in rows} == {("下达", tuple(both))}


def test_in_batches_the_city_is_told_and_hands_it_on(office: CampaignOffice) -> None:
    office.issued(aim=AIM, order=Order.BATCHES, gap=30)
    assert set(letters(office)) == {"city"}
    assert "起发布" in letters(office)["city"][0].text


def test_what_is_refused_tells_nobody(office: CampaignOffice) -> None:
    saved = office.draft()
    with pytest.raises(Conflict):
        office.issue(saved)
    assert letters(office) == {}
    assert pasted(office) == []


def test_at_night_it_waits_for_the_morning_and_what_is_urgent_does_not(
    office: CampaignOffice, clock: StandingClock
) -> None:
    now, morning = office.now, typed_minute("2026-11-23 07:00")
    assert now == typed_minute("2026-11-23 00:00")
    office.issued(due=now + 20 * HOUR)
    assert leaving(office) == {morning}
    office.issued(due=now + 6 * HOUR)
    assert leaving(office) == {morning, now}
    clock.move(hours=1)
    chief = ("chief", Signing.AGREE)
    urgent = office.draft_content(kind=Kind.EMERGENCY, due=now + 12 * HOUR)
    office.issued(urgent, chief)
    assert leaving(office) == {morning, now, office.now}


def leaving(office: CampaignOffice) -> set[int]:
    """When letters may leave."""
    with office.store.reading() as tx:
        return set(tx.conn.execute(select(BOX.c.next_at)).scalars())


def test_a_stop_is_told_at_once_and_takes_back_what_did_not_leave(office: CampaignOffice) -> None:
    office.issued()
    made = office.stop("荆州市公安局")
    found = letters(office)
    assert found["operator"][0].subject == "【紧急停发】年底防刷单诈骗提示(2个账号)"
    assert "内容有误,先停发" in found["operator"][0].text
    assert set(letters(office, "已撤回")) == {"operator", "city", "writer", "second", "head"}
    assert [each.subject[:6] for each in found["writer"]] == ["【协同发布】"]
    args = (office.store, office.who["head"], (made, 0), "已核实无误", office.sent())
    campaign_stops.lift(*args, office.house)
    assert "已核实无误" in letters(office)["operator"][-1].text
    assert letters(office)["operator"][-1].subject.startswith("【解除停发】")


def test_what_is_given_up_is_told_to_all_who_had_a_task(office: CampaignOffice) -> None:
    saved = office.issued(aim=AIM)
    which = (saved.campaign_id, office.campaign(saved).version)
    doing = Doing(Move.CANCEL, which, "情况有变")
    campaigns.move(office.store, office.who["writer"], doing, office.sent(), office.house)
    found = letters(office)
    assert set(found) == {"operator", "city"}
    assert all("情况有变" in each.text for mine in found.values() for each in mine)
    assert all(each.subject.startswith("【撤销通知】") for mine in found.values() for each in mine)


def test_a_decision_on_one_account_is_told_to_its_unit(office: CampaignOffice) -> None:
    saved = office.issued(aim=AIM)
    task = office.tasks(saved)["平安荆州(演示)"]
    office.answer(task, TaskMove.ASK_OUT, said="本周停更整顿")
    task = office.tasks(saved)["平安荆州(演示)"]
    office.decide(task, TaskMove.DENY, said="请照常发布")
    last = letters(office)["operator"][-1]
    assert "不予准许:请照常发布" in last.text
    assert "荆州交警" not in last.text


@pytest.mark.parametrize("quiet", ["trial", "no mail server"])
def test_where_nothing_may_leave_every_message_is_a_text_to_hand_on(
    office: CampaignOffice, quiet: str
) -> None:
    if quiet == "trial":
        with office.store.writing() as tx:
            office_settings.put(tx, office_settings.TRIAL, {"until": "2026-12-23"}, None)
    else:
        office.house = type(office.house)(office.data_dir, VAULT, "", mails=False)
    office.issued(aim=AIM)
    assert letters(office) == {}
    assert {who for who, _, _ in pasted(office)} == {
        office.who["operator"].id,
        office.who["city"].id,
    }


def test_the_page_shows_who_was_told_and_each_city_its_own(office: CampaignOffice) -> None:
    saved = office.issued(aim=AIM)
    with office.store.writing() as tx:
        tx.conn.execute(
            update(BOX).where(BOX.c.id == 1).values(state="已发", sent_at=tx.second + 9)
        )
        tx.conn.execute(delete(BOX).where(BOX.c.id == 2))
    for login, names in (("writer", {"operator某", "city某"}), ("city", {"operator某", "city某"})):
        found = shown(office, saved, login)
        assert {each.name for each in found} == names
        assert {each.outcome for each in found} == {Outcome.SENT}
    assert office.now + 9 in {each.at for each in shown(office, saved, "writer")}
    assert shown(office, saved, "beside") == ()


def shown(office: CampaignOffice, saved: Saved, login: str) -> tuple[Message, ...]:
    with office.store.reading() as tx:
        scope = office.who[login].scope
        return messages(tx, scope, office.now, saved.campaign_id)
