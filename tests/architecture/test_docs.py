"""The documents are true: what they print can be run, what they name exists."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from dashboard.page import PAGES
from monitor.__main__ import app
from monitor.collect import shelf
from monitor.collect.files import layout_sheet
from monitor.collect.platform import READERS
from monitor.deliver.channel import CHANNELS
from monitor.domain.account import PLATFORMS
from monitor.judge.rule import RULES
from monitor.settings import Settings
from tests.architecture.sources import ROOT

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SPOKEN = [*sorted((ROOT / "docs" / "zh").glob("*.md")), ROOT / "README.zh-CN.md"]
UNSAID = ("判定", "观测", "豁免", "金丝雀", "熔断", "舆情", "控评", "水军")
REFERENCE = "\n".join(p.read_text("utf-8") for p in (ROOT / "docs" / "reference").glob("*.md"))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(path: Path, language: str) -> list[str]:
    return [text for kind, text in FENCE.findall(path.read_text("utf-8")) if kind == language]


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command line printed for a reader, from blocks and from the middle of sentences."""
    for path in PAPERS:
        text = path.read_text("utf-8")
        found = [line for block in blocks(path, "sh") for line in block.splitlines()]
        found += re.findall(r"`((?:\.venv/bin/sentinel|make) [^`\n]+)`", text)
        for line in found:
            words = shlex.split(line, comments=True)
            if words:
                yield path.name, words


COMMANDS = list(commands())


def test_the_reference_is_what_the_product_says_today() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_everything_that_is_registered_stands_in_the_reference() -> None:
    names = [*RULES.names(), *CHANNELS.names(), *PLATFORMS, *PLATFORMS.values()]
    names += [each.name for each in READERS]
    names += [f"/{each.slug}" for each in PAGES] + [each.title for each in PAGES]
    names += [path.stem for path in (ROOT / "data" / "rulebooks").glob("*.yaml")]
    names += [path.name for path in (ROOT / "data" / "layouts").glob("*.yaml")]
    assert not [name for name in names if name not in REFERENCE]


@pytest.mark.parametrize("words", [w for _, w in COMMANDS if w[0] == "make"], ids=" ".join)
def test_every_make_target_a_document_prints_exists(words: list[str]) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {word for word in words[1:] if "=" not in word} <= targets


@pytest.mark.parametrize(
    "words", [w for _, w in COMMANDS if w[0].endswith("sentinel")], ids=" ".join
)
def test_every_command_a_document_prints_can_be_given(words: list[str]) -> None:
    command: Any = typer.main.get_command(app)
    rest = words[1:]
    while hasattr(command, "commands"):
        assert rest, "ends before it names a command"
        assert rest[0] in command.commands, f"no command {rest[0]}"
        command, rest = command.commands[rest[0]], rest[1:]
    command.make_context("sentinel", list(rest))


def test_documents_print_only_commands_of_the_product_and_of_the_machine() -> None:
    known = {".venv/bin/sentinel", "make", "apt", "git", "cd"}
    assert {words[0] for _, words in COMMANDS} <= known


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_setting_a_document_prints_is_accepted(path: Path) -> None:
    for block in blocks(path, "toml"):
        assert Settings(**tomllib.loads(block)).database_url


def test_the_layout_a_newcomer_is_shown_is_a_layout() -> None:
    for block in blocks(ROOT / "CONTRIBUTING.md", "yaml"):
        page = shelf.parse(block.encode(), "CONTRIBUTING.md")
        assert layout_sheet.parse(page.mapping, "CONTRIBUTING.md").columns


def test_the_code_a_newcomer_is_shown_is_python() -> None:
    shown = blocks(ROOT / "CONTRIBUTING.md", "python")
    assert len(shown) == 6
    for block in shown:
        ast.parse(block)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))
    lost = [
        link for link in links if "://" not in link and not (path.parent / link).resolve().exists()
    ]
    assert not lost


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.name)
def test_what_users_read_uses_the_offices_words(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not [word for word in UNSAID if word in text]


def test_decisions_are_numbered_without_a_gap_and_say_why() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert all(f"**{word}.**" in text for word in ("Decided", "Why", "Costs"))


def test_the_licence_and_where_the_map_comes_from_are_told() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text("utf-8")
    notice = (ROOT / "NOTICE").read_text("utf-8")
    shipped = [path for path in (ROOT / "data" / "geo").iterdir() if path.is_file()]
    assert shipped
    assert all(path.relative_to(ROOT).as_posix() in notice for path in shipped)
