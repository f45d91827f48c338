"""Passes over a public account, against the stand-in server and against what may go wrong."""

import json
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from monitor.collect.loop import EventLoop
from monitor.domain.collecting import ErrorClass, Harvest, Known, PassOutcome
from monitor.domain.instants import day_end, day_start, shanghai_day, to_second
from monitor.domain.service import Function
from tests.demo.small_world import a_post, an_account
from tests.kits.bench import BENCHES
from tests.kits.platform_server import SPOILERS, Meddler, Trial

DETAIL = "getarticletotaldetail"


@pytest.fixture
def trial(loop: EventLoop, without_waiting: None) -> Trial:
    return Trial(loop, BENCHES.get("wechat"))


def paths(meddler: Meddler) -> list[str]:
    return [path.rpartition("/")[2] for _, path, _ in meddler.asked]


def days_asked(meddler: Meddler) -> list[str]:
    bodies = [json.loads(body) for _, path, body in meddler.asked if DETAIL in path]
    return [body["begin_date"] for body in bodies]


def test_a_first_pass_asks_one_day_at_a_time_newest_first_with_one_token(trial: Trial) -> None:
    meddler = Meddler()
    trial.read(meddler)
    days = days_asked(meddler)
    assert days[0] == "2026-11-22"
    assert days == sorted(days, reverse=True)
    assert len(days) == len(set(days)) == 31
    assert paths(meddler).count("stable_token") == 1
    assert paths(meddler).count("getbizsummary") == 1


def test_before_eight_oclock_yesterday_is_not_asked_for(trial: Trial) -> None:
    trial.hours_later = -1.5  # 07:30 in Shanghai
    meddler = Meddler()
    harvest = trial.read(meddler)
    assert days_asked(meddler)[0] == "2026-11-21"
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.claim is not None
    assert shanghai_day(harvest.claim.b - 1).isoformat() == "2026-11-21"


@pytest.mark.parametrize("late", ["delay", "not ready"])
def test_a_yesterday_that_is_not_final_shortens_the_claim_by_a_day(trial: Trial, late: str) -> None:
    async def spoil(request: web.Request) -> web.StreamResponse:
        asked_for = json.loads(await request.read())
        not_yet: dict[str, Any] = {"errcode": 61503, "errmsg": "data not ready"}
        if late == "delay":
            not_yet = {"list": [], "is_delay": True}
        final = {"list": [], "is_delay": False}
        return web.json_response(not_yet if asked_for["begin_date"] == "2026-11-22" else final)

    harvest = trial.read(Meddler(spoil, only=DETAIL))
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.claim is not None
    assert harvest.claim.b == to_second(trial.now()) - 9 * 3600 - 24 * 3600


def test_a_later_pass_hands_on_only_numbers_the_record_has_not(trial: Trial) -> None:
    first = trial.read()
    trial.known = Known(covered_until=first.claim.b if first.claim else None)
    trial.hours_later = 24
    second = trial.read()
    day_before = to_second(trial.now()) - 24 * 3600
    late = [post for post in second.posts if post.observed_at > day_before - 4 * 24 * 3600]
    assert len(second.posts) < len(first.posts)
    assert {post.native_id for post in late} == {post.native_id for post in second.posts}


def test_numbers_grow_to_what_the_world_holds_after_thirty_days(trial: Trial) -> None:
    trial.bench = replace(trial.bench, posts=(a_post(1, "2026-10-23 09:00"),))
    rows = trial.read().posts
    readers = [post.numbers.readers for post in rows]
    assert readers == sorted(readers, key=lambda count: count or 0)
    assert readers[-1] == 1000
    assert rows[-1].final
    assert rows[-1].numbers.favourites == 10
    assert not any(post.final for post in rows[:-1])


def test_the_owners_replies_are_counted_over_all_pages_of_comments(trial: Trial) -> None:
    meddler = Meddler()
    harvest = trial.read(meddler)
    newest = {post.native_id: post for post in harvest.posts}
    busy = newest["2247480004_1"]
    assert busy.observed_at == day_end(shanghai_day(busy.observed_at))
    assert busy.numbers.comments is not None
    assert busy.numbers.comments > 49
    assert busy.numbers.replies is not None
    assert 0 < busy.numbers.replies < busy.numbers.comments
    assert newest["2247480002_1"].numbers.replies is None
    assert busy.numbers.reply_seconds == 3600
    bodies = [json.loads(body) for _, path, body in meddler.asked if "comment/list" in path]
    assert max(body["count"] for body in bodies) < 50
    assert {body["index"] for body in bodies} == {0}


