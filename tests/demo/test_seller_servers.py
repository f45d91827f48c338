"""The stand-ins of 清博, 新榜 and a feed server keep their protocols."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import md5
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from monitor.demo.servers import feeds, gsdata, newrank
from tests.conftest import StandingClock
from tests.demo.asking import Asker, asked
from tests.demo.small_world import SmallWorld, a_post, an_account

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def a_world(**changes: Any) -> SmallWorld:
    account = an_account(**changes)
    posts = [a_post(n, f"2026-11-{n:02d} 09:00", native_id=f"p{n}") for n in range(1, 24)]
    return SmallWorld([account], {account.uid: posts})


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(MORNING)


def pass_for(route: str, asked_for: Mapping[str, str]) -> dict[str, str]:
    """The header of one question: key, sum of its parameters and route, all in base 64."""
    told = "".join(name + asked_for[name] for name in sorted(asked_for))
    words = f"{gsdata.APP_SECRET}_{told}_{gsdata.APP_SECRET}"
    sign = md5(words.encode(), usedforsecurity=False).hexdigest()
    token = f"{gsdata.APP_KEY}:{sign}:{route}"
    return {"access-token": base64.b64encode(token.encode()).decode()}


def test_gsdata_gives_at_most_twenty_a_page_and_nothing_without_the_right_sum(
    clock: StandingClock,
) -> None:
    async def story(asker: Asker) -> None:
        async def search(headers: Mapping[str, str], query: dict[str, str]) -> dict[str, Any]:
            url = f"{asker.url}/api/service"
            async with asker.session.get(url, params=query, headers=headers) as answer:
                return dict(await answer.json())

        route = "/weixin/article/search1"
        query = {"wx_name": "gh_0001", "date_start": "2026-11-01", "date_end": "2026-11-23"}
        page = {**query, "page": "1", "limit": "50"}
        said = await search(pass_for(route, page), page)
        assert said["data"]["numFound"] == 22  # the newest came out this very minute
        assert len(said["data"]["newsList"]) == 20
        assert said["data"]["newsList"][0]["news_posttime"] == "2026-11-22 09:00:00"
        other = {**page, "page": "2"}
        assert (await search(pass_for(route, page), other))["success"] is False
        assert len((await search(pass_for(route, other), other))["data"]["newsList"]) == 2

    asked(gsdata.faultless(a_world(), clock), story)


def test_newrank_shows_a_ceiling_for_what_is_read_very_much(clock: StandingClock) -> None:
    world = a_world()
    [account] = world.people
    posts = [a_post(1, "2026-10-01 09:00", readers=300_000), a_post(2, "2026-11-22 09:00")]
    world = SmallWorld([account], {account.uid: posts})

    async def story(asker: Asker) -> None:
        async def ask(key: str) -> dict[str, Any]:
            fields = {"account": "gh_0001", "from": "2026-09-01 00:00:00"}
            fields |= {"to": "2026-11-23 09:00:00", "page": "1", "size": "20"}
            url = f"{asker.url}/api/sync/weixin/account/articles_content"
            async with asker.session.post(url, data=fields, headers={"Key": key}) as answer:
                return dict(await answer.json())

        said = await ask(newrank.KEY)
        assert [each["clicksCount"] for each in said["data"]][-1] == 100_001
        assert (await ask("wrong"))["code"] != 0

    asked(newrank.application(world, clock), story)


def test_a_feed_shows_the_newest_twenty_in_each_of_three_forms(clock: StandingClock) -> None:
    async def story(asker: Asker) -> None:
        _, rss = await asker.text("/wechat/gh_0001.rss")
        assert len(ET.fromstring(rss).findall("./channel/item")) == 20
        _, atom = await asker.text("/wechat/gh_0001.atom")
        names = ET.fromstring(atom).findall("{http://www.w3.org/2005/Atom}entry")
        assert len(names) == 20
        _, plain = await asker.text("/wechat/gh_0001.json")
        items = json.loads(plain)["items"]
        assert [each["id"] for each in items][:2] == ["p22", "p21"]
        status, _ = await asker.text("/wechat/nobody.rss")
        assert status == 404

    asked(feeds.application(a_world(), clock), story)
