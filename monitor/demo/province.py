"""The invented province: a pure function of (seed, account, instant) that goes on living.

The day it was first shown belongs to the seed: on that day its truth is what `truth` says. What it
said of an instant once it says for ever; it keeps no state and reads no clock. Everything
in it is invented: names end in (演示), ids begin with demo_, links lead to a host that exists
nowhere.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from monitor.demo import (
    broadcasts,
    casebook,
    files,
    glances,
    keys,
    ledger,
    past_files,
    reach,
    seats,
    topics,
)
from monitor.demo.broadcasts import Said
from monitor.demo.dice import between, roll
from monitor.demo.glances import Glance, Reported
from monitor.demo.interpretations import INTERPRETATIONS
from monitor.demo.rhythms import Moment, moments
from monitor.demo.roster import VIDEO, Resident, residents
from monitor.demo.truth import Truth
from monitor.demo.world import WorldAccount, WorldPost
from monitor.domain.instants import DAY, HOUR, day_start, to_second
from monitor.domain.unit import Unit

WECHAT_BEGINS: Final = day_start(date(2025, 11, 1))
"""Before this day the platform's interface has no articles."""

LATEST_COPY: Final = 2 * DAY
"""A 视频号 film is a copy of the unit's other films, up to two days later."""

FIRST_DAY: Final = date(2026, 11, 23)
"""The first day where nobody names another."""

BUSY: Final = 5
"""Posts a week from which on one taken back leaves no gap."""

RECENT: Final = 60 * DAY
"""Within so long whoever is looked at by eye has posted."""

LIMITED: Final = 21
"""An account the platform holds down is played fewer times than this."""

FORMS: Final = {"weibo": "微博"}


