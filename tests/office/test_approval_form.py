"""《信息发布审批单》 opens in an office suite as it was signed, and runs nothing that was typed."""

from pathlib import Path

import pytest

from monitor.actions import approval_papers
from monitor.domain.approval import Move
from monitor.domain.manuscript import Text
from monitor.record.store import Store
from tests.actions.approval_office import DATA, Office
from tests.conftest import StandingClock
from tests.office.opened import opened


@pytest.fixture
def office(sqlite_store: Store, clock: StandingClock, tmp_path: Path) -> Office:
    for name in ("approvals", "calendars", "templates"):
        (tmp_path / name).symlink_to(DATA / name)
    return Office(sqlite_store, clock, tmp_path)


def test_the_form_opens_with_its_lines_as_they_were_signed(office: Office, tmp_path: Path) -> None:
    saved = office.write(Text("专题宣传", "一图<读懂>𠮷", "正文 {{ 7*7 }}", ("wechat",)))
    office.up_to(saved, ("secrecy", Move.AGREE))
    where = (office.store, office.who["head"], saved.approval_id, office.data_dir)
    name, content = approval_papers.word(*where)
    said = opened(tmp_path, {name: content})[name].read_text("utf-8-sig")
    lines = [each.strip() for each in said.splitlines() if each.strip()]
    assert lines[0] == "信息发布审批单"
    assert "一图<读懂>𠮷" in said
    assert "正文 {{ 7*7 }}" in said
    assert "同意 secrecy某 2026-11-23 00:00" in said
    for label in ("拟稿人", "保密审查意见", "科室负责人意见", "分管处领导意见", "实际发布时间"):
        assert label in said
