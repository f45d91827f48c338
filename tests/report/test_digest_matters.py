"""What the province's week says of cases under way and of who was reminded: numbers, then names."""

import re
from datetime import date

from monitor.domain.case import Side
from monitor.domain.case_matter import Matter
from monitor.domain.instants import DAY, HOUR, day_start
from monitor.domain.pending import Pending
from monitor.domain.person import Role
from monitor.domain.week import Reminded
from monitor.report import digest, scoped, unit_texts
from tests.report.weeks import a_judged, a_week

BASE = "https://desk.example.cn"


def a_matter(case_id: int, side: Side, left: int) -> Matter:
    number = f"整改〔2026〕{case_id:03}号"
    told = (f"临江{case_id}号(演示)", "wechat", f"临江{case_id}所", "睡眠")
    return Matter(case_id, case_id, number, *told, side, side.value, 0, left, "")


def test_what_units_have_to_put_right_is_told_with_numbers_and_what_is_late_by_name() -> None:
    sides = ((1, Side.UNIT, 2), (2, Side.UNIT, -3), (3, Side.TRANSIT, -1), (4, Side.DESK, -2))
    week = a_week([a_judged(1)], cases=tuple(a_matter(*each) for each in sides))
    letter = digest.compose(week, BASE)
    lead = "整改督办  应整改3件,按期1件,逾期2件;待承办处室核实、审核或复核1件(逾期1件)。"
    assert lead in letter.text
    late = re.findall(r"整改〔2026〕(\d+)号“[^”]+”[::]?\s*(.+)", letter.text)
    assert [number for number, _ in late] == ["002", "004", "003"]
    assert "在责任单位,逾期3个工作日" in late[0][1]
    assert "整改〔2026〕001号" not in letter.text
    assert "逾期2件" in letter.group_text
    assert "临江" not in letter.group_text
    assert f"{BASE}/cases" in letter.html
    assert "整改督办" not in digest.compose(a_week([a_judged(1)]), BASE).text


def test_who_was_reminded_is_counted_only_of_the_silence_that_runs_out() -> None:
    near = [a_judged(key, 12 * DAY) for key in (1, 2, 3)]
    since = near[0].own.last_post_until
    assert since is not None
    both = frozenset({Role.OPERATOR, Role.UNIT_LIAISON})
    told = (
        Reminded(1, since, both),
        Reminded(2, since, frozenset({Role.OPERATOR})),
        Reminded(3, since - DAY, both),
        Reminded(9, since, both),
    )
    letter = digest.compose(a_week(near, reminded=told))
    assert "3天内将满14天未更新的账号3个,已提醒账号运维员2个、单位联络员1个。" in letter.text
    city = unit_texts.city(a_week(near, reminded=told))
    assert "1号(演示)”微信公众号(还有1天,已提醒账号运维员、单位联络员)" in city
    assert "3号(演示)”微信公众号(还有1天)" in city
    assert "已提醒" not in digest.compose(a_week(near)).text


def test_what_the_reader_must_decide_stands_first_with_its_numbers_and_pages() -> None:
    due = day_start(date(2026, 12, 3)) + 18 * HOUR
    asked = (
        Pending("待审签的账号关停", 4, "件", "approving", due),
        Pending("复核申请", 2, "件", "cases?tab=mine"),
    )
    late = (a_matter(2, Side.UNIT, -3),)
    letter = digest.compose(a_week([a_judged(1)], pending=asked, cases=late), BASE)
    first = letter.text.index("一、需要您决定的  2项。")
    assert first < letter.text.index("二、整改督办")
    assert "  待审签的账号关停4件 最早12月3日18:00到期\n  复核申请2件\n" in letter.text
    assert f"{BASE}/approving" in letter.html
    assert f"{BASE}/cases?tab=mine" in letter.html
    assert "需要您决定的:待审签的账号关停4件、复核申请2件。" in letter.group_text
    assert "需要您决定的" not in digest.compose(a_week([a_judged(1)]), BASE).text
    assert scoped.cities(a_week([a_judged(1)], pending=asked))["荆州市"].pending == ()
