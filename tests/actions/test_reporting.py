"""Filling reports in: who may, for which accounts, and what it does to the registry."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from monitor.access import tokens
from monitor.actions import people, report_files, reporting
from monitor.actions.reporting import Asking, Filling
from monitor.actions.sending import Sent
from monitor.collect import report_sheet
from monitor.domain.account import State
from monitor.domain.disagreement import WITH_PATROL
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Person, Role
from monitor.domain.report_line import KEEPER, NEWEST, POSTS, REASON, REMARK, URL
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import accounts
from monitor.record.screens import disagreeing
from monitor.record.screens import reporting as screen
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.builders import T, a_look, a_post, a_route, a_unit, an_account
from tests.conftest import NOW, StandingClock

SECOND = int(NOW.timestamp())
WEEK = "2026-W48"
KEY = b"k" * 32


class Province:
    """A county with a station below it, another county, and an account an interface reads."""

    def __init__(self, store: Store) -> None:
        with store.writing() as tx:
            root = a_unit(tx, "省公安厅", "420000000000", level="省厅")
            self.jiang = a_unit(tx, "江陵县公安局", "421024000000", root)
            self.song = a_unit(tx, "松滋市公安局", "421087000000", root)
            station = a_unit(tx, "临江派出所", "421024000001", self.jiang, level="派出所")
            self.own = an_account(tx, self.jiang, "平安江陵(演示)")
            self.below = an_account(tx, station, "临江派出所(演示)", "douyin")
            self.beside = an_account(tx, self.song, "平安松滋(演示)")
            self.read = an_account(tx, self.jiang, "江陵微博(演示)", "weibo")
            a_look(tx, self.read, a_route(tx, "weibo/own"), SECOND - 900_000, SECOND - 3600)
            self.path = f"/{root}/{self.jiang}/"


@pytest.fixture
def province(store: Store) -> Province:
    return Province(store)


@pytest.fixture
def operator(province: Province, enrol: Enrol) -> Person:
    return enrol("op", Role.OPERATOR, province.path)


def filling(words: dict[int, dict[str, str]], submit: bool = True, **more: object) -> Filling:
    made = Filling(WEEK, words, {}, "k1", submit)
    return replace(made, **more)  # type: ignore[arg-type]


def state_of(store: Store, key: int) -> tuple[State, dict[str, str]]:
    with store.reading() as tx:
        found = next(each for each in accounts.all_accounts(tx) if each.id == key)
    return found.state, found.details


def audits(store: Store) -> list[str]:
    with store.reading() as tx:
        return list(
            tx.conn.execute(select(T["audit"].c.action).order_by(T["audit"].c.seq)).scalars()
        )


def test_a_county_is_asked_for_its_stations_too_and_not_for_what_is_known(
    store: Store, province: Province, operator: Person
) -> None:
    with store.reading() as tx:
        sheet = screen.sheet(tx, operator.scope, SECOND, WEEK)
        units = screen.units(tx, operator.scope, SECOND, WEEK)
    assert {(each.account_id, each.unit_id, each.held) for each in sheet} == {
        (province.own, province.jiang, ""),
        (province.below, province.jiang, ""),
        (province.read, province.jiang, "接口采集"),
    }
    assert [(each.unit_name, each.asked, each.filled) for each in units] == [("江陵县公安局", 2, 0)]


def test_the_known_account_is_asked_again_once_its_look_has_aged(
    store: Store, province: Province, operator: Person
) -> None:
    with store.reading() as tx:
        later = SECOND + 80 * 3600
        aged = screen.sheet(tx, operator.scope, later, WEEK)
    assert not any(each.held for each in aged)


def test_good_lines_go_in_and_bad_ones_are_named(
    store: Store, province: Province, operator: Person
) -> None:
    words = {
        province.own: {POSTS: "2", NEWEST: "2026-11-21 09:30", REASON: "无"},
        province.below: {POSTS: "many", NEWEST: "2026-11-20"},
    }
    # 2 posts this week, the newest before it: that cannot be.
    done = reporting.fill(store, operator, filling(words))
    assert set(done.problems) == {province.own, province.below}
    words[province.own] = {POSTS: "0", NEWEST: "2026-11-21 09:30", REASON: "无"}
    done = reporting.fill(store, operator, filling(words, key="k2"))
    assert done.saved == (province.own,)
    assert str(done.problems[province.below][0]) == "“本周发布数”应为0或正整数"
    with store.reading() as tx:
        units = screen.units(tx, operator.scope, SECOND, WEEK)
    assert (units[0].asked, units[0].filled) == (2, 1)


def test_a_draft_keeps_even_what_cannot_be_read_but_no_secret(
    store: Store, province: Province, operator: Person
) -> None:
    words = {province.own: {POSTS: "many"}, province.below: {REMARK: "机密：某事"}}
    done = reporting.fill(store, operator, filling(words, submit=False))
    assert done.saved == (province.own,)
    assert set(done.problems) == {province.below}


def test_nobody_fills_in_for_a_neighbour(
    store: Store, province: Province, operator: Person, enrol: Enrol
) -> None:
    words = {province.own: {NEWEST: "2026-11-21"}, province.beside: {NEWEST: "2026-11-21"}}
    with pytest.raises(Forbidden, match="不在本表范围"):
        reporting.fill(store, operator, filling(words))
    viewer = enrol("viewer", Role.VIEWER)
    with pytest.raises(Forbidden, match="填报"):
        reporting.fill(store, viewer, filling({province.own: {NEWEST: "2026-11-21"}}))
    people.disable(store, None, operator.id)
    with pytest.raises(Forbidden):
        reporting.fill(store, operator, filling({province.own: {NEWEST: "2026-11-21"}}))
    with store.reading() as tx:
        assert tx.conn.execute(select(T["report_line"])).all() == []


def open_matters(store: Store) -> list[tuple[str, str]]:
    with store.reading() as tx:
        rows = tx.conn.execute(
            select(T["proposal"].c.matter, T["proposal"].c.decision).order_by(T["proposal"].c.id)
        )
        return [(row.matter, row.decision) for row in rows]


def test_a_lost_password_waits_for_the_level_above_and_the_unit_may_take_it_back(
    store: Store, clock: StandingClock, province: Province, operator: Person
) -> None:
    def say(key: str, reason: str, **more: str) -> None:
        words = {REASON: reason, NEWEST: "2026-11-01", **more}
        with store.reading() as tx:
            (line,) = (
                each
                for each in screen.sheet(tx, operator.scope, SECOND, WEEK)
                if each.account_id == province.own
            )
        sent = filling({province.own: words}, key=key, versions={province.own: line.version})
        clock.move(minutes=1)
        assert reporting.fill(store, operator, sent).whole

    say("a", "密码遗失", **{KEEPER: "否"})
    said = (State.ACTIVE, {"停更原因": "密码遗失", KEEPER: "否"})
    assert state_of(store, province.own) == said
    say("b", "设备故障")
    assert open_matters(store) == [("失管待找回", "待确认")]
    say("c", "无")
    assert state_of(store, province.own) == (State.ACTIVE, {KEEPER: "否"})
    assert open_matters(store) == [("失管待找回", "已撤回")]
    told = [each for each in audits(store) if each in ("申报失管待找回", "填报更正台账")]
    assert told == ["申报失管待找回", "填报更正台账", "填报更正台账", "填报更正台账"]


def test_nobody_pauses_himself(store: Store, province: Province, operator: Person) -> None:
    words = {province.own: {REASON: "已报批暂停"}}
    assert reporting.fill(store, operator, filling(words)).whole
    assert state_of(store, province.own) == (State.ACTIVE, {"停更原因": "已报批暂停"})
    assert open_matters(store) == [("暂停更新", "待确认")]


def test_a_press_that_arrives_twice_opens_a_week_once_and_shows_the_same_links(
    store: Store, province: Province
) -> None:
    asking, sent = Asking(WEEK, EVERYTHING), Sent("report-link", "a")
    made = reporting.open_week(store, None, KEY, asking, renew=True, sent=sent)
    assert reporting.open_week(store, None, KEY, asking, renew=True, sent=sent) == made
    with store.reading() as tx:
        kept = set(tx.conn.execute(select(T["receipt_link"].c.token_sha256)).scalars())
        told = tx.conn.execute(select(T["sending"].c.result)).scalar_one()
    assert kept == {tokens.digest(each.token) for each in made}
    assert not [each for each in made if each.token in str(told)]
    other = replace(sent, key="b")
    fresh = reporting.open_week(store, None, KEY, asking, renew=True, sent=other)
    assert not {each.token for each in fresh} & {each.token for each in made}


def test_a_week_is_opened_once_and_renewed_by_hand(
    store: Store, province: Province, operator: Person, enrol: Enrol
) -> None:
    asking = Asking(WEEK, EVERYTHING)
    opened = reporting.open_week(store, None, KEY, asking)
    assert [(each.unit_name, each.asked) for each in opened] == [
        ("江陵县公安局", 2),
        ("松滋市公安局", 1),
    ]
    assert all(each.token for each in opened)
    assert not any(each.token for each in reporting.open_week(store, None, KEY, asking))
    again = reporting.open_week(store, None, KEY, asking, renew=True)
    assert not {each.token for each in again} & {each.token for each in opened}
    said = report_files.links(WEEK, again, "https://desk.test/").decode("utf-8-sig")
    assert f"https://desk.test/r/{again[0].token}" in said
    assert len(report_files.text(WEEK, again[0], "https://desk.test")) < 450
    with pytest.raises(Forbidden, match="下达填报"):
        reporting.open_week(store, operator, KEY, asking)
    with pytest.raises(InputError, match="周次"):
        reporting.open_week(store, None, KEY, Asking("2026-W99", EVERYTHING))


def test_a_workbook_goes_out_and_comes_back(
    store: Store, province: Province, operator: Person
) -> None:
    (book,) = report_files.books(store, operator.scope, SECOND, WEEK)
    assert (book.name, book.lines) == ("填报_2026-W48_江陵县公安局.xlsx", 2)
    read = report_sheet.read(book.content, book.name)
    assert (read.week, read.unit, read.problems) == (WEEK, "江陵县公安局", ())
    assert {each.account_id for each in read.lines} == {province.own, province.below}
    taken = report_files.load(store, operator, book.content, book.name)
    assert taken.saved == 0
    assert [(each.row, each.column) for each in taken.problems] == [(4, NEWEST), (5, NEWEST)]
    with store.writing() as tx:
        rev = T["account_rev"]
        tx.conn.execute(update(rev).values(details={"停更原因": "人员调整"}))
    (book,) = report_files.books(store, operator.scope, SECOND, WEEK)
    assert report_files.load(store, operator, book.content, book.name).saved == 2
    assert report_files.load(store, operator, book.content, book.name, dry_run=True).saved == 2
    assert report_files.status(store, operator.scope, SECOND, WEEK)[0][1] == "已填2/2"


def test_a_foreign_workbook_is_refused_and_a_neighbours_row_is_named(
    store: Store, province: Province, operator: Person, enrol: Enrol
) -> None:
    other = enrol("other", Role.OPERATOR, province.path.replace(str(province.jiang), "99"))
    (book,) = report_files.books(store, operator.scope, SECOND, WEEK)
    taken = report_files.load(store, other, book.content, book.name)
    assert taken.saved == 0
    assert {each.expected for each in taken.problems} == {"本单位范围内的账号"}
    with pytest.raises(InputError, match="不是完整的表格"):
        report_sheet.read(b"nothing", "x.xlsx")


def test_a_post_with_a_link_is_known_from_then_on(
    store: Store, province: Province, operator: Person
) -> None:
    words = {NEWEST: "2026-11-20 08:00", URL: "https://example.test/a"}
    assert reporting.fill(store, operator, filling({province.own: words})).whole
    with store.reading() as tx:
        line = next(
            each
            for each in screen.sheet(tx, operator.scope, SECOND, "2026-W49")
            if each.account_id == province.own
        )
    assert line.words == words
    assert line.known == words


def test_what_differs_is_listed_for_its_scope_only(
    store: Store, province: Province, operator: Person
) -> None:
    said = {province.own: {POSTS: "5", NEWEST: "2026-11-20 08:00", REASON: "无"}}
    week = "2026-W47"
    assert reporting.fill(store, operator, Filling(week, said, {}, "k", submit=True)).whole
    with store.writing() as tx:
        route = a_route(tx, "wechat/patrol", "人工巡查")
        a_look(tx, province.own, route, SECOND - 10 * 86_400, SECOND, grade=3)
        a_post(tx, province.own, 1795132800, source="人工巡查")
    with store.reading() as tx:
        (one,) = disagreeing.differing(tx, EVERYTHING, SECOND, week)
        beside = Scope(frozenset({f"/1/{province.song}/"}))
        assert disagreeing.differing(tx, beside, SECOND, week) == ()
        assert disagreeing.differing(tx, EVERYTHING, SECOND, "2026-W46") == ()
    assert (one.account_id, one.posts) == (province.own, 5)
    assert [each.label for each in one.hints] == [WITH_PATROL]


def test_a_form_pressed_twice_is_told_the_same_and_one_gone_back_to_and_changed_is_not_swallowed(
    store: Store, province: Province, operator: Person
) -> None:
    said = {POSTS: "0", NEWEST: "2026-11-21 09:30", REASON: "无"}
    first = reporting.fill(store, operator, filling({province.own: said}))
    assert reporting.fill(store, operator, filling({province.own: said})) == first
    assert audits(store).count("提交填报") == 1
    # The browser's way back: the key of before, the version of before, other words.
    changed = reporting.fill(store, operator, filling({province.own: said | {REASON: "设备故障"}}))
    assert changed.saved == ()
    assert changed.clashes[province.own].words == said
