"""The invented province: pure, for ever, cautious about real names, with every trouble present."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.collect import shelf, units_file
from monitor.demo.places import COUNTIES, INVENTED, PREFECTURES
from monitor.demo.province import WECHAT_BEGINS, Province
from monitor.demo.remembering import Remembering
from monitor.demo.roster import FAULTS, JOINING, Resident
from monitor.demo.seats import seated
from monitor.demo.truth import CAUSES, STATUSES
from monitor.demo.world import World
from monitor.domain.account import PLATFORMS, State
from monitor.domain.instants import DAY, day_start, shanghai, to_second
from monitor.settings import ROOT

PROVINCE = Province()
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
FIRST = to_second(datetime(2026, 6, 1, tzinfo=UTC))
LAST = to_second(datetime(2040, 1, 1, tzinfo=UTC))

instants = st.integers(FIRST, LAST)
residents = st.sampled_from(PROVINCE.residents)


def silence(resident: Resident, at: int, province: Province = PROVINCE) -> float:
    """Days since the last post that stands; infinite where there is none in three years."""
    for days in (16, 120, 800):
        posts = province.posts(resident.world, at - days * DAY, at)
        standing = [post.published_at for post in posts if post.deleted_at is None]
        if standing:
            return (at - standing[-1]) / DAY
    return float("inf")


def recent_silence(resident: Resident, at: int, days: int) -> bool:
    """True where nothing that stands was published in the `days` before `at`."""
    posts = PROVINCE.posts(resident.world, at - days * DAY, at)
    return all(post.deleted_at is not None for post in posts)


def test_the_province_is_a_world_the_servers_can_ask() -> None:
    world: World = PROVINCE
    account = world.accounts("wechat")[0]
    assert world.posts(account, FIRST, FIRST + 7 * DAY)


@given(residents, instants, st.integers(0, 40 * DAY), st.integers(0, 40 * DAY))
@settings(max_examples=60, deadline=None)
def test_a_stretch_reads_the_same_however_it_is_cut(
    resident: Resident, start: int, first: int, second: int
) -> None:
    middle, end = start + first, start + first + second
    account = resident.world
    whole = list(PROVINCE.posts(account, start, end))
    parts = [*PROVINCE.posts(account, start, middle), *PROVINCE.posts(account, middle, end)]
    assert whole == parts
    assert whole == list(Province().posts(account, start, end))
    assert all(start <= post.published_at < end for post in whole)
    assert len({post.native_id for post in whole}) == len(whole)


@given(st.sampled_from([r for r in PROVINCE.residents if r.seat.real]), instants)
@settings(max_examples=80, deadline=None)
def test_no_account_of_a_real_unit_ever_fails(resident: Resident, at: int) -> None:
    assert not recent_silence(resident, at, 14)


PAUSES = {"spring"}
"""They rest eleven days from every lunar new year on."""
STEADY = [
    r
    for r in PROVINCE.residents
    if r.role == "steady" and not (r.fate.marks & PAUSES or r.rhythm.campaign)
]


@given(st.sampled_from(STEADY), instants)
@settings(max_examples=80, deadline=None)
def test_a_steady_account_is_never_silent_for_ten_days(resident: Resident, at: int) -> None:
    assert not recent_silence(resident, at, 10)


@pytest.mark.parametrize("first", [date(2026, 11, 23 + n) for n in range(7)] + [date(2027, 2, 8)])
def test_on_the_first_day_every_silence_is_what_was_promised(first: date) -> None:
    province = Province(first_day=first)
    at = day_start(first)
    for resident in province.residents:
        if resident.role not in {"never", "ended"}:
            assert _class(silence(resident, at, province)) == STATUSES[resident.role], resident
        elif resident.role == "never":
            assert silence(resident, at, province) == float("inf")


def test_whenever_one_looks_later_some_have_lapsed_and_some_came_back() -> None:
    at = to_second(datetime(2029, 11, 23, 7, tzinfo=UTC))
    counts = Counter(_class(silence(resident, at)) for resident in PROVINCE.residents)
    assert counts["正常"] > 0.8 * len(PROVINCE.residents)
    for name in ("提醒", "内容不更新", "睡眠", "僵尸", "长期停更"):
        assert counts[name] >= 2, name


def _class(days: float) -> str:
    limits = [(7, "正常"), (14, "提醒"), (30, "内容不更新"), (90, "睡眠"), (365, "僵尸")]
    return next((name for limit, name in limits if days <= limit), "长期停更")


def test_names_ids_and_links_say_that_they_are_invented() -> None:
    for resident in PROVINCE.residents:
        assert resident.world.name.endswith("(演示)")
        assert resident.world.uid.startswith("demo_")
        assert all(url.startswith("https://demo.invalid/") for _, url in resident.world.menu)
    assert all(unit.name.endswith("(演示)") for unit in PROVINCE.units())


def test_trouble_falls_on_invented_sub_units_only() -> None:
    harmless = {*CAUSES, "bare", "limited", "dead", "spring"}
    for resident in PROVINCE.residents:
        if resident.seat.real:
            assert resident.role in {"steady", "hint"}
            assert resident.marks <= harmless
        else:
            assert resident.seat.name[:2] in INVENTED


def test_a_unit_has_one_account_per_platform_unless_one_was_lost() -> None:
    official = [r for r in PROVINCE.residents if r.official]
    units = Counter((r.seat.code, r.world.platform) for r in official)
    twice = {key for key, count in units.items() if count > 1}
    assert twice == {(r.seat.code, r.world.platform) for r in official if "second" in r.marks}
    assert len(twice) == 8


def test_uids_and_codes_are_unique_and_well_formed() -> None:
    uids = [resident.world.uid for resident in PROVINCE.residents]
    assert len(set(uids)) == len(uids)
    codes = [unit.code for unit in PROVINCE.units()]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 12 and code.isdigit() for code in codes)
    assert all(r.world.platform in PLATFORMS for r in PROVINCE.residents)


def test_sub_units_hang_under_real_divisions() -> None:
    real = {each.unit_code for each in PREFECTURES}
    real |= {each.unit_code for group in COUNTIES.values() for each in group}
    assert {unit.parent_code for unit in PROVINCE.units()} <= real
    assert len(PREFECTURES) == 17


def test_real_units_bear_the_codes_and_names_they_are_shipped_with() -> None:
    sheet = shelf.read(ROOT / "data" / "units" / "hubei.yaml")
    shipped = {unit.code: unit for unit in units_file.read(sheet.mapping)}
    for seat, _ in seated():
        if not seat.made:
            unit = shipped[seat.code]
            assert (unit.name, unit.level, unit.line) == (seat.organ, seat.level, seat.line)
    for unit in PROVINCE.units():
        parent = shipped[unit.parent_code or ""]
        names = (parent.region, parent.region_name, parent.county_name)
        assert (unit.region, unit.region_name, unit.county_name) == names


def test_every_fault_of_the_interface_is_met() -> None:
    assert {each.fault for each in PROVINCE.accounts("wechat")} == {*FAULTS, ""}


def test_wechat_has_nothing_before_its_interface_began() -> None:
    for account in PROVINCE.accounts("wechat"):
        assert not PROVINCE.posts(account, day_start(date(2024, 1, 1)), WECHAT_BEGINS)


def test_another_seed_is_another_province_with_the_same_people() -> None:
    other = Province(7)
    account = PROVINCE.accounts("wechat")[0]
    assert [r.world.uid for r in other.residents] == [r.world.uid for r in PROVINCE.residents]
    window = (account, FIRST, FIRST + 30 * DAY)
    assert list(other.posts(*window)) != list(PROVINCE.posts(*window))


def test_messages_are_people_and_their_messages() -> None:
    for account in PROVINCE.accounts("wechat"):
        people, messages = PROVINCE.messages(account, "2026-11-20")
        assert people <= messages
        assert account.comments_open or (people, messages) == (0, 0)
        assert (people, messages) == PROVINCE.messages(account, "2026-11-20")


def test_the_ledger_lists_every_account_once_in_the_offices_columns() -> None:
    text = PROVINCE.ledger(NOW).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.count("\r\n") == len(PROVINCE.residents) + 1
    assert [row["账号名称"] for row in rows] == [r.ledger_name for r in PROVINCE.residents]
    assert all(row["账号状态"] in set(State) for row in rows)
    assert sum(row["账号ID"] == "" for row in rows) == 8 + 7
    assert all(len(row["机构代码"]) == 12 for row in rows)


def test_exports_hold_the_posts_of_their_period_and_every_account_they_speak_for() -> None:
    files = PROVINCE.exports(NOW)
    known = {r.world.uid: r for r in PROVINCE.residents}
    seen: Counter[str] = Counter()
    for file in files:
        rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
        assert file.covers_from < file.covers_to <= to_second(NOW)
        seen.update({row["账号ID"] for row in rows})
        for uid in {row["账号ID"] for row in rows}:
            posts = PROVINCE.posts(known[uid].world, file.covers_from, file.covers_to)
            standing = [p for p in posts if not p.deleted_at or p.deleted_at >= file.covers_to]
            written = [row["作品ID"] for row in rows if row["账号ID"] == uid and row["作品ID"]]
            assert written == [post.native_id for post in standing]
    assert set(seen) == {r.world.uid for r in PROVINCE.residents if r.exported}
    assert len({file.name for file in files}) == len(files)


def test_an_overdue_export_ends_long_before_the_others() -> None:
    ends = {file.covers_to for file in PROVINCE.exports(NOW)}
    today = day_start(shanghai(to_second(NOW)).date())
    assert {today, today - 45 * DAY} <= ends
    assert max(ends) == today


def test_one_file_was_handed_in_twice_and_one_has_a_hole() -> None:
    files = PROVINCE.exports(NOW)
    contents = Counter(file.content for file in files)
    assert sorted(contents.values())[-2:] == [1, 2]
    weibo = [file for file in files if "微博" in file.name]
    ends = {file.covers_to for file in weibo}
    assert any(end < file.covers_from < end + 4 * DAY for end in ends for file in weibo)


def test_an_export_of_a_later_day_never_contradicts_an_earlier_one() -> None:
    def posts(now: datetime) -> dict[str, str]:
        rows: dict[str, str] = {}
        for file in PROVINCE.exports(now):
            for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))):
                if row["作品ID"]:
                    rows[row["作品ID"]] = row["发布时间"]
        return rows

    early, late = posts(NOW), posts(NOW + timedelta(days=3))
    assert all(late[key] == value for key, value in early.items() if key in late)
    assert set(late) - set(early)


def test_secrets_exist_for_accounts_read_through_their_interface_only() -> None:
    secrets = PROVINCE.secrets(NOW)
    wechat = {**secrets["wechat"], **secrets["wechat_open"]}
    wechat.pop("")
    assert set(wechat) == {r.world.uid for r in PROVINCE.residents if r.source == "接口采集"}
    assert len({each["appid"] for each in wechat.values()}) == len(wechat)
    assert not secrets["wechat"].keys() & secrets["wechat_open"].keys()
    joined = {r.world.uid: r for r in PROVINCE.residents if r.world.joined}
    assert {uid for keys in secrets.values() for uid in keys} <= {*wechat, *joined, ""}


@pytest.mark.parametrize("platform", sorted(JOINING - {"wechat"}))
def test_one_account_of_four_agreed_and_hands_in_its_export_all_the_same(platform: str) -> None:
    mine = [r for r in PROVINCE.residents if r.world.platform == platform and r.official]
    joined = [r for r in mine if r.world.joined]
    assert 0.1 < len(joined) / len(mine) < 0.5
    assert all(r.exported and r.role == "steady" for r in joined)
    assert {r.world.uid for r in joined} == set(PROVINCE.secrets(NOW)[platform]) - {""}


def test_the_ids_of_weibo_grow_with_time() -> None:
    account = next(r.world for r in PROVINCE.residents if r.world.platform == "weibo")
    ids = [int(post.native_id) for post in PROVINCE.posts(account, FIRST, FIRST + 60 * DAY)]
    assert ids == sorted(ids)


@given(st.lists(st.tuples(instants, st.integers(0, 40 * DAY)), min_size=1, max_size=4))
@settings(max_examples=10, deadline=None)
def test_a_world_that_remembers_says_the_same(asked: list[tuple[int, int]]) -> None:
    small = Province(small=True)
    remembering, account = Remembering(small), small.accounts("douyin")[0]
    for since, long in [(at % (700 * DAY) + FIRST, long) for at, long in asked]:
        said = list(remembering.posts(account, since, since + long))
        assert said == list(small.posts(account, since, since + long))
