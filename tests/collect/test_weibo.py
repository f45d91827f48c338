"""How 微博 is read: hidden posts, cut lists, answers and their delay, the day's budget of calls."""

from dataclasses import replace

import pytest

from monitor.collect.errors import PlatformError
from monitor.collect.loop import EventLoop
from monitor.collect.platforms.weibo import shown
from monitor.domain.collecting import ErrorClass, Harvest, Known, PassOutcome
from monitor.domain.instants import BEGINNING, DAY, HOUR
from tests.kits.bench import BENCHES
from tests.kits.benches.weibo import a_status
from tests.kits.platform_server import Meddler, Trial, answers

TIMELINE = "/2/statuses/user_timeline.json"


pytestmark = pytest.mark.usefixtures("asked_once")


@pytest.fixture
def trial(loop: EventLoop) -> Trial:
    return Trial(loop, BENCHES.get("weibo"), "weibo")


def asked(meddler: Meddler) -> list[str]:
    return [path for _, path, _ in meddler.asked]


def test_a_post_only_its_owner_sees_is_no_post_and_costs_no_claim(trial: Trial) -> None:
    seen = a_status(1, "2026-11-20 10:00")
    hidden = replace(a_status(2, "2026-11-21 10:00"), form="仅自己可见")
    harvest = trial.with_posts(seen, hidden).read()
    assert [post.native_id for post in harvest.posts] == [seen.native_id]
    assert harvest.claim is not None
    assert harvest.claim.a == BEGINNING


def test_pages_end_with_an_empty_one_and_no_post_is_lost_between_them(trial: Trial) -> None:
    posts = [a_status(n, f"2026-{n // 28 + 1:02}-{n % 28 + 1:02} 10:00", 0, 0) for n in range(250)]
    meddler = Meddler()
    harvest = trial.with_posts(*posts).read(meddler)
    assert harvest.items == 250
    assert asked(meddler).count(TIMELINE) == 4


def test_numbers_are_times_and_bear_no_reads(trial: Trial) -> None:
    harvest = trial.read()
    post = next(each for each in harvest.posts if each.native_id.endswith("3"))
    assert post.published_from == post.published_until
    numbers = post.numbers
    assert (numbers.reads, numbers.readers, numbers.plays) == (None, None, None)
    assert numbers.likes is not None
    assert numbers.shares is not None


def test_answers_are_counted_with_their_delay_by_the_first_pass_of_a_day(trial: Trial) -> None:
    harvest = trial.read()
    post = next(each for each in harvest.posts if each.native_id.endswith("4"))
    assert post.numbers.replies
    assert post.numbers.replies < (post.numbers.comments or 0)
    assert HOUR <= (post.numbers.reply_seconds or 0) <= 5 * HOUR
    quiet = next(each for each in harvest.posts if each.native_id.endswith("2"))
    assert (quiet.numbers.replies, quiet.numbers.reply_seconds) == (0, None)
    old = next(each for each in harvest.posts if each.native_id.endswith("1"))
    assert old.numbers.replies is None
    daily = [each for each in harvest.accounts if each.basis == "单日"]
    assert daily[0].numbers.comments
    assert "网友" not in repr(harvest)


def test_a_later_pass_of_the_day_costs_two_calls(trial: Trial) -> None:
    trial.known = _known(trial.read())
    trial.hours_later = 3
    meddler = Meddler()
    harvest = trial.read(meddler)
    assert harvest.outcome is PassOutcome.COMPLETE
    assert asked(meddler) == ["/2/users/show.json", TIMELINE]


def _known(harvest: Harvest) -> Known:
    assert harvest.claim is not None
    newest = max(post.published_until for post in harvest.posts)
    return Known(covered_until=harvest.claim.b, newest_post=newest, anchor=newest)


def test_a_day_of_hourly_passes_fits_into_a_hundred_calls(trial: Trial) -> None:
    calls = 0
    for hour in range(24):
        meddler = Meddler()
        trial.hours_later = hour
        harvest = trial.read(meddler)
        assert harvest.outcome is PassOutcome.COMPLETE
        calls += len(meddler.asked)
        trial.known = _known(harvest)
    assert calls < 100


