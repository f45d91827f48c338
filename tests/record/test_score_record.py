"""What cases, tasks, checks and judgements tell of units, one example for each rule."""

from typing import Any

import pytest
from sqlalchemy import select

from monitor.domain.assessed import Fact
from monitor.domain.instants import DAY, HOUR
from monitor.domain.measuring import Span
from monitor.record import score_facts, score_frame
from monitor.record.score_facts import Asked
from monitor.record.store import Store, Writing
from tests.builders import T, a_finding, a_post, a_rulebook, a_unit, an_account, put
from tests.record.builders import LATEST, stamp
from tests.record.score_world import LEVELS, QUARTER, WORDS

SPAN = Span(QUARTER.since, QUARTER.until, QUARTER.until, LATEST, LEVELS)
IN = QUARTER.since + 30 * DAY
CODE = "420102000000"


def one(store: Store, *keys: str, span: Span = SPAN) -> dict[str, Fact]:
    """The facts of the one county and its accounts, by measurement (the first account's)."""
    with store.reading() as tx:
        roster = score_frame.roster(tx, span)
        facts = score_facts.measure(tx, Asked(span, frozenset(keys), WORDS), roster)
    found: dict[str, Fact] = {}
    for each in facts:
        found.setdefault(each.measure, each)
    assert set(found) == set(keys)
    return found


@pytest.fixture
def made(store: Store) -> tuple[int, list[int]]:
    """A county with two accounts, the first its main one."""
    with store.writing() as tx:
        house = a_unit(tx, "省厅", "420000000000", level="省厅")
        county = a_unit(tx, "甲局", CODE, house)
        accounts = [an_account(tx, county, name, main=name == "主号") for name in ("主号", "副号")]
    return county, accounts


def a_case(tx: Writing, of: tuple[int, int], kind: str, moves: Any, **more: Any) -> int:
    """A case of (unit, account) with moves (move, after, at)."""
    problems = [{"kind": kind, "sentence": "", "confirmed": more.pop("confirmed", True)}]
    row = {"desk_id": of[0], "year": 2026, "unit_id": of[0], "account_id": of[1]}
    row |= {"source": more.pop("source", "系统监测")}
    row |= {"opened_at": IN - DAY, "state": "", "holder": "", "held_since": 0, "live": False}
    row |= {"serial": more.pop("serial"), "facts": "", "sha256": "", "recorded_at": tx.stamp}
    key = put(tx, "case", **row, standing={"problems": problems}, **more)
    for move, after, at in moves:
        said = {"case_id": key, "move": move, "side": "", "given": {}, "before": "", "after": after}
        put(tx, "case_move", **said, at=at, recorded_at=tx.stamp)
    return key


CONFIRMED = ("属实", "待审核", IN)


def test_cases_count_once_a_person_confirmed_them(
    store: Store, made: tuple[int, list[int]]
) -> None:
    county, (first, second) = made
    keys = (
        *("内容不更新账号数", "内容不更新账号占比", "僵尸未处置账号数", "安全类否决数"),
        *("填报不实数", "未备案账号数", "多头账号数", "整改逾期数", "整改按期率"),
    )
    counts = [key for key in keys if key.endswith("数")]
    assert {one(store, *keys)[key].value for key in counts} == {0}
    with store.writing() as tx:
        of = (county, first)
        closed = ("复核通过并销号", "已销号", IN + 3 * DAY)
        a_case(tx, of, "睡眠", [CONFIRMED, closed], serial=1, due_at=IN + 3 * DAY)
        a_case(tx, of, "内容不更新", [CONFIRMED], serial=2)
        a_case(tx, (county, second), "不互动", [], serial=3)
        a_case(tx, (county, second), "不互动", [CONFIRMED], serial=4, confirmed=False)
        dismissed = ("更正", "经核实不属实", IN + DAY)
        a_case(tx, (county, second), "更新", [CONFIRMED, dismissed], serial=5)
        recovered = ("自行恢复", "待审核", IN + 1)
        a_case(tx, (county, second), "更新", [CONFIRMED, recovered], serial=6)
        ended = ("复核通过并销号", "已销号", IN + DAY)
        a_case(tx, (county, second), "睡眠", [CONFIRMED, ended], serial=7, source="单位自查")
        late = ("复核通过并销号", "已销号", IN + 9 * DAY)
        a_case(tx, of, "未备案", [CONFIRMED, late], serial=8, due_at=IN + 5 * DAY)
        a_case(tx, of, "多头", [("属实", "待审核", QUARTER.since - 1)], serial=9)
        a_case(tx, of, "表述错误", [CONFIRMED], serial=10, due_at=QUARTER.until)
    found = one(store, *keys)
    assert (found["内容不更新账号数"].value, found["内容不更新账号数"].sources) == (1, "整改单1")
    share = found["内容不更新账号占比"]
    assert (share.numerator, share.denominator) == (1, 2)
    assert found["安全类否决数"].value == 1
    assert (found["未备案账号数"].value, found["多头账号数"].value) == (1, 0)
    assert (found["整改逾期数"].value, found["僵尸未处置账号数"].value) == (1, 0)
    assert (found["整改按期率"].numerator, found["整改按期率"].denominator) == (1, 2)


