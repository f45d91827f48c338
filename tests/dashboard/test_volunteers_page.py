"""自愿参与: apart on the campaign's page; handed on and answered on the register's page."""

import re

import pytest

from dashboard import page
from monitor.domain.volunteer import VOLUNTARY
from monitor.record.store import Store
from tests.actions.test_volunteering import KEY, NAME, VolunteerOffice
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, LATIN, a_visit, draw, words


def test_who_was_invited_stands_apart_and_on_no_other_tab(
    sqlite_store: Store, clock: StandingClock
) -> None:
    office = VolunteerOffice(sqlite_store, clock)
    saved = office.issued()
    visit = a_visit(sqlite_store)
    here = {"id": str(saved.campaign_id), "tab": "volunteers"}
    before = words(draw("campaigns", visit, **here))
    assert "还没有邀请民警个人账号" in before
    office.invite(saved)
    test = draw("campaigns", visit, **here)
    assert not test.exception
    said = words(test)
    for expected in (VOLUNTARY, NAME, "待答复", "keeper某"):
        assert expected in said
    assert [each.label for each in test.multiselect] == ["邀请民警个人账号"]
    assert not [word for word in FORBIDDEN if word in said]
    assert LATIN.findall(re.sub("keeper|writer", "", said)) == []
    for tab in ("board", "calls", "tasks", "told", "review", "content", "moves"):
        assert NAME not in words(draw("campaigns", visit, id=here["id"], tab=tab))


def test_the_keeper_of_the_papers_hands_on_and_registers_the_answer(
    sqlite_store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = VolunteerOffice(sqlite_store, clock)
    saved = office.issued()
    visit = a_visit(sqlite_store)
    assert "协同自愿邀请" not in words(draw("officers", visit))
    office.invite(saved)
    monkeypatch.setattr(
        "dashboard.officer_invitations.link_maker", lambda: (KEY, "https://desk.example.cn")
    )
    monkeypatch.setattr(page, "house", lambda: office.house)
    test = draw("officers", visit)
    assert not test.exception
    for expected in ("协同自愿邀请", VOLUNTARY, "登记参加", "登记不参加"):
        assert expected in words(test)
    test = next(each for each in test.button if each.label == "生成邀请文字").click().run()
    assert "https://desk.example.cn/r/" in words(test)
    test = next(each for each in test.button if each.label == "登记不参加").click().run()
    assert not test.exception
    assert f"{NAME}（抖音） · 不参加" in words(test)
    assert "登记不参加" not in words(test)
    assert office.invited(saved)[NAME].kept.reply == "不参加"
