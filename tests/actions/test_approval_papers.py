"""《信息发布审批单》: what was signed stands in its line, the rest is blank; a scan comes back."""

from pathlib import Path

import pytest

from monitor.actions import approval_papers
from monitor.actions.approving import Signed
from monitor.domain.approval import Move
from monitor.domain.errors import Forbidden
from monitor.domain.manuscript import Text
from monitor.domain.person import Role
from monitor.record.store import Store
from tests.actions.approval_office import DATA, Office
from tests.conftest import StandingClock
from tests.report.papers import texts

PDF = b"%PDF-1.7 signed"


@pytest.fixture
def office(store: Store, clock: StandingClock, tmp_path: Path) -> Office:
    for name in ("approvals", "calendars", "templates"):
        (tmp_path / name).symlink_to(DATA / name)
    return Office(store, clock, tmp_path)


def test_the_form_says_who_signed_and_leaves_the_rest_blank(office: Office) -> None:
    saved = office.write(Text("专题宣传", "一图<读懂>", "正文 {{ 7*7 }}", ("wechat",)))
    office.up_to(saved, ("secrecy", Move.AGREE))
    name, content = approval_papers.word(
        office.store, office.who["head"], saved.approval_id, office.data_dir
    )
    assert name == f"信息发布审批单-{saved.approval_id}.docx"
    said = texts(content)
    lines = dict(zip(said[-30::2], said[-29::2], strict=True))
    assert lines["标题"] == "一图<读懂>"
    assert lines["内容摘要/附件"] == "正文 {{ 7*7 }}"
    assert lines["保密审查意见"] == "同意 secrecy某 2026-11-23 00:00"
    assert lines["分管处领导意见"] == ""


def test_the_scan_comes_back_to_who_may_see_it(office: Office) -> None:
    saved = office.write()
    where = (office.store, office.who["head"], saved.approval_id, office.data_dir)
    assert approval_papers.scan(*where) is None
    office.do(saved, "writer", Move.PAPER, paper=Signed("赵某(演示)", office.now, PDF))
    assert approval_papers.scan(*where) == (f"签批件-{saved.approval_id}.pdf", PDF)
    assert "线下签批" in approval_papers.values(*where[:3])["线下签批"]
    office.who["far"] = office.enrol("far", Role.SECRECY, f"{office.path}2/")
    with pytest.raises(Forbidden, match="不在本人范围"):
        approval_papers.scan(office.store, office.who["far"], *where[2:])
