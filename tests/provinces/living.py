"""A story lived through the product: swept, imported, patrolled, excused, withdrawn and moved."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from aiohttp import web
from sqlalchemy import text

from monitor.collect.loop import EventLoop
from monitor.demo.servers import kuaishou
from monitor.demo.servers.mint import first
from monitor.domain.account import Account
from monitor.domain.instants import DAY, HOUR, shanghai
from monitor.domain.patrol import Look
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, coverage, looks, units
from monitor.record.looks import Witness
from monitor.record.store import Store
from monitor.runs import collect, credentials, load
from monitor.runs.load import Asked
from monitor.runs.parts import Pace, Parts
from tests.builders import put
from tests.demo.small_world import SmallWorld
from tests.kits.platform_server import dated, hosted
from tests.provinces.story import (
    DAYS,
    EXPORTED,
    FILES,
    LIVE,
    PATROLLED,
    PATROLS,
    REFUSED,
    SWEEPS,
    Resident,
    Story,
    at,
)
from tests.service.parts import some_parts

ROOT = Unit("420000000000", "某省公安厅", Level.PROVINCE)
HOMES = tuple(
    Unit(f"42102{n}000000", f"第{n}县公安局(演示)", Level.COUNTY, ROOT.code) for n in (1, 2)
)
COLUMNS = ("平台", "账号名称", "账号ID", "作品ID", "标题", "体裁", "发布时间")


class Clock:
    """Moved from day to day."""

    def __init__(self) -> None:
        self.now = _instant(at(0))

    def __call__(self) -> datetime:
        return self.now


def _instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


@dataclass
class Life:
    """A story under way in a store of its own."""

    story: Story
    parts: Parts
    clock: Clock
    loop: EventLoop
    down: list[bool]

    def live(self) -> None:
        """All seventy days."""
        self._settle_in()
        for day in range(DAYS):
            self.clock.now = _instant(at(day, 8))
            self._move(day)
            self.clock.now = _instant(at(day))
            if day in SWEEPS:
                self._sweep(day)
            if day in FILES:
                self._import(day)
            if day in PATROLS:
                self._patrol(day)
            if day in (37, 52):
                self._withdraw()

    def _settle_in(self) -> None:
        residents = self.story.residents
        with self.parts.store.writing() as tx:
            units.save(tx, [ROOT, *HOMES])
            ids = accounts.save(tx, [_registered(each, 0) for each in residents])
            for each, key in zip(residents, ids, strict=True):
                each.id = key
                if each.excuse is not None:
                    a, b = each.excuse
                    row = {"account_id": key, "a": a, "b": b, "kind": "停更报批", "paper": ""}
                    put(tx, "excuse", **row, recorded_at=tx.stamp, superseded_at=1 << 62)
        owned = list(self.story.of(LIVE, REFUSED))
        keys = {each.world.uid: _keys(each) for each in owned}
        nonces = {uid: n.to_bytes(12, "big") for uid, n in zip(keys, count(1), strict=False)}
        credentials.put_many(self.parts, "kuaishou", keys, nonces)

    def _move(self, day: int) -> None:
        """Some accounts change their unit."""
        moved = [_registered(each, 1) for each in self.story.residents if each.moves_on == day]
        if moved:
            with self.parts.store.writing() as tx:
                accounts.save(tx, moved)

    def _sweep(self, day: int) -> None:
        self.down[0] = day in self.story.down_on
        for each in self.story.of(REFUSED):
            fault = "unauthorized" if day in each.refused_on else ""
            object.__setattr__(each.world, "fault", fault)
        collect.run(self.parts, self.loop)

    def _import(self, day: int) -> None:
        """One file of the month before, with the posts that still stand."""
        since, until = at(day - 28, 0), at(day, 0)
        told = io.StringIO()
        lines = csv.writer(told)
        lines.writerow(COLUMNS)
        for each in self.story.of(EXPORTED):
            for post in each.standing(at(day)):
                if since <= post.published_at < until:
                    when = shanghai(post.published_at)
                    dated = post.native_id in each.dated
                    said = f"{when:%Y-%m-%d}" if dated else f"{when:%Y-%m-%d %H:%M:%S}"
                    who = ("今日头条", each.world.name, each.world.uid)
                    lines.writerow((*who, post.native_id, post.title, post.form, said))
        content = told.getvalue().encode("utf-8-sig")
        load.take(self.parts, content, f"heap/{day}.csv", Asked(covers=(since, until)))

    def _patrol(self, day: int) -> None:
        """The newest post that stands on each page, by the day where only that is shown."""
        now = at(day)
        for each in self.story.of(PATROLLED):
            seen = _look(each, now)
            with self.parts.store.writing() as tx:
                looks.take_down(tx, seen)
                looks.save(tx, each.world.platform, seen, Witness(3, None, f"{each.id}-{day}"))

    def _withdraw(self) -> None:
        """A person withdraws some looks."""
        with self.parts.store.writing() as tx:
            standing = tx.conn.execute(
                text(
                    "SELECT id FROM coverage WHERE id NOT IN"
                    " (SELECT coverage_id FROM coverage_revocation) ORDER BY id"
                )
            )
            for (key,) in standing.all():
                if self.story.dice.random() < 0.08:
                    coverage.revoke(tx, key, "复核有误")


def _registered(each: Resident, home: int) -> Account:
    return Account(
        each.world.platform,
        each.world.name,
        HOMES[home].code,
        uid=each.world.uid,
        opened_from=each.opened,
        opened_until=each.opened + DAY - 1,
    )


def _keys(each: Resident) -> dict[str, str]:
    token = first("kuaishou", "refresh", each.world, at(0), 180 * DAY)
    return {
        "app_id": kuaishou.APP_ID,
        "app_secret": kuaishou.APP_SECRET,
        "refresh_token": token,
    }


def _look(each: Resident, now: int) -> Look:
    standing = each.standing(now)
    if not standing:
        return Look(each.id, now, now, empty=True)
    newest = standing[-1]
    when = newest.published_at, newest.published_at
    if newest.native_id in each.dated:
        start = newest.published_at - (newest.published_at - at(0, 0)) % DAY
        when = start, min(start + DAY - 1, now)
    return Look(each.id, now, now, newest=when, title=f"{newest.title}-{newest.native_id}")


@contextmanager
def lived(story: Story, store: Store, clock: Clock) -> Iterator[Life]:
    """The story with its platform on loopback, from its first day to its last."""
    down = [False]
    world = SmallWorld(
        [each.world for each in story.of(LIVE, REFUSED)],
        {each.world.uid: each.posts for each in story.residents},
    )

    @web.middleware
    async def falls(request: web.Request, handler: object) -> web.StreamResponse:
        if down[0]:
            return web.Response(text="<html>维护中</html>", content_type="text/html")
        return await handler(request)  # type: ignore[operator,no-any-return]

    app = dated(kuaishou.application(world, clock), clock)
    app.middlewares.append(falls)
    with EventLoop() as loop, hosted(loop, app) as url:
        pace = Pace(base_url=url, per_second=100_000, deepest_days=120)
        parts = some_parts(store, clock, paces={"kuaishou": pace})
        life = Life(story, parts, clock, loop, down)
        life.live()
        clock.now = _instant(at(DAYS)) + timedelta(hours=1)
        yield replace(life)


__all__ = ["HOUR", "Clock", "Life", "lived"]
