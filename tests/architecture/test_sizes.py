"""The house keeps its sizes: short functions, short files, a sentence at the head of each."""

import ast
from statistics import median, quantiles

from tests.architecture.sources import Source, length, sources

SPEAKING = ("monitor/domain", "monitor/judge", "monitor/record", "monitor/access")
"""Packages whose every public function says what it takes and gives."""


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {each.name: each.lines for each in sources() + sources("tests") if each.lines > 300}
    assert not long


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{each.name}:{function.name}": length(function)
        for each in sources()
        for function in each.functions()
        if length(function) > 40
    }
    assert not long


def test_most_functions_are_short() -> None:
    lengths = [length(function) for each in sources() for function in each.functions()]
    assert median(lengths) < 10
    assert quantiles(lengths, n=10)[8] < 30


def test_every_module_begins_with_a_sentence() -> None:
    mute = [each.name for each in sources() if not (ast.get_docstring(each.tree) or "").strip()]
    assert not mute


def test_every_public_function_that_thinks_or_keeps_says_what_it_does() -> None:
    mute = [
        f"{each.name}:{function.name}"
        for folder in SPEAKING
        for each in sources(folder)
        for function in _public(each)
        if ast.get_docstring(function) is None
    ]
    assert not mute


def _public(source: Source) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods a caller may see: of the module, and of its public classes."""
    bodies = [source.tree.body]
    bodies += [
        node.body
        for node in source.tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    return [
        node
        for body in bodies
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
    ]
