"""Names in a template: each must be one the product will fill in, said before it is kept."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from jinja2 import nodes
from jinja2.exceptions import TemplateError

ANY: Final = object()
"""A value whose inside is not known: any name may stand in it."""


CLOSE: Final = 0.5
"""Two-character words of which one character is right."""


class UnknownNames(TemplateError):  # noqa: N818  # reads as a sentence where it is raised
    """Names nobody will fill in."""


def require(tree: nodes.Template, known: Mapping[str, object]) -> None:
    """Go on only where every name is one of `known`, or stands for an item of one of its lists."""
    found = sorted(set(_unknown(tree, known)))
    if found:
        raise UnknownNames("模板中有未知的名称：" + "、".join(found))


def _unknown(node: nodes.Node, seen: Mapping[str, object]) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _in_loop(node, seen)
        return
    if isinstance(node, nodes.Name) and node.name not in seen:
        yield _told(node.name, seen)
    if isinstance(node, nodes.Getattr):
        inside = _shape(node.node, seen)
        if isinstance(inside, Mapping) and node.attr not in inside:
            yield _told(node.attr, inside)
    for child in node.iter_child_nodes():
        yield from _unknown(child, seen)


def _in_loop(node: nodes.For, seen: Mapping[str, object]) -> Iterator[str]:
    yield from _unknown(node.iter, seen)
    inner = {**seen, "loop": ANY}
    if isinstance(node.target, nodes.Name):
        inner[node.target.name] = _item(_shape(node.iter, seen))
    else:
        inner |= {each.name: ANY for each in node.target.find_all(nodes.Name)}
    parts = [*node.body, *([node.test] if node.test else [])]
    for part in parts:
        yield from _unknown(part, inner)
    for part in node.else_:
        yield from _unknown(part, seen)


def _shape(node: nodes.Node | None, seen: Mapping[str, object]) -> object:
    """The example value an expression stands for; ANY where that cannot be told."""
    if isinstance(node, nodes.Name):
        return seen.get(node.name, ANY)
    if isinstance(node, nodes.Getattr):
        inside = _shape(node.node, seen)
        return inside.get(node.attr, ANY) if isinstance(inside, Mapping) else ANY
    if isinstance(node, nodes.Filter) and node.name in {"first", "last"}:
        return _item(_shape(node.node, seen))
    if isinstance(node, nodes.Filter) and node.name == "sort":
        return _shape(node.node, seen)
    return ANY


def _item(items: Any) -> object:
    if isinstance(items, Sequence) and not isinstance(items, str) and items:
        first: object = items[0]
        return first
    return ANY


def _told(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=CLOSE)
    return f"“{name}”（是否指“{close[0]}”）" if close else f"“{name}”"