class Province:
    """The world of the demonstration; implements `monitor.demo.world.World`."""

    def __init__(self, seed: int = 42, first_day: date = FIRST_DAY, *, small: bool = False) -> None:
        self.seed = seed
        self.first_day = first_day
        self.residents: Final = residents(seed, first_day, small=small)
        self._by_uid = {each.world.uid: each for each in self.residents}
        self._said: dict[str, Sequence[Said]] = {}

    def accounts(self, platform: str) -> Sequence[WorldAccount]:
        """All accounts on one platform."""
        return [each.world for each in self.residents if each.world.platform == platform]

    def posts(self, account: WorldAccount, since: int, until: int) -> Sequence[WorldPost]:
        """Posts with since <= published_at < until, oldest first; the same for ever."""
        resident = self._by_uid[account.uid]
        if account.platform == "wechat":
            since = max(since, WECHAT_BEGINS)
        slack = LATEST_COPY if account.platform == "channels" else 0
        planned = moments(resident.rhythm, since - slack, until, self.seed, *resident.voice)
        posts = [self._post(resident, moment) for moment in planned]
        posts += [self._told(resident, each) for each in self._released(resident)]
        return sorted(
            (post for post in posts if since <= post.published_at < until),
            key=lambda post: post.published_at,
        )

    def messages(self, account: WorldAccount, day: str) -> tuple[int, int]:
        """(people, messages) that wrote to the account on a Shanghai day (ISO)."""
        if not account.comments_open:
            return (0, 0)
        most = min(40, 2 + account.followers // 5_000)
        people = roll(most, self.seed, "people", account.uid, day)
        return (people, sum(between(1, 3, self.seed, account.uid, day, n) for n in range(people)))

    def units(self) -> list[Unit]:
        """Branches and invented sub-units, to be added to the real divisions."""
        return seats.made_units()

    def secrets(self, now: datetime) -> dict[str, keys.Keys]:
        """The keys of every account read through an interface, by reader and uid; see `keys`."""
        return keys.keys(self.residents, to_second(now))

    def ledger(self, now: datetime, *, sourced: bool = True, closures: bool = True) -> bytes:
        """The office's ledger of all accounts (CSV, utf-8-sig) at `now`; see `ledger.Asked`."""
        return ledger.render(self.residents, ledger.Asked(to_second(now), sourced, closures))

    def closures(self) -> dict[tuple[str, str], tuple[str, date]]:
        """The state an account was given and the day it was, by (platform, uid)."""
        return {
            (each.world.platform, each.world.uid): (
                ledger.STATES[next(iter(each.marks & ledger.CLOSURES))],
                self.first_day - timedelta(days=casebook.closed_ago(each.world.uid)),
            )
            for each in self.residents
            if each.marks & ledger.CLOSURES
        }

    def consents(self) -> dict[tuple[str, str], str]:
        """How the consent of each officer's own account stands, by (platform, uid)."""
        return {
            (each.world.platform, each.world.uid): next(iter(each.marks - {"personal"}))
            for each in self.residents
            if not each.official
        }

    def truth(self) -> dict[str, Truth]:
        """What a fair judge must say of each account on the first day, by uid."""
        return {each.world.uid: each.truth for each in self.residents}

    def cases(self) -> list[casebook.Sheet]:
        """整改单 of some of the accounts that fail, as they stood on the first day."""
        return casebook.sheets(self.residents, self.first_day)

    def exports(self, now: datetime) -> list[files.Export]:
        """Files of the units' back ends in the universal template, as handed in by `now`."""
        return files.exports(self, self.residents, to_second(now))

    def past_exports(self) -> list[files.Export]:
        """Files of the months before, as the units that are assessed handed them in once."""
        return past_files.exports(self, self.residents, self.first_day)

    def glances(self) -> list[Glance]:
        """What was seen by eye before the first day."""
        return glances.glances(self.residents, self._standing, self.first_day)

    def reports(self) -> list[Reported]:
        """What units reported of their accounts."""
        return glances.reports(self.residents, self._standing, self.first_day)

    def _released(self, resident: Resident) -> Sequence[Said]:
        """What it publishes because it was asked to, worked out once."""
        uid = resident.world.uid
        if uid not in self._said:
            told = broadcasts.said(resident, self.first_day)
            told += broadcasts.said(resident, self.first_day, INTERPRETATIONS)
            self._said[uid] = tuple(told)
        return self._said[uid]

    def _standing(self, resident: Resident, at: int) -> WorldPost:
        posts = self.posts(resident.world, at - RECENT, at)
        return [each for each in posts if each.deleted_at is None or each.deleted_at > at][-1]

    def _post(self, resident: Resident, moment: Moment) -> WorldPost:
        account = resident.world
        names = (self.seed, *resident.voice, moment.day.isoformat(), moment.index)
        own = (*names, account.uid)
        at = moment.second + (roll(LATEST_COPY, *own) if account.platform == "channels" else 0)
        words = topics.title(moment.day.month, moment.day.day, *names)
        deleted_at = self._deleted(resident, at, *own)
        told = _counted(resident, words, (at, deleted_at), *own)
        return replace(told, text=topics.text(words, *own))

    def _told(self, resident: Resident, said: Said) -> WorldPost:
        own = (self.seed, said.key, resident.world.uid)
        told = _counted(resident, said.title, (said.at, None), *own)
        return replace(told, text=said.text)

    def _deleted(self, resident: Resident, at: int, *own: str | int) -> int | None:
        """One post in 400 of a busy account is taken back within hours."""
        if resident.rhythm.period or resident.rhythm.per_week < BUSY or roll(400, "deleted", *own):
            return None
        return at + between(2, 9, "taken back", *own) * HOUR


def _counted(
    resident: Resident, words: str, stands: tuple[int, int | None], *own: str | int
) -> WorldPost:
    """A post that stands from the one second until the other, with how far it reaches."""
    account, (at, deleted_at) = resident.world, stands
    film = account.platform in VIDEO
    readers = reach.readers(resident.seat.level, film, *own)
    if "limited" in resident.marks:
        readers = roll(LIMITED, "limited", *own)
    comments = reach.share(readers, 1, 8, "comments", *own) if account.comments_open else 0
    return WorldPost(
        native_id=_native_id(account.platform, at, *own),
        published_at=at,
        title=words,
        notified=resident.role != "steady" or roll(5, "silent", *own) > 0,
        form="视频" if film else FORMS.get(account.platform, "图文"),
        readers=readers,
        likes=reach.share(readers, *_liked(account, at), "likes", *own),
        recommends=reach.share(readers, 2, 12, "recommends", *own),
        comments=comments,
        sharers=reach.share(readers, 5, 25, "sharers", *own),
        favourites=reach.share(readers, 1, 10, "favourites", *own),
        replies=comments // 2,
        deleted_at=deleted_at,
    )


def _liked(account: WorldAccount, at: int) -> tuple[int, int]:
    """Likes for a thousand readers, from so many to so many."""
    return (140, 220) if account.leap and at >= account.leap else (5, 30)


def _native_id(platform: str, at: int, *own: str | int) -> str:
    """As each platform numbers its posts: Weibo's ids grow with time."""
    if platform == "weibo":
        return str(at * 10**6 + roll(10**6, "id", *own))
    return str(10**15 + roll(9 * 10**15, "id", *own))
