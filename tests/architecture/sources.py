"""The product's own source files, parsed once, for the tests that read them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("monitor", "dashboard", "bench", "docs")
GENERATED = ROOT / "monitor" / "record" / "migrations" / "versions"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A Python file: where it stands, its text and its tree."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """What the file says, parsed when somebody asks."""
        return ast.parse(self.text)

    @property
    def name(self) -> str:
        """Its path as a person says it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def lines(self) -> int:
        """How long it is."""
        return self.text.count("\n")

    def functions(self) -> Iterator[Function]:
        """Every function and method, inner ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Every Python file below the folders (all of the product's where none is named)."""
    return tuple(
        _source(path)
        for folder in folders or CODE
        for path in sorted((ROOT / folder).rglob("*.py"))
        if GENERATED not in path.parents and "__pycache__" not in path.parts
    )


@cache
def _source(path: Path) -> Source:
    """One file: the same for all who ask, however they name its folder."""
    return Source(path, path.read_text("utf-8"))


def length(function: Function) -> int:
    """Lines from `def` to the end, without its docstring."""
    first = function.body[0]
    docs = 0
    if ast.get_docstring(function, clean=False) is not None:
        docs = (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docs
