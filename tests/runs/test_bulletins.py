"""通报 from its draft to its number: the gate, the count, what is frozen, the same bytes again."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update

from monitor.actions import bulletins as acting
from monitor.actions.bulletins import Wanted
from monitor.actions.case_moving import House
from monitor.actions.sending import Sent
from monitor.collect.loop import EventLoop
from monitor.domain.approval import State as Signed
from monitor.domain.bulletin import Base
from monitor.domain.case import Move, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import to_second
from monitor.domain.running import JobState
from monitor.domain.scope import EVERYTHING
from monitor.record import bulletins, cases
from monitor.record import jobs as queue
from monitor.record.approvals import APPROVAL
from monitor.record.bulletins import Kept
from monitor.record.screens import bulletins as screen
from monitor.record.store import Store
from monitor.report import named
from monitor.report.table import revived
from monitor.runs import export, jobs, setup
from monitor.runs.export import Request
from monitor.runs.parts import Parts
from tests.actions.conftest import enrol
from tests.actions.test_casework import Four, four, to_the_unit
from tests.conftest import StandingClock
from tests.report.papers import texts
from tests.service.parts import some_parts

__all__ = ["enrol", "four"]
ASKED = Wanted("2026Q4", "各市、州公安局:", "某某,027-00000000")


@dataclass
class Desk:
    """Four parties, and the machine that drafts for them."""

    four: Four
    parts: Parts
    clock: StandingClock

    @property
    def house(self) -> House:
        return House(self.parts.data_dir, self.parts.local_dir / "case_files")

    def draft(self, wanted: Wanted = ASKED, key: str = "k") -> Kept:
        """What came of asking for a draft."""
        job_id = acting.ask(
            self.four.store, self.four.people["editor"], wanted, Sent("bulletin", key)
        )
        with EventLoop() as loop:
            jobs.run(self.parts, loop)
        with self.four.store.reading() as tx:
            job = queue.get(tx, job_id)
            assert job is not None
            assert job.state is JobState.DONE, job.result
            newest = tx.conn.execute(text("SELECT max(id) FROM bulletin")).scalar_one()
            made = bulletins.get(tx, newest)
        assert made is not None
        return made

    def content(self, kept: Kept) -> dict[str, Any]:
        with self.four.store.reading() as tx:
            return bulletins.content(tx, kept)

    def again(self, kept: Kept) -> Kept:
        with self.four.store.reading() as tx:
            found = bulletins.get(tx, kept.id)
        assert found is not None
        return found

    def sign(self, kept: Kept) -> Kept:
        """Put up for approval, and signed to the end."""
        editor = self.four.people["editor"]
        approval_id = acting.submit(
            self.four.store, editor, (kept.id, kept.version), Sent("submit", str(kept.id))
        )
        with self.four.store.writing() as tx:
            signed = update(APPROVAL).where(APPROVAL.c.id == approval_id)
            tx.conn.execute(signed.values(state=Signed.APPROVED.value))
        return self.again(kept)

    def issue(self, kept: Kept, who: str = "head") -> str:
        sent = Sent("issue", f"{kept.id}{kept.version}")
        which = (kept.id, kept.version)
        return acting.issue(self.four.store, self.four.people[who], which, sent, self.house)

    def word(self, kept: Kept, **more: bool) -> bytes:
        return acting.word(self.four.store, self.four.people["head"], kept.id, self.house, **more)[
            1
        ]


@pytest.fixture
def desk(four: Four, store: Store, clock: StandingClock, tmp_path: Path) -> Desk:
    ready = setup.ready(some_parts(store, clock))
    for each in ready.data_dir.iterdir():
        if each.name != "local":
            (tmp_path / each.name).symlink_to(each)
    return Desk(four, replace(ready, data_dir=tmp_path), clock)


def test_nothing_is_named_before_three_working_days_and_the_list_says_so(desk: Desk) -> None:
    to_the_unit(desk.four)
    early = desk.draft()
    assert (early.entering, early.dropped) == (0, 1)
    ((dropped),) = desk.content(early)["dropped"]
    assert "告知单位未满3个工作日" in dropped["原因"]
    desk.clock.now += timedelta(days=7)
    late = desk.draft(key="later")
    assert (late.entering, late.dropped) == (1, 0)
    values = desk.content(late)["within"]
    assert [row["问题类型"] for row in values["清单"]] == ["睡眠", "未备案"], "all problems listed"
    assert "存在问题账号1个" in values["总体"][0], "one account"


def test_it_goes_from_draft_to_number_and_marks_its_cases(desk: Desk) -> None:
    kept = to_the_unit(desk.four)
    desk.clock.now += timedelta(days=7)
    made = desk.draft()
    with pytest.raises(Conflict, match="还没有签发"):
        desk.issue(made)
    signed = desk.sign(made)
    assert desk.issue(signed) == "2026年第1期"
    assert desk.four.case(kept.id).case.named
    with desk.four.store.reading() as tx:
        told = tx.conn.execute(text("SELECT words FROM case_move WHERE move = '提请通报'")).scalar()
    assert told == "2026年第1期"
    said = "\n".join(texts(desk.word(made)))
    for each in ("2026年第1期", "平安江陵0(演示)", "未备案", "附件2", ASKED.contact):
        assert each in said
    with pytest.raises(Conflict, match="已经印发"):
        desk.issue(desk.again(made))


def test_what_was_signed_is_not_issued_once_a_case_is_contested_or_was_wrong(desk: Desk) -> None:
    kept = to_the_unit(desk.four)
    desk.clock.now += timedelta(days=1)
    appealed = desk.four.do("county", Move.APPEAL, kept)
    assert desk.draft().dropped == 1
    kept = desk.four.do("head", Move.REJECT, appealed)
    desk.clock.now += timedelta(days=6)
    signed = desk.sign(desk.draft(key="b"))
    assert signed.entering == 1
    for told, change in (
        ("复核申请未办结", {"appealed": True}),
        ("1件经核实不属实", {"appealed": False, "state": State.UNFOUNDED}),
    ):
        now = desk.four.case(kept.id)
        with desk.four.store.writing() as tx:
            assert cases.put(tx, now, replace(now.case, **change), None)
        with pytest.raises(Conflict, match=told):
            desk.issue(signed)
    with desk.four.store.reading() as tx:
        assert tx.conn.execute(text("SELECT max(serial) FROM bulletin")).scalar() is None


def test_it_is_the_same_bytes_whatever_becomes_of_cases_and_templates(desk: Desk) -> None:
    kept = to_the_unit(desk.four)
    desk.clock.now += timedelta(days=7)
    made = desk.draft()
    desk.issue(desk.sign(made))
    before = desk.word(made)
    kept = desk.four.case(kept.id)
    desk.four.do("county", Move.HAND_IN, kept)
    templates = desk.parts.data_dir / "templates"
    original = templates.resolve()
    templates.unlink()
    templates.mkdir()
    (templates / "季度通报.docx").write_bytes((original / "核实函.docx").read_bytes())
    desk.clock.now += timedelta(days=30)
    assert desk.word(made) == before
    with desk.four.store.writing() as tx:
        tx.conn.execute(text("UPDATE frozen SET content = :none"), {"none": b"{}"})
    with pytest.raises(Conflict, match="校验值"):
        desk.word(made)


def test_the_public_version_is_softer_and_names_no_officer(desk: Desk) -> None:
    with desk.four.store.writing() as tx:
        tx.conn.execute(text("UPDATE finding SET status = '僵尸' WHERE status = '睡眠'"))
    to_the_unit(desk.four)
    desk.clock.now += timedelta(days=7)
    made = desk.draft()
    inside = "\n".join(texts(desk.word(made)))
    public = "\n".join(texts(desk.word(made, public=True)))
    assert "僵尸" in inside
    assert "僵尸" not in public
    assert "长期未更新" in public
    assert ASKED.contact not in public
    assert "印发范围:公开" in public


def test_the_exports_say_what_the_bulletin_says_and_what_became_of_each_problem(
    desk: Desk,
) -> None:
    with pytest.raises(InputError, match="还没有季度通报"):
        export.build(desk.parts, Request("bulletin"))
    kept = to_the_unit(desk.four)
    desk.clock.now += timedelta(days=7)
    desk.four.do("county", Move.EXPLAIN, desk.four.case(kept.id), said="运维员借调")
    made = desk.draft()
    number = desk.issue(desk.sign(made))
    tables = export.build(desk.parts, Request("bulletin"))
    frozen = [revived(each) for each in desk.content(made)["tables"]]
    assert list(tables) == [named.numbered(each, number) for each in frozen]
    assert [each.name for each in tables][1:] == [
        *("分地区情况", "分平台情况", "分层级情况", "分条线情况")
    ]
    told = ("整改单号", "12个月内第几次", "单位说明", "通报期号", "核实人", "当前状态")
    first, *_ = tables[0].named
    assert [first[name] for name in told] == [
        *(kept.number, 1, "运维员借调", number, "某人", "整改中")
    ]
    with desk.four.store.reading() as tx:
        (found,) = screen.candidates(tx, EVERYTHING, to_second(desk.clock.now))
    assert (found.handling.issue, found.handling.said) == (number, "运维员借调")


def test_a_correction_stands_beside_what_it_puts_right(desk: Desk) -> None:
    to_the_unit(desk.four)
    desk.clock.now += timedelta(days=7)
    made = desk.draft()
    editor, store = desk.four.people["editor"], desk.four.store
    said = ("“平安江陵0(演示)”已于11月更新,不属问题账号。", "某某,027-00000000")

    def amend(kept: Kept, key: str) -> int:
        which = (kept.id, kept.version)
        return acting.amend(store, editor, which, said, Sent("amend", key), desk.house)

    with pytest.raises(Conflict, match="不用更正"):
        amend(made, "early")
    desk.issue(desk.sign(made))
    before = desk.word(made)
    with desk.four.store.reading() as tx:
        correction = bulletins.get(tx, amend(desk.again(made), "late"))
    assert correction is not None
    assert correction.amends_id == made.id
    assert desk.issue(desk.sign(correction)) == "通报更正〔2026〕001号"
    text_of = "\n".join(texts(desk.word(correction)))
    assert "2026年第1期通报的下列内容有误" in text_of
    assert said[0] in text_of
    assert desk.word(made) == before


def test_a_hint_of_the_month_has_five_numbers_and_what_is_to_be_done(desk: Desk) -> None:
    to_the_unit(desk.four)
    made = desk.draft(replace(ASKED, period="2026-11", topics="12月2日全国交通安全日"))
    found = desk.content(made)
    said = "\n".join(texts(desk.word(made)))
    assert "在办整改事项1件" in said
    assert "12月2日全国交通安全日" in said
    assert "江陵县公安局“平安江陵0(演示)(微博)”:睡眠、未备案" in found["group"]
    with pytest.raises(Conflict, match="不需要审批"):
        desk.sign(made)


def test_a_sample_is_counted_over_what_was_drawn_and_says_its_seed(desk: Desk) -> None:
    desk.clock.now += timedelta(days=1)
    made = desk.draft(replace(ASKED, base=Base.SAMPLED, sample=1))
    told = "".join(desk.content(made)["within"]["总体"])
    assert "抽查" in told
    assert "抽样种子2026Q4-990000000000" in told
    assert "以抽查数" in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"period": "2026Q5"}, "没有这个期间"),
        ({"contact": " "}, "联系人"),
        ({"good": "机密★内容"}, "机密"),
        ({"decimals": 3}, "小数位数"),
        ({"sample": 5}, "抽查数"),
    ],
)
def test_what_cannot_be_asked_for_is_named(desk: Desk, change: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        desk.draft(replace(ASKED, **change))


def test_a_county_drafts_none_and_sees_none_of_the_department(desk: Desk) -> None:
    made = desk.draft()
    with pytest.raises(Forbidden):
        acting.ask(desk.four.store, desk.four.people["county"], ASKED, Sent("bulletin", "c"))
    for who in ("county", "city"):
        with pytest.raises(Forbidden):
            acting.word(desk.four.store, desk.four.people[who], made.id, desk.house)