def test_account_numbers_are_read_for_each_day(trial: Trial) -> None:
    harvest = trial.read()
    levels = [each for each in harvest.accounts if each.basis == "累计"]
    days = [each for each in harvest.accounts if each.basis == "单日"]
    assert {each.numbers.followers for each in levels} == {1200}
    assert len(levels) == 7
    assert len(days) == 30
    assert sum(each.numbers.posts or 0 for each in days) == 5


def services(harvest: Harvest) -> dict[Function, bool | None]:
    return {seen.function: seen.works for seen in harvest.services}


def test_functions_are_measured(trial: Trial) -> None:
    assert services(trial.read()) == {
        Function.COMMENTS: True,
        Function.SERVICE_MENU: True,
        Function.SERVICE_LINK: True,
        Function.MENU_ENQUIRY: True,
        Function.AUTO_REPLY: True,
    }


def test_an_account_without_comments_menu_and_posts_of_late_is_told_apart(trial: Trial) -> None:
    bare = an_account(comments_open=False, menu=())
    silent = tuple(replace(post, comments=0, replies=0) for post in trial.bench.posts)
    trial.bench = replace(trial.bench, account=bare, posts=silent)
    assert services(trial.read()) == {
        Function.COMMENTS: False,
        Function.SERVICE_MENU: False,
        Function.SERVICE_LINK: False,
        Function.MENU_ENQUIRY: False,
        Function.AUTO_REPLY: False,
    }


def test_an_unverified_account_still_shows_its_menu(trial: Trial) -> None:
    harvest = trial.read(fault="unauthorized")
    assert harvest.outcome is PassOutcome.PARTIAL
    assert harvest.error is ErrorClass.NO_PERMISSION
    assert services(harvest)[Function.SERVICE_MENU] is True
    assert harvest.cause is not None
    assert "认证" in harvest.cause.remedy


@pytest.mark.parametrize("name", ["a web page", "an empty object", "silence"])
@pytest.mark.parametrize("beside", ["getbizsummary", "comment/list", "selfmenu"])
def test_numbers_that_fail_beside_the_list_are_noted_and_touch_no_claim(
    trial: Trial, name: str, beside: str
) -> None:
    harvest = trial.read(Meddler(SPOILERS[name], only=beside))
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.claim is not None
    assert harvest.cause is not None
    assert harvest.error is None
    if beside == "selfmenu":
        assert Function.SERVICE_MENU not in services(harvest)


def test_a_deep_first_reading_stops_at_the_depth_that_was_set(loop: EventLoop) -> None:
    bench = replace(BENCHES.get("wechat"), posts=(), later=())
    harvest = Trial(loop, bench).read()
    assert harvest.claim is not None
    assert shanghai_day(harvest.claim.a).isoformat() == "2025-11-01"


def test_a_post_taken_back_is_not_shown(trial: Trial) -> None:
    gone = a_post(9, "2026-11-10 08:00", deleted_at=to_second(trial.now()) - 3600)
    trial.bench = replace(trial.bench, posts=(*trial.bench.posts, gone))
    assert gone.native_id not in {post.native_id for post in trial.read().posts}


def test_a_world_that_numbers_its_posts_plainly_is_served_at_index_one(trial: Trial) -> None:
    plain = replace(a_post(1, "2026-11-20 10:00"), native_id="1000200030004000")
    trial.bench = replace(trial.bench, posts=(plain,), later=())
    assert {post.native_id for post in trial.read().posts} == {"1000200030004000_1"}


def test_every_day_of_a_claim_was_asked_for(trial: Trial) -> None:
    meddler = Meddler()
    harvest = trial.read(meddler)
    assert harvest.claim is not None
    claimed = {shanghai_day(at) for at in range(harvest.claim.a, harvest.claim.b, 86400)}
    assert {day.isoformat() for day in claimed} == set(days_asked(meddler))
    assert harvest.claim.b == day_start(shanghai_day(harvest.started_at))