def test_a_zombie_counts_while_it_is_left_after_its_term(
    store: Store, made: tuple[int, list[int]]
) -> None:
    county, (first, second) = made
    before = ("属实", "待审核", QUARTER.since - 20 * DAY)
    with store.writing() as tx:
        key = a_case(tx, (county, first), "僵尸", [before], serial=1, due_at=QUARTER.since - DAY)
        gone = ("转关停程序", "转关停程序", QUARTER.until - 1)
        a_case(tx, (county, second), "从未更新", [before, gone], serial=2, due_at=IN)
    known = stamp(store)
    assert one(store, "僵尸未处置账号数")["僵尸未处置账号数"].value == 1
    with store.writing() as tx:
        said = {"case_id": key, "move": "转关停程序", "side": "", "given": {}, "before": ""}
        put(tx, "case_move", **said, after="转关停程序", at=IN, recorded_at=tx.stamp)
    assert one(store, "僵尸未处置账号数")["僵尸未处置账号数"].value == 0
    then = Span(SPAN.since, SPAN.until, SPAN.as_of, known, LEVELS)
    assert one(store, "僵尸未处置账号数", span=then)["僵尸未处置账号数"].value == 1


def a_task(tx: Writing, campaign: int, account: int, state: str, **more: Any) -> int:
    rev = T["account_rev"]
    unit = tx.conn.execute(select(rev.c.unit_id).where(rev.c.account_id == account)).scalar_one()
    row = {"campaign_id": campaign, "account_id": account, "unit_id": unit, "leads": False}
    row |= {"marks": "", "url": "", "source": "", "places": [], "version": 0, "state": state}
    key = put(tx, "campaign_task", **row, recorded_at=tx.stamp, **more)
    move = {"task_id": key, "move": "", "hand": "", "words": "", "before": "", "after": state}
    put(tx, "campaign_task_move", **move, at=IN, recorded_at=tx.stamp)
    return key


def a_campaign(tx: Writing, county: int, serial: int, kind: str = "专题宣传") -> int:
    row = {"unit_id": county, "drafter_id": 1, "created_at": IN, "version": 1}
    paper = put(tx, "manuscript", **row)
    said = {"desk_id": county, "year": 2026, "serial": serial, "kind": kind, "title": ""}
    said |= {"content": "{}", "manuscript_id": paper, "drafter_id": 1, "state": "进行中"}
    said |= {"drafted_at": IN, "issued_at": IN, "due_at": IN + DAY, "version": 1}
    return put(tx, "campaign", **said, recorded_at=tx.stamp)


def test_tasks_published_in_time_are_counted_of_those_that_had_to_be(
    store: Store, made: tuple[int, list[int]]
) -> None:
    county, (first, _) = made
    states: dict[str, int | None] = {"已核验": 4, "超时补发": 30, "已发布待核验": 2}
    states |= {"超时未发布": None, "准予免发": None, "无法核验": None}
    with store.writing() as tx:
        for serial, (state, hours) in enumerate(states.items(), start=1):
            at = None if hours is None else IN + hours * HOUR
            key = a_campaign(tx, county, serial)
            a_task(tx, key, first, state, due_at=IN + DAY, published_at=at)
        a_task(tx, a_campaign(tx, county, 7, "演练"), first, "超时未发布", due_at=IN + DAY)
        a_task(tx, a_campaign(tx, county, 8), first, "超时未发布", due_at=QUARTER.until)
    found = one(store, "协同响应率", "协同响应用时中位")
    rate = found["协同响应率"]
    assert (rate.numerator, rate.denominator, rate.self_reported) == (2, 4, 0.25)
    assert (found["协同响应用时中位"].value, found["协同响应用时中位"].samples) == (4.0, 3)


