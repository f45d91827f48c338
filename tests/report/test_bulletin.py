"""季度通报: each account in one class, every problem a row, every rate with its denominator."""

from dataclasses import replace

import pytest

from monitor.domain.bulletin import Base, Gate, Period, Sort, last_ended, period_of
from monitor.domain.errors import InputError
from monitor.report import bulletin, monthly, tally, word_file
from monitor.settings import ROOT
from tests.report.bulletin_forms import made
from tests.report.bulletin_samples import BULLETINS, DRAFT, HINT, NAMED, OTHER, TALLY, WITHIN
from tests.report.papers import part, texts
from tests.report.weeks import a_full_week


def test_an_account_counts_once_and_its_problems_are_all_listed() -> None:
    assert "存在问题账号2个" in WITHIN["总体"][0]
    assert [(row["整改单号"], row["类型"]) for row in WITHIN["清单"]] == [
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
    places = tally.by_place(week.now, found)
    assert sum(len(each.registered) for each in places.values()) == len(found.registered)
    assert sum(len(each.failed) for each in places.values()) == len(found.failed)
    assert sum(len(each.of(Base.SAMPLED)) for each in places.values()) == 3


def test_the_public_version_keeps_its_shape() -> None:
    public = bulletin.public(WITHIN)
    assert public.keys() == WITHIN.keys()
    assert "僵尸" not in str(public)
    assert WITHIN["联系人"] not in str(public)
    assert [row["账号"] for row in public["清单"]] == [row["账号"] for row in WITHIN["清单"]]


@pytest.mark.parametrize("sort", list(Sort))
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
    for wrong in ("2026Q5", "2026-13", "2026", "Q3", "1999Q1"):
        with pytest.raises(InputError):
            period_of(wrong)


def test_a_quarter_without_problems_says_so_in_figures() -> None:
    values = bulletin.values(replace(DRAFT, gate=Gate(), again=()))
    assert values["问题"] == []
    assert values["清单"] == []
