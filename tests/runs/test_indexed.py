"""Indices in an assessment: what SQL and frames give is what going through the posts gives."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import log
from typing import Any

import pytest

from monitor.domain.assessed import Fact
from monitor.domain.instants import DAY
from monitor.domain.measuring import Span
from monitor.record import score_facts, score_frame
from monitor.record.score_facts import Asked
from monitor.record.store import Store, Writing
from monitor.runs import indexed
from monitor.score.index import INDICES
from tests import generated
from tests.builders import a_look, a_post, a_route, a_unit, an_account, put
from tests.record.builders import LATEST
from tests.record.score_world import COLUMNS, LEVELS, QUARTER

SPAN = Span(QUARTER.since, QUARTER.until, QUARTER.until, LATEST, LEVELS)
DAYS = 92
PLATFORMS = ("wechat", "weibo", "douyin", "bilibili")
FORMS = {"wechat": ("群发",), "weibo": ("微博", "转发"), "bilibili": ("自制", "转载")}
SEEDS = range(20) if generated.DEEP else range(2)


@dataclass
class Kept:
    """An account as the oracle remembers it: its posts as (place, form, newest numbers)."""

    platform: str
    posts: list[tuple[int, str, Mapping[str, int | None]]] = field(default_factory=list)
    followers: tuple[int | None, int | None] = (None, None)

    def whole(self, names: tuple[str, ...]) -> list[tuple[int, str, Mapping[str, int]]]:
        return [
            (place, form, {name: numbers[name] or 0 for name in names})
            for place, form, numbers in self.posts
            if all(numbers[name] is not None for name in names)
        ]


def build(store: Store, seed: int) -> dict[str, Kept]:
    """A county with two accounts on each platform, seen whole."""
    rng = random.Random(seed)
    kept = {}
    with store.writing() as tx:
        house = a_unit(tx, "省厅", "420000000000", level="省厅")
        county = a_unit(tx, "甲局", "420102000000", house)
        a_unit(tx, "乙局", "420103000000", house)
        route = a_route(tx)
        for platform, number in product(PLATFORMS, range(2)):
            key = an_account(tx, county, f"{platform}{number}", platform)
            a_look(tx, key, route, QUARTER.since - DAY, QUARTER.until + DAY)
            kept[str(key)] = _account(tx, rng, key, Kept(platform), gaps=0.4 * number * seed)
    return kept


def _account(tx: Writing, rng: random.Random, key: int, kept: Kept, gaps: float) -> Kept:
    for number in range(rng.randrange(2, 15)):
        second = QUARTER.since + rng.randrange(60 * DAY)
        place, form = rng.randrange(1, 4), rng.choice(FORMS.get(kept.platform, ("视频",)))
        post = a_post(tx, key, second, native_id=f"{number}_{place}", form=form)
        newest: dict[str, int | None] = dict.fromkeys(COLUMNS)
        for hour in range(3):
            given = {name: rng.randrange(10 ** rng.randrange(1, 7)) for name in COLUMNS}
            told = {name: each for name, each in given.items() if rng.random() >= gaps}
            row = {"key_id": post, "source": rng.choice(["接口采集", "购买数据"])}
            put(tx, "post_obs", **row, observed_at=second + hour, recorded_at=tx.stamp, **told)
            newest |= told
        kept.posts.append((place, form, newest))
    ends = []
    for day in (-3, 80):
        row = {"account_id": key, "source": "接口采集", "basis": "累计", "recorded_at": tx.stamp}
        followers = rng.randrange(10_000)
        put(tx, "account_obs", **row, observed_at=SPAN.since + day * DAY, followers=followers)
        ends.append(followers)
    kept.followers = (ends[0], ends[1])
    return kept


def measured(store: Store) -> dict[tuple[str, str], Fact]:
    with store.reading() as tx:
        roster = score_frame.roster(tx, SPAN)
        asked = Asked(SPAN, frozenset(INDICES.names()))
        facts = indexed.added(tx, asked, roster, score_facts.measure(tx, asked, roster))
    assert {each.unit for each in facts} == {"420102000000", "420103000000"}
    return {(each.account or each.unit, each.measure): each for each in facts}


def wci(kept: Kept, terms: list[tuple[str, float, int]]) -> float:
    """14.2 by going through the articles; what is over 100,000 is entered as 100,001."""
    posts = kept.whole(tuple(name for name, _, _ in terms))
    parts = [0.0, 0.0, 0.0, 0.0]
    for name, weight, times in terms:
        shown = [(place, min(100_001, numbers[name])) for place, _, numbers in posts]
        total = sum(number for _, number in shown)
        first = sum(number for place, number in shown if place == 1)
        values = (total / DAYS, total / len(posts), first / DAYS, max(n for _, n in shown))
        for part, value in enumerate(values):
            parts[part] += weight * log(times * value + 1)
    return (0.6 * parts[0] + 0.2 * parts[1] + 0.1 * parts[2] + 0.1 * parts[3]) ** 2 * 12


def shared(kept: Kept) -> float:
    likes = [("recommends", 0.09, 10), ("likes", 0.06, 10)]
    return wci(kept, [("reads", 0.7, 1), *likes, ("shares", 0.15, 10)])


def unshared(kept: Kept) -> float:
    return wci(kept, [("reads", 0.85, 1), ("recommends", 0.09, 10), ("likes", 0.06, 10)])


def nri(kept: Kept) -> float:
    posts = kept.whole(("reads", "likes"))
    reads = [min(100_001, numbers["reads"]) for _, _, numbers in posts]
    likes = [min(100_001, numbers["likes"]) for _, _, numbers in posts]
    first = sum(n for n, (place, _, _) in zip(reads, posts, strict=True) if place == 1)

    def scale(value: float, most: float) -> float:
        return 1000 * log(value + 1) / log(most + 1)

    found = 0.75 * scale(sum(reads), 800_000 * DAYS) + 0.05 * scale(max(reads), 100_000)
    found += 0.10 * scale(sum(reads) / len(reads), 100_000)
    found += 0.05 * scale(first, 100_000 * DAYS)
    return found + 0.05 * scale(sum(likes), 80_000 * DAYS)


def bci(kept: Kept) -> float:
    posts = kept.whole(("shares", "comments", "likes"))
    own = [numbers for _, form, numbers in posts if form == "微博"]
    found = 0.2 * (0.3 * log(len(posts) + 1) + 0.7 * log(len(own) + 1))
    for weight, name, of in (
        (0.20, "shares", [numbers for _, _, numbers in posts]),
        (0.20, "comments", [numbers for _, _, numbers in posts]),
        (0.25, "shares", own),
        (0.25, "comments", own),
        (0.10, "likes", [numbers for _, _, numbers in posts]),
    ):
        found += 0.8 * weight * log(sum(each[name] for each in of) + 1)
    return found * 160


def dci(kept: Kept) -> float:
    posts = kept.whole(("likes", "comments", "shares"))
    before, after = kept.followers
    found = 0.10 * log(len(posts) + 1)
    for weight, name in ((0.17, "likes"), (0.37, "comments"), (0.46, "shares")):
        found += 0.76 * weight * log(sum(numbers[name] for _, _, numbers in posts) + 1)
    gained = max(0, (after or 0) - (before or 0))
    return 100 * (found + 0.14 * (0.89 * log(gained + 1) + 0.11 * log((after or 0) + 1)))


def bvci(kept: Kept) -> float:
    posts = kept.whole(("plays", "comments"))
    before, after = kept.followers
    found = 0.15 * log(len(posts) + 1) + 0.18 * log((after or 0) + 1)
    found += 0.12 * log(max(0, (after or 0) - (before or 0)) + 1)
    for weight, name in ((0.25, "plays"), (0.30, "comments")):
        found += weight * log(sum(numbers[name] for _, _, numbers in posts) / DAYS + 1)
    return 100 * found


PAPER: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "WCI 14.2 含转发": (shared, "wechat", ("reads", "recommends", "likes", "shares")),
    "WCI 14.2 不含转发": (unshared, "wechat", ("reads", "recommends", "likes")),
    "NRI": (nri, "wechat", ("reads", "likes")),
    "BCI": (bci, "weibo", ("shares", "comments", "likes")),
    "DCI 新增89": (dci, "douyin", ("likes", "comments", "shares")),
    "BVCI": (bvci, "bilibili", ("plays", "comments")),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_an_index_of_the_period_is_what_paper_gives(store: Store, seed: int) -> None:
    kept = build(store, seed)
    found = measured(store)
    for (key, account), index in product(kept.items(), PAPER):
        paper, platform, names = PAPER[index]
        if account.platform != platform:
            assert (key, index) not in found
            continue
        fact, posts = found[key, index], len(account.posts)
        whole = len(account.whole(names))
        assert (fact.samples, fact.coverage) == (whole, pytest.approx(whole / posts))
        if whole < 0.8 * posts:
            assert (fact.value, fact.cause) == (None, "系统原因")
        else:
            assert fact.value == pytest.approx(paper(account), rel=1e-9)
            assert (fact.note is None) == (whole == posts)


def test_what_an_index_lacks_is_said_and_a_unit_without_the_platform_is_left_alone(
    store: Store,
) -> None:
    with store.writing() as tx:
        house = a_unit(tx, "省厅", "420000000000", level="省厅")
        county = a_unit(tx, "甲局", "420102000000", house)
        a_unit(tx, "乙局", "420103000000", house)
        route = a_route(tx)
        ids = [an_account(tx, county, f"号{n}", "wechat") for n in range(3)]
        ids.append(an_account(tx, county, "抖音", "douyin"))
        for key in ids[:2] + ids[3:]:
            a_look(tx, key, route, QUARTER.since - DAY, QUARTER.until + DAY)
        post = a_post(tx, ids[0], QUARTER.since + DAY, native_id="5_1", form="群发")
        told = {"readers": 900, "likes": 3, "recommends": 2, "sharers": 1}
        row = {"key_id": post, "source": "接口采集", "observed_at": QUARTER.since + 2 * DAY}
        put(tx, "post_obs", **row, recorded_at=tx.stamp, **told)
    people, silent, unseen, film = map(str, ids)
    found = measured(store)
    note = "1条作品中0条有阅读数的数据;微信接口只给阅读人数,阅读次数须导入后台导出或购买数据"
    assert found[people, "WCI 13"].note == note
    assert (found[silent, "WCI 13"].value, found[silent, "WCI 13"].cause) == (0.0, None)
    assert found[unseen, "WCI 13"].note == "统计期内数据不完整"
    assert found[film, "DCI 新增89"].note == "期初或期末没有粉丝净增数、粉丝数"
    other = found["420103000000", "BCI"]
    assert (other.cause, other.note) == ("不适用", "没有微博账号")
    assert {fact.note for (_, key), fact in found.items() if key == "QSCI"} == {"没有QQ公众号账号"}
