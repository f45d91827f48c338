"""How figures, silences and weeks are said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, HOUR, parse_instant, to_second
from monitor.domain.numbers import Provenance
from monitor.report import wording

FORBIDDEN = ("判定", "观测", "豁免", "金丝雀", "熔断", "监控", "舆情")


def second(text: str) -> int:
    return to_second(parse_instant(text))


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (40 * DAY, 40 * DAY + HOUR, "40天"),
        (31 * DAY, 33 * DAY + 5, "31—33天"),
        (31 * DAY, None, "至少31天"),
        (None, 5 * DAY, "至多5天"),
        (0, HOUR, "不足1天"),
        (None, None, "—"),
        (0, None, "—"),
    ],
)
def test_a_silence_is_said_by_its_bounds(least: int | None, most: int | None, said: str) -> None:
    assert wording.silence(least, most) == said


def test_a_silence_is_said_at_its_cut_off() -> None:
    cutoff = second("2026-11-19T10:12")
    assert wording.as_of(cutoff, 40 * DAY, 40 * DAY) == "截至11月19日10:12,已40天未更新"
    assert wording.silent_for(None, None) == "最近更新时间不详"


def test_a_week_is_said_by_its_number_and_days() -> None:
    assert wording.issue(date(2026, 11, 16)) == "第47期(11月16日—11月22日)"
    assert wording.issue_of_year(date(2026, 11, 16)) == "2026年第47期(11月16日—11月22日)"


def test_the_week_across_new_year_belongs_to_the_year_of_its_thursday() -> None:
    assert wording.issue_of_year(date(2024, 12, 30)).startswith("2025年第1期(12月30日—1月5日)")
    assert wording.issue_of_year(date(2026, 12, 28)).startswith("2026年第53期")


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_share_short_of_all_never_reads_as_all_nor_some_as_none(part: int, rest: int) -> None:
    said = wording.percent(part, part + rest)
    if part + rest == 0:
        assert said == "—"
        return
    assert (said == "100.0%") == (rest == 0)
    assert (said == "0.0%") == (part == 0)
    assert abs(float(said.rstrip("%")) - 100 * part / (part + rest)) <= 0.1


def test_a_rate_is_printed_with_its_denominator() -> None:
    assert wording.rate(89, 98) == "90.8%(89/98)"
    assert wording.rate(0, 0) == "—"


def test_what_is_unknown_is_not_zero() -> None:
    assert wording.number(None) == "—"
    assert wording.number(0) == "0"
    assert wording.number(1476) == "1,476"
    assert wording.instant(None) == ""


def test_an_account_is_suspected_until_a_person_confirmed_it() -> None:
    assert wording.suspected("睡眠") == "疑似睡眠"
    assert wording.suspected("疑似睡眠") == "疑似睡眠"
    assert wording.verdict(Outcome.FAIL, "睡眠", "僵尸") == "不合格(疑似睡眠(可能已达僵尸))"
    assert wording.verdict(Outcome.FAIL, "正常") == "不合格"
    assert wording.verdict(Outcome.UNDECIDED, "暂不作认定") == "暂不作认定(数据不足)"


def test_a_status_whose_bounds_differ_says_how_far_it_may_have_gone() -> None:
    assert wording.status("内容不更新", "睡眠") == "内容不更新(可能已达睡眠)"
    assert wording.status("睡眠", "睡眠") == "睡眠"


@pytest.mark.parametrize(
    ("left", "said"),
    [(2 * DAY + HOUR, "还有2天"), (5 * HOUR, "还有5小时"), (60, "不到1小时"), (0, "已到期")],
)
def test_the_time_left_is_never_said_longer_than_it_is(left: int, said: str) -> None:
    assert wording.time_left(left) == said


def test_a_post_known_by_its_day_is_said_by_its_day() -> None:
    first = second("2026-11-10T00:00")
    assert wording.posted(first, first + DAY - 1) == "2026-11-10"
    assert wording.posted(first + 60, first + 60) == "2026-11-10 00:01"
    assert wording.posted(first, first + DAY) == "2026-11-10 00:00至2026-11-11 00:00"


def test_differences_carry_their_sign() -> None:
    assert wording.points(0.84) == "+0.8个百分点"
    assert wording.points(-0.04) == "持平"
    assert wording.signed(-2) == "-2"
    assert wording.signed(0) == "持平"


def test_every_outcome_and_source_has_words_and_none_is_a_forbidden_one() -> None:
    assert set(wording.OUTCOMES) == set(Outcome)
    assert set(wording.PROVENANCES) == set(Provenance)
    said = [value for name, value in vars(wording).items() if name.isupper() and value]
    texts = [str(each) for each in said]
    assert len(texts) > 15
    assert not [word for word in FORBIDDEN for text in texts if word in text]
