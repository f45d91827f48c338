"""What people do in a week without interfaces: look, fill in paper, answer links, hand in files."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import openpyxl

from monitor.actions import patrol as looking
from monitor.actions import receipts, reporting
from monitor.actions.patrol import Told
from monitor.actions.reporting import Asking, Filling
from monitor.demo.province import Province
from monitor.demo.roster import SITE, Resident
from monitor.demo.world import WorldPost
from monitor.domain.instants import DAY, say_minute, to_second
from monitor.domain.iso_week import week_of
from monitor.domain.patrol import Doubt
from monitor.domain.patrol_sheet import COLUMNS
from monitor.domain.person import Person
from monitor.domain.report_line import NEWEST, REASON, URL, Words
from monitor.domain.scope import EVERYTHING
from monitor.record import accounts
from monitor.runs import load, patrol, query
from monitor.runs.parts import Parts
from tests.conftest import NOW, StandingClock

BY_SHEET: Final = "421000000000"
"""The prefecture that patrols on paper; everybody else does on screen."""
EXPORTING: Final = ("全省汇总_微博", "全省汇总_视频号")
REPORTERS: Final = 4
"""Of so many units that are asked, one leaves its link alone."""
RECENT: Final = 60 * DAY
LONG_AGO: Final = 900 * DAY
"""How far back the last posts lie of accounts that never pause, and of the others."""
ENDED: Final = NOW + timedelta(days=7)
"""The midnight the week ends at."""
Judged = dict[str, dict[str, Any]]
"""Verdicts by uid."""


@dataclass
class Week:
    """The office, the province it looks at, and what happened day by day."""

    parts: Parts
    clock: StandingClock
    person: Person
    province: Province
    folder: Path
    answers: Counter[Doubt] = field(default_factory=Counter)
    on_paper: int = 0
    reported: set[int] = field(default_factory=set)
    files: list[load.Loaded] = field(default_factory=list)
    first: Judged = field(default_factory=dict)
    patrolled: Judged = field(default_factory=dict)
    last: Judged = field(default_factory=dict)
    _posts: dict[str, list[WorldPost]] = field(default_factory=dict)

    @property
    def now(self) -> int:
        return to_second(self.clock())

    def judgements(self, as_of: datetime | None = None, rulebook: str | None = None) -> Judged:
        """Everybody as judged at an instant, now where none is named."""
        named = {
            (each.world.platform, each.ledger_name, each.seat.organ): each.world.uid
            for each in self.province.residents
        }
        document = query.judgements(self.parts, as_of, None, rulebook)
        return {
            each["uid"] or named[each["platform"], each["name"], each["unit"]]: dict(each)
            for each in document["accounts"]
        }

    def behind(self) -> dict[int, Resident]:
        """Who stands behind an account of the registry."""
        known = {
            (each.world.platform, each.ledger_name, each.seat.code): each
            for each in self.province.residents
        }
        with self.parts.store.reading() as tx:
            return {
                each.id: known[each.platform, each.name, each.unit_code]
                for each in accounts.all_accounts(tx)
                if each.id is not None
            }

    def posts(self, resident: Resident, until: int) -> list[WorldPost]:
        """What the account published before an instant, the newest last."""
        kept = self._posts.get(resident.world.uid)
        if kept is None:
            since = to_second(ENDED) - (RECENT if resident.role == "steady" else LONG_AGO)
            kept = list(self.province.posts(resident.world, since, to_second(ENDED)))
            self._posts[resident.world.uid] = kept
        return [each for each in kept if each.published_at < until]

    def page(self, resident: Resident) -> list[WorldPost]:
        """What the account's page shows a visitor now, the newest first."""
        wechat = resident.world.platform == "wechat"
        shown = [
            each
            for each in self.posts(resident, self.now)
            if (each.deleted_at is None or each.deleted_at > self.now)
            and (each.notified or not wechat)
        ]
        return shown[::-1]


