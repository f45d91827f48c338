"""Applications about accounts signed on screen: who signs, what the last one does, other ways."""

from pathlib import Path

import pytest

from monitor.actions import approving, lifecycle, manuscripts
from monitor.actions.approving import Doing as Pressing
from monitor.actions.approving import Signed
from monitor.actions.lifecycle import Wanted
from monitor.actions.sending import Sent
from monitor.coordinate.life_application import decides
from monitor.domain.account import State
from monitor.domain.approval import Move as Step
from monitor.domain.approval import State as Standing
from monitor.domain.errors import Conflict, Forbidden
from monitor.domain.lifecycle import Move
from monitor.domain.manuscript import SUBJECT, Text
from monitor.domain.person import Person, Role
from monitor.domain.unit import Level, Unit
from monitor.record import approvals, lives, people
from monitor.record.approvals import Kept
from monitor.record.screens import approving as waiting
from monitor.record.store import Store
from tests.actions.test_lifecycle import AT, Desk

WHY = {"情况说明": "无力维护"}


class Signing(Desk):
    """The same desk, with who reviews and who endorses at the city."""

    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store, folder)
        path = next(iter(self.city.scope.paths))
        self.admin = self._enrol("admin", Role.PREFECTURE_ADMIN, path)
        self.leader = self._enrol("leader", Role.PREFECTURE_REVIEWER, path)

    def approval(self, account: int = 0) -> Kept:
        """The approval of what is pending now, or of the last text there was."""
        with self.store.reading() as tx:
            text = lives.get(tx, account or self.account).life.text
            kept = approvals.of_subject(tx, SUBJECT, text) if text else approvals.get(tx, 1)
        assert kept is not None
        return kept

    def sign(self, who: Person, step: Step, kept: Kept, **more: object) -> Standing:
        self.pressed += 1
        doing = Pressing(step, kept.approval.sha256, **({"opinion": "已阅"} | more))  # type: ignore[arg-type]
        sent = Sent("sign", f"s{self.pressed}")
        data = self.house.data_dir
        done = approving.do(self.store, who, kept.id, doing, sent, data)
        return Standing(done["state"])

    def waits(self, who: Person) -> list[str]:
        with self.store.reading() as tx:
            return [each.kind for each in waiting.waiting(tx, who.scope, AT + 60, who.id)]

    def state(self, approval_id: int = 1) -> Standing:
        with self.store.reading() as tx:
            kept = approvals.get(tx, approval_id)
        assert kept is not None
        return kept.approval.state


@pytest.fixture
def desk(either_store: Store, tmp_path: Path) -> Signing:
    return Signing(either_store, tmp_path)


def test_the_last_signature_on_an_opening_grants_it_at_once(desk: Signing) -> None:
    wanted = Wanted("weibo", "江陵警方(演示)", "991024000000", "警务公开")
    key = lifecycle.apply_open(desk.store, desk.unit, wanted, Sent("open", "k"), desk.house)
    kept = desk.approval(key)
    assert (kept.subject.sort, kept.subject.level) == ("账号开设", "市州局")
    assert desk.waits(desk.admin) == ["账号开设"]
    assert desk.sign(desk.admin, Step.AGREE_ON, kept) is Standing.UNDER_WAY
    assert desk.now(key).state is State.PLANNED
    assert desk.sign(desk.leader, Step.ENDORSE, desk.approval(key)) is Standing.APPROVED
    granted = desk.now(key)
    assert granted.state is State.APPROVED
    assert granted.details["开设批准文号"] == "线上审批第1号"
    with desk.store.reading() as tx:
        assert lives.get(tx, key).life.text is None


