"""A small invented quarter with every sort of trouble, and a walk over its rows one by one."""

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from sqlalchemy import select

from monitor.domain.bulletin import period_of
from monitor.domain.instants import DAY
from monitor.domain.measuring import WEEK, Span
from monitor.record.store import Reading, Store, Writing
from tests.builders import T, a_look, a_post, a_route, a_unit, an_account, put

QUARTER = period_of("2026Q3")
LEVELS = frozenset({"市州局", "县级局"})
WORDS = ("办理", "防骗")
TITLES = ("办理身份证", "防骗提示", "换证办理", "社区夜巡", "")
FORMS = (("微博", "转发", "自制"), ("群发", "发表", ""), ("群发", "原创", "转载"))
COLUMNS = ("reads", "plays", "likes", "recommends", "comments", "shares", "favourites")


@dataclass
class World:
    """What was made: ids by what they are for."""

    units: list[int] = field(default_factory=list)
    accounts: list[int] = field(default_factory=list)
    routes: list[int] = field(default_factory=list)


def build(store: Store, seed: int) -> World:
    """Four units with accounts, posts, looks, revocations, ceilings, excuses and numbers."""
    rng = random.Random(seed)
    made = World()
    with store.writing() as tx:
        house = a_unit(tx, "省厅", "420000000000", level="省厅")
        city = a_unit(tx, "甲市局", "420100000000", house, level="市州局")
        made.units = [city] + [
            a_unit(tx, f"{name}局", f"42010{n}000000", city) for n, name in enumerate("乙丙丁", 2)
        ]
        station = a_unit(tx, "某所", "420102010000", made.units[1], level="派出所")
        made.routes = [a_route(tx), a_route(tx, "wechat/bought", "购买数据")]
        put(
            tx, "route_ceiling", route_id=made.routes[1], recorded_at=tx.stamp, ceiling=0, reason=""
        )
        for number in range(9):
            more: dict[str, Any] = {"main": number % 2 == 0}
            if number == 6:
                more["opened_until"] = QUARTER.since + 40 * DAY
            if number == 8:
                more["state"] = "暂停更新"
            unit = made.units[number % 3]
            made.accounts.append(an_account(tx, unit, f"号{number}", **more))
        an_account(tx, made.units[0], "个人", kind="民警个人")
        an_account(tx, made.units[0], "旧号", state="已关停")
        an_account(tx, station, "所号")
        for account in made.accounts:
            _fill(tx, rng, account, made.routes)
    return made


def _fill(tx: Writing, rng: random.Random, account: int, routes: list[int]) -> None:
    start = QUARTER.since - 200 * DAY
    for _ in range(rng.randrange(5, 60)):
        second = start + rng.randrange(310 * DAY)
        until = second + rng.choice([0, 0, 0, DAY, 9 * DAY])
        gone = second + rng.choice([2, 30]) * DAY if rng.random() < 0.2 else None
        more = {"published_until": until, "deleted_seen_at": gone, **_kind(account, second)}
        key = a_post(tx, account, second, rng.choice(TITLES), **more)
        if second % 11 == 0:
            told = f"{second}_{second % 2 + 1}"
            put(tx, "post_alias", account_id=account, native_id=told, key_id=key)
        for hour in range(rng.randrange(3)):
            numbers = {name: rng.randrange(500) for name in COLUMNS if rng.random() < 0.7}
            at = until + hour * DAY
            row = {"key_id": key, "source": "接口采集", "observed_at": at, "recorded_at": tx.stamp}
            put(tx, "post_obs", **row, **numbers)
    for _ in range(rng.randrange(1, 8)):
        a = start + rng.randrange(300 * DAY)
        more = {"grade": rng.choice([4, 4, 1])}
        look = a_look(tx, account, rng.choice(routes), a, a + rng.randrange(60 * DAY), **more)
        if rng.random() < 0.15:
            put(tx, "coverage_revocation", coverage_id=look, recorded_at=tx.stamp, reason="")
    if rng.random() < 0.4:
        a = QUARTER.since + rng.randrange(60 * DAY)
        row = {"account_id": account, "a": a, "b": a + 9 * DAY, "kind": "停更", "paper": ""}
        put(tx, "excuse", **row, recorded_at=tx.stamp, superseded_at=1 << 62)
    for day in rng.sample(range(-50, 95), 3):
        at = QUARTER.since + day * DAY
        row = {"account_id": account, "source": "接口采集", "basis": "累计", "observed_at": at}
        put(tx, "account_obs", **row, followers=rng.randrange(9999), recorded_at=tx.stamp)


def _kind(account: int, second: int) -> dict[str, str]:
    """The form of a post and what its id says of its place: of some accounts always, of others
    now and then."""
    forms = FORMS[account % 3]
    told = f"{second // 9}_{second % 4 + 1}" if account % 2 or second % 3 else f"链接{second}"
    return {"form": forms[second % len(forms)], "native_id": told}


def rows(tx: Reading, table: str) -> list[dict[str, Any]]:
    """Every row of a table."""
    return [dict(each) for each in tx.conn.execute(select(T[table])).mappings()]


