"""The doctor names each trouble that was planted: what, where, what to do, who; and no other."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.collect.breaker import RESTING
from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.incident import IncidentKind
from monitor.domain.instants import DAY, HOUR, to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import credentials, incidents
from monitor.record.incidents import Trouble
from monitor.record.store import Store, Writing
from monitor.runs import doctor, frame
from monitor.runs.checking import Check, Level
from monitor.runs.collect import AHEAD
from monitor.runs.parts import MailBox, Pace, Parts
from tests.builders import a_pass, a_post, a_route, a_unit, an_account, put
from tests.conftest import StandingClock
from tests.service.parts import DATA, some_parts

MAIL = MailBox("127.0.0.1", 25, "none", "office@example.org", ("head@example.org",))


@dataclass
class Sick:
    """An office where all is well: three weibo accounts read an hour ago by keys of their own."""

    parts: Parts
    clock: StandingClock
    accounts: list[int]
    route: int
    now: int

    def write(self, work: Callable[[Writing], object]) -> None:
        with self.parts.store.writing() as tx:
            work(tx)

    def look(self, account: int, *, newest: int | None) -> None:
        """A complete pass an hour ago that met a post of `newest`, or none."""
        at = self.now - HOUR

        def work(tx: Writing) -> None:
            done = a_pass(tx, account, self.route, at)
            row = {"account_id": account, "route_id": self.route, "pass_id": done}
            row |= {"a": at - 30 * DAY, "b": at, "grade": 4, "fresh_s": DAY, "looked_at": at}
            put(tx, "coverage_proposal", **row, items=3, newest=newest, recorded_at=tx.stamp)

        self.write(work)

    def ran(self, counts: dict[str, int]) -> None:
        frame.run(self.parts, "collect", lambda _: RunReport(RunOutcome.DONE, counts))

    def troubles(self) -> list[Check]:
        return [each for each in doctor.examine(self.parts).checks if not each.sound]

    def only(self) -> Check:
        """The one trouble there is; says what, where, what to do and who."""
        found = self.troubles()
        assert len(found) == 1, [each.told for each in found]
        assert all(found[0].document.values())
        assert not doctor.examine(self.parts).sound
        return found[0]


@pytest.fixture
def office(store: Store, clock: StandingClock, tmp_path: Path) -> Sick:
    (tmp_path / "calendars").mkdir()
    for year in (2026, 2027):
        (tmp_path / "calendars" / f"{year}.yaml").write_text("-")
    parts = some_parts(store, clock, data_dir=tmp_path, mail=MAIL)
    now = to_second(clock())
    _copy(parts, now - DAY)
    with store.writing() as tx:
        unit = a_unit(tx, "某局", "990000000000")
        accounts = [an_account(tx, unit, f"平安{n}(演示)", "weibo") for n in range(3)]
        for account in accounts:
            credentials.put(tx, "weibo", account, b"-", now + 60 * DAY)
        route = a_route(tx, "weibo/own")
    house = Sick(parts, clock, accounts, route, now)
    for account in accounts:
        house.look(account, newest=now - 2 * DAY)
    return house


def _copy(parts: Parts, at: int) -> None:
    parts.copies_dir.mkdir(parents=True, exist_ok=True)
    path = parts.copies_dir / "one.db"
    path.write_bytes(b"-")
    os.utime(path, (at, at))


def test_where_all_is_well_nothing_is_named(office: Sick) -> None:
    office.ran({"采集账号": 3})
    assert [each.told for each in office.troubles()] == []
    assert {each.level for each in doctor.examine(office.parts).checks} == {Level.SOUND}


def test_an_authorisation_that_ends_within_a_week_is_named(office: Sick) -> None:
    account = office.accounts[0]
    for left, told in ((7 * DAY, "提前续期"), (HOUR, "提前续期"), (0, "重新授权"), (-DAY, "已于")):
        ends = office.now + left
        office.write(lambda tx, ends=ends: credentials.put(tx, "weibo", account, b"-", ends))  # type: ignore[misc]
        found = office.only()
        assert (found.where, found.who) == ("微博授权(平安0(演示))", "账号管理员")
        assert told in found.told
    ends = office.now + 7 * DAY + 1
    office.write(lambda tx: credentials.put(tx, "weibo", account, b"-", ends))
    assert office.troubles() == []


def test_a_void_authorisation_is_named(office: Sick) -> None:
    office.write(lambda tx: credentials.mark(tx, "weibo", office.accounts[1], credentials.VOID))
    assert office.only().told.startswith("微博授权(平安1(演示)):已失效")


def test_a_week_that_surely_needs_more_calls_than_a_token_has_is_named(office: Sick) -> None:
    def many(tx: Writing) -> None:
        for hour in range(3):
            a_pass(tx, office.accounts[0], office.route, office.now - hour * HOUR - 99, pages=151)

    office.write(many)
    found = office.only()
    assert found.where == "额度(微博,按账号授权)"
    assert "至少需要114次调用,每日最多100次" in found.what  # (3 * 151 + 2) / 4
    more = replace(office.parts, paces={"weibo": Pace(per_token_day=114)})
    assert replace(office, parts=more).troubles() == []


def test_accounts_that_were_never_read_take_a_call_each(
    office: Sick, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = (Allowance(Per.ADDRESS, 8, Window.DAY),)
    monkeypatch.setattr(type(READERS.get("weibo")), "allowances", few)
    assert office.troubles() == []  # three accounts of two pages each

    def more(tx: Writing) -> None:
        unit = a_unit(tx, "另一局", "991000000000")
        for n in range(3):
            account = an_account(tx, unit, f"新{n}(演示)", "weibo")
            credentials.put(tx, "weibo", account, b"-", None)

    office.write(more)
    assert "6个账号采集一轮至少需要9次调用,每日最多8次" in office.only().what


def test_an_open_incident_is_named_until_a_person_releases_it(office: Sick) -> None:
    trouble = Trouble(office.route, IncidentKind.MALFORMED, "字段变了", "请核对接口", 40)
    office.write(lambda tx: incidents.open_one(tx, trouble, None))
    found = office.only()
    assert (found.where, found.remedy) == ("微博", "请核对接口")
    assert "平台返回异常" in found.what
    with office.parts.store.reading() as tx:
        [kept] = incidents.listed(tx, 0)
    office.write(lambda tx: incidents.release(tx, kept.id, kept.version, None, "已恢复"))
    assert office.troubles() == []


def test_a_platform_that_did_not_answer_within_a_day_is_named(office: Sick) -> None:
    failed = {"outcome": "失败", "error_class": "可重试", "cause": RESTING}
    for account, ago in ((office.accounts[0], HOUR), (office.accounts[1], 2 * DAY)):
        office.write(
            lambda tx, account=account, ago=ago: a_pass(  # type: ignore[misc]
                tx, account, office.route, office.now - ago, **failed
            )
        )
    found = office.only()
    assert (found.where, "未读账号1个" in found.what) == ("微博", True)


def test_a_platform_that_sent_everybody_away_is_named_until_then(office: Sick) -> None:
    row = {"key": "k", "reader": "weibo", "per": "应用", "span": "每小时", "most": 9}
    office.write(lambda tx: put(tx, "allowance", **row, paused_until=office.now + HOUR))
    assert "要求暂停访问" in office.only().what
    office.clock.move(hours=1)
    assert office.troubles() == []


def test_canaries_that_were_not_seen_are_named_by_route(office: Sick) -> None:
    for account in office.accounts:
        office.write(
            lambda tx, account=account: [  # type: ignore[misc]
                a_post(tx, account, office.now - day * DAY - 2 * HOUR) for day in range(1, 10)
            ]
        )
    assert office.troubles() == []
    office.write(lambda tx: tx.conn.execute(text("UPDATE coverage_proposal SET newest = NULL")))
    found = office.only()
    assert found.where == "对照账号(微博 weibo/own)"
    assert "看到作品的0个,应有而未见的3个,这条路线本轮不采信" in found.what


def test_a_route_without_canaries_is_named(office: Sick) -> None:
    office.write(lambda tx: tx.conn.execute(text("UPDATE coverage_proposal SET newest = NULL")))
    assert "都要等复看" in office.only().what


def test_a_platform_whose_last_complete_pass_is_too_old_is_named(office: Sick) -> None:
    office.clock.move(hours=47)
    _copy(office.parts, office.now)
    assert "采集(微博)" not in {each.where for each in office.troubles()}
    office.clock.move(hours=1, seconds=1)
    assert "已超过2天" in next(e for e in office.troubles() if e.where == "采集(微博)").what


def test_an_authorised_platform_that_was_never_read_whole_is_named(office: Sick) -> None:
    def other(tx: Writing) -> None:
        unit = a_unit(tx, "另一局", "991000000000")
        account = an_account(tx, unit, "新(演示)", "bilibili")
        credentials.put(tx, "bilibili", account, b"-", None)

    office.write(other)
    found = office.only()
    assert found.where == f"采集({PLATFORMS['bilibili']})"
    assert "从未完整采集过" in found.what


def test_a_backup_older_than_its_setting_is_named(office: Sick) -> None:
    house = replace(office, parts=replace(office.parts, backup_days=3))
    for age, named in ((3 * DAY, False), (3 * DAY + 1, True)):
        _copy(office.parts, office.now - age)
        assert [each.where for each in house.troubles()] == ["备份"] * named


def test_no_backup_and_an_empty_one_are_named(office: Sick) -> None:
    for each in office.parts.copies_dir.iterdir():
        each.write_bytes(b"")
    found = office.only()
    how = "sentinel backup" if office.parts.store.sqlite else "pg_dump"
    assert (found.where, how in found.remedy) == ("备份", True)


def test_a_year_without_a_calendar_is_named(office: Sick) -> None:
    (office.parts.data_dir / "calendars" / "2027.yaml").unlink()
    assert "2027年的放假安排尚未录入" in office.only().what


def test_a_full_disk_is_named(office: Sick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.runs.checks.machine.LEAST_FREE", 1 << 60)
    assert office.only().where == "磁盘"


def test_a_clock_that_ran_before_a_platforms_is_named(office: Sick) -> None:
    office.ran({"采集账号": 3, f"{AHEAD}weibo": 400})
    found = office.only()
    assert (found.where, "快400秒" in found.what) == ("时间(微博)", True)
    office.clock.move(minutes=1)
    office.ran({"采集账号": 3})
    assert office.troubles() == []


def test_a_clock_that_went_back_is_named(office: Sick) -> None:
    office.clock.move(minutes=-2)
    assert "本机时间" in {each.where for each in office.troubles()}


def test_an_office_without_mail_is_told_and_does_not_fail(office: Sick) -> None:
    for mail in (None, replace(MAIL, recipients=())):
        found = doctor.examine(replace(office.parts, mail=mail))
        [told] = [each for each in found.checks if each.where == "邮件"]
        assert (told.level, found.sound) == (Level.UNSET, True)
        assert str(told).startswith("未配置  邮件:")


def test_a_store_behind_the_code_is_named_before_anything_else_is_asked(
    office: Sick,
) -> None:
    office.write(
        lambda tx: tx.conn.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    )
    found = office.only()
    assert found.where == "数据库"


def test_shipped_data_is_enough_for_a_round(store: Store, clock: StandingClock) -> None:
    document = doctor.examine(some_parts(store, clock, data_dir=DATA)).document
    assert {"where", "what", "level", "remedy", "who"} == set(document["checks"][0])
