"""The page 待我审批 without anything in it, and with an approval nobody may see."""

from dataclasses import replace

import pytest

from monitor.record.store import Store
from tests.actions.campaign_office import CONTENT, CampaignOffice
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw, words


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, "没有待您审批的文稿"),
        ({"tab": "written"}, "您还没有拟写文稿"),
        ({"tab": "all"}, "范围内没有审批"),
        ({"id": "7"}, "没有这项审批"),
        ({"id": "x"}, "没有待您审批的文稿"),
        ({"write": "new"}, "拟写文稿"),
    ],
)
def test_what_is_not_there_is_said(sqlite_store: Store, query: dict[str, str], told: str) -> None:
    test = draw("approving", a_visit(sqlite_store), **query)
    assert not test.exception
    said = words(test)
    assert told in said
    assert not [word for word in FORBIDDEN if word in said]


def test_versions_of_a_text_stand_side_by_side_with_what_changed(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.draft()
    visit = a_visit(sqlite_store)
    first = draw("approving", visit, id=str(saved.approval_id))
    assert "文稿改动" not in words(first)
    changed = replace(CONTENT, body="刷单返利都是骗局,请勿垫资、转账。")
    office.rewrite(saved, changed)
    test = draw("approving", visit, id=str(saved.approval_id))
    assert not test.exception
    assert "文稿改动（共2版）" in [each.label for each in test.expander]
    shown = "".join(str(each.proto.body) for each in test.get("html"))
    assert "<ins>、转账</ins>" in shown
    assert "<del>" not in shown
    said = words(test)
    assert not [word for word in FORBIDDEN if word in said]
