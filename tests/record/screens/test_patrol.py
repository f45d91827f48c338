"""The patrol queue: what decides soonest first; who was looked at rests; interfaces fall off."""

from typing import Any

import pytest

from monitor.domain.instants import DAY, HOUR, OPEN
from monitor.domain.patrol import SECONDS_EACH
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.screens import patrol
from monitor.record.screens.patrol import Asked
from monitor.record.store import Store, Writing
from tests.builders import a_day, a_look, a_persons_look, a_post, a_route, a_unit, an_account, put
from tests.conftest import NOW

AT = int(NOW.timestamp())


def judged(tx: Writing, account: int, next_at: int, *answer: str, **more: Any) -> None:
    a_day(tx, account, *answer, **more)
    put(tx, "due", account_id=account, next_at=next_at, judged_known_at=tx.stamp)


@pytest.fixture
def made(store: Store) -> dict[str, int]:
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000")
        place = {"region": "991000", "region_name": "荆州市", "county_name": "江陵县"}
        city = a_unit(tx, "江陵县公安局", "991000000000", root, **place)
        unknown = ("暂不作认定", "暂不作认定")
        made = {}
        for name in ("never", "over", "lapsing", "lively", "interface", "rested", "closed"):
            made[name] = an_account(
                tx, city, name, "douyin", state="已关停" if name == "closed" else "在用"
            )
        made["wechat"] = an_account(tx, root, "wechat")
        a_post(tx, made["over"], AT - 30 * DAY, "旧闻")
        judged(tx, made["over"], OPEN, *unknown, source="", last_post_from=AT - 30 * DAY)
        judged(tx, made["lapsing"], AT + DAY, source="人工巡查")
        judged(tx, made["lively"], AT + 6 * DAY, source="人工巡查")
        judged(tx, made["interface"], AT + HOUR, source="接口采集")
        judged(tx, made["rested"], AT + HOUR, *unknown, source="")
        a_persons_look(tx, made["rested"], AT - 3 * DAY)
        judged(tx, made["wechat"], OPEN, *unknown, source="")
    return made


def names(store: Store, scope: Scope = EVERYTHING, asked: Asked | None = None) -> list[str]:
    with store.reading() as tx:
        return [each.name for each in patrol.queue(tx, scope, AT, asked or Asked()).rows]


def test_what_a_look_decides_at_once_comes_first(store: Store, made: dict[str, int]) -> None:
    assert names(store) == ["over", "never", "lapsing", "wechat"]
    with store.reading() as tx:
        found = patrol.queue(tx, EVERYTHING, AT)
    assert (found.total, found.seconds) == (4, 4 * SECONDS_EACH)
    first = found.rows[0]
    assert (first.last_from, first.last_title, first.lapses_at) == (AT - 30 * DAY, "旧闻", None)


def test_the_queue_is_narrowed_shared_and_paged(store: Store, made: dict[str, int]) -> None:
    assert names(store, asked=Asked(platform="wechat")) == ["wechat"]
    assert len(names(store, asked=Asked(region="991000", county="江陵县"))) == 3
    halves = [names(store, asked=Asked(parts=2, part=part)) for part in (1, 2)]
    assert sorted(halves[0] + halves[1]) == sorted(names(store))
    with store.reading() as tx:
        page = patrol.queue(tx, EVERYTHING, AT, limit=2, offset=2)
    assert [each.name for each in page.rows] == ["lapsing", "wechat"]
    assert page.total == 4


def test_places_are_told_with_what_they_cost(store: Store, made: dict[str, int]) -> None:
    with store.reading() as tx:
        found = patrol.shares(tx, EVERYTHING, AT)
        done = patrol.looked(tx, EVERYTHING, AT, AT - 7 * DAY)
    assert [(each.county, each.accounts, each.seconds) for each in found] == [
        ("江陵县", 3, 120),
        ("", 1, 40),
    ]
    assert done == 1


def test_before_anything_is_published_failing_accounts_are_looked_at_again(
    store: Store, made: dict[str, int]
) -> None:
    fails = ("睡眠", "不合格")
    with store.writing() as tx:
        unit = a_unit(tx, "某支队", "992000000000")
        route = a_route(tx, "douyin/own")
        for name, silent in (("stale", 40), ("worse", 90), ("fresh", 50), ("seen", 60)):
            key = an_account(tx, unit, name, "douyin")
            judged(tx, key, OPEN, *fails, silence_min=silent * DAY)
            made[name] = key
        a_look(tx, made["fresh"], route, AT - 9 * DAY, AT - 3 * HOUR)
        a_look(tx, made["stale"], route, AT - 9 * DAY, AT - 6 * DAY)
        a_persons_look(tx, made["seen"], AT - HOUR)
        a_persons_look(tx, made["worse"], AT - 5 * DAY)
    assert names(store, asked=Asked(recheck=True)) == ["worse", "stale"]
