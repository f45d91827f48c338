"""The shipped rulebooks: their limits to the second, and what a broken document is told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from monitor.domain.account import Kind, State
from monitor.domain.errors import InputError
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, HOUR, OPEN
from monitor.domain.rank import RANKS
from monitor.domain.rulebook import GONE, RuleTerms, UpdateClass
from monitor.judge.rulebook import FRESHNESS_HOURS, parse
from tests.judge.evidence import Look, Post, Record, standing
from tests.judge.shelf import FOLDER, NOW, book, both, document, silent

SHIPPED = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_rulebook_gives_each_threshold_its_source_and_rank(name: str) -> None:
    found = book(name)
    assert found.name == name
    thresholds: list[UpdateClass | RuleTerms] = [*found.classes, *found.terms.values()]
    thresholds += [found.never_updated] if found.never_updated else []
    assert all(each.source and each.rank in RANKS for each in thresholds)


def test_sleeping_and_zombie_are_said_to_be_the_offices_own() -> None:
    classes = {each.name: each for each in book("hubei-default").classes}
    for name in ("睡眠", "僵尸"):
        assert classes[name].rank == "本厅设定"
        assert "无全国统一天数" in classes[name].source


@pytest.mark.parametrize(
    ("days", "own", "upper"),
    [
        (7, "正常", "正常"),
        (14, "提醒", "正常"),
        (30, "内容不更新", "内容不更新"),
        (90, "睡眠", "内容不更新"),
        (365, "僵尸", "内容不更新"),
    ],
)
def test_a_limit_is_broken_one_second_after_it(days: int, own: str, upper: str) -> None:
    on_it = both(silent(days * DAY))
    assert [each.status for each in on_it] == [own, upper]
    beyond = both(silent(days * DAY + 1))
    names = [each.name for each in book("hubei-default").classes]
    assert beyond[0].status == names[names.index(own) + 1]


def test_fourteen_days_fail_to_the_second_in_both() -> None:
    assert [each.outcome.value for each in both(silent(14 * DAY))] == ["提醒", "正常"]
    assert [each.outcome.value for each in both(silent(14 * DAY + 1))] == ["不合格", "不合格"]


def test_without_coverage_the_known_post_keeps_fourteen_days_to_the_second() -> None:
    posts = silent(14 * DAY).posts
    kept = both(Record(posts), NOW)
    over = both(Record(posts), NOW + 1)
    assert [each.outcome for each in kept] == [Outcome.OK, Outcome.OK]
    assert [each.outcome for each in over] == [Outcome.UNDECIDED, Outcome.UNDECIDED]
    assert [each.next_at for each in kept] == [NOW + 1, NOW + 1]


def test_spring_festival_is_excused_by_the_office_and_not_by_the_state() -> None:
    own, upper = both(silent(20 * DAY, excuses=((NOW - 12 * DAY, NOW - 3 * DAY),)))
    assert (own.status, own.silence_min) == ("提醒", 11 * DAY)
    assert (upper.status, upper.silence_min) == ("内容不更新", 20 * DAY)


def test_a_live_interface_is_looked_at_twice_a_day_apart_by_the_office_only() -> None:
    last = NOW - 15 * DAY
    once = Look(last + 1, NOW, fresh=26 * HOUR, confirm=DAY)
    record = Record(silent(15 * DAY).posts, (once,))
    assert [each.outcome.value for each in both(record)] == ["暂不作认定", "不合格"]
    day_before = Look(last + 1, NOW - 20 * HOUR, looked=NOW - DAY, confirm=DAY)
    assert [each.outcome.value for each in both(record.and_(day_before))] == ["不合格"] * 2


@pytest.mark.parametrize("state", sorted(GONE))
def test_what_is_not_open_or_closed_is_not_counted_by_anybody(state: State) -> None:
    record = silent(400 * DAY, standings=(standing(state=state),))
    assert {each.outcome for each in both(record)} == {Outcome.NOT_COUNTED}


@pytest.mark.parametrize("state", [State.UNCHECKED, State.CLOSING, State.ACTIVE])
def test_what_is_open_is_judged(state: State) -> None:
    record = silent(400 * DAY, standings=(standing(state=state),))
    assert {each.outcome for each in both(record)} == {Outcome.FAIL}


def test_a_reported_lost_account_is_left_to_the_state_to_judge() -> None:
    own, upper = both(silent(40 * DAY, standings=(standing(state=State.LOST),)))
    assert (own.outcome, upper.outcome) == (Outcome.NOT_COUNTED, Outcome.FAIL)
    assert own.findings[0].sentence == "账号状态为失管待找回,不纳入认定。"


def new_for(days: int, *posts: Post, look: int = 1) -> Record:
    """Opened on a day known as such, so many days before NOW, and looked at since."""
    first = NOW - days * DAY
    looks = (Look(first, NOW - look, fresh=168 * HOUR),)
    return Record(posts, looks, opened=(first, first + DAY - 1), registered=first + DAY)


@pytest.mark.parametrize("days", [1, 12, 30])
def test_a_new_account_is_left_alone_by_the_office_and_not_by_the_state(days: int) -> None:
    own, upper = both(new_for(days))
    assert own.outcome is Outcome.NOT_COUNTED
    assert own.findings[0].sentence == "开设不超过30天,不纳入认定。"
    assert upper.outcome is (Outcome.FAIL if days > 15 else Outcome.OK)


def test_grace_ends_thirty_days_after_the_last_second_of_the_opening() -> None:
    record = new_for(30)
    ends = NOW + DAY
    assert both(record)[0].next_at == ends
    assert both(record, ends - 1)[0].outcome is Outcome.NOT_COUNTED
    assert both(record, ends)[0].outcome is Outcome.FAIL


def test_a_post_older_than_the_opening_or_an_unknown_one_takes_the_grace_away() -> None:
    last = NOW - 20 * DAY
    assert both(new_for(12, Post(last, last)))[0].outcome is not Outcome.NOT_COUNTED
    unknown = replace(new_for(12), opened=(None, None))
    assert both(unknown)[0].outcome is not Outcome.NOT_COUNTED
    within = NOW - 3 * DAY
    assert both(new_for(12, Post(within, within)))[0].outcome is Outcome.NOT_COUNTED


def test_an_officers_own_account_is_never_judged() -> None:
    record = silent(400 * DAY, standings=(standing(kind=Kind.PERSONAL),))
    assert {each.outcome for each in both(record)} == {Outcome.NOT_COUNTED}


def test_an_approved_pause_is_excused_while_it_lasts() -> None:
    pause = NOW - 10 * DAY
    before = standing(valid_until=pause)
    paused = standing(valid_from=pause, valid_until=OPEN, state=State.PAUSED)
    own, upper = both(silent(20 * DAY, standings=(before, paused)))
    assert (own.status, own.silence_min, own.silence_max) == ("提醒", 10 * DAY, 10 * DAY)
    assert upper.status == "内容不更新"


def test_the_state_is_that_of_the_instant_judged() -> None:
    closed = NOW - 10 * DAY
    record = silent(
        200 * DAY,
        standings=(
            standing(valid_until=closed),
            standing(valid_from=closed, state=State.CLOSED),
        ),
    )
    assert both(record, closed - 1)[0].outcome is Outcome.FAIL
    assert both(record, closed - 1)[0].next_at == closed
    assert both(record, closed)[0].outcome is Outcome.NOT_COUNTED


def test_an_account_registered_only_now_is_judged_of_the_past_by_its_first_revision() -> None:
    record = silent(20 * DAY, standings=(standing(valid_from=NOW + DAY),))
    assert both(record)[1].outcome is Outcome.FAIL


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(content: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
        for step in steps:
            content = content[step]
        content[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (_set("surprise", 1), "surprise"),
        (_set("name", " "), "name"),
        (_set("version", 0), "version"),
        (_set("version", True), "version"),
        (_set("valid_from", "去年"), "valid_from"),
        (_set("confirm", "yes"), "confirm"),
        (_set("least_grade", 5), "least_grade"),
        (_set("clear_hours", 2), "clear_hours"),
        (_set("classes", []), "classes"),
        (_set("classes/0/over_days", 1), "classes[0].over_days"),
        (_set("classes/2/over_days", 7), "classes[2].over_days"),
        (_set("classes/2/over_days", -1), "classes[2].over_days"),
        (_set("classes/3/outcome", "提醒"), "classes[3].outcome"),
        (_set("classes/3/outcome", "暂不作认定"), "classes[3].outcome"),
        (_set("classes/3/rank", "国标"), "classes[3].rank"),
        (_set("classes/3/source", ""), "classes[3].source"),
        (_set("classes/3/name", "内容不更新"), "classes"),
        (_set("classes/3/colour", "红"), "classes[3].colour"),
        (_set("classes/2/over_days", 8), "classes"),
        (_set("never_updated/over_days", 13), "never_updated.over_days"),
        (_set("excused_kinds", "春节"), "excused_kinds"),
        (_set("excused_kinds", ["春节", 3]), "excused_kinds[1]"),
        (_set("not_counted", ["休眠"]), "not_counted[0]"),
        (_set("grace/days", 91), "grace.days"),
        (_set("grace/rank", "听说"), "grace.rank"),
        (_set("grace/hours", 3), "grace.hours"),
        (_set("rules", []), "rules"),
        (_set("rules/测谎", {}), "rules.测谎"),
        (_set("rules/更新", {}), "rules.更新"),
        (_set("rules/多头/outcome", "正常"), "rules.多头.outcome"),
        (_set("rules/多头/parameters", {"n": 2}), "rules.多头.parameters.n"),
        (_set("rules/无服务/parameters", {}), "rules.无服务.parameters.functions"),
        (_set("rules/无服务/parameters/functions", {"其他": ["打卡"]}), "functions"),
        (_set("rules/无服务/parameters/functions", {"微薄": ["私信"]}), "functions"),
        (_set("rules/未备案/parameters/grace_days", 0), "rules.未备案.parameters.grace_days"),
    ],
)
def test_a_broken_document_is_refused_by_the_path_of_what_is_wrong(
    change: Callable[[dict[str, Any]], None], where: str
) -> None:
    content = document("hubei-default")
    change(content)
    with pytest.raises(InputError) as refused:
        parse(content)
    assert where in refused.value.explained.where


@pytest.mark.parametrize("content", [None, [], "睡眠", 3])
def test_what_is_no_mapping_is_refused(content: object) -> None:
    with pytest.raises(InputError, match="文件开头"):
        parse(content)


def test_a_freshness_a_day_short_of_the_limit_is_refused_and_a_second_less_is_not() -> None:
    content = document("gb2019")
    limit_hours = 14 * 24
    parse(content, freshness={"人工巡查": limit_hours - 25})
    with pytest.raises(InputError, match="人工巡查"):
        parse(content, freshness={"人工巡查": limit_hours - 24})


def test_the_known_sources_are_fresh_as_long_as_the_design_says() -> None:
    assert sorted(FRESHNESS_HOURS.values()) == [26, 60, 168, 168]


def test_the_hash_and_the_day_are_kept() -> None:
    found = parse(document("gb2019") | {"valid_from": "2019-04-01"}, "ab12")
    assert (found.sha256, found.valid_from.isoformat()) == ("ab12", "2019-04-01")
    assert (found.upper, found.confirm, found.never_updated) == (True, False, None)


def test_a_rulebook_yet_to_begin_is_due_on_its_first_day() -> None:
    in_2018, first_of_april_2019 = 1_530_000_000, 1_554_048_000
    assert both(silent(DAY), as_of=in_2018)[1].next_at == first_of_april_2019
