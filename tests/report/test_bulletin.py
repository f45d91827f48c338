"""季度通报: each account in one class, every problem a row, every rate with its denominator."""

from dataclasses import replace

import pytest

from monitor.domain.bulletin import (
    Base,
    Dropped,
    Gate,
    Handling,
    Period,
    Sort,
    last_ended,
    period_of,
    reported,
)
from monitor.domain.case import Case, Problem, State
from monitor.domain.errors import InputError
from monitor.domain.unit import Level, Unit
from monitor.report import (
    breakdown,
    bulletin,
    monthly,
    named,
    places,
    public_version,
    tables,
    tally,
    whose,
    word_file,
)
from monitor.report.drafted import Wording
from monitor.report.table import TAIL, revived
from monitor.settings import ROOT
from tests.report.bulletin_forms import made
from tests.report.bulletin_samples import (
    BULLETINS,
    DATED,
    DRAFT,
    HINT,
    NAMED,
    OTHER,
    PUBLIC,
    SILENT,
    TALLY,
    WITHIN,
)
from tests.report.papers import part, texts
from tests.report.weeks import a_full_week


def test_an_account_counts_once_and_its_problems_are_all_listed() -> None:
    assert "存在问题账号2个" in WITHIN["总体"][0]
    assert [(row["整改单号"], row["问题类型"]) for row in WITHIN["清单"]] == [
        (NAMED.number, "僵尸"),
        (NAMED.number, "未备案"),
        (OTHER.number, "未备案"),
    ]
    names = [each["名称"] for each in WITHIN["问题"]]
    assert names == ["(一)更新不及时", "(二)备案管理不规范", "(三)上期问题整改不到位"]


def test_the_rate_says_what_it_is_of_and_how_it_changed() -> None:
    assert (
        "合格率90.0%(以可认定数20个为分母,其中不合格2个),比上期88.0%变化+2.0个百分点。"
        in WITHIN["总体"]
    )
    rates = {base: TALLY.rate(base) for base in (Base.REGISTERED, Base.COUNTED, Base.DECIDED)}
    assert {base.value: rate.checked for base, rate in rates.items()} == {
        "备案数": 24,
        "纳入数": 23,
        "可认定数": 20,
    }
    told = bulletin.values(replace(DRAFT, base=Base.REGISTERED, decimals=2))["总体"]
    assert any("合格率91.67%(以备案数24个为分母" in each for each in told)


def test_the_list_of_problems_has_every_column_and_who_did_what() -> None:
    listed = named.table(DRAFT)
    assert listed.columns == tables.PROBLEM_COLUMNS
    first, second, _ = listed.named
    told = {
        "市州": "荆州市",
        "账号ID": "demo_1",
        "问题程度(提醒/不合格)": "不合格",
        "是否单项否决": "是",
        "上级口径结论": "不合格(内容不更新)",
        "本厅口径结论": "不合格(僵尸)",
        "静默下限(天)": 130.0,
        "认定依据": "本厅设定:参考外省做法,无全国统一天数",
        "首次发现日期": "2026-07-02",
        "核实人": "甲某",
        "核实时间": "2026-07-03 00:00",
        "单位说明": "运维员借调,已落实专人",
        "12个月内第几次": 2,
        "整改单号": NAMED.number,
        "处置措施": "限期整改",
        "整改期限": "2026-09-30",
        "当前状态": "整改中",
        "是否逾期": "是",
        "销号日期": None,
        "通报期号": None,
        "统计期": "2026年第三季度",
        "导出人": "系统自动生成",
    }
    assert {name: first[name] for name in told} == told
    assert second["上级口径结论"] is None, "nothing was concluded is not 正常"
    assert revived(listed.plain) == listed
    numbered = named.numbered(listed, "2026年第3期")
    assert {row["通报期号"] for row in numbered.named} == {"2026年第3期"}
    assert {row["通报期号"] for row in BULLETINS[Sort.QUARTER]["清单"]} == {"2026年第3期"}
    assert {row["通报期号"] for row in bulletin.issued(WITHIN, "草稿", "")["清单"]} == {""}


