"""Texts for prefectures and counties, Thursday's reminder and the Word paper: the same figures."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from docx import Document

from monitor.domain.filing import Filing
from monitor.domain.instants import DAY
from monitor.domain.letter import joined, split
from monitor.domain.unit import Level
from monitor.domain.week import Errand
from monitor.report import digest, figures, scoped, sections, thursday, unit_texts
from tests.report.weeks import AS_OF, a_full_week, a_judged, a_unit, a_week

COUNTY = a_unit("江陵县公安局", "421024000000", level=Level.COUNTY)
TEMPLATE = Path("data/templates/周报.docx").read_bytes()


def in_county(account: int, silence: int | None, **more: object):  # type: ignore[no-untyped-def]
    return a_judged(account, silence, unit=COUNTY, **more)


def test_the_prefectures_add_up_to_the_province_less_its_own() -> None:
    week = a_full_week()
    cities = scoped.cities(week)
    assert len(cities) == 17
    for name in ("ok", "hinted", "failed", "undecided"):
        parts = sum(getattr(figures.count(each.now), name) for each in cities.values())
        assert parts == getattr(figures.count(week.now), name)


def test_a_prefecture_reads_its_own_figures_and_nobody_elses() -> None:
    week = a_full_week()
    jing = scoped.cities(week)["荆州市"]
    said = unit_texts.city(jing)
    counted = figures.count(jing.now)
    assert said.startswith("【演示数据 纯属虚构】荆州市公安政务新媒体周报 第47期")
    assert f"账号{counted.registered}个,纳入{counted.counted}个" in said
    assert f"合格率{counted.passed / counted.decided * 100:.1f}%" in said
    own = {each.registered.account.name for each in jing.now}
    named = set(re.findall(r"“([^”]+)”[^化,;]", said)) - {"疑似问题"}
    assert named <= own | {"疑似问题"}
    assert "【暂不作认定】" in said
    assert "排名" not in said


def test_a_county_is_told_what_it_can_do_and_quiet_is_one_line() -> None:
    names = {"failing": in_county(1, 20 * DAY), "soon": in_county(2, 10 * DAY)}
    week = a_week([*names.values(), in_county(3, DAY), in_county(4, None)])
    week = replace(week, errands=(Errand("江陵县公安局", ("荆州市", "江陵县"), 2, AS_OF),))
    (name,) = scoped.counties(week)
    county = scoped.counties(week)[name]
    said = unit_texts.county(county)
    assert said.splitlines()[0] == "江陵县公安局:您有3件事"
    assert "“临江2号(演示)”微信公众号已10天未更新,距14天还有3天" in said
    assert "疑似内容不更新" in said
    assert "还有2个账号未填" in said
    line = unit_texts.county_line(county)
    assert line.startswith("@江陵县公安局 ")
    assert "\n" not in line
    quiet = a_week([in_county(3, DAY)])
    alone = scoped.counties(quiet)["江陵县公安局"]
    assert unit_texts.county(alone).endswith("本周无事。")
    assert "\n" not in unit_texts.county(alone)
    assert unit_texts.county_line(alone) == ""
    assert "\n" not in unit_texts.city(scoped.cities(quiet)["荆州市"])


def test_a_long_county_line_is_counted_rather_than_cut() -> None:
    week = a_week([in_county(key, 10 * DAY) for key in range(40)])
    line = unit_texts.county_line(scoped.counties(week)["江陵县公安局"])
    assert line == "@江陵县公安局 共40件待办。"


def test_thursday_says_what_is_due_and_is_one_line_where_nothing_is() -> None:
    owed = Errand("江陵县公安局", ("荆州市", "江陵县"), 3, AS_OF)
    week = replace(a_week([in_county(2, 12 * DAY), in_county(3, DAY)]), errands=(owed,))
    letter = thursday.compose(week)
    assert "还有1个单位3个账号未填" in letter.group_text
    assert "3天内将满14天未更新的账号1个" in letter.group_text
    assert len(letter.group_text) <= 450
    texts = split(letter.attachments[0].content.decode("utf-8-sig"))
    assert "江陵县公安局(3个)" in texts["荆州市"]
    quiet = thursday.compose(a_week([in_county(3, DAY)]))
    assert quiet.group_text.endswith("本周无事。")
    assert quiet.attachments == ()


def test_the_word_paper_says_what_the_outline_says_and_is_the_same_bytes_again() -> None:
    week = a_full_week(trial_until=date(2026, 12, 23))
    letter = digest.compose(week, "", TEMPLATE)
    (paper,) = [each for each in letter.attachments if each.name.endswith(".docx")]
    again = digest.compose(week, "", TEMPLATE)
    assert paper in again.attachments
    read = Document(BytesIO(paper.content))
    text = "\n".join(each.text for each in read.paragraphs)
    said = digest.outline(week, "")
    assert said.heading in text
    for expected in (*said.points, *(each.lead for each in said.sections)):
        assert expected in text
    assert "演示数据 纯属虚构" in text
    assert "试运行" in text
    assert "{" not in text
    assert "整改" not in text.replace("限期整改", "")
    assert (
        read.styles["Normal"].element.rPr.rFonts.get(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
        )
        == "仿宋_GB2312"
    )


def test_a_quiet_week_has_neither_paper_nor_texts() -> None:
    letter = digest.compose(a_week([in_county(3, DAY)], [in_county(3, DAY)]), "", TEMPLATE)
    assert letter.attachments == ()


def test_texts_that_were_joined_come_apart_again() -> None:
    texts = {"荆州市": "甲\n乙", "宜昌市": "丙"}
    assert split(joined(texts)) == texts
    assert split("") == {}


def test_an_overdue_filing_is_told_to_its_unit_its_prefecture_and_the_province_alone() -> None:
    late = Filing(2, "临江2号(演示)", "wechat", "江陵县公安局", "开设备案", AS_OF - 3 * DAY, 2)
    elsewhere = replace(late, account_id=9, account="别处(演示)", what="关停备案", over=0)
    week = replace(a_week([in_county(2, DAY), in_county(3, DAY)]), filings=(late, elsewhere))
    told = "“临江2号(演示)”微信公众号开设备案逾期2个工作日"
    city = unit_texts.city(scoped.cities(week)["荆州市"])
    ask = "开设、变更、关停、注销后5个工作日内未报备1项"
    assert f"【报备逾期】{ask}:{told}(江陵县公安局)" in city.splitlines()
    county = scoped.counties(week)["江陵县公安局"]
    assert f"1){told},请补报并登记备案号或注销日期" in unit_texts.county(county).splitlines()
    assert unit_texts.county_line(county).endswith(f"@江陵县公安局 {told}。已办请忽略。")
    assert told in unit_texts.thursday(scoped.cities(week)["荆州市"])
    (part,) = [each for each in sections.compose(week, "") if each.title == "报备逾期"]
    assert part.lead == ask.replace("1项", "2项。")
    assert [each.said for each in part.lines] == [
        "江陵县公安局,开设备案逾期2个工作日",
        "江陵县公安局,关停备案已到期",
    ]
    assert "报备逾期" in digest.compose(week).text