def a_check(tx: Writing, account: int, function: str, works: bool | None, **more: Any) -> None:
    row = {"account_id": account, "function": function, "works": works, "measured": True}
    row |= {"checked_at": IN, "detail": "", "source": "接口采集", "recorded_at": tx.stamp}
    put(tx, "service_check", **(row | more))


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([("私信", True, {}), ("评论留言", False, {})], (1, 1, None, 0.0)),
        ([("评论留言", False, {})], (0, 1, None, 0.0)),
        ([("私信", True, {"measured": False})], (1, 1, None, 1.0)),
        ([("私信", True, {"measured": False, "checked_at": 0})], (None, None, "系统原因", None)),
        ([("私信", None, {})], (None, None, "系统原因", None)),
        ([("私信", True, {"checked_at": QUARTER.until + 1})], (None, None, "系统原因", None)),
    ],
)
def test_a_way_to_speak_is_measured_or_attested_within_half_a_year(
    sqlite_store: Store, checks: list[Any], expected: tuple[Any, ...]
) -> None:
    store = sqlite_store
    with store.writing() as tx:
        account = an_account(tx, a_unit(tx, "甲局", CODE), "主号", main=True)
        for function, works, more in checks:
            a_check(tx, account, function, works, **more)
    found = one(store, "互动功能有效率")["互动功能有效率"]
    told = (found.numerator, found.denominator, found.cause, found.self_reported)
    assert told == expected


def test_entries_are_those_of_main_accounts_that_work(
    store: Store, made: tuple[int, list[int]]
) -> None:
    _, (first, second) = made
    assert one(store, "服务入口有效率")["服务入口有效率"].denominator == 0
    with store.writing() as tx:
        a_check(tx, first, "服务菜单", True)
        a_check(tx, first, "办事链接", False, measured=False)
        a_check(tx, second, "办事链接", True)
    found = one(store, "服务入口有效率")["服务入口有效率"]
    assert (found.numerator, found.denominator, found.self_reported) == (1, 2, 0.5)


def test_answers_are_those_on_the_works_of_the_quarter(
    store: Store, made: tuple[int, list[int]]
) -> None:
    _, (first, _) = made
    with store.writing() as tx:
        for second, numbers in ((IN, (8, 6)), (IN + DAY, (2, 2)), (QUARTER.since - 1, (90, 0))):
            key = a_post(tx, first, second)
            row = {"key_id": key, "source": "接口采集", "observed_at": second + DAY}
            said = {"comments": numbers[0], "replies": numbers[1], "reply_seconds": 2 * HOUR}
            put(tx, "post_obs", **row, **said, recorded_at=tx.stamp)
    found = one(store, "回复率", "回复用时中位", "首次答复用时中位")
    assert (found["回复率"].numerator, found["回复率"].denominator) == (8, 10)
    assert (found["回复率"].sources, found["回复用时中位"].value) == ("接口采集", 2.0)
    assert (found["首次答复用时中位"].value, found["首次答复用时中位"].samples) == (2.0, 8)


def a_line(tx: Writing, account: int, week: str, version: int, received: int, **more: Any) -> None:
    row = {"account_id": account, "week": week, "version": version, "words": {}}
    row |= {"save_key": f"{account}{week}{version}", "received": received, "submitted": True}
    row |= {"replied": received - 1, "recorded_at": tx.stamp}
    put(tx, "report_line", **(row | more))


