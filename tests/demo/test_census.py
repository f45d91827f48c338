"""The table of the demonstration's accounts, against its own sums and against the accounts."""

from collections import Counter

import pytest

from monitor.demo import census
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.demo.seats import seated
from monitor.domain.unit import Level

OFFICIAL = [each for each in Province().residents if each.official]
PERSONAL = [each for each in Province().residents if not each.official]
ROWS = {
    "省厅及厅直": {Level.PROVINCE, Level.DEPARTMENT},
    "市州局": {Level.PREFECTURE},
    "支队": {Level.BRANCH},
    "县级局": {Level.COUNTY},
    "大队": {Level.TEAM},
    "派出所": {Level.STATION},
}
SUMS = (54, 108, 264, 494, 220, 336)
COLUMNS = (423, 231, 334, 197, 115, 110, 24, 16, 26)


def test_the_table_sums_to_the_figures_it_was_given_with() -> None:
    assert tuple(sum(row) for row in census.TABLE.values()) == SUMS
    assert tuple(sum(column) for column in zip(*census.TABLE.values(), strict=True)) == COLUMNS
    assert sum(census.BY_PLACE.values()) + SUMS[0] == sum(SUMS) == 1476


@pytest.mark.parametrize("row", ROWS)
def test_every_level_has_its_accounts_on_every_platform(row: str) -> None:
    mine = Counter(each.world.platform for each in OFFICIAL if each.seat.level in ROWS[row])
    assert tuple(mine[platform] for platform in census.PLATFORMS) == census.TABLE[row]


def test_every_place_has_its_accounts() -> None:
    regions = {"恩施州": "恩施州", "神农架": "神农架林区"}
    found = Counter(each.seat.region_name for each in OFFICIAL)
    wanted = {regions.get(name, f"{name}市"): n for name, n in census.BY_PLACE.items()}
    assert found == {"": 54, **wanted}


def test_there_are_as_many_units_of_each_level_as_promised() -> None:
    units = Counter(seat.level for seat, _ in seated())
    assert units[Level.PROVINCE] + units[Level.DEPARTMENT] == 14
    assert (units[Level.PREFECTURE], units[Level.BRANCH], units[Level.COUNTY]) == (17, 85, 113)
    assert units[Level.TEAM] == pytest.approx(90, abs=5)
    assert units[Level.STATION] == pytest.approx(210, abs=5)


def test_officers_own_accounts_stand_apart() -> None:
    assert Counter(each.world.platform for each in PERSONAL) == census.PERSONAL
    consents = Counter(mark for each in PERSONAL for mark in each.marks - {"personal"})
    assert (
        consents
        == dict(census.CONSENTS)
        == {
            "知情同意书有效": 17,
            "知情同意书已到期": 4,
            "已撤回同意": 3,
        }
    )
    assert not any(each.exported or each.source != "无" for each in PERSONAL)


def test_the_truth_of_the_first_day_has_the_promised_figures() -> None:
    assert Counter(each.truth.status for each in OFFICIAL) == {
        "正常": 1080, "提醒": 92, "内容不更新": 46, "睡眠": 34, "僵尸": 28, "长期停更": 12,
        "从未更新": 9, "暂不作认定": 150, "不纳入": 25,
    }  # fmt: skip
    assert Counter(each.truth.why for each in OFFICIAL if each.truth.why) == {
        "微信未授权": 58, "授权过期": 31, "导出未交": 27, "平台改版/配额": 14, "ID填错": 8,
        "改名后未更新台账": 7, "仅自报无链接": 5,
    }  # fmt: skip
    assert Counter(rule for each in OFFICIAL for rule in each.truth.rules) == {
        "不互动": 26, "无服务": 240, "多头": 11, "未备案": 17, "更名未备案": 9,
        "备案与平台状态不一致": 6 + 4, "失管": 5,
    }  # fmt: skip


def test_whatever_the_first_day_the_truth_is_the_same() -> None:
    def truths(found: tuple[Resident, ...]) -> dict[str, object]:
        return {each.world.uid: each.truth for each in found}

    later = Province(first_day=Province().first_day.replace(year=2029))
    assert truths(later.residents) == truths(Province().residents)


def test_the_small_province_is_a_part_of_the_whole_with_every_fate_in_it() -> None:
    whole = {each.world.uid: each for each in Province().residents}
    small = Province(small=True).residents
    assert 100 < len(small) < 300
    assert all(whole[each.world.uid] == each for each in small)
    assert {each.role for each in small} == {each.role for each in whole.values()}
    met = {mark for each in small for mark in each.marks}
    assert met == {mark for each in whole.values() for mark in each.marks}


def test_more_than_fits_is_refused() -> None:
    with pytest.raises(ValueError, match="3 do not fit"):
        census.shared(3, {"a": 1, "b": 0}, {"a": 2, "b": 2})
    with pytest.raises(ValueError, match="no way"):
        census.placed("大队", {"a": 9})