def test_the_breakdown_tells_each_group_beside_the_last_bulletin() -> None:
    region, platform, level, line = breakdown.tables(DRAFT)
    assert region.columns == places.COLUMNS
    assert [each.columns[0] for each in (platform, level, line)] == ["平台", "单位层级", "警种条线"]
    city, whole = region.named
    told = {
        "地区": "荆州市",
        "单位数": 2,
        "备案账号数": 24,
        "不纳入数": 1,
        "纳入监测数": 23,
        "抽查数": None,
        "可认定数": 20,
        "数据完整度": "87.0%",
        "正常数": 17,
        "提醒数": 1,
        "问题账号数": 2,
        "其中内容不更新": 0,
        "其中僵尸": 1,
        "其中未备案": 2,
        "其中其他": 0,
        "合格率": "90.0%",
        "上期合格率": "88.0%",
        "增减(百分点)": "+2.0",
        "上期问题数": 3,
        "已销号数": 1,
        "转关停数": 0,
        "未整改到位数": 1,
        "统计期": "2026年第三季度",
    }
    assert {name: city[name] for name in told} == told
    assert (whole["地区"], whole["上期合格率"]) == ("合计", None), "it had no such row"
    assert [row["平台"] for row in platform.named] == ["微博", "抖音", "合计"]
    assert [row["单位层级"] for row in level.named] == ["县级局", "大队", "合计"]
    assert [row["警种条线"] for row in line.named] == ["交管", "未分条线", "合计"]
    first = breakdown.tables(replace(DRAFT, again=(), last={}))[0].named[0]
    assert {first[name] for name in ("上期合格率", "上期问题数", "已销号数")} == {None}
    assert len(region.columns) == len(set(region.columns)) == 27 + len(TAIL)


def test_scores_have_their_place_and_say_that_there_are_none() -> None:
    template = (ROOT / "data" / "templates" / bulletin.TEMPLATE).read_bytes()
    said = "\n".join(texts(word_file.fill(template, BULLETINS[Sort.QUARTER], "内部版")))
    assert "考核得分(分组)\n尚无考核结果。" in said


def test_last_periods_accounts_are_told_with_what_became_of_them() -> None:
    assert WITHIN["上期"] == "对上期通报的2个账号逐一复核,已销号1个,转关停0个,仍未整改到位1个。"
    assert bulletin.values(replace(DRAFT, again=()))["上期"] == "上期无通报账号。"


def test_every_account_of_a_province_is_in_one_class() -> None:
    week = a_full_week()
    ids = [each.own.account_id for each in week.now]
    found = tally.count(week.now, frozenset(ids[:2]), frozenset(ids[2:4]), (3, "s"))
    classes = (found.failed, found.passed, found.waiting, found.undecided, found.excused)
    assert sum(map(len, classes)) == len(found.registered)
    assert found.sample is not None
    assert set(found.sample.drawn) <= found.decided
    imprint = replace(DRAFT.imprint, own=week.own)
    draft = replace(DRAFT, tally=found, judged=week.now, imprint=imprint, again=(), last={})
    for table in breakdown.tables(draft):
        *parts, whole = table.named
        for column, total in (
            ("备案账号数", len(found.registered)),
            ("问题账号数", len(found.failed)),
            ("可认定数", len(found.decided)),
            ("抽查数", 3),
        ):
            assert sum(row[column] for row in parts) == total == whole[column], (table.name, column)


def test_the_public_version_is_built_apart_and_names_the_same_official_accounts() -> None:
    assert PUBLIC.keys() == WITHIN.keys()
    assert [row["账号名称"] for row in PUBLIC["清单"]] == [NAMED.account, OTHER.account]
    assert PUBLIC["清单"][0]["问题类型"] == "长期未更新、未备案"
    assert PUBLIC["总体"] == WITHIN["总体"]


PERSON, PHONES = "欧阳某", ("13800000000", "027-00000000", "0713 8765432", "87654321")
NEVER = ("僵尸", PERSON, *PHONES, "私号")


def test_what_is_planted_everywhere_a_person_may_type_is_not_in_the_public_version() -> None:
    said = f"{PERSON}说这是僵尸,电话{'、'.join(PHONES)}"
    typed = Problem("表述错误", said, said, said, confirmed=True)
    handling = Handling(2, PERSON, 1, said, said)
    named = replace(NAMED, case=Case(State.UNDER_WAY, (SILENT, typed)), handling=handling)
    private = replace(NAMED, case_id=9, account_id=25, account="私号")
    unknown = replace(NAMED, case_id=10, account_id=99, account="不在台账的私号")
    draft = replace(
        DRAFT,
        wording=Wording(said, said, said, said),
        gate=Gate((named, OTHER, private, unknown), (Dropped(private, (said,)),)),
        again=(named, private, unknown),
        judged=tuple(replace(each, cause=said, mender=said, remedy=said) for each in DRAFT.judged),
    )
    values = bulletin.issued(bulletin.public(draft), *DATED)
    template = (ROOT / "data" / "templates" / bulletin.TEMPLATE).read_bytes()
    paper = "\n".join(texts(word_file.fill(template, values, "公开版")))
    inside = "\n".join(texts(word_file.fill(template, bulletin.values(draft), "内部版")))
    for word in NEVER:
        assert word in inside, "the plant itself"
        assert word not in paper
        assert word not in str(values)
    assert NAMED.account in paper
    correction = public_version.of_correction({"更正": said, "联系人": said})
    assert not [each for each in (*PHONES, "僵尸") if each in str(correction)]


