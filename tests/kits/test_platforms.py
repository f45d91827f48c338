"""The platform kit: what every registered platform must hold, with any bench."""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import stamina

from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS as KNOWN_PLATFORMS
from monitor.domain.collecting import ErrorClass, Harvest, Known, PassOutcome
from monitor.domain.instants import DAY, shanghai_day
from tests.kits.bench import BENCHES, Bench
from tests.kits.platform_server import SPOILERS, Meddler, Trial

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def loop() -> Iterator[EventLoop]:
    with EventLoop() as loop:
        yield loop


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture(params=READERS.names())
def reader(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def bench(reader: str) -> Bench:
    return BENCHES.get(reader)


@pytest.fixture
def trial(loop: EventLoop, bench: Bench, reader: str) -> Trial:
    return Trial(loop, bench, reader)


def known_after(harvest: Harvest) -> Known:
    """What the record knows of the account once it holds `harvest`."""
    assert harvest.claim is not None
    busy = {shanghai_day(post.published_from) for post in harvest.posts}
    days = range(max(harvest.claim.a, harvest.claim.b - 60 * DAY), harvest.claim.b, DAY)
    return Known(
        covered_until=harvest.claim.b,
        newest_post=max(post.published_until for post in harvest.posts),
        final_days=frozenset(
            shanghai_day(day).isoformat() for day in days if shanghai_day(day) not in busy
        ),
    )


def ids(harvest: Harvest) -> set[str]:
    return {post.native_id for post in harvest.posts}


def assert_nothing_claimed_and_all_explained(harvest: Harvest, bench: Bench) -> None:
    assert harvest.outcome in (PassOutcome.PARTIAL, PassOutcome.FAILED)
    assert harvest.claim is None
    assert harvest.error is not None
    assert harvest.cause is not None
    assert CHINESE.search(harvest.cause.what)
    assert CHINESE.search(harvest.cause.remedy)
    assert ids(harvest) <= bench.ids()


def test_every_reader_serves_platforms_people_know_and_its_routes_bear_their_names() -> None:
    for reader in READERS:
        assert reader.serves <= set(KNOWN_PLATFORMS)
        assert reader.serves
        assert CHINESE.search(reader.title)
        assert reader.unconfirmed
        assert reader.base_url.startswith(("https://", "http://"))
        routes = [reader.route(platform) for platform in sorted(reader.serves)]
        for platform, route in zip(sorted(reader.serves), routes, strict=True):
            assert route.key.startswith(f"{platform}/")
            assert 0 <= route.grade <= 4
        assert len({route.key for route in routes}) == len(routes)


def test_no_two_readers_go_by_one_route() -> None:
    keys = [reader.route(each).key for reader in READERS for each in reader.serves]
    assert len(set(keys)) == len(keys)


def test_a_complete_pass_finds_exactly_the_worlds_posts_and_claims(trial: Trial) -> None:
    harvest = trial.read()
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.claim is not None
    assert ids(harvest) == trial.bench.ids()
    assert harvest.items == len(trial.bench.posts)
    assert harvest.route == READERS.get(trial.reader).route(trial.bench.account.platform)


def test_a_claim_ends_before_the_pass_and_begins_before_the_newest_post(trial: Trial) -> None:
    harvest = trial.read()
    assert harvest.claim is not None
    assert harvest.claim.a < harvest.claim.b <= harvest.started_at == harvest.claim.looked_at
    assert harvest.claim.a <= max(post.published_from for post in harvest.posts)


def test_every_post_lies_in_its_bounds_and_no_bound_after_the_capture(trial: Trial) -> None:
    bench = trial.bench
    truth = {bench.named(post.native_id): post.published_at for post in bench.posts}
    harvest = trial.read()
    for post in harvest.posts:
        assert post.published_from <= truth[post.native_id] <= post.published_until
        assert post.published_until <= harvest.started_at
        assert post.published_until <= post.observed_at <= harvest.started_at


def test_words_below_a_title_are_those_the_account_wrote(trial: Trial) -> None:
    truth = {trial.bench.named(post.native_id): post.text for post in trial.bench.posts}
    given = {post.native_id: post.text for post in trial.read().posts if post.text}
    assert bool(given) is trial.bench.words
    assert given == {native_id: truth[native_id] for native_id in given}


def test_the_same_pass_twice_is_the_same(trial: Trial) -> None:
    assert trial.read() == trial.read()


def test_a_second_pass_claims_again_and_asks_no_more(trial: Trial) -> None:
    first, second = Meddler(), Meddler()
    trial.known = known_after(trial.read(first))
    harvest = trial.read(second)
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.claim is not None
    assert harvest.claim.b == trial.known.covered_until
    assert len(second.asked) <= len(first.asked)


def test_the_next_days_pass_joins_the_last_and_finds_what_is_new(trial: Trial) -> None:
    trial.known = known_after(trial.read())
    trial.hours_later = 24
    harvest = trial.read()
    assert harvest.claim is not None
    assert trial.known.covered_until is not None
    assert harvest.claim.a <= trial.known.covered_until < harvest.claim.b
    assert harvest.reread_from is not None
    assert trial.bench.later_ids() <= ids(harvest)


def test_a_pass_after_weeks_without_one_leaves_no_gap(trial: Trial) -> None:
    trial.known = known_after(trial.read())
    trial.hours_later = timedelta(days=50) / timedelta(hours=1)
    harvest = trial.read()
    assert harvest.claim is not None
    assert trial.known.covered_until is not None
    assert harvest.claim.a <= trial.known.covered_until


@pytest.mark.parametrize("name", SPOILERS)
def test_a_platform_that_answers_nonsense_at_once_fails_the_pass(trial: Trial, name: str) -> None:
    harvest = trial.read(Meddler(SPOILERS[name]))
    assert_nothing_claimed_and_all_explained(harvest, trial.bench)
    assert harvest.outcome is PassOutcome.FAILED
    assert harvest.items == 0


@pytest.mark.parametrize("reader", [each for each in READERS.names() if BENCHES.get(each).midway])
@pytest.mark.parametrize("name", SPOILERS)
def test_a_platform_that_turns_to_nonsense_midway_claims_nothing(trial: Trial, name: str) -> None:
    harvest = trial.read(Meddler(SPOILERS[name], after=trial.bench.midway))
    assert_nothing_claimed_and_all_explained(harvest, trial.bench)
    assert harvest.outcome is PassOutcome.PARTIAL


def test_a_platform_that_cannot_be_reached_fails_the_pass(trial: Trial) -> None:
    harvest = trial.read_from("http://127.0.0.1:1")
    assert_nothing_claimed_and_all_explained(harvest, trial.bench)
    assert harvest.error is ErrorClass.RETRY


def test_an_account_in_trouble_ends_as_its_trouble_demands(trial: Trial) -> None:
    for fault, expected in trial.bench.faults.items():
        harvest = trial.read(fault=fault)
        assert_nothing_claimed_and_all_explained(harvest, trial.bench)
        assert harvest.error is expected, fault


def test_an_account_without_a_credential_is_to_be_authorised(
    loop: EventLoop, bench: Bench, reader: str
) -> None:
    harvest = Trial(loop, replace(bench, secrets={}), reader).read()
    assert_nothing_claimed_and_all_explained(harvest, bench)
    assert harvest.error is ErrorClass.REAUTHORISE


@pytest.mark.parametrize("name", ["", *SPOILERS])
def test_no_secret_and_no_token_is_ever_written_down(
    trial: Trial, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    meddler = Meddler(SPOILERS.get(name), after=trial.bench.midway)
    harvest = trial.read(meddler)
    logged = [vars(each) for each in caplog.records]
    written = f"{harvest!r} {trial.target!r} {caplog.text} {logged} {harvest.cause}"
    assert trial.bench.secret not in written
    for token in re.findall(r"token=([^&\s]+)", " ".join(meddler.queries)):
        assert token not in written