def test_a_closure_refused_gives_the_state_back_and_one_taken_back_too(desk: Signing) -> None:
    desk.press(desk.unit, Move.APPLY_CLOSE, WHY)
    kept = desk.approval()
    desk.sign(desk.admin, Step.AGREE_ON, kept)
    assert desk.sign(desk.leader, Step.REFUSE, kept) is Standing.REFUSED
    assert desk.now().state is State.ACTIVE
    desk.press(desk.unit, Move.APPLY_CLOSE, WHY)
    again = desk.approval()
    assert desk.sign(desk.unit, Step.WITHDRAW, again) is Standing.WITHDRAWN
    assert desk.now().state is State.ACTIVE
    assert approving.buttons(desk.store, desk.unit, again.id, AT) == ()
    with pytest.raises(Conflict, match="另行办结"):
        desk.sign(desk.unit, Step.SUBMIT, again)


def test_a_change_signed_on_paper_and_confirmed_is_granted(desk: Signing) -> None:
    said = {"变更事项": "账号名称", "变更后": "江陵公安(演示)", "情况说明": "统一名称"}
    desk.press(desk.unit, Move.APPLY_CHANGE, said)
    kept = desk.approval()
    paper = Signed("赵某(演示)", AT - 60, b"%PDF-1.7 signed")
    data = desk.house.data_dir
    desk.house = type(desk.house)(desk.house.files or data, desk.house.files)
    for name in ("approvals", "calendars"):
        (desk.house.data_dir / name).symlink_to((data / name).resolve())
    assert desk.sign(desk.unit, Step.PAPER, kept, paper=paper) is Standing.PAPER
    assert desk.now().name == "平安江陵(演示)"
    assert desk.sign(desk.admin, Step.CONFIRM, kept) is Standing.APPROVED
    after = desk.now()
    assert (after.name, after.details["变更批准文号"]) == ("江陵公安(演示)", "线下签批第1号")


def test_a_paper_from_outside_ends_what_was_under_way(desk: Signing) -> None:
    desk.press(desk.unit, Move.APPLY_CLOSE, WHY)
    kept = desk.approval()
    desk.sign(desk.admin, Step.AGREE_ON, kept)
    desk.press(desk.city, Move.GRANT_CLOSE, {"批准文号": "荆公宣〔2026〕2号"})
    assert (desk.state(), desk.waits(desk.leader)) == (Standing.WITHDRAWN, [])
    with pytest.raises(Conflict):
        desk.sign(desk.leader, Step.ENDORSE, kept)
    with desk.store.reading() as tx:
        shown = waiting.shown(tx, desk.unit.scope, AT + 60, desk.unit.id, kept.id)
    assert shown is not None
    assert (shown.moves[0].move, shown.moves[0].opinion) == (Step.ELSEWHERE, Move.GRANT_CLOSE)


def test_nobody_rewrites_what_goes_up_for_an_account(desk: Signing) -> None:
    desk.press(desk.unit, Move.APPLY_CLOSE, WHY)
    text = Text("专题宣传", "别的", "别的", ("wechat",))
    subject = desk.approval().subject.id
    with pytest.raises(Forbidden, match="不能在这里修改"):
        manuscripts.save(desk.store, desk.unit, text, Sent("m", "k", 1), subject)


def test_where_nobody_signs_it_waits_as_a_draft_and_paper_decides(desk: Signing) -> None:
    with desk.store.writing() as tx:
        people.set_active(tx, desk.leader.id, active=False)
    desk.press(desk.unit, Move.APPLY_CLOSE, WHY)
    assert desk.state() is Standing.DRAFT
    desk.press(desk.city, Move.GRANT_CLOSE, {"批准文号": "2号"})
    assert desk.state() is Standing.WITHDRAWN


def test_the_nearest_office_above_decides_and_the_department_about_itself() -> None:
    levels = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.STATION)
    way = [
        Unit(
            f"{key:012}",
            str(level),
            level,
            id=key,
            path=f"/{'/'.join(map(str, range(1, key + 1)))}/",
        )
        for key, level in enumerate(levels, start=1)
    ]
    found = [decides(each, way) for each in way]
    assert [each.id if each else None for each in found] == [1, 1, 2, 2]
    assert decides(way[2], way[2:]) is None
