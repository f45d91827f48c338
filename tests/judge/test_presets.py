"""The presets of other places: what each calls a silence, to the second, and whom it fails."""

from typing import Any

import pytest

from monitor.domain.finding import Judgement
from monitor.domain.instants import DAY
from monitor.judge.evaluate import judge
from tests.judge.evidence import measure, standing
from tests.judge.shelf import NOW, book, silent

PRESETS = ("gz2025", "bj2019", "gs2025", "mh2025", "hfut2021", "he2019")


def judged(name: str, seconds: int, **stands: Any) -> Judgement:
    record = silent(seconds, standings=(standing(**stands),))
    return judge(measure(record, NOW), book(name))


@pytest.mark.parametrize(
    ("name", "days", "on_it", "beyond"),
    [
        ("gz2025", 14, "正常", "内容不更新"),
        ("gz2025", 92, "内容不更新", "僵尸"),
        ("bj2019", 366, "内容不更新", "僵尸"),
        ("gs2025", 7, "正常", "提醒"),
        ("gs2025", 14, "提醒", "内容不更新"),
        ("mh2025", 10, "正常", "超过10天未更新"),
        ("hfut2021", 31, "正常", "停更一个月"),
        ("he2019", 7, "正常", "提醒"),
    ],
)
def test_a_preset_names_a_silence_as_its_place_does(
    name: str, days: int, on_it: str, beyond: str
) -> None:
    stands = {"level": "派出所"}
    assert judged(name, days * DAY, **stands).status == on_it
    assert judged(name, days * DAY + 1, **stands).status == beyond


def test_hebei_asks_more_of_a_county_than_of_a_department_and_fails_neither() -> None:
    found = [judged("he2019", 5 * DAY, level=each) for each in ("县级局", "市州局", "厅直")]
    assert [each.status for each in found] == ["提醒", "提醒", "正常"]
    assert [each.outcome.value for each in found] == ["提醒", "提醒", "正常"]


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_nobodys_upper_standard_and_says_where_it_is_from(name: str) -> None:
    found = book(name)
    assert not found.upper
    assert found.title.startswith("外地做法")
    assert {each.rank for each in found.classes} <= {"国家规定", "外地做法"}
    assert any(each.rank == "外地做法" for each in found.classes)
