"""The sentences and the evidence of the rule 更新, as an office reads them."""

from dataclasses import replace

import pytest

from monitor.domain.facts import Facts
from monitor.domain.instants import BEGINNING, DAY, HOUR
from monitor.domain.numbers import Provenance
from monitor.judge.evaluate import judge
from monitor.judge.phrases import authority, gaps, span, spans, within
from tests.judge.evidence import Look, Post, Record, measure
from tests.judge.shelf import NOW, book, sentence

FIRST = NOW - 40 * DAY - 3 * HOUR
SEEN = Provenance.PATROL


def facts(*evidence: Post | Look, as_of: int = NOW, **record: object) -> Facts:
    on_record = Record(registered=NOW - 400 * DAY)
    return measure(replace(on_record, **record).and_(*evidence), as_of)  # type: ignore[arg-type]


def look(a: int, b: int, **rest: object) -> Look:
    return replace(Look(a, b, fresh=168 * HOUR), **rest)  # type: ignore[arg-type]


LAST = Post(FIRST, FIRST)
SLEEPING = facts(LAST, look(FIRST + 1, NOW, source=SEEN), look(FIRST + 1, NOW - DAY))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            facts(Post(NOW - 2 * DAY, NOW - 2 * DAY), look(NOW - 9 * DAY, NOW - HOUR)),
            "截至2026年11月22日23:00已1天未更新(最后发布:2026年11月21日00:00)。",
        ),
        (
            SLEEPING,
            "截至2026年11月23日00:00已40天未更新(最后发布:2026年10月13日21:00),"
            "超过30天(本厅设定,参考贵州、合肥工业大学等做法,无全国统一天数)。"
            "依据:人工巡查、接口采集。",
        ),
        (
            facts(Post(NOW - 14 * DAY - 5, NOW - 14 * DAY - 5), look(NOW - 20 * DAY, NOW)),
            "截至2026年11月23日00:00已14天余未更新(最后发布:2026年11月8日23:59),"
            "超过14天(国办秘函〔2019〕19号,国家规定)。依据:接口采集。",
        ),
        (
            facts(
                LAST,
                look(FIRST + 1, NOW),
                excuses=((FIRST - DAY, FIRST - HOUR), (NOW - 20 * DAY, NOW - 12 * DAY)),
            ),
            "截至2026年11月23日00:00已32天未更新(最后发布:2026年10月13日21:00;"
            "2026年11月3日至11月10日不计入静默(合计8天)),"
            "超过30天(本厅设定,参考贵州、合肥工业大学等做法,无全国统一天数)。依据:接口采集。",
        ),
        (
            facts(LAST, look(NOW - 20 * DAY, NOW)),
            "截至2026年11月23日00:00已20天至40天未更新(最后发布:2026年10月13日21:00),"
            "超过14天(国办秘函〔2019〕19号,国家规定),为内容不更新(可能已达睡眠)。依据:接口采集。",
        ),
        (
            facts(Post(NOW - 10 * DAY, NOW - 9 * DAY - 1), look(NOW - 9 * DAY, NOW)),
            "截至2026年11月23日00:00已9天至10天未更新(最后发布:2026年11月13日),"
            "超过7天(本厅设定,参考甘肃每周更新一次的做法)。依据:接口采集。",
        ),
        (
            facts(Post(NOW - 9 * DAY, NOW - 9 * DAY)),
            "至2026年11月23日00:00未更新时间不超过9天(最后发布:2026年11月14日00:00),"
            "为正常(可能已达提醒)。",
        ),
        (
            facts(LAST, look(FIRST + 1, NOW - 9 * DAY)),
            "至2026年11月23日00:00暂不作认定(数据不足):最后发布:2026年10月13日21:00;"
            "2026年11月14日至11月22日数据不全(合计约9天);"
            "最近一次完整查看截至2026年11月14日00:00,已过有效期;静默不超过40天。"
            "恢复采集授权、补交后台导出或巡查一次即可认定。",
        ),
        (
            facts(LAST, look(NOW - 3 * DAY, NOW)),
            "至2026年11月23日00:00暂不作认定(数据不足):最后发布:2026年10月13日21:00;"
            "2026年10月13日至11月19日数据不全(合计约38天);"
            "查看的时段有缺口;静默3天至40天。"
            "恢复采集授权、补交后台导出或巡查一次即可认定。",
        ),
        (
            facts(),
            "至2026年11月23日00:00暂不作认定(数据不足):尚无已知作品;"
            "2026年11月9日至11月22日数据不全(合计约14天);尚无采集、导出或巡查;静默长短无从得知。"
            "恢复采集授权、补交后台导出或巡查一次即可认定。",
        ),
        (
            facts(look(BEGINNING, NOW)),
            "截至2026年11月23日00:00主页未见任何作品,不晚于2025年10月19日00:00开设,至今已400天,"
            "超过30天(本厅设定,参考咸宁市2022年政务新媒体检查情况通报)。依据:接口采集。",
        ),
        (
            facts(
                look(NOW - 50 * DAY, NOW),
                opened=(NOW - 45 * DAY, NOW - 44 * DAY - 1),
            ),
            "截至2026年11月23日00:00主页未见任何作品,开设于2026年10月9日,至今已44天,"
            "超过30天(本厅设定,参考咸宁市2022年政务新媒体检查情况通报)。依据:接口采集。",
        ),
        (
            facts(look(NOW - 60 * DAY, NOW)),
            "截至2026年11月23日00:00已至少60天未更新(主页未见任何作品,"
            "不晚于2025年10月19日00:00开设),"
            "超过30天(本厅设定,参考贵州、合肥工业大学等做法,无全国统一天数),"
            "为睡眠(可能已达长期停更)。依据:接口采集。",
        ),
        (
            facts(LAST, look(FIRST + 1, NOW, confirm=DAY)),
            "截至2026年11月23日00:00已40天未更新(最后发布:2026年10月13日21:00),"
            "超过14天(国办秘函〔2019〕19号,国家规定),但查看的间隔不足以确认,暂不作认定(待复看)。",
        ),
    ],
)
def test_a_sentence_says_it_all(given: Facts, said: str) -> None:
    assert sentence(given) == said