def go_patrolling(week: Week) -> None:
    """Monday: the whole list is gone through, one prefecture's part of it on paper."""
    path = week.folder / "巡查表.xlsx"
    week.on_paper = patrol.write_sheet(week.parts, path, BY_SHEET)
    paper = {each.account_id for each in patrol.sheet_lines(week.parts, BY_SHEET)}
    behind = week.behind()
    for line in patrol.sheet_lines(week.parts):
        if line.account_id not in paper:
            _look(week, line.account_id, behind[line.account_id])
            week.clock.move(seconds=40)
    _write_down(week, path, behind)
    done = patrol.load(week.parts, path)
    assert (done.problems, done.stored) == ([], week.on_paper)


def _look(week: Week, account_id: int, resident: Resident) -> None:
    """Open the page and type what stands there; answer what the screen asks back."""
    page, store, key = week.page(resident), week.parts.store, str(account_id)
    told = Told(account_id, week.now, empty=True)
    if page:
        said = say_minute(page[0].published_at)
        told = Told(account_id, week.now, newest=said, post=page[0].title)
    looked = looking.look(store, week.person, told, key)
    week.answers[looked.doubt] += 1
    if looked.doubt:
        told = replace(told, second=_second(page))
        looked = looking.look(store, week.person, told, key)
    assert looked.kept is not None


def _second(page: list[WorldPost]) -> str:
    return say_minute(page[1].published_at) if len(page) > 1 else "无"


def _write_down(week: Week, path: Path, behind: dict[int, Resident]) -> None:
    """The paper form as a careful person fills it in."""
    book = openpyxl.load_workbook(path)
    sheet = book["巡查表"]
    for row in range(2, sheet.max_row + 1):
        number = sheet.cell(row, COLUMNS.index("系统编号") + 1).value
        if number is None:
            continue
        page = week.page(behind[int(str(number))])
        said = {
            "查看时间": say_minute(week.now),
            "最近一条发布时间": say_minute(page[0].published_at) if page else "无",
            "第二条发布时间": _second(page),
            "查看人": "王某(演示)",
        }
        for column, value in said.items():
            sheet.cell(row, COLUMNS.index(column) + 1).value = value
    book.save(path)
    week.clock.move(hours=1)


def answer_links(week: Week) -> None:
    """Thursday: units that are asked answer by their links; one of four leaves it."""
    week.clock.now = NOW
    week.clock.move(days=3, hours=10)
    asking = Asking(week_of(week.now), EVERYTHING)
    opened = reporting.open_week(week.parts.store, None, week.parts.key, asking)
    behind = week.behind()
    for number, each in enumerate(opened):
        if number % REPORTERS:
            _answer(week, each.token, behind)


def _answer(week: Week, token: str, behind: dict[int, Resident]) -> None:
    store, key = week.parts.store, week.parts.key
    form = receipts.form_of(store, key, token, "10.0.0.9", week.now)
    words = {each.account_id: _words(week, behind[each.account_id]) for each in form.asked}
    versions = {each.account_id: each.version for each in form.asked}
    filling = Filling(form.week, words, versions, f"link {form.link_id}", submit=True)
    done = receipts.send(store, key, token, filling)
    assert done.whole
    week.reported |= set(done.saved)


def _words(week: Week, resident: Resident) -> Words:
    """The unit knows its own back end: posts that were published without a notice too."""
    posts = week.posts(resident, week.now)
    if not posts:
        return {REASON: "其他"}
    newest = posts[-1]
    where = f"{SITE}/{resident.world.platform}/{resident.world.uid}/{newest.native_id}"
    return {NEWEST: say_minute(newest.published_at), URL: where}


def hand_in_exports(week: Week) -> None:
    """Friday: two platforms' files come in."""
    week.clock.now = NOW
    week.clock.move(days=4, hours=15)
    for each in week.province.exports(week.clock()):
        if each.name.startswith(EXPORTING):
            asked = load.Asked("universal", covers=(each.covers_from, each.covers_to))
            week.files.append(load.take(week.parts, each.content, each.name, asked))
