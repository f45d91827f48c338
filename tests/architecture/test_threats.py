"""What docs/why/threats.md says is shown by a test is shown by a test that exists."""

import re

from tests.architecture.sources import ROOT

NAMED = re.compile(r"`(test_\w+)`")
DEFINED = re.compile(r"^\s*(?:async )?def (test_\w+)", re.MULTILINE)
ROW = re.compile(r"^\| (?!Threat \|)(.+)\|$", re.MULTILINE)
CHAPTERS = (
    *("Authentication", "Sessions", "Access control", "Validation and outgoing requests"),
    *("Files", "Configuration", "Logging", "Not met"),
)
TEXT = (ROOT / "docs" / "why" / "threats.md").read_text("utf-8")


def test_every_test_that_is_named_exists() -> None:
    sources = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    defined = {name for source in sources for name in DEFINED.findall(source)}
    assert set(NAMED.findall(TEXT)) - defined == set()


def test_every_threat_names_a_test() -> None:
    rows = ROW.findall(TEXT)
    assert rows
    assert [row for row in rows if not NAMED.search(row)] == []


def test_the_chapters_are_those_that_were_promised() -> None:
    assert tuple(re.findall(r"^## (.+)$", TEXT, re.MULTILINE)) == CHAPTERS
