"""A week of an office without a single interface: patrolled, reported, exported, judged, told.

The expected verdicts come from the invented province itself, reckoned here anew from what it
published; nothing of the judge takes part in them.
"""

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest

from monitor.actions import people
from monitor.demo import fill
from monitor.demo.census import VALID
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain.instants import DAY, day_start, shanghai_day, to_second
from monitor.domain.patrol import Doubt
from monitor.domain.person import Grant, Person, Role
from monitor.record.store import Store, open_store
from monitor.runs import digest, export, judge, setup
from tests.conftest import NOW, StandingClock
from tests.service.parts import DATA, some_parts
from tests.story.zero_week import (
    ENDED,
    Judged,
    Week,
    answer_links,
    go_patrolling,
    hand_in_exports,
)

CLASSES: Final = (
    (365, "长期停更"),
    (90, "僵尸"),
    (30, "睡眠"),
    (14, "内容不更新"),
    (7, "提醒"),
)
"""The office's default rulebook, as office.md tells it."""
FAILING: Final = {"长期停更", "僵尸", "睡眠", "内容不更新", "从未更新"}
MILDER: Final = ("正常", *(name for _, name in CLASSES[::-1]))
"""From well to worst."""


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
    go_patrolling(made)
    made.patrolled = made.judgements()
    answer_links(made)
    hand_in_exports(made)
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


def shown(week: Week) -> list[Resident]:
    """Everybody but officers' own accounts whose papers do not hold: nothing is said of them."""
    consents = week.province.consents()
    return [
        each
        for each in week.province.residents
        if consents.get((each.world.platform, each.world.uid), VALID) == VALID
    ]


def told_of(week: Week, found: Judged, as_of: int) -> Iterator[tuple[Resident, Any, str]]:
    """Every resident, what was said of it, and what is true at its cut-off."""
    for each in shown(week):
        said = found[each.world.uid]
        yield each, said, true_status(week, each, at_of(said, as_of))


def test_the_oracle_is_the_provinces_own_truth(week: Week) -> None:
    for each in week.province.residents:
        if each.truth.status != "暂不作认定":
            found = true_status(week, each, day_start(week.province.first_day))
            assert found == each.truth.status, each.world.name


def test_on_the_first_day_nothing_is_said_of_anybody(week: Week) -> None:
    said = {each.world.uid: found["outcome"] for each, found, _ in told_of(week, week.first, 0)}
    for each in shown(week):
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
        if found["status"] == found["status_max"]:
            assert found["status"] == truth, (each.world.name, found["findings"])
        else:
            low, high = (MILDER.index(found[name]) for name in ("status", "status_max"))
            assert truth == "从未更新" or low <= MILDER.index(truth) <= high, each.world.name
    assert decided["wechat"] > 20


def test_the_digest_tells_the_week(week: Week) -> None:
    written = {
        path.name: path for path in digest.preview(week.parts, "2026-W48", "", week.folder / "周报")
    }
    group = written["群消息.txt"].read_text("utf-8-sig")
    assert 0 < len(group) <= 450
    failing = sum(each["outcome"] == "不合格" for each in week.last.values())
    undecided = sum(each["outcome"] == "暂不作认定" for each in week.last.values())
    assert f"现有疑似问题账号{failing}个" in group
    assert f"{undecided}个账号数据不足,暂不作认定" in group
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
