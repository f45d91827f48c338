"""The Weibo stand-in keeps the platform's protocol: sign-on, paging, comments, limits, errors."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.demo.servers import mint, weibo
from monitor.domain.instants import DAY, to_second
from tests.conftest import StandingClock
from tests.demo.oauth_stories import Asker, Story, tell
from tests.demo.small_world import SmallWorld, a_post, an_account
from tests.demo.wechat_client import MORNING

UID = "1700000001"
APP = {"client_id": weibo.APP_KEY, "client_secret": weibo.APP_SECRET}
BACK = "https://desk.example.invalid/connect"


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(MORNING)


def a_weibo(**changes: Any) -> Any:
    return an_account(platform="weibo", uid=UID, **changes)


def run(clock: StandingClock, story: Story, **changes: Any) -> None:
    """Tell a story to an owner with five posts, one of them hidden."""
    account = a_weibo(**changes)
    days = ("2026-10-01", "2026-11-10", "2026-11-20", "2026-11-21", "2026-11-22")
    posts = [
        a_post(n, f"{day} 10:00", native_id=str(5_000_000_000_000_000 + n), comments=20 * (n > 2))
        for n, day in enumerate(days, 1)
    ]
    posts.append(a_post(9, "2026-11-22 11:00", native_id="5000000000000009", form="仅自己可见"))

    async def signed_on(asker: Asker) -> None:
        at = to_second(clock())
        asker.query = {"access_token": mint.first("weibo", "access", account, at, 30 * DAY)}
        await story(asker)

    tell(weibo.application(SmallWorld([account], {UID: posts}), clock), signed_on)


async def codes(asker: Asker) -> list[str]:
    """The codes an owner's agreement leads back with."""
    page = await asker.page("/oauth2/authorize", **APP, redirect_uri=BACK, state="s1")
    links = [urlsplit(unescape(found)) for found in re.findall(r'href="([^"]+)"', page)]
    assert all(f"{each.scheme}://{each.netloc}{each.path}" == BACK for each in links)
    asked = [parse_qs(each.query) for each in links]
    assert all(each["state"] == ["s1"] for each in asked)
    return [each["code"][0] for each in asked]


def exchange(asker: Asker, given: str, **changes: str) -> Any:
    """Ask for a token with a code."""
    form = {**APP, "grant_type": "authorization_code", "code": given, "redirect_uri": BACK}
    return asker.post("/oauth2/access_token", **{**form, **changes})


def test_a_code_gives_one_token_that_lives_thirty_days(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        [code] = await codes(asker)
        status, said = await exchange(asker, code)
        assert status == 200
        assert (said["uid"], said["expires_in"], said["remind_in"]) == (UID, 2592000, "2592000")
        asker.query = {"access_token": said["access_token"]}
        assert (await asker.get("/2/account/get_uid.json"))[1] == {"uid": int(UID)}
        assert (await exchange(asker, code))[1]["error_code"] == 21325
        clock.move(days=30)
        status, said = await asker.get("/2/account/get_uid.json")
        assert (status, said["error_code"]) == (401, 21327)

    run(clock, story)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_secret": "x"}, 21324),
        ({"grant_type": "x"}, 21323),
        ({"redirect_uri": ""}, 21322),
        ({"code": "x"}, 21325),
    ],
)
def test_a_wrong_exchange_gives_no_token(
    clock: StandingClock, changes: dict[str, str], code: int
) -> None:
    async def story(asker: Asker) -> None:
        [good] = await codes(asker)
        said = (await exchange(asker, good, **changes))[1]
        assert said["error_code"] == code
        assert said["request"] == said["error_uri"] == "/oauth2/access_token"

    run(clock, story)


def test_the_timeline_is_paged_by_the_last_id_and_hides_nothing_from_its_owner(
    clock: StandingClock,
) -> None:
    async def story(asker: Asker) -> None:
        seen: list[str] = []
        last = "0"
        while True:
            query = {"uid": UID, "count": "2", "max_id": last}
            _, said = await asker.get("/2/statuses/user_timeline.json", **query)
            if not said["statuses"]:
                break
            seen += [each["idstr"] for each in said["statuses"]]
            last = str(min(each["id"] for each in said["statuses"]) - 1)
        assert seen == sorted(seen, reverse=True)
        assert len(seen) == said["total_number"] == 6
        _, first = await asker.get("/2/statuses/user_timeline.json", count="100")
        assert [each["visible"]["type"] for each in first["statuses"]] == [1, 0, 0, 0, 0, 0]
        assert first["statuses"][1]["created_at"] == "Sun Nov 22 10:00:00 +0800 2026"

    run(clock, story)


def test_another_owners_timeline_is_refused(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        status, said = await asker.get("/2/statuses/user_timeline.json", uid="1")
        assert (status, said["error_code"]) == (400, 21335)
        assert said["request"] == "/2/statuses/user_timeline.json"

    run(clock, story)


def test_the_hundred_and_first_call_of_a_day_is_refused_and_midnight_gives_new_ones(
    clock: StandingClock,
) -> None:
    async def story(asker: Asker) -> None:
        for _ in range(100):
            assert (await asker.get("/2/account/get_uid.json"))[0] == 200
        status, said = await asker.get("/2/account/get_uid.json")
        assert (status, said["error_code"]) == (403, 10023)
        left = (await asker.get("/2/account/rate_limit_status.json"))[1]
        assert left["remaining_user_hits"] == 0
        clock.move(hours=15)
        assert (await asker.get("/2/account/get_uid.json"))[0] == 200

    run(clock, story)


def test_what_others_wrote_and_what_the_owner_answered_fit_together(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        _, to_me = await asker.get("/2/comments/to_me.json", count="200")
        _, by_me = await asker.get("/2/comments/by_me.json", count="200")
        ids = {each["idstr"] for each in to_me["comments"]}
        answered = [each["reply_comment"]["idstr"] for each in by_me["comments"]]
        assert answered
        assert set(answered) <= ids
        _, first = await asker.get("/2/comments/show.json", id="5000000000000003")
        mine = [each for each in first["comments"] if each["user"]["idstr"] == UID]
        assert 0 < len(mine) < len(first["comments"]) == first["total_number"]
        for each in by_me["comments"]:
            assert _time(each["created_at"]) - _time(each["reply_comment"]["created_at"]) >= (
                timedelta(hours=1)
            )

    run(clock, story)


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%a %b %d %H:%M:%S %z %Y")


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [("unauthorized", 403, 10014), ("expired", 401, 21327), ("revoked", 401, 21319)],
)
def test_an_account_in_trouble_answers_with_its_code(
    clock: StandingClock, fault: str, status: int, code: int
) -> None:
    async def story(asker: Asker) -> None:
        said = await asker.get("/2/users/show.json", uid=UID)
        assert (said[0], said[1]["error_code"]) == (status, code)

    run(clock, story, fault=fault)


def test_a_blacklisted_application_is_told_nothing(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        assert await asker.get("/2/statuses/user_timeline.json") == (200, {})

    run(clock, story, fault="blacklist")


def test_a_revoked_token_is_worth_nothing(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        info = (await asker.post("/oauth2/get_token_info"))[1]
        assert info["expire_in"] == str(30 * DAY)
        assert (await asker.post("/oauth2/revokeoauth2"))[1] == {"result": "true"}
        assert (await asker.get("/2/users/show.json"))[1]["error_code"] == 21316
        asker.query = {"access_token": "nonsense"}
        assert (await asker.get("/2/users/show.json"))[1]["error_code"] == 21332
        asker.query = {}
        assert (await asker.get("/2/users/show.json"))[1]["error_code"] == 10016

    run(clock, story)
