"""A week of an office without a single interface: patrolled, reported, exported, judged, told.

The expected verdicts come from the invented province itself, reckoned here anew from what it
published; nothing of the judge takes part in them.
"""

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest

from monitor.actions import patrol as looking
from monitor.actions import people, receipts, reporting
from monitor.actions.patrol import Told
from monitor.actions.reporting import Asking, Filling
from monitor.demo import fill
from monitor.demo.province import Province
from monitor.demo.roster import SITE, Resident
from monitor.demo.world import WorldPost
from monitor.domain.instants import DAY, day_start, from_second, say_minute, shanghai_day, to_second
from monitor.domain.iso_week import week_of
from monitor.domain.patrol import Doubt
from monitor.domain.patrol_sheet import COLUMNS
from monitor.domain.person import Grant, Person, Role
from monitor.domain.report_line import NEWEST, REASON, URL, Words
from monitor.domain.scope import EVERYTHING
from monitor.record import accounts
from monitor.record.store import Store, open_store
from monitor.runs import digest, export, judge, load, patrol, query, setup
from monitor.runs.parts import Parts
from tests.conftest import NOW, StandingClock
from tests.service.parts import DATA, some_parts

BY_SHEET: Final = "421000000000"
"""The prefecture that patrols on paper; everybody else does on screen."""
EXPORTING: Final = ("全省汇总_微博", "全省汇总_视频号")
REPORTERS: Final = 4
"""Of so many units that are asked, one leaves its link alone."""
CLASSES: Final = (
    (365, "长期停更"),
    (90, "僵尸"),
    (30, "睡眠"),
    (14, "内容不更新"),
    (7, "提醒"),
)
"""The office's default rulebook, as office.md tells it."""
RECENT: Final = 60 * DAY
LONG_AGO: Final = 900 * DAY
"""How far back the last posts lie of accounts that never pause, and of the others."""
ENDED: Final = NOW + timedelta(days=7)
"""The midnight the week ends at."""
Judged = dict[str, dict[str, Any]]
"""Verdicts by uid."""
FAILING: Final = {"长期停更", "僵尸", "睡眠", "内容不更新", "从未更新"}


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


@pytest.fixture(scope="module")
def week(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Week]:
    """Monday to Monday: a ledger, then looks, a paper form, receipt links and exports."""
    folder = tmp_path_factory.mktemp("zero")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("local"))
    (folder / "data" / "local").mkdir()
    shutil.copy(sqlite_template, folder / "store.db")
    clock = StandingClock(NOW)
    clock.move(hours=9)
    store = open_store(f"sqlite:///{folder / 'store.db'}", clock)
    chosen = {"data_dir": folder / "data", "demo": True, "demo_small": True}
    parts = some_parts(store, clock, **chosen)
    setup.shipped_units(parts)
    fill.fill(parts, lambda _line: None, sourced=False)
    province = Province(fill.SEED, shanghai_day(to_second(clock())), small=True)
    made = Week(parts, clock, _editor(store, clock()), province, folder)
    made.first = made.judgements()
    _patrol(made)
    made.patrolled = made.judgements()
    _report(made)
    _export(made)
    clock.now = ENDED
    clock.move(hours=8)
    judge.run(parts)
    made.last = made.judgements(ENDED)
    yield made
    store.close()


def _editor(store: Store, now: datetime) -> Person:
    new = people.NewPerson(
        "zhou", "周某(演示)", (Grant(Role.EDITOR, "/"),), "Quiet-Lake-2026", False
    )
    people.enrol(store, None, new)
    return people.person_called(store, "zhou", to_second(now))


def _patrol(week: Week) -> None:
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


def _report(week: Week) -> None:
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


def _export(week: Week) -> None:
    """Friday: two platforms' files come in."""
    week.clock.now = NOW
    week.clock.move(days=4, hours=15)
    for each in week.province.exports(week.clock()):
        if each.name.startswith(EXPORTING):
            asked = load.Asked("universal", covers=(each.covers_from, each.covers_to))
            week.files.append(load.take(week.parts, each.content, each.name, asked))


def true_status(week: Week, resident: Resident, at: int) -> str:
    """What the account was at an instant, by what it published; nobody's evidence is asked."""
    if resident.truth.status == "不纳入":
        return "不纳入"
    posts = week.posts(resident, at)
    if not posts:
        return "从未更新" if at - day_start(resident.opened) > 31 * DAY else "正常"
    silent = at - posts[-1].published_at
    return next((name for days, name in CLASSES if silent > days * DAY), "正常")


def at_of(each: dict[str, Any], otherwise: int) -> int:
    """The cut-off 截至 a verdict speaks of."""
    cutoff = each["cutoff"]
    return otherwise if cutoff is None else to_second(datetime.fromisoformat(cutoff))


