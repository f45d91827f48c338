"""Schemes for tests: the shipped ones, and small ones written in a few words."""

from functools import cache
from typing import Any

import pandas as pd
import yaml

from monitor.collect import shelf
from monitor.domain.scheme import Scheme
from monitor.score.assess import Assessment, assess
from monitor.score.scheme import parse
from monitor.settings import ROOT

FOLDER = ROOT / "data" / "schemes"


def document(name: str) -> dict[str, Any]:
    """A shipped scheme as its YAML says it, afresh."""
    content = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    assert isinstance(content, dict)
    return content


@cache
def shipped(name: str) -> Scheme:
    """A shipped scheme."""
    page = shelf.read(FOLDER / f"{name}.yaml")
    return parse(page.mapping, f"{name}.yaml", shelf.lines(page.text), page.sha256)


def written(*lines: dict[str, Any], **also: Any) -> dict[str, Any]:
    """A scheme of one part that holds the lines."""
    most = sum(each["max"] for each in lines)
    section = {"id": "S", "name": "全部", "max": most, "indicators": list(lines)}
    head = parse_free("{name: t, version: 1, title: 试, source: 试, rank: 本厅设定, period: 季}")
    return {**head, "valid_from": FROM, "full": most, "sections": [section], **also}


def parse_free(text: str) -> dict[str, Any]:
    """A mapping written in one line."""
    found = yaml.safe_load(text)
    assert isinstance(found, dict)
    return found


FROM = parse_free("day: 2027-01-01")["day"]


def line(number: int, score: str, measure: str = "作品数", most: float = 10, **also: Any) -> Any:
    """One line with its method written in YAML."""
    head = {"id": f"L{number}", "name": f"第{number}项", "max": most, "measure": measure}
    return {**head, "score": parse_free(score), **also}


def rows(*told: tuple[Any, ...], **columns: Any) -> pd.DataFrame:
    """Rows of (unit, measure, what is known: {column: value})."""
    return pd.DataFrame([{"unit": u, "measure": m, **columns, **known} for u, m, known in told])


def roster(*units: str, **columns: Any) -> pd.DataFrame:
    """Units that stand beside each other."""
    return pd.DataFrame({"unit": list(units), **columns})


def run(mapping: dict[str, Any], measured: pd.DataFrame, units: pd.DataFrame) -> Assessment:
    """A scheme applied."""
    return assess(parse(mapping), measured, units, {})


def share(method: str, value: float, most: float = 10, measure: str = "作品数") -> float:
    """The points of a line of `most` for one value."""
    found = run(
        written(line(1, method, measure, most)), rows(("u", measure, {"value": value})), roster("u")
    )
    return float(found.lines["points"].iloc[0])
