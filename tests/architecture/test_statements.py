"""No value is ever written into a statement: what is joined into one is a constant of the source.

bandit's B608 marks every joined statement and cannot tell these apart; this reads each of them.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

RECORD = ROOT / "monitor" / "record"
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WITH|FROM|WHERE|JOIN|CREATE|DROP|EXISTS)\b")
CONSTANT = re.compile(
    r"_?[A-Z][A-Z_0-9]*(\.format\(OPEN=OPEN\))?|[A-Z][A-Za-z]+\.[A-Z_]+\.value|\d+ \* DAY"
)
PIECES = {
    "account_days.py": {"', '.join((f'{name} = excluded.{name}' for name in DAYS.names[1:]))"},
    "allowances.py": {
        "' '.join((f\"WHEN '{window.value}' THEN CAST(:{window.name.lower()} AS BIGINT)\""
        " for window in Window))"
    },
    "credentials.py": {"accounts"},
    "due.py": {"accounts"},
    "facts_at.py": {"told", "columns"},
    "facts_posts.py": {"accounts"},
    "posts.py": {"sightings"},
    "purge_targets.py": {"account", "given", "left", "done"},
    "purging.py": {"age", "touches", "under", "target.account", "target.unit", "target.person"},
    "queue.py": {"columns"},
    "staging.py": {"stage.name", "columns", "keep", "marks", "', '.join(stage.names)"},
    "store.py": {"shared"},
    "thinning.py": {"kept.whose", "kept.table"},
}
"""Pieces built of constants in the function they stand in: each was read, and takes no value."""


def joined(path: Path) -> Iterator[tuple[int, str]]:
    """Line and source of whatever is put into a text that reads like a statement."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        said = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        if SQL.search(said):
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield node.lineno, ast.unparse(part.value)


SOURCES = sorted(
    path
    for folder in ("monitor", "dashboard")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def test_only_constants_are_joined_into_statements() -> None:
    strange = [
        f"{path.relative_to(ROOT)}:{line}: {piece}"
        for path in SOURCES
        for line, piece in joined(path)
        if not CONSTANT.fullmatch(piece) and piece not in PIECES.get(path.name, ())
    ]
    assert strange == []


def test_statements_are_only_written_in_record() -> None:
    texts = [path for path in SOURCES if RECORD not in path.parents and any(joined(path))]
    assert texts == []


@pytest.mark.parametrize("name", sorted(PIECES))
def test_a_piece_that_is_gone_is_forgotten(name: str) -> None:
    (path,) = RECORD.glob(name)
    assert PIECES[name] <= {piece for _, piece in joined(path)}


def test_a_value_in_a_statement_is_found(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("f\"SELECT * FROM person WHERE login = '{login}'\"\n", "utf-8")
    ((line, piece),) = joined(path)
    assert (line, piece) == (1, "login")
    assert CONSTANT.fullmatch(piece) is None