def test_an_empty_list_of_an_account_that_has_posts_proves_nothing(trial: Trial) -> None:
    empty = b'{"statuses": [], "total_number": 0, "hasvisible": false}'
    harvest = trial.read(Meddler(answers(200, empty), after=1))
    assert harvest.claim is None
    assert harvest.error is ErrorClass.MALFORMED


def test_a_list_shorter_than_the_account_says_claims_from_its_oldest_post_on(trial: Trial) -> None:
    show = b'{"followers_count": 3, "statuses_count": 2500, "idstr": "1700000001"}'
    meddler = Meddler(answers(200, show), only="users/show")
    harvest = trial.read(meddler)
    assert harvest.claim is not None
    oldest = min(post.published_from for post in harvest.posts)
    assert BEGINNING < harvest.claim.a <= oldest + 400 * DAY


def test_an_account_without_any_post_is_seen_to_have_none(trial: Trial) -> None:
    harvest = trial.with_posts().read()
    assert harvest.claim is not None
    assert (harvest.claim.a, harvest.items) == (BEGINNING, 0)


def test_the_account_itself_is_seen(trial: Trial) -> None:
    sighting = trial.read().sighting
    assert sighting is not None
    assert sighting.name == trial.bench.account.name
    assert sighting.verified is True
    assert sighting.verified_as


def test_comments_that_fail_touch_no_claim(trial: Trial) -> None:
    meddler = Meddler(answers(403, b'{"error_code": "10014", "error": "x"}'), only="comments")
    harvest = trial.read(meddler)
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.claim is not None
    assert harvest.cause is not None
    assert "10014" in harvest.cause.where
    assert all(post.numbers.replies is None for post in harvest.posts)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (10023, ErrorClass.QUOTA),
        (10022, ErrorClass.QUOTA),
        (10003, ErrorClass.RETRY),
        (21335, ErrorClass.REAUTHORISE),
        (20003, ErrorClass.GONE),
        (99999, ErrorClass.MALFORMED),
    ],
)
def test_each_code_has_its_consequence(trial: Trial, code: int, error: ErrorClass) -> None:
    body = f'{{"error": "x", "error_code": {code}, "request": "/2/users/show.json"}}'.encode()
    harvest = trial.read(Meddler(answers(400, body)))
    assert harvest.error is error
    assert harvest.cause is not None
    assert str(code) in harvest.cause.where


@pytest.mark.parametrize(
    ("words", "second"),
    [
        ("Tue May 31 17:46:55 +0800 2011", 1_306_835_215),
        ("Tue May 31 09:46:55 +0000 2011", 1_306_835_215),
        ("Thu Jan 01 00:00:00 -0030 1970", 1_800),
    ],
)
def test_a_time_is_read_in_its_own_zone(words: str, second: int) -> None:
    assert shown.written({"created_at": words}, "微博") == second


@pytest.mark.parametrize(
    "words", ["", "2011-05-31", "Tue Foo 31 17:46:55 +0800 2011", "Tue Feb 31 17:46:55 +0800 2011"]
)
def test_a_time_that_is_none_is_malformed(words: str) -> None:
    with pytest.raises(PlatformError, match="created_at"):
        shown.written({"created_at": words}, "微博")


def test_another_owners_post_in_the_list_is_malformed() -> None:
    status = {
        "idstr": "5",
        "created_at": "Tue May 31 17:46:55 +0800 2011",
        "user": {"idstr": "other"},
    }
    with pytest.raises(PlatformError, match="其他账号"):
        shown.timeline({"statuses": [status]}, "me", 1_306_835_300)


def test_a_comment_list_that_goes_round_ends() -> None:
    page = {"comments": [{"idstr": "7", "created_at": "Tue May 31 17:46:55 +0800 2011"}]}
    talk = shown.Talk(since=0)
    assert talk.take(page) == 6
    assert talk.take(page) is None
    assert talk.between(1_306_835_215, 1_306_835_216) == 1


def test_a_status_without_text_is_a_post_all_the_same() -> None:
    status = {"id": 7, "created_at": "Tue May 31 17:46:55 +0800 2011", "visible": None}
    [post] = shown.timeline({"statuses": [status]}, "me", 1_306_835_300).posts
    assert (post.native_id, post.title) == ("7", "")
