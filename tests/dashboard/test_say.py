"""How figures are said: unknown is a dash, bounds stay bounds, nothing is rounded up to a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import say
from monitor.domain.instants import DAY, HOUR, day_start, parse_instant, to_second

NOON = to_second(parse_instant("2026-11-22 12:00"))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "—"),
        (0, "0分钟"),
        (59 * 60, "59分钟"),
        (HOUR, "1小时"),
        (17 * DAY + HOUR, "17天"),
        (10 * DAY - HOUR, "9天23小时"),
    ],
)
def test_a_stretch_is_said_in_its_two_largest_units(seconds: int | None, said: str) -> None:
    assert say.stretch(seconds) == said


def test_silence_keeps_its_bounds() -> None:
    assert say.silence(None, None) == "—"
    assert say.silence(3 * DAY, None) == "至少3天"
    assert say.silence(3 * DAY, 5 * DAY) == "3天—5天"
    assert say.silence(3 * DAY, 3 * DAY + 10) == "3天"
    assert say.silence(31 * DAY + HOUR, 32 * DAY + HOUR) == "31天—33天"
    assert say.silence(31 * DAY + HOUR, 31 * DAY + HOUR) == "31天"
    assert say.silence(0, 46 * DAY + HOUR) == "0—47天"


def test_only_what_was_proven_is_over() -> None:
    assert say.distance(-DAY, "不合格") == "已超1天"
    assert say.distance(-DAY, "暂不作认定") == "已到期限，待查看"
    assert say.distance(DAY, "正常") == "还有1天"
    assert say.distance(DAY, "不纳入") == "—"
    assert say.distance(None, "不合格") == "—"


def test_a_post_known_by_its_day_is_not_given_a_minute() -> None:
    start = day_start(parse_instant("2026-11-22").date())
    assert say.published(NOON, NOON) == "2026-11-22 12:00"
    assert say.published(start, start + DAY - 1) == "2026-11-22(仅知日期)"
    assert say.published(start, start + 3 * DAY - 1) == "2026-11-22至2026-11-24之间"
    assert say.published(None, None) == "—"


def test_nearly_all_is_not_all() -> None:
    assert say.percent(0.99999) == "99.9%"
    assert say.percent(1.0) == "100.0%"
    assert say.percent(None) == "—"


def test_missing_days_are_said_as_people_say_them() -> None:
    assert (
        say.days("2026-11-02..2026-11-22,2026-11-24..2026-11-24") == "11月2日至11月22日、11月24日"
    )
    assert say.days("") == "—"


@given(st.lists(st.text("号平安局", min_size=1, max_size=60), max_size=60))
def test_a_group_text_is_never_too_long_and_never_hides_how_many(lines: list[str]) -> None:
    text = say.group_text("【请核实】账号：", lines, "已办请忽略。", len(lines))
    assert len(text) <= 450
    shown = len(text.split("\n")) - 2
    assert shown == len(lines) or f"等共{len(lines)}个" in text