def told_of(week: Week, found: Judged, as_of: int) -> Iterator[tuple[Resident, Any, str]]:
    """Every resident, what was said of it, and what is true at its cut-off."""
    for each in week.province.residents:
        said = found[each.world.uid]
        yield each, said, true_status(week, each, at_of(said, as_of))


def test_the_oracle_is_the_provinces_own_truth(week: Week) -> None:
    for each in week.province.residents:
        if each.truth.status != "暂不作认定":
            found = true_status(week, each, day_start(week.province.first_day))
            assert found == each.truth.status, each.world.name


def test_on_the_first_day_nothing_is_said_of_anybody(week: Week) -> None:
    said = {each.world.uid: found["outcome"] for each, found, _ in told_of(week, week.first, 0)}
    for each in week.province.residents:
        aside = each.truth.status == "不纳入"
        assert said[each.world.uid] == ("不纳入" if aside else "暂不作认定"), each.world.name


def test_the_screen_asks_for_the_second_newest_where_the_answer_would_convict(week: Week) -> None:
    assert set(week.answers) == {Doubt.NONE, Doubt.SECOND_WANTED}
    assert min(week.answers.values()) > 5
    assert week.on_paper > 2


def test_one_patrol_judges_every_platform_but_wechat_as_it_is(week: Week) -> None:
    failing = set()
    for each, found, truth in told_of(week, week.patrolled, 0):
        if each.world.platform == "wechat":
            continue
        failing |= {found["status"]} & FAILING
        if truth == "从未更新" and each.world.platform == "weibo":
            assert found["outcome"] == "不合格"  # its page goes back half a year
        else:
            assert found["status"] == truth, (each.world.name, found["findings"])
    assert failing == FAILING


def test_a_look_at_a_wechat_page_convicts_nobody(week: Week) -> None:
    outcomes = Counter(
        (found["outcome"], truth in FAILING)
        for each, found, truth in told_of(week, week.patrolled, to_second(ENDED))
        if each.world.platform == "wechat" and truth != "不纳入"
    )
    assert {outcome for outcome, _ in outcomes} <= {"正常", "提醒", "暂不作认定"}
    assert outcomes["正常", False] > 10
    assert outcomes["暂不作认定", True] > 0
    assert outcomes["正常", True] == outcomes["提醒", True] == 0


def test_links_and_exports_came_in_whole(week: Week) -> None:
    assert len(week.reported) > 20
    assert all(each.file.problems == () for each in week.files)
    assert sum(each.new_posts for each in week.files) > 300


@pytest.mark.parametrize("rulebook", [None, "gb2019"])
def test_at_the_weeks_end_nobody_is_accused_who_is_not_silent(
    week: Week, rulebook: str | None
) -> None:
    accused = 0
    for each, found, truth in told_of(week, week.judgements(ENDED, rulebook), to_second(ENDED)):
        if found["outcome"] == "不合格":
            accused += 1
            assert truth in FAILING, (each.world.name, found["findings"])
        if found["outcome"] in {"正常", "提醒"}:
            assert truth not in FAILING, (each.world.name, found["findings"])
    assert accused > 10


def test_at_the_weeks_end_whatever_was_proven_is_told_as_it_is(week: Week) -> None:
    decided = Counter[str]()
    for each, found, truth in told_of(week, week.last, to_second(ENDED)):
        if found["outcome"] == "暂不作认定":
            assert each.world.platform == "wechat", (each.world.name, found["findings"])
            continue
        decided[each.world.platform] += 1
        if found["status"] != found["status_max"]:
            assert found["outcome"] in {"正常", "提醒", "不合格"}
        else:
            assert found["status"] == truth, (each.world.name, found["findings"])
    assert decided["wechat"] > 20


def test_the_digest_tells_the_week(week: Week) -> None:
    written = {
        path.name: path for path in digest.preview(week.parts, "2026-W48", "", week.folder / "周报")
    }
    group = written["群消息.txt"].read_text("utf-8-sig")
    assert 0 < len(group) <= 450
    failing = sum(each["outcome"] == "不合格" for each in week.last.values())
    undecided = sum(each["outcome"] == "暂不作认定" for each in week.last.values())
    assert f"{failing}" in group
    assert f"{undecided}" in group
    problems = _read(written["问题清单.csv"])
    assert len(problems) >= failing


@pytest.mark.parametrize(("what", "outcome"), [("problems", "不合格"), ("undecided", "暂不作认定")])
def test_the_lists_name_whom_the_week_found(week: Week, what: str, outcome: str) -> None:
    path = week.folder / f"{what}.csv"
    export.run(week.parts, export.Request(what, as_of=ENDED), path)
    rows = _read(path)
    named = {(row["账号名称"], row["主办单位"]) for row in rows}
    asked = {
        (each["name"], each["unit"]) for each in week.last.values() if each["outcome"] == outcome
    }
    assert asked
    assert asked <= named


def _read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