def test_short_numbers_of_the_police_stay_readable_in_public() -> None:
    said = "请拨打110或96110,统计截至2026-09-30,共1476个"
    assert public_version.softened(said) == said


UNITS = {
    "湖北省公安厅": (Level.PROVINCE, "", "", "全省", "各市、州、直管市、神农架林区公安局"),
    "江陵市公安局": (Level.PREFECTURE, "421000", "江陵市", "全市", "各县(市、区)公安局、分局"),
    "某某自治州公安局": (Level.PREFECTURE, "422800", "某某州", "全州", "各县、市公安局"),
    "某州市公安局": (Level.PREFECTURE, "421000", "某州市", "全市", "各县(市、区)公安局、分局"),
    "某江市公安局": (Level.PREFECTURE, "429004", "某江市", "全市", "局属各单位"),
    "某某林区公安局": (Level.PREFECTURE, "429021", "某某林区", "全林区", "局属各单位"),
}


@pytest.mark.parametrize("name", list(UNITS))
def test_an_office_speaks_of_its_own_place_to_those_below_it_and_signs_itself(name: str) -> None:
    level, region, region_name, whole, addressee = UNITS[name]
    unit = Unit("1" * 12, name, level, region=region, region_name=region_name)
    draft = replace(DRAFT, whose=whose.of(unit), wording=replace(DRAFT.wording, addressee=""))
    for values in (bulletin.values(draft), bulletin.public(draft)):
        assert values["标题"] == f"关于2026年第三季度{whole}公安政务新媒体运行情况的通报"
        assert values["主送"].startswith(addressee)
        assert values["落款"] == name
        said = bulletin.text(values)
        assert f"{name}对{whole}公安政务新媒体" in said
        assert whole == "全省" or "全省" not in said


@pytest.mark.parametrize("sort", list(BULLETINS))
def test_each_template_is_the_one_that_is_shipped_and_leaves_nothing_unfilled(sort: Sort) -> None:
    shipped = (ROOT / "data" / "templates" / f"{sort}.docx").read_bytes()
    assert part(shipped) == part(made(sort))
    content = word_file.fill(shipped, BULLETINS[sort], sort)
    said = "\n".join(texts(content))
    assert "{" not in said
    assert BULLETINS[sort]["标题"] in said
    assert BULLETINS[sort]["文号"] in said


def test_a_hint_has_five_numbers_no_order_and_no_score() -> None:
    values = monthly.values(HINT)
    assert values["总体"] == (
        "备案账号20个,纳入监测20个,可认定20个,其中正常和提醒18个;在办整改事项1件。"
    )
    assert values["上月"] == "2026年10月办结1件,仍在办1件。"
    told = monthly.group_text(values)
    assert "1. 某县公安局“平安某县(演示)(微博)”:僵尸、未备案,09-30前" in told
    for never in ("排名", "得分", "第1名"):
        assert never not in told


def test_periods_are_named_and_end_where_the_next_begins() -> None:
    quarter = period_of("2026Q4")
    assert quarter.said == "2026年第四季度"
    assert quarter.following == Period(Sort.QUARTER, 2027, 1)
    assert quarter.until == quarter.following.since
    assert period_of("2026-12").following.code == "2027-01"
    for sort in (Sort.QUARTER, Sort.MONTH):
        found = last_ended(sort, quarter.since)
        assert found.until == quarter.since
        assert last_ended(sort, quarter.since - 1).until < quarter.since
    for wrong in ("2026Q5", "2026-13", "2026H3", "Q3", "1999Q1"):
        with pytest.raises(InputError):
            period_of(wrong)
    for longer in ("2026", "2026H1"):
        with pytest.raises(InputError, match="请选择季度或月份"):
            reported(longer)


def test_a_quarter_without_problems_says_so_in_figures() -> None:
    values = bulletin.values(replace(DRAFT, gate=Gate(), again=()))
    assert values["问题"] == []
    assert values["清单"] == []
