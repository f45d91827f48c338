"""自愿参与: invited with both papers only, answered freely, told of alone, gone at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from monitor.actions import (
    acknowledging,
    campaign_stops,
    campaigns,
    officers,
    volunteer_links,
    volunteering,
)
from monitor.actions.campaigns import Doing, Saved
from monitor.actions.receipt_door import Refused
from monitor.actions.sending import Sent
from monitor.domain.campaign import Kind, Move
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import HOUR, day_start, from_second, shanghai_day
from monitor.domain.notice import Outcome
from monitor.domain.officer import Step
from monitor.domain.person import Person, Role
from monitor.domain.receipt import Answer
from monitor.domain.scope import EVERYTHING
from monitor.domain.volunteer import VOLUNTARY, Reply
from monitor.record import contacts, invitations
from monitor.record.contacts import Given
from monitor.record.screens import volunteering as screen
from monitor.record.screens.telling import messages
from monitor.record.screens.volunteering import Volunteer
from monitor.record.store import Store
from monitor.runs import campaign_steps
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.actions.test_telling import letters
from tests.builders import VAULT, T, an_account
from tests.conftest import StandingClock
from tests.service.parts import some_parts

KEY, HERE = b"k" * 32, "10.0.0.9"
SIGNED, UNTIL = date(2026, 11, 1), date(2027, 10, 31)
NAME = "民警小王(演示)"


class VolunteerOffice(CampaignOffice):
    """The department with two officers' accounts in 荆州 whose papers both hold."""

    def __init__(self, store: Store, clock: StandingClock) -> None:
        super().__init__(store, clock)
        self.keeper = self.enrol("keeper", Role.LIAISON, self.below("荆州市公安局"))
        self.volunteers: dict[str, int] = {}
        for name in (NAME, "民警小李(演示)"):
            with store.writing() as tx:
                unit = self.units["荆州市公安局"]
                self.volunteers[name] = an_account(tx, unit, name, "douyin", kind="民警个人")
            self.join(self.volunteers[name])
        with store.writing() as tx:
            mail = Owner(OwnerKind.PERSON, self.keeper.id), ContactKind.MAIL, "keeper@example.org"
            contacts.put(tx, VAULT, [Given(*mail)])

    def join(self, account: int, until: date = UNTIL, at: int = 0) -> None:
        steps = (Step.APPROVE, Step.CONSENT, Step.JOIN)
        every = [
            officers.Doing(account, each, at + n, SIGNED, until) for n, each in enumerate(steps)
        ]
        officers.take_all(self.store, None, every)

    def invite(self, saved: Saved, *names: str, who: str = "writer") -> int:
        ids = [self.volunteers[each] for each in names or (NAME,)]
        by = (self.store, self.who[who], saved.campaign_id, ids, self.sent(), self.house)
        return volunteering.invite(*by)

    def invited(self, saved: Saved) -> dict[str, Volunteer]:
        with self.store.reading() as tx:
            found = screen.invited(tx, EVERYTHING, self.now, saved.campaign_id)
        return {each.name: each for each in found}

    def answer(self, saved: Saved, said: Reply, who: Person | None = None) -> Reply:  # type: ignore[override]
        kept = self.invited(saved)[NAME].kept
        by = (self.store, who or self.keeper, (kept.id, kept.version), said, self.sent())
        return volunteering.answer(*by)

    def link(self, saved: Saved) -> volunteer_links.Made:
        kept = self.invited(saved)[NAME].kept
        return volunteer_links.make(self.store, self.keeper, KEY, kept.id)

    def by_link(self, made: volunteer_links.Made, said: str, version: int = 0) -> None:
        form = (Answer(note=said), Sent("receipt", f"{said}{version}", version))
        acknowledging.send(self.store, KEY, made.token, HERE, form)


