"""大屏: sums and a map for visitors; what is late, and who looks, for the office only."""

from dataclasses import replace

import pytest
import streamlit as st

from dashboard import frame
from monitor.domain.campaign import TaskMove
from monitor.domain.scope import NOTHING, Scope
from monitor.record.store import Store
from tests.actions.campaign_office import SECOND, CampaignOffice
from tests.conftest import StandingClock
from tests.dashboard.test_views import FORBIDDEN, LATIN, a_visit, draw, words

INSIDE = ("未发布", "无法核验", "催办", "周某", "荆州交警", "单位")


def test_without_accounts_it_says_so(sqlite_store: Store) -> None:
    assert "尚无账号" in words(draw("wall", a_visit(sqlite_store)))
    assert "尚未划定查看范围" in words(draw("wall", a_visit(sqlite_store, NOTHING)))


def test_visitors_see_sums_and_nobody(sqlite_store: Store, clock: StandingClock) -> None:
    office = CampaignOffice(sqlite_store, clock)
    saved = office.issued()
    before = draw("wall", a_visit(sqlite_store))
    assert not before.exception
    assert "备案账号 5个" in " ".join(words(before).split())
    assert "年底防刷单诈骗提示" not in words(before)
    office.decide(office.tasks(saved)["平安湖畔(演示)"], TaskMove.VERIFY, published=SECOND - 600)
    said = words(draw("wall", a_visit(sqlite_store)))
    for expected in ("年底防刷单诈骗提示", "25.0%", "10分钟", "示意图"):
        assert expected in said
    assert not [each for each in (*INSIDE, *FORBIDDEN) if each in said]
    assert LATIN.findall(said) == []
    inside = words(draw("wall", a_visit(sqlite_store), mode="inside"))
    assert "未发布" in inside
    assert "荆州市" in inside


def test_a_city_sees_its_own_sums(sqlite_store: Store, clock: StandingClock) -> None:
    office = CampaignOffice(sqlite_store, clock)
    own = a_visit(sqlite_store, Scope(frozenset({office.below("荆州市公安局")})))
    assert "备案账号 3个" in " ".join(words(draw("wall", own)).split())


def test_the_frame_names_nobody_while_visitors_stand_there(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(st, "html", drawn.append)
    visit = a_visit(sqlite_store)
    frame.head(visit)
    frame.foot(visit)
    assert "周某(演示)" in drawn[0]
    assert "疑似问题" in drawn[1]
    drawn.clear()
    guests = replace(visit, guests=True)
    frame.head(guests)
    frame.foot(guests)
    assert "周某" not in drawn[0]
    assert "返回首页" in drawn[0]
    assert "疑似问题" not in drawn[1]
    assert "不监测公民个人账号" in drawn[1]