class Walk:
    """Measures by going through the rows one after the other, second by second where it matters."""

    def __init__(self, tx: Reading, span: Span) -> None:
        self.span = span
        keys = {each["id"]: each for each in rows(tx, "post_key")}
        self.aliases = {each["key_id"]: each["native_id"] for each in rows(tx, "post_alias")}
        described = ("title", "form", "native_id")
        posts = [
            each | {name: keys[each["key_id"]][name] for name in described}
            for each in rows(tx, "post")
        ]
        self.posts = [each for each in posts if self._stood(each)]
        revoked = {each["coverage_id"] for each in rows(tx, "coverage_revocation")}
        low = {each["route_id"] for each in rows(tx, "route_ceiling")}
        self.looks = [
            each
            for each in rows(tx, "coverage")
            if each["id"] not in revoked and each["route_id"] not in low and each["grade"] >= 2
        ]
        self.excuses = rows(tx, "excuse")
        self.numbers = defaultdict(list)
        for each in rows(tx, "post_obs"):
            if each["observed_at"] < span.as_of:
                self.numbers[each["key_id"]].append(each)
        self.followers = rows(tx, "account_obs")
        self.accounts = {
            each["account_id"]: each
            for each in rows(tx, "account_rev")
            if each["kind"] == "官方" and each["state"] in ("在用", "暂停更新")
        }

    @staticmethod
    def _stood(post: dict[str, Any]) -> bool:
        gone = post["deleted_seen_at"]
        return gone is None or gone >= post["published_until"] + 7 * DAY

    def within(self, account: int, since: int, until: int) -> list[dict[str, Any]]:
        """The posts surely inside [since, until)."""
        return [
            each
            for each in self.posts
            if each["account_id"] == account
            and since <= each["published_from"]
            and each["published_until"] < until
        ]

    def weeks(self, account: int, helpful: bool = False) -> tuple[int, int, int]:
        """(due, with posts, of which it is known) of an account."""
        due = posted = proven = 0
        for number in range(self.span.weeks):
            a = self.span.monday + number * WEEK
            there = self.within(account, a, a + WEEK)
            if helpful:
                titles = {e["title"] for e in there if any(w in e["title"] for w in WORDS)}
                there = there if len(titles) >= 2 else []
            opened = self.accounts[account]["opened_until"]
            excused = any(
                each["account_id"] == account and each["a"] < a + WEEK and each["b"] > a
                for each in self.excuses
            )
            if not there and (excused or (opened is not None and opened > a)):
                continue
            due += 1
            posted += bool(there)
            proven += bool(there) or self._covered(account, a, a + WEEK)
        return due, posted, proven

    def _covered(self, account: int, a: int, b: int) -> bool:
        for each in sorted(self._looks(account), key=lambda look: look["a"]):
            if each["a"] <= a < each["b"]:
                a = each["b"]
        return a >= b

    def _looks(self, account: int) -> Iterable[dict[str, Any]]:
        return (each for each in self.looks if each["account_id"] == account)

    def works(self) -> dict[int, list[dict[str, Any]]]:
        """Works by account, one content once for a unit and week."""
        seen: set[tuple[Any, ...]] = set()
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for each in sorted(self.posts, key=lambda one: (one["published_from"], one["key_id"])):
            if not self._mine(each) or each["account_id"] not in self.accounts:
                continue
            week = (each["published_from"] - self.span.monday) // WEEK
            unit = self.accounts[each["account_id"]]["unit_id"]
            mark = (unit, week, each["title"] or each["key_id"])
            if mark not in seen:
                found[each["account_id"]].append(each)
            seen.add(mark)
        return found

    def sent(self, account: int) -> tuple[int, int, int, int, int]:
        """(articles, with a known place, headlines, of known sending, messages mass-sent)."""
        articles = placed = first = told = 0
        messages = set()
        for each in self.within(account, self.span.since, self.span.end):
            articles += 1
            ids = (each["native_id"], self.aliases.get(each["key_id"], ""))
            known = next((one for one in ids if re.fullmatch(r"\d+_\d+", one)), None)
            if known is None:
                continue
            message, place = known.split("_")
            placed += 1
            first += place == "1"
            told += each["form"] != ""
            messages |= {message} if each["form"] == "群发" else set()
        return articles, placed, first, told, len(messages)

    def _mine(self, post: dict[str, Any]) -> bool:
        span = self.span
        return span.since <= post["published_from"] and post["published_until"] < span.end

    def told(self, account: int, column: str) -> tuple[int, int, int]:
        """(works, works with a number, sum of the newest numbers)."""
        posts = self.within(account, self.span.since, self.span.end)
        known = [each for post in posts for each in self._newest(post["key_id"], [column])]
        return len(posts), len(known), sum(known)

    def _newest(self, key: int, columns: list[str]) -> Iterator[int]:
        for each in sorted(self.numbers[key], key=lambda one: -one["observed_at"]):
            said = [each[name] for name in columns if each[name] is not None]
            if said:
                yield said[0]
                return

    def against_median(self, account: int) -> float | None:
        """The median of the quarter over that of the year before; None where there are too few."""
        since = self.span.since
        both = []
        for a, b in ((since, self.span.end), (since - 365 * DAY, self.span.end)):
            posts = [
                p for p in self.within(account, a, b) if a == since or p["published_from"] < since
            ]
            both.append([n for p in posts for n in self._newest(p["key_id"], ["reads", "plays"])])
        now, before = both
        if len(now) < 3 or len(before) < 3 or not median(before):
            return None
        return median(now) / median(before)

    def levels(self, account: int) -> tuple[int | None, int | None]:
        """Followers before the span and at its end, no older than 31 days."""
        found: list[int | None] = []
        for a, b in (
            (self.span.since - 31 * DAY, self.span.since),
            (self.span.end - 31 * DAY, self.span.end),
        ):
            mine = [
                e
                for e in self.followers
                if e["account_id"] == account and a <= e["observed_at"] < b
            ]
            newest = max(mine, key=lambda one: one["observed_at"], default=None)
            found.append(None if newest is None else newest["followers"])
        return found[0], found[1]
