"""A case as plain values for its row, and back: nothing of it is lost on the way."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from monitor.domain.case import Case, Measure, Problem, Reason, State, Term


def to_values(case: Case) -> dict[str, Any]:
    """Plain values: numbers, texts, truths, lists of them."""
    return asdict(case)


def from_values(values: Mapping[str, Any]) -> Case:
    """The case a row holds; a field a newer program wrote is no reason to refuse the row."""
    known = {each.name for each in fields(Case)}
    plain = {name: value for name, value in values.items() if name in known}
    return replace(
        Case(),
        **plain
        | {
            "state": State(values["state"]),
            "problems": tuple(map(_problem, values["problems"])),
            "measure": Measure(values["measure"]) if values.get("measure") else None,
            "term": _term(values.get("term")),
        },
    )


def _problem(values: Mapping[str, Any]) -> Problem:
    reason = values.get("reason")
    return Problem(**{**values, "reason": Reason(reason) if reason else None})


def _term(values: Mapping[str, Any] | None) -> Term | None:
    if values is None:
        return None
    ran = tuple((a, b) for a, b in values["ran"])
    return Term(values["days"], ran, values.get("hours", 0))