def at_night(clock: StandingClock) -> None:
    """Half past ten in the evening in Shanghai: what may wait is held until the morning."""
    clock.now = from_second(day_start(shanghai_day(SECOND)) + 22 * HOUR + HOUR // 2)


@pytest.fixture
def office(store: Store, clock: StandingClock) -> VolunteerOffice:
    return VolunteerOffice(store, clock)


def test_an_invitation_reaches_who_keeps_the_papers_once_and_names_nobody(
    office: VolunteerOffice,
) -> None:
    saved = office.issued()
    letters_before = {who: len(each) for who, each in letters(office).items()}
    assert office.invite(saved, *office.volunteers) == 1
    found = letters(office)
    assert len(found.pop("keeper")) == letters_before.pop("keeper", 0) + 1
    assert {who: len(each) for who, each in found.items()} == letters_before
    said = letters(office)["keeper"][-1]
    assert said.subject == "【自愿参与】年底防刷单诈骗提示"
    assert VOLUNTARY in said.text
    assert VOLUNTARY in said.group_text
    assert not any(name in f"{said.text}{said.group_text}" for name in office.volunteers)
    assert office.invited(saved)[NAME].told_to == ("keeper某",)


def test_prepared_before_the_issue_it_goes_in_the_one_message_of_the_issue(
    office: VolunteerOffice,
) -> None:
    saved = office.draft()
    assert office.invite(saved) == 0
    assert office.invited(saved)[NAME].kept.told_at is None
    office.sign(saved)
    office.issue(saved)
    (letter,) = letters(office)["keeper"]
    assert "平安荆州(演示)" in letter.text
    assert VOLUNTARY in letter.text
    assert NAME not in letter.text
    assert office.invited(saved)[NAME].kept.told_at == office.now


def test_only_with_both_papers_in_force_and_only_once(office: VolunteerOffice) -> None:
    saved = office.issued()
    with office.store.writing() as tx:
        unit = office.units["荆州市公安局"]
        office.volunteers["未办(演示)"] = an_account(tx, unit, "未办(演示)", kind="民警个人")
    office.volunteers["官方"] = office.accounts["平安荆州(演示)"]
    office.invite(saved)
    for name in ("未办(演示)", "官方", NAME):
        with pytest.raises(Conflict, match="不在有效期内,或已邀请过"):
            office.invite(saved, name)
    assert set(office.invited(saved)) == {NAME}


def test_papers_that_run_out_before_a_held_back_message_leaves_tell_nothing(
    office: VolunteerOffice, clock: StandingClock
) -> None:
    at_night(clock)
    steps = (Step.APPROVE, Step.CONSENT)
    account, today = office.volunteers[NAME], shanghai_day(office.now)
    renewed = [officers.Doing(account, each, 3 + n, SIGNED, today) for n, each in enumerate(steps)]
    officers.take_all(office.store, None, renewed)
    saved = office.draft(due=office.now + 40 * 3600)
    office.sign(saved)
    office.issue(saved)
    assert office.invite(saved) == 0
    assert office.invited(saved)[NAME].kept.told_at is None


def test_participation_is_said_and_taken_back_without_a_reason(office: VolunteerOffice) -> None:
    saved = office.issued()
    office.invite(saved)
    for said in (Reply.JOINS, Reply.DECLINES, Reply.JOINS, Reply.DECLINES):
        assert office.answer(saved, said) is said
        assert office.invited(saved)[NAME].kept.reply is said
    with pytest.raises(Conflict, match="不参加"):
        office.link(saved)


def test_after_the_end_one_may_still_decline_but_not_join(office: VolunteerOffice) -> None:
    saved = office.issued()
    office.invite(saved)
    office.answer(saved, Reply.JOINS)
    kept = office.campaign(saved)
    doing = Doing(Move.END, (kept.id, kept.version))
    campaigns.move(office.store, office.who["writer"], doing, office.sent(), office.house)
    assert office.answer(saved, Reply.DECLINES) is Reply.DECLINES
    with pytest.raises(Conflict, match="已结束"):
        office.answer(saved, Reply.JOINS)


def test_the_officer_answers_himself_by_the_link(office: VolunteerOffice) -> None:
    saved = office.issued()
    office.invite(saved)
    made = office.link(saved)
    told = volunteer_links.text(made, "https://desk.example.cn")
    assert VOLUNTARY in told
    assert "刷单返利都是骗局" in told
    slip = acknowledging.slip_of(office.store, KEY, made.token, HERE, SECOND)
    assert (VOLUNTARY in slip.task.told, slip.wording.choices) == (True, ("不参加", "参加"))
    with pytest.raises(InputError, match="请选一项"):
        office.by_link(made, "也许")
    office.by_link(made, "参加")
    assert office.invited(saved)[NAME].kept.reply is Reply.JOINS
    office.by_link(made, "不参加", 1)
    assert office.invited(saved)[NAME].kept.reply is Reply.DECLINES


@pytest.mark.parametrize("step", [Step.LEAVE, Step.MOVE, Step.RETIRE])
def test_who_leaves_is_invited_to_nothing_any_more_and_no_message_goes_out(
    office: VolunteerOffice, step: Step
) -> None:
    saved = office.issued()
    office.invite(saved)
    made = office.link(saved)
    waiting = len(letters(office)["keeper"])
    officers.take(office.store, None, officers.Doing(office.volunteers[NAME], step, 3))
    assert len(letters(office)["keeper"]) == waiting - 1
    assert office.invited(saved) == {}
    with pytest.raises(Refused, match="已被撤回"):
        office.by_link(made, "参加")
    with office.store.reading() as tx:
        assert screen.to_answer(tx, EVERYTHING, office.now) == ()
        outcomes = {
            each.outcome
            for each in messages(tx, EVERYTHING, office.now, saved.campaign_id)
            if each.what == "自愿参与"
        }
    assert outcomes == {Outcome.WITHDRAWN}
    office.join(office.volunteers[NAME], at=4)
    assert office.invited(saved) == {}
    office.invite(saved)
    assert office.invited(saved)[NAME].kept.reply is Reply.WAITING


def test_one_of_two_who_leaves_keeps_the_others_message(office: VolunteerOffice) -> None:
    saved = office.issued()
    office.invite(saved, *office.volunteers)
    waiting = len(letters(office)["keeper"])
    officers.take(office.store, None, officers.Doing(office.volunteers[NAME], Step.LEAVE, 3))
    assert len(letters(office)["keeper"]) == waiting
    assert set(office.invited(saved)) == {"民警小李(演示)"}


def test_a_stop_and_the_end_of_it_reach_volunteers_and_no_reminder_does(
    office: VolunteerOffice, clock: StandingClock
) -> None:
    saved = office.issued()
    office.invite(saved)
    office.answer(saved, Reply.JOINS)
    stop_id = office.stop("荆州市公安局", campaign=saved.campaign_id)
    assert "受邀自愿参与的民警本人暂不发布" in letters(office)["keeper"][-1].text
    assert office.invited(saved)[NAME].stopped
    with pytest.raises(Conflict, match="停发"):
        office.answer(saved, Reply.JOINS)
    said = (office.store, office.who["second"], (stop_id, 0), "已核实,可以继续", office.sent())
    campaign_stops.lift(*said, office.house)
    assert "请单独告知受邀自愿参与的民警本人" in letters(office)["keeper"][-1].text
    clock.now += timedelta(hours=6)
    before = _volunteer_texts(office)
    campaign_steps.run(some_parts(office.store, clock))
    assert _volunteer_texts(office) == before


def _volunteer_texts(office: VolunteerOffice) -> int:
    every = [each.text for mine in letters(office).values() for each in mine]
    with office.store.reading() as tx:
        every += tx.conn.execute(select(T["campaign_letter"].c.text)).scalars()
    return sum("自愿参与" in each for each in every)


def test_a_stop_elsewhere_does_not_lose_an_invitation_that_waits_for_the_morning(
    office: VolunteerOffice, clock: StandingClock
) -> None:
    at_night(clock)
    saved = office.draft(due=office.now + 40 * 3600)
    office.sign(saved)
    office.issue(saved)
    office.invite(saved)
    office.stop("黄冈市公安局", campaign=saved.campaign_id)
    said = [each for each in letters(office)["keeper"] if VOLUNTARY in each.text]
    assert len(said) == 1


def test_nobody_is_invited_to_a_drill_or_to_what_is_over(office: VolunteerOffice) -> None:
    drill = office.issued(kind=Kind.DRILL)
    with pytest.raises(InputError, match="演练"):
        office.invite(drill)
    saved = office.issued()
    kept = office.campaign(saved)
    doing = Doing(Move.CANCEL, (kept.id, kept.version), "不再发布")
    campaigns.move(office.store, office.who["writer"], doing, office.sent(), office.house)
    with pytest.raises(Conflict, match="已结束"):
        office.invite(saved)


def test_two_hands_at_once_are_told(office: VolunteerOffice) -> None:
    saved = office.issued()
    office.invite(saved)
    kept = office.invited(saved)[NAME].kept
    office.answer(saved, Reply.JOINS)
    by = (office.store, office.keeper, (kept.id, kept.version), Reply.DECLINES, office.sent())
    with pytest.raises(Conflict, match="刚答复过"):
        volunteering.answer(*by)
    with office.store.reading() as tx:
        assert invitations.get(tx, kept.id + 99) is None
