"""Approving with people and rows: who may, what is voided, what a double click and a race do."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.actions import approving, manuscripts, people
from monitor.actions.approving import Signed
from monitor.actions.sending import Sent
from monitor.domain.approval import Move, Stage, State
from monitor.domain.errors import Conflict, Forbidden, InputError, Overtaken
from monitor.domain.manuscript import BODY, Text
from monitor.domain.person import Grant, Role
from monitor.record.store import Store
from tests.actions.approval_office import DATA, TEXT, Office
from tests.builders import T, a_unit, put
from tests.conftest import StandingClock

PDF = b"%PDF-1.7 signed"
CHECKED = ("secrecy", Move.AGREE)
REVIEWED = ("head", Move.AGREE_ON)
ENDORSED = ("director", Move.ENDORSE)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """The shipped data, with a place of one's own for scans."""
    for name in ("approvals", "calendars"):
        (tmp_path / name).symlink_to(DATA / name)
    return tmp_path


@pytest.fixture
def office(either_store: Store, clock: StandingClock, data_dir: Path) -> Office:
    return Office(either_store, clock, data_dir)


def test_a_text_goes_up_signature_by_signature(office: Office) -> None:
    saved = office.write()
    assert office.do(saved, "writer", Move.SUBMIT) == State.UNDER_WAY
    for login, move in (CHECKED, REVIEWED, ENDORSED):
        assert office.waiting(login) == [TEXT.title]
        state = office.do(saved, login, move, opinion="同意")
        assert office.waiting(login) == []
    assert state == State.APPROVED
    shown = office.shown(saved)
    assert [each.signed_by for each in shown.steps] == ["secrecy某", "head某", "director某"]
    assert [each.move for each in shown.moves] == [
        Move.ENDORSE,
        Move.AGREE_ON,
        Move.AGREE,
        Move.SUBMIT,
    ]
    assert office.waiting("chief") == []


def test_named_cosigners_sign_side_by_side_before_all_others(office: Office) -> None:
    other = office.enrol("cosigner2", Role.COSIGNER)
    office.who["cosigner2"] = other
    saved = office.write()
    named = {Stage.COSIGN: [office.who["cosigner"].id, other.id]}
    office.do(saved, "writer", Move.SUBMIT, invited=named)
    assert office.waiting("cosigner") == office.waiting("cosigner2") == [TEXT.title]
    office.do(saved, "cosigner2", Move.AGREE)
    assert office.waiting("secrecy") == []
    office.do(saved, "cosigner", Move.AGREE)
    assert office.waiting("secrecy") == [TEXT.title]
    with pytest.raises(InputError, match="没有“业务会签人”角色"):
        again = office.write()
        office.do(again, "writer", Move.SUBMIT, invited={Stage.COSIGN: [office.who["head"].id]})


def test_another_text_voids_what_was_signed_and_a_stale_screen_signs_nothing(
    office: Office,
) -> None:
    saved = office.write()
    office.up_to(saved, CHECKED)
    stale = office.shown(saved).sha256
    office.change(saved, Text("专题宣传", TEXT.title, "系好安全带,慢行。", TEXT.platforms), 1)
    assert office.shown(saved).line.state == State.DRAFT
    assert office.waiting("head") == []
    office.do(saved, "writer", Move.SUBMIT)
    with pytest.raises(Conflict, match="有修改"):
        office.do(saved, "secrecy", Move.AGREE, seen=stale)
    step = T["approval_step"]
    with office.store.reading() as tx:
        voided = tx.conn.execute(select(step.c.sha256).where(step.c.void, step.c.sha256 != ""))
        assert voided.scalars().all() == [stale]


def test_nobody_signs_what_he_wrote_whatever_he_is(office: Office) -> None:
    grants = (Grant(Role.EDITOR, office.path), Grant(Role.SECRECY, office.path))
    people.set_grants(office.store, None, office.who["writer"].id, grants)
    saved = office.write()
    office.do(saved, "writer", Move.SUBMIT)
    assert office.waiting("writer") == []
    with pytest.raises(Forbidden, match="本人拟稿"):
        office.do(saved, "writer", Move.AGREE)


