"""The cursor walk against a naive world: lists of posts that move while they are read."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect.cursor import Depth, Listed, ListPage, walk_cursor, walk_numbers
from monitor.collect.errors import PlatformError
from monitor.collect.platform import Gathered
from monitor.domain.collecting import Known, Route, Target
from monitor.domain.instants import BEGINNING, DAY, HOUR
from monitor.domain.numbers import Provenance
from monitor.domain.post import SeenPost

STARTED = 1_000 * DAY
ROUTE = Route("weibo", "own", Provenance.INTERFACE, 4, 26, 24, settle_hours=2)
SIZE = 4


def a_post(number: int, at: int) -> SeenPost:
    return SeenPost(str(number), at, at, STARTED)


@dataclass
class World:
    """A list that changes after given numbers of requests: ('add'|'del', position)."""

    posts: list[SeenPost]
    changes: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    asked: int = 0
    everything: dict[str, SeenPost] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.everything = {post.native_id: post for post in self.posts}

    def tick(self) -> None:
        self.asked += 1
        for what, where in self.changes.get(self.asked, []):
            if what == "add":
                new = a_post(1000 + len(self.everything), STARTED - 60)
                self.posts.insert(0, new)
                self.everything[new.native_id] = new
            elif self.posts:
                self.gone.add(self.posts.pop(where % len(self.posts)).native_id)

    async def by_cursor(self, cursor: str | None) -> ListPage:
        rest = self.posts
        if cursor is not None:
            at, number = map(int, cursor.split("/"))
            rest = [p for p in rest if (p.published_from, -int(p.native_id)) < (at, -number)]
        page = rest[:SIZE]
        last = page[-1] if len(rest) > SIZE else None
        self.tick()
        return ListPage(tuple(page), f"{last.published_from}/{last.native_id}" if last else None)

    async def by_number(self, number: int) -> ListPage:
        page = tuple(self.posts[(number - 1) * SIZE : number * SIZE])
        total = len(self.posts)
        self.tick()
        return ListPage(page, total=total)


def gathered(known: Known = Known()) -> Gathered:  # noqa: B008  # frozen
    return Gathered(Target(7, "weibo", "u", "账号", known=known), ROUTE, STARTED)


def walk(way: str, world: World, depth: Depth, known: Known = Known()) -> Listed:  # noqa: B008
    mine = gathered(known)
    if way == "cursor":
        return asyncio.run(walk_cursor(mine, depth, world.by_cursor))
    return asyncio.run(walk_numbers(mine, depth, SIZE, world.by_number))


@st.composite
def worlds(draw: Any) -> World:
    ages = sorted(draw(st.lists(st.integers(3 * HOUR, 40 * DAY), max_size=22, unique=True)))
    posts = [a_post(number, STARTED - age) for number, age in enumerate(ages)]
    change = st.tuples(st.sampled_from(["add", "del"]), st.integers(0, 30))
    changes = draw(st.dictionaries(st.integers(1, 9), st.lists(change, max_size=2), max_size=4))
    return World(posts, changes)


@pytest.mark.parametrize("way", ["cursor", "number"])
@settings(max_examples=150, deadline=None)
@given(world=worlds(), days=st.integers(1, 60))
def test_whatever_moves_a_claim_misses_no_post_that_still_stands(
    way: str, world: World, days: int
) -> None:
    try:
        listed = walk(way, world, Depth(STARTED - days * DAY, None))
    except PlatformError:
        return
    claim = listed.claim(ROUTE.settle)
    stood = {
        key: post
        for key, post in world.everything.items()
        if key not in world.gone and claim.a <= post.published_from < claim.b
    }
    assert stood.keys() <= listed.posts.keys()
    assert len(listed.gathered.posts) == len({post.native_id for post in listed.gathered.posts})


@pytest.mark.parametrize("way", ["cursor", "number"])
def test_a_quiet_list_is_read_as_far_as_needed_and_no_further(way: str) -> None:
    world = World([a_post(n, STARTED - (n + 1) * DAY) for n in range(20)])
    listed = walk(way, world, Depth(STARTED - 6 * DAY, None))
    assert world.asked <= 4
    assert listed.claim(ROUTE.settle).a == STARTED - 6 * DAY
    assert not listed.ended


def test_the_whole_list_proves_from_the_beginning_a_list_of_the_newest_from_its_oldest() -> None:
    world = World([a_post(n, STARTED - (n + 1) * DAY) for n in range(3)])
    depth = Depth(STARTED - 400 * DAY, None)
    assert walk("cursor", world, depth).claim(0).a == BEGINNING
    newest = replace(depth, whole_list=False)
    assert walk("cursor", World(world.posts), newest).claim(0).a == STARTED - 400 * DAY


def test_a_list_that_ends_before_a_post_known_to_stand_is_no_whole_list() -> None:
    for posts in ([], [a_post(1, STARTED - DAY)]):
        with pytest.raises(PlatformError, match="此前已有"):
            walk("cursor", World(posts), Depth(STARTED - 9 * DAY, STARTED - 3 * DAY))


def test_cursors_and_pages_that_come_back_are_loops() -> None:
    async def round_and_round(cursor: str | None) -> ListPage:
        number = 0 if cursor is None else int(cursor)
        return ListPage((a_post(number, STARTED - DAY),), str((number + 1) % 5))

    async def the_same(cursor: str | None) -> ListPage:
        return ListPage((a_post(1, STARTED - DAY),), str(int(cursor or 0) + 1))

    for loop, words in ((round_and_round, "绕回|重复"), (the_same, "同一页")):
        with pytest.raises(PlatformError, match=words):
            asyncio.run(walk_cursor(gathered(), Depth(0, None), loop))


def test_a_page_that_takes_the_place_of_the_first_ends_no_list() -> None:
    """The last page, short of a whole one, is answered whatever is asked after it."""
    posts = tuple(a_post(n, STARTED - (n + 1) * DAY) for n in range(SIZE + 2))

    async def read(number: int) -> ListPage:
        asked.append(number)
        return ListPage(posts[:SIZE] if len(asked) == 1 else posts[SIZE:], total=len(posts))

    asked: list[int] = []
    with pytest.raises(PlatformError, match="仍未读完整"):
        asyncio.run(walk_numbers(gathered(), Depth(0, None), SIZE, read))
    assert asked == [1, 2, 1, 1]


def test_a_pinned_post_does_not_end_the_walk_and_a_post_of_tomorrow_is_not_taken() -> None:
    pages = [
        ListPage(
            (a_post(9, STARTED - 90 * DAY), a_post(8, STARTED + DAY), a_post(1, STARTED - DAY)),
            "2",
            frozenset({"9"}),
        ),
        ListPage((a_post(2, STARTED - 9 * DAY), a_post(1, STARTED - DAY)), None),
    ]

    async def read(cursor: str | None) -> ListPage:
        return pages[0 if cursor is None else 1]

    mine = gathered()
    listed = asyncio.run(walk_cursor(mine, Depth(STARTED - 7 * DAY, None), read))
    assert set(listed.posts) == {"9", "1", "2"}
    assert "晚于采集时刻" in mine.notes[0].explained.what


def test_a_post_a_minute_ahead_came_just_now() -> None:
    ahead = a_post(1, STARTED + 60)

    async def read(_: str | None) -> ListPage:
        return ListPage((ahead,), None)

    listed = asyncio.run(walk_cursor(gathered(), Depth(0, None), read))
    [post] = listed.posts.values()
    assert (post.published_from, post.published_until) == (STARTED, STARTED)


def test_a_later_walk_goes_back_to_the_last_coverage_and_over_the_days_that_change() -> None:
    class Line:
        deepest_days = 400

    for covered, until in ((STARTED - 2 * DAY, 7 * DAY), (STARTED - 30 * DAY, 30 * DAY)):
        mine = gathered(Known(covered_until=covered, anchor=5))
        depth = Depth.of(mine, Line())  # type: ignore[arg-type]
        assert depth == Depth(STARTED - until, 5)
        assert mine.reread_from == STARTED - until
