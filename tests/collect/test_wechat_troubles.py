"""What may go wrong between us and WeChat, and what each trouble must end as."""

import json
from datetime import timedelta
from typing import Any

import pytest
import stamina
from aiohttp import web

from monitor.collect.loop import EventLoop
from monitor.domain.collecting import ErrorClass, PassOutcome
from monitor.domain.service import Function
from tests.kits.bench import BENCHES
from tests.kits.platform_server import Meddler, Spoil, Trial, answers, hosted

DETAIL = "getarticletotaldetail"


@pytest.fixture
def trial(loop: EventLoop, without_waiting: None) -> Trial:
    return Trial(loop, BENCHES.get("wechat"))


def refuses(code: int, says: str = "") -> Spoil:
    """An error in a 200."""
    return answers(200, json.dumps({"errcode": code, "errmsg": says}).encode())


def paths(meddler: Meddler) -> list[str]:
    return [path.rpartition("/")[2] for _, path, _ in meddler.asked]


def days_asked(meddler: Meddler) -> list[str]:
    bodies = [json.loads(body) for _, path, body in meddler.asked if DETAIL in path]
    return [body["begin_date"] for body in bodies]


def test_a_token_that_runs_out_midway_is_renewed_once(trial: Trial) -> None:
    """The server's clock runs on by two hours after the tenth request."""
    meddler = Meddler()
    bench = trial.bench

    def servers_clock() -> Any:
        return bench.now + timedelta(hours=2 if len(meddler.asked) > 10 else 0)

    app = meddler.fits(bench.server(trial.world(), servers_clock))
    with hosted(trial.loop, app) as url:
        harvest = trial.read_from(url)
    assert harvest.outcome is PassOutcome.COMPLETE
    assert paths(meddler).count("stable_token") == 2
    assert len(days_asked(meddler)) == 32


@pytest.mark.parametrize("code", [40001, 40014, 42001])
def test_a_token_refused_after_its_renewal_asks_for_authorisation(trial: Trial, code: int) -> None:
    meddler = Meddler(refuses(code), after=6, only=DETAIL)
    harvest = trial.read(meddler)
    assert harvest.error is ErrorClass.REAUTHORISE
    assert harvest.claim is None
    assert harvest.outcome is PassOutcome.PARTIAL
    assert paths(meddler).count("stable_token") == 2


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (-1, ErrorClass.RETRY),
        (40013, ErrorClass.REAUTHORISE),
        (40125, ErrorClass.REAUTHORISE),
        (40164, ErrorClass.BLOCKED),
        (45009, ErrorClass.QUOTA),
        (45011, ErrorClass.RETRY),
        (48001, ErrorClass.NO_PERMISSION),
        (48004, ErrorClass.BLOCKED),
        (50002, ErrorClass.BLOCKED),
        (61003, ErrorClass.REAUTHORISE),
        (61007, ErrorClass.NO_PERMISSION),
        (61500, ErrorClass.MALFORMED),
        (61501, ErrorClass.MALFORMED),
        (99999, ErrorClass.MALFORMED),
    ],
)
def test_each_error_code_is_classed_by_consequence(
    trial: Trial, code: int, expected: ErrorClass
) -> None:
    harvest = trial.read(Meddler(refuses(code), after=4, only=DETAIL))
    assert harvest.error is expected
    assert harvest.claim is None
    assert harvest.cause is not None
    assert str(code) in harvest.cause.where


def test_what_a_moment_may_mend_is_asked_again_and_nothing_else(trial: Trial) -> None:
    busy, forbidden = Meddler(refuses(-1), after=4), Meddler(refuses(48004), after=4)
    trial.read(busy)
    trial.read(forbidden)
    assert len(busy.asked) == 4 + 3
    assert len(forbidden.asked) == 4 + 1


def test_a_minutes_limit_is_waited_for_a_minute(trial: Trial) -> None:
    waits: list[float] = []

    def note(details: stamina.instrumentation.RetryDetails) -> None:
        waits.append(getattr(details.caused_by, "wait", 0.0))

    stamina.instrumentation.set_on_retry_hooks([note])
    try:
        trial.read(Meddler(refuses(45011), after=4))
    finally:
        stamina.instrumentation.set_on_retry_hooks(None)
    assert set(waits) == {60.0}


def test_a_whitelist_refusal_names_the_address_the_platform_saw(trial: Trial) -> None:
    says = "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 6-6-6"
    harvest = trial.read(Meddler(refuses(40164, says)))
    assert harvest.cause is not None
    assert "203.0.113.7" in harvest.cause.where
    assert "IP白名单" in harvest.cause.remedy


def page_of(day: str, number: int) -> dict[str, Any]:
    return {"ref_date": day, "msgid": f"{number}_1", "detail_list": []}


@pytest.mark.parametrize("lie", ["same page", "same post", "another day"])
def test_a_server_that_repeats_itself_is_believed_in_nothing(trial: Trial, lie: str) -> None:
    async def spoil(request: web.Request) -> web.StreamResponse:
        day = json.loads(await request.read())["begin_date"]
        told = {
            "same page": page_of("2026-11-22", 1),
            "same post": page_of(day, 1),
            "another day": page_of("2026-01-01", int(day.replace("-", ""))),
        }
        return web.json_response({"list": [told[lie]], "is_delay": False})

    harvest = trial.read(Meddler(spoil, only=DETAIL))
    assert harvest.error is ErrorClass.MALFORMED
    assert harvest.claim is None


def test_a_right_to_comments_lost_is_told_once_and_asked_no_further(trial: Trial) -> None:
    meddler = Meddler(refuses(88000), only="comment/list")
    seen = [each for each in trial.read(meddler).services if each.function is Function.COMMENTS]
    assert [each.works for each in seen] == [False]
    assert paths(meddler).count("list") == 1


def test_a_post_whose_comments_are_closed_leaves_its_replies_unknown(trial: Trial) -> None:
    harvest = trial.read(Meddler(refuses(88002), only="comment/list"))
    assert harvest.outcome is PassOutcome.COMPLETE
    assert harvest.cause is None
    assert {post.numbers.replies for post in harvest.posts} == {None}