def test_a_role_elsewhere_signs_nothing_here(office: Office) -> None:
    office.who["far"] = office.enrol("far", Role.SECRECY, f"{office.path}2/")
    saved = office.write()
    office.do(saved, "writer", Move.SUBMIT)
    assert office.waiting("far") == []
    with pytest.raises(Forbidden, match="不由您审批"):
        office.do(saved, "far", Move.AGREE)
    with pytest.raises(Forbidden, match="拟稿"):
        office.do(saved, "director", Move.SUBMIT)


def test_sent_back_with_a_reason_changed_and_sent_up_again(office: Office) -> None:
    saved = office.write()
    office.up_to(saved, CHECKED)
    with pytest.raises(InputError, match="意见"):
        office.do(saved, "head", Move.RETURN)
    assert office.do(saved, "head", Move.RETURN, opinion="数字有误") == State.RETURNED
    office.change(saved, Text("专题宣传", TEXT.title, "改好了。", TEXT.platforms), 1)
    assert office.up_to(saved, CHECKED, REVIEWED, ENDORSED) == State.APPROVED
    assert office.shown(saved).moves[-3].opinion == "数字有误"


def test_the_leader_refuses_for_good(office: Office) -> None:
    saved = office.write()
    office.up_to(saved, CHECKED, REVIEWED)
    assert office.do(saved, "director", Move.REFUSE, opinion="不宜发布") == State.REFUSED
    with pytest.raises(Conflict, match="不予签发"):
        office.do(saved, "writer", Move.SUBMIT)


def test_a_grave_matter_needs_the_last_signature_within_a_day(office: Office) -> None:
    saved = office.write(Text("警情通报", "关于一起警情的通报", "经查……", ("weibo",)))
    assert office.up_to(saved, CHECKED, REVIEWED, ENDORSED) == State.UNDER_WAY
    assert office.waiting("chief") == ["关于一起警情的通报"]
    office.clock.now += timedelta(hours=24)
    assert office.waiting("chief") == []
    assert office.shown(saved).line.state == State.LATE
    with pytest.raises(Conflict, match="待改期"):
        office.do(saved, "chief", Move.AGREE)
    assert office.do(saved, "writer", Move.SUBMIT) == State.UNDER_WAY
    assert [each.move for each in office.shown(saved).moves][:2] == [Move.SUBMIT, Move.LAPSE]


def test_handed_on_to_another_of_the_role(office: Office) -> None:
    office.who["head2"] = office.enrol("head2", Role.HEAD)
    saved = office.write()
    office.up_to(saved, CHECKED)
    others = approving.others(office.store, office.who["head"], saved.approval_id, office.now)
    assert [each.name for each in others] == ["head2某"]
    office.do(saved, "head", Move.HAND_ON, to=office.who["head2"].id)
    assert office.waiting("head") == []
    assert office.waiting("head2") == [TEXT.title]
    office.do(saved, "head2", Move.AGREE_ON)


def test_signed_on_paper_and_confirmed_by_a_second_person(office: Office) -> None:
    saved = office.write()
    with pytest.raises(InputError, match="不是 PDF"):
        office.do(saved, "writer", Move.PAPER, paper=Signed("赵某", office.now, b"MZ"))
    paper = Signed("赵某(演示)", office.now - 60, PDF)
    assert office.do(saved, "writer", Move.PAPER, paper=paper) == State.PAPER
    assert office.waiting("head") == [TEXT.title]
    with pytest.raises(Forbidden):
        office.do(saved, "writer", Move.CONFIRM)
    assert office.do(saved, "head", Move.CONFIRM) == State.APPROVED
    shown = office.shown(saved)
    assert shown.paper is not None
    assert (shown.paper.registered_by, shown.paper.confirmed_by) == ("writer某", "head某")
    assert shown.line.on_paper
    assert list((office.data_dir / "local" / "scans").rglob("*.pdf"))


