"""The sheet of sources: as shipped it says what the office's table says; a wrong one is refused."""

from pathlib import Path
from typing import Any

import pytest

from monitor.collect import shelf
from monitor.collect.platform import READERS
from monitor.domain.errors import InputError
from monitor.domain.numbers import Provenance
from monitor.judge import sources

SHEET = Path(__file__).parents[2] / "data" / "sources.yaml"


def shipped() -> dict[str, Any]:
    return shelf.read(SHEET).mapping


def test_the_shipped_sheet_grades_as_designed() -> None:
    kinds = sources.parse(shipped()).kinds
    assert {key: each.grade for key, each in kinds.items()} == {
        "interface-live": 4,
        "interface-daily": 4,
        "interface-part": 0,
        "export": 4,
        "patrol": 3,
        "patrol-own": 1,
        "purchased": 2,
        "report-linked": 1,
        "report": 0,
        "feed": 0,
        "manual": 0,
    }
    assert {each.provenance for each in kinds.values()} == set(Provenance)


def test_a_route_takes_its_worth_from_the_sheet() -> None:
    route = sources.parse(shipped()).route("export", "douyin", "file/douyin-works")
    assert (route.key, route.grade, route.fresh_hours) == ("douyin/file/douyin-works", 4, 168)


def test_what_platforms_say_of_their_own_route_stands_in_the_sheet() -> None:
    kinds = sources.parse(shipped()).kinds.values()
    known = {(each.provenance, each.grade, each.fresh_hours, each.confirm_hours) for each in kinds}
    for each in READERS:
        for platform in each.serves:
            route = each.route(platform)
            said = (route.source, route.grade, route.fresh_hours, route.confirm_hours)
            assert said in known, route.key


SPOILT: dict[str, dict[str, Any]] = {
    "grade": {"grade": 5},
    "fresh_hours": {"fresh_hours": 0},
    "provenance": {"provenance": "道听途说"},
    "label": {"label": " "},
    "颜色": {"颜色": "红"},
}


@pytest.mark.parametrize("key", SPOILT)
def test_a_sheet_written_wrongly_is_refused_by_its_key(key: str) -> None:
    mapping = shipped()
    mapping["sources"]["export"] |= SPOILT[key]
    with pytest.raises(InputError, match="来源与等级") as refused:
        sources.parse(mapping)
    assert f"sources.export.{key}" in str(refused.value)


def test_a_sheet_that_lacks_a_kind_is_refused() -> None:
    mapping = shipped()
    del mapping["sources"]["patrol"]
    with pytest.raises(InputError, match="patrol"):
        sources.parse(mapping)