def test_where_no_platform_tells_of_answers_the_unit_s_own_weeks_stand_in_and_say_so(
    store: Store, made: tuple[int, list[int]]
) -> None:
    _, (first, _) = made
    with store.writing() as tx:
        a_post(tx, first, IN)
        a_line(tx, first, "2026-W28", 1, 90)
        a_line(tx, first, "2026-W28", 2, 4)
        a_line(tx, first, "2026-W28", 3, 70, submitted=False)
        a_line(tx, first, "2026-W29", 1, 7)
        a_line(tx, first, "2026-W27", 1, 50)
        a_line(tx, first, "2026-W40", 1, 50)
    known = stamp(store)
    with store.writing() as tx:
        a_line(tx, first, "2026-W29", 2, 99)
    then = Span(SPAN.since, SPAN.until, SPAN.as_of, known, LEVELS)
    found = one(store, "回复率", "首次答复用时中位", span=then)
    rate = found["回复率"]
    assert (rate.numerator, rate.denominator) == (9, 11)
    assert (rate.self_reported, rate.sources) == (1.0, "单位填报")
    assert found["首次答复用时中位"].cause == "系统原因"


def test_one_sending_of_three_articles_is_one_headline_and_one_push(
    store: Store, made: tuple[int, list[int]]
) -> None:
    _, (first, second) = made
    with store.writing() as tx:
        for place in (1, 2, 3):
            a_post(tx, first, IN, f"第{place}条", native_id=f"88_{place}", form="群发")
        a_post(tx, first, IN + DAY, "只在主页", native_id="89_1", form="发表")
        a_post(tx, second, IN, native_id="短链接的文章", form="群发")
    found = one(store, "头条作品数", "推送次数")
    assert (found["头条作品数"].value, found["推送次数"].value) == (2, 1)
    with store.reading() as tx:
        roster = score_frame.roster(tx, SPAN)
        asked = Asked(SPAN, frozenset({"头条作品数"}), WORDS)
        facts = {each.account: each for each in score_facts.measure(tx, asked, roster)}
    assert facts[str(second)].note == "1条作品中0条能看出是否头条"


def test_closed_accounts_and_spot_checks_of_the_quarter_are_counted(
    store: Store, made: tuple[int, list[int]]
) -> None:
    county, (first, second) = made
    with store.writing() as tx:
        for account, at in ((first, IN), (first, IN + 1), (second, QUARTER.since - 1)):
            row = {"account_id": account, "move": "登记关停", "before": "公告中", "after": "已关停"}
            put(tx, "account_move", **row, given={}, recorded_at=at * 1_000_000)
        row = {"unit_id": county, "path": "/", "title": "", "stage": "处置", "opened_at": IN}
        row |= {"due_self": 0, "due_check": 0, "due_spot": 0, "due_settle": 0}
        key = put(tx, "clearing", **row, recorded_at=tx.stamp)
        for account, spot in ((first, "一致"), (second, "不一致")):
            line = {"clearing_id": key, "account_id": account, "unit_id": county}
            put(tx, "clearing_line", **line, state="已核查", sampled=True, spot=spot, spot_at=IN)
    found = one(store, "关停合并账号数", "台账真实率")
    assert found["关停合并账号数"].value == 1
    assert (found["台账真实率"].numerator, found["台账真实率"].denominator) == (1, 2)


def test_sound_accounts_are_those_judged_so_when_the_quarter_ended(
    store: Store, made: tuple[int, list[int]]
) -> None:
    _, (first, second) = made
    assert one(store, "健康达标率")["健康达标率"].cause
    end = QUARTER.until * 1_000_000
    with store.writing() as tx:
        book = a_rulebook(tx)
        put(tx, "rulebook_term", rulebook_id=book, since=-(1 << 40), recorded_at=1)
        a_finding(tx, first, book, outcome="正常", recorded_at=1, superseded_at=end + 9)
        a_finding(tx, first, book, outcome="不合格", recorded_at=end + 9)
        a_finding(tx, second, book, outcome="暂不作认定", recorded_at=1)
        a_finding(tx, second, book, "不互动", "不合格", recorded_at=end + 1)
    with store.reading() as tx:
        roster = score_frame.roster(tx, SPAN)
        facts = score_facts.measure(tx, Asked(SPAN, frozenset({"健康达标率"}), WORDS), roster)
    told = {each.account: (each.numerator, each.cause) for each in facts}
    assert told == {str(first): (1, None), str(second): (None, "系统原因")}