def test_a_role_nobody_holds_is_named_before_anybody_waits(office: Office) -> None:
    people.disable(office.store, None, office.who["director"].id)
    saved = office.write()
    with pytest.raises(InputError, match="没有人担任“分管处领导”"):
        office.do(saved, "writer", Move.SUBMIT)


def test_a_double_click_signs_once(office: Office) -> None:
    saved = office.write()
    office.do(saved, "writer", Move.SUBMIT)
    seen = office.shown(saved).sha256
    for _ in range(2):
        assert office.do(saved, "secrecy", Move.AGREE, key="same", seen=seen) == State.UNDER_WAY
    assert [each.move for each in office.shown(saved).moves].count(Move.AGREE) == 1
    first = manuscripts.save(office.store, office.who["writer"], TEXT, Sent("new", "once"))
    assert manuscripts.save(office.store, office.who["writer"], TEXT, Sent("new", "once")) == first


def test_two_editors_are_told_and_both_texts_are_kept(office: Office) -> None:
    saved = office.write()
    theirs = Text("专题宣传", TEXT.title, "先保存的。", TEXT.platforms)
    office.change(saved, theirs, 1)
    with pytest.raises(Overtaken) as told:
        office.change(saved, Text("专题宣传", TEXT.title, "后保存的。", TEXT.platforms), 1)
    assert told.value.theirs[BODY] == "先保存的。"
    assert told.value.mine[BODY] == "后保存的。"
    merged = Text("专题宣传", TEXT.title, "两人的都在。", TEXT.platforms)
    assert office.change(saved, merged, told.value.version).version == 3
    with pytest.raises(Forbidden, match="拟稿人"):
        office.change(saved, theirs, 3, who="second")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (Text("菜谱", "a", "b", ("wechat",)), "类别"),
        (Text("演练", " ", "b", ("wechat",)), "标题"),
        (Text("演练", "a", "", ("wechat",)), "正文"),
        (Text("演练", "a", "b"), "平台"),
        (Text("演练", "a", "机密★一年", ("wechat",)), "机密"),
    ],
)
def test_what_is_missing_is_named(office: Office, text: Text, told: str) -> None:
    with pytest.raises(InputError, match=told):
        office.write(text)


def test_a_county_says_itself_who_checked(office: Office) -> None:
    with office.store.writing() as tx:
        county = a_unit(tx, "当阳市公安局", "420582000000", 2)
    office.who["county"] = office.enrol("county", Role.UNIT_LIAISON, f"{office.path}2/{county}/")
    saved = office.write(who="county")
    with pytest.raises(InputError, match="本单位审核人"):
        office.do(saved, "county", Move.SUBMIT)
    assert office.do(saved, "county", Move.SUBMIT, attested_by="王某(演示)") == State.APPROVED
    assert office.shown(saved, "county").attested_by == "王某(演示)"


def test_a_deputy_signs_in_somebodys_place_and_is_named_beside_him(office: Office) -> None:
    head, chief = office.who["head"], office.who["chief"]
    with office.store.writing() as tx:
        lent = {"person_id": head.id, "deputy_id": chief.id, "recorded_at": tx.stamp}
        put(tx, "deputy", since=office.now, until=office.now + 3600, **lent)
    office.who["chief"] = people.person_called(office.store, "chief", office.now)
    saved = office.write()
    office.up_to(saved, CHECKED)
    assert office.waiting("chief") == [TEXT.title]
    office.do(saved, "chief", Move.AGREE_ON)
    reviewed = office.shown(saved).steps[1]
    assert (reviewed.signed_by, reviewed.behalf) == ("chief某", "head某")
    again = office.write()
    office.up_to(again, CHECKED)
    office.clock.move(hours=2)
    assert office.waiting("chief") == []
    with pytest.raises(Forbidden, match="不由您审批"):
        office.do(again, "chief", Move.AGREE_ON)
