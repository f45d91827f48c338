"""How 抖音 is read: held films, films nobody sees, renewed tokens, yesterday's numbers, answers."""

from dataclasses import replace
from typing import Any

import pytest

from monitor.collect.errors import PlatformError
from monitor.collect.loop import EventLoop
from monitor.collect.platforms.douyin import api, shown
from monitor.collect.vault import Pocket, Whose
from monitor.demo.servers import mint
from monitor.domain.collecting import ErrorClass, PassOutcome
from monitor.domain.instants import BEGINNING, DAY, HOUR, shanghai_day, to_second
from tests.kits.bench import BENCHES
from tests.kits.benches.douyin import ACCOUNT, NOW, a_film
from tests.kits.platform_server import Meddler, Trial

pytestmark = pytest.mark.usefixtures("asked_once")


@pytest.fixture
def trial(loop: EventLoop) -> Trial:
    return Trial(loop, BENCHES.get("douyin"), "douyin")


def with_token(trial: Trial, kind: str, days: int, **more: str) -> Trial:
    token = mint.first("douyin", kind, ACCOUNT, to_second(NOW), days * DAY)
    secrets = {**trial.bench.secrets, "refresh_token": token, **more}
    vault = Pocket(lambda: to_second(trial.now()))
    return replace(trial, bench=replace(trial.bench, secrets=secrets), vault=vault)


def asked(meddler: Meddler) -> list[str]:
    return [path.strip("/").rpartition("/")[2] for _, path, _ in meddler.asked]


def test_a_film_held_at_the_top_neither_ends_the_walk_nor_hides_what_is_newer(
    trial: Trial,
) -> None:
    held = replace(a_film(99, "2025-01-01 10:00"), form="置顶")
    films = [a_film(n, f"2026-11-{n:02} 10:00", comments=0) for n in range(1, 23)]
    harvest = trial.with_posts(held, *films).read()
    assert {post.native_id for post in harvest.posts} == {p.native_id for p in (held, *films)}
    assert harvest.claim is not None
    assert harvest.claim.a == BEGINNING


def test_what_the_platform_shows_to_nobody_is_no_film(trial: Trial) -> None:
    seen = a_film(1, "2026-11-20 10:00", comments=0)
    refused = replace(a_film(2, "2026-11-21 10:00"), form="未过审")
    fresh = a_film(3, "2026-11-23 08:58")
    harvest = trial.with_posts(seen, refused, fresh).read()
    assert {post.native_id for post in harvest.posts} == {seen.native_id}


def test_a_refresh_token_near_its_end_is_made_longer_once_and_kept(trial: Trial) -> None:
    near = with_token(trial, "rft1", 10, renewals="1")
    meddler = Meddler()
    assert near.read(meddler).outcome is PassOutcome.COMPLETE
    assert asked(meddler).count("renew_refresh_token") == 1
    vault = near.vault
    assert isinstance(vault, Pocket)
    kept = vault.kept[Whose("douyin", 7)]
    assert kept["renewals"] == "2"
    assert kept["refresh_token"] != near.bench.secrets["refresh_token"]


def test_after_five_renewals_none_is_asked_for_and_the_token_serves_to_its_end(
    trial: Trial,
) -> None:
    last = with_token(trial, "rft5", 10, renewals="5")
    meddler = Meddler()
    assert last.read(meddler).outcome is PassOutcome.COMPLETE
    assert "renew_refresh_token" not in asked(meddler)
    over = with_token(trial, "rft5", -1, renewals="5").read()
    assert over.error is ErrorClass.REAUTHORISE


def test_the_first_pass_of_a_day_brings_days_answers_and_yesterday(trial: Trial) -> None:
    harvest = trial.read()
    levels = [each for each in harvest.accounts if each.basis == "累计"]
    days = [each for each in harvest.accounts if each.basis == "单日"]
    assert {each.numbers.followers for each in levels} == {ACCOUNT.followers}
    assert len(days) == 7
    assert sum(each.numbers.posts or 0 for each in days) == 3
    busy = [post for post in harvest.posts if post.native_id == "@8h/+4=="]
    live = next(post for post in busy if post.observed_at == harvest.started_at)
    before = next(post for post in busy if post.observed_at < harvest.started_at)
    assert live.numbers.replies
    assert HOUR <= (live.numbers.reply_seconds or 0) <= 5 * HOUR
    assert shanghai_day(before.observed_at).isoformat() == "2026-11-21"
    assert 0 < (before.numbers.plays or 0) < (live.numbers.plays or 0)
    assert "citizen" not in repr(harvest)
    assert "网友" not in repr(harvest)


def test_a_later_pass_of_the_day_reads_the_list_alone(trial: Trial) -> None:
    trial.vault = Pocket(lambda: to_second(trial.now()))
    harvest = trial.read()
    assert harvest.claim is not None
    trial.known = replace(trial.known, covered_until=harvest.claim.b)
    trial.hours_later = 3
    meddler = Meddler()
    assert trial.read(meddler).outcome is PassOutcome.COMPLETE
    assert set(asked(meddler)) == {"video_list"}


@pytest.mark.parametrize("place", ["data", "extra"])
def test_a_code_in_either_place_counts(place: str) -> None:
    codes = {"data": {"error_code": 0}, "extra": {"error_code": "0"}}
    codes[place] = {"error_code": 28001045}
    with pytest.raises(PlatformError) as caught:
        api.read(_answer(codes))
    assert caught.value.error is ErrorClass.GONE


def _answer(said: object) -> Any:
    import json

    from monitor.collect.http import Answer

    return Answer(200, "抖音接口 x", json.dumps(said).encode())


def test_an_answer_without_any_code_is_malformed() -> None:
    with pytest.raises(PlatformError, match="error_code"):
        api.read(_answer({"data": {"list": []}}))


def test_a_day_with_more_leaving_than_coming_has_no_number() -> None:
    fans = {"result_list": [{"date": "2026-11-21", "new_fans": "-3", "total_fans": "70"}]}
    [level, day] = shown.days(fans, {"result_list": []})
    assert (level.numbers.followers, day.numbers.followers_gained) == (70, None)


def test_only_the_owners_answers_count() -> None:
    answers = shown.Answers()
    comment = {"comment_id": "@1", "create_time": 100, "reply_comment_total": "2"}
    assert answers.take({"list": [comment], "has_more": False}) is None
    replies = [
        {"comment_user_id": "me", "create_time": 160},
        {"comment_user_id": "somebody", "create_time": 130},
    ]
    answers.answer("@1", {"list": replies}, "me")
    assert (answers.count, answers.wait) == (1, 60)