def test_the_bounds_of_today_stand_beside_the_national_answer() -> None:
    aside = facts(LAST, look(FIRST + 1, NOW - DAY))
    evidence = judge(aside, book("gb2019")).findings[0].evidence
    assert evidence["today_min_seconds"] == 1
    assert evidence["today_max_seconds"] == NOW - FIRST
    assert (evidence["today_status"], evidence["today_status_max"]) == ("正常", "内容不更新")
    assert "today_status" not in judge(aside, book("hubei-default")).findings[0].evidence


def test_the_evidence_of_a_problem_names_limit_looks_and_grade() -> None:
    evidence = judge(SLEEPING, book("hubei-default")).findings[0].evidence
    assert evidence == {
        "covered": True,
        "silence_min_seconds": NOW - FIRST,
        "silence_max_seconds": NOW - FIRST,
        "sources": ["人工巡查", "接口采集"],
        "missing": [],
        "at": "2026-11-23T00:00:00+08:00",
        "since": "post",
        "since_from": "2026-10-13T21:00:00+08:00",
        "since_until": "2026-10-13T21:00:00+08:00",
        "limit_seconds": 30 * DAY,
        "source": "本厅设定,参考贵州、合肥工业大学等做法,无全国统一天数",
        "rank": "本厅设定",
        "ran_out_at": "2026-10-27T21:00:00+08:00",
        "grade": 4,
        "looked_at": ["2026-11-22T00:00:00+08:00", "2026-11-23T00:00:00+08:00"],
    }


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "不足1小时"),
        (HOUR, "1小时"),
        (DAY - 1, "23小时"),
        (DAY, "1天"),
        (2 * DAY - 1, "1天"),
    ],
)
def test_a_span_never_rounds_up(seconds: int, said: str) -> None:
    assert span(seconds) == said


def test_phrases_say_no_more_than_is_known() -> None:
    assert spans(3 * DAY, None) == "至少3天"
    assert within(NOW, NOW + DAY) == "2026年11月23日至2026年11月24日之间"
    assert authority("本厅设定,参考", "本厅设定") == "(本厅设定,参考)"
    assert authority("鄂政办发5号", "省级规定") == "(鄂政办发5号,省级规定)"


def test_of_many_gaps_the_first_three_are_named() -> None:
    day_gaps = [(NOW + 2 * n * DAY, NOW + (2 * n + 1) * DAY) for n in range(5)]
    assert gaps(day_gaps) == ("2026年11月23日、2026年11月25日、2026年11月27日等数据不全(合计约5天)")
    turn_of_year = 1_798_732_800
    assert gaps([(turn_of_year - DAY, turn_of_year + DAY)]) == (
        "2026年12月31日至2027年1月1日数据不全(合计约2天)"
    )
