"""A rubric the code never saw, written by the guide, gives what the guide works by hand."""

import re
from datetime import date, datetime
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from monitor.collect import shelf
from monitor.domain.errors import InputError
from monitor.score import schema
from monitor.score.assess import assess
from monitor.score.scheme import parse
from monitor.settings import ROOT
from tests.score.sheets import FOLDER, document, roster, rows

GUIDE = (ROOT / "docs" / "how-to" / "scheme.md").read_text("utf-8")
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def written() -> dict[str, Any]:
    """The scheme the guide prints."""
    (block,) = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
    return shelf.parse(block.encode(), "scheme.md").mapping


def total(rated: int) -> Any:
    """The totals of the guide's unit, `rated` messages having been rated."""
    told = rows(
        ("u", "原创率", {"numerator": 45, "denominator": 100}),
        ("u", "作品数", {"value": 17}),
        ("u", "首次答复用时中位", {"value": 30}),
        ("u", "群众满意率", {"numerator": rated * 0.85, "denominator": rated}),
        ("u", "人工:J1", {"value": 2}),
    )
    return assess(parse(written()), told, roster("u"), {}).totals.iloc[0]


def test_the_guide_comes_to_what_it_works_by_hand() -> None:
    found = total(20)
    assert (found["F"], found["H"], found["final"]) == (36.5, pytest.approx(30), 68.5)
    assert found["grade"] == "合格"
    assert round(total(8)["H"], 2) == 33.33


def plain(value: Any) -> Any:
    """As JSON would have it: days are texts."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


CHECK = jsonschema.Draft202012Validator(schema.schema())


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema.schema())


@pytest.mark.parametrize(
    "mapping", [*map(document, SHIPPED), written()], ids=lambda each: each["name"]
)
def test_what_the_reader_takes_the_schema_takes(mapping: dict[str, Any]) -> None:
    parse(mapping)
    CHECK.validate(plain(mapping))


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every item of a document by its path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, each in inner if isinstance(value, dict | list) else ():
        found.append((*at, key))
        found += places(each, (*at, key)) if isinstance(each, dict | list) else []
    return found


@pytest.mark.parametrize(
    "path", [each for each in places(written()) if isinstance(each[-1], str)], ids=str
)
def test_what_the_schema_refuses_the_reader_refuses(path: tuple[Any, ...]) -> None:
    """Each item misspelt, and each given a value of the wrong kind."""
    for spoil in (
        lambda part, key: part.update({f"{key}s": part.pop(key)}),
        lambda part, key: part.update({key: object}),
    ):
        mapping = written()
        part: Any = mapping
        for key in path[:-1]:
            part = part[key]
        spoil(part, path[-1])
        readable = plain(mapping)
        if not CHECK.is_valid(readable):
            with pytest.raises(InputError):
                parse(mapping)
        else:
            pytest.fail(f"the schema takes {path}")
