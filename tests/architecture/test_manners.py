"""Manners no linter knows: names, hidden errors, waiting by sleeping, words for a screen."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import ROOT, Source, sources

VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
UNSAID = ("判定", "观测", "豁免", "金丝雀", "熔断", "监控", "舆情", "控评", "水军")
"""Words of other trades: the office's own words stand in their place on every screen."""

OUTSIDE = re.compile(
    "|".join(
        [
            r"py" + r"pi\.org",
            r"python" + r"hosted",
            r"(?<!emit-)index[-_]" + r"url",
            r"mirrors?\.[a-z]+\.(?:edu|com)",
            r"(?<![\w.])/(?:" + "|".join(["work", "home", "root", "Users"]) + r")/",
        ]
    )
)
"""Package indexes and one person's machine: neither belongs in what others will run."""


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert not [each.name for each in sources() if VAGUE & set(each.path.stem.split("_"))]


def test_nothing_waits_by_sleeping() -> None:
    asleep = [
        f"{each.name}:{node.lineno}"
        for each in sources() + sources("tests")
        for node in ast.walk(each.tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "sleep"
        and isinstance(node.value, ast.Name)
        and node.value.id == "time"
    ]
    assert not asleep


def test_no_error_is_swallowed_whole() -> None:
    swallowed = [
        f"{each.name}:{handler.lineno}"
        for each in sources()
        for handler in ast.walk(each.tree)
        if isinstance(handler, ast.ExceptHandler) and _broad(handler) and not _acts(handler)
    ]
    assert not swallowed


def _broad(handler: ast.ExceptHandler) -> bool:
    kind = handler.type
    return kind is None or (
        isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"}
    )


def _acts(handler: ast.ExceptHandler) -> bool:
    return not all(isinstance(node, ast.Pass | ast.Continue) for node in handler.body)


def test_every_noun_of_the_domain_is_frozen() -> None:
    loose = [
        f"{each.name}:{node.name}"
        for each in sources("monitor/domain")
        for node in ast.walk(each.tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
        if "dataclass" in ast.unparse(decorator) and "frozen=True" not in ast.unparse(decorator)
    ]
    assert not loose


def test_screens_and_papers_use_the_offices_words() -> None:
    said = [
        f"{each.name}:{line}: {text}"
        for each in sources("monitor", "dashboard")
        for line, text in _spoken(each)
        if any(word in text for word in UNSAID)
    ]
    assert not said


def _spoken(source: Source) -> Iterator[tuple[int, str]]:
    """String constants that are not docstrings."""
    silent = {
        id(node.value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


READ: tuple[str, ...] = (
    "*.md",
    "*.toml",
    "Makefile",
    ".ci/*",
    "requirements/*",
    "data/**/*.yaml",
    "docs/**/*.md",
    "docs/*.py",
    "monitor/**/*.py",
    "dashboard/**/*.py",
    "tests/**/*.py",
    "bench/**/*.py",
)


@pytest.mark.parametrize("pattern", READ)
def test_nothing_names_an_index_of_packages_or_one_persons_machine(pattern: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {hit.group()}"
        for path in sorted(ROOT.glob(pattern))
        if path.is_file() and "local" not in path.relative_to(ROOT).parts[:2]
        for hit in OUTSIDE.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert not found
