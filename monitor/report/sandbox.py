"""Sandbox: what an office may write in a template, and nothing more.

A template of the office is data, not a program. Its language is a list of allowed nodes: names,
attributes of plain values, `for`, `if`, some filters. It calls nothing, sets nothing, includes
nothing; every value was made plain before it came in, so that there is no object to walk along;
steps and characters are counted, so that it ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from monitor.domain.errors import InputError
from monitor.report import template_names

STEPS: Final = 200_000
"""Turns of all loops, and items all filters look at, in one rendering."""
CHARACTERS: Final = 8_000_000
LARGEST_NUMBER: Final = 1_000_000_000
DEEPEST: Final = 4
"""Loops within loops."""
FILTERS: Final = frozenset(
    {
        "abs",
        "count",
        "d",
        "default",
        "e",
        "escape",
        "first",
        "int",
        "join",
        "last",
        "length",
        "lower",
        "sort",
        "sum",
        "title",
        "trim",
        "truncate",
        "upper",
    }
)
TESTS: Final = frozenset(
    {
        "defined",
        "undefined",
        "none",
        "even",
        "odd",
        "eq",
        "equalto",
        "in",
        "true",
        "false",
    }
)
LOOP: Final = frozenset(
    {
        "index",
        "index0",
        "revindex",
        "revindex0",
        "first",
        "last",
        "length",
        "depth",
    }
)
ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Add,
    nodes.Sub,
    nodes.Mul,
    nodes.Neg,
    nodes.Concat,
    nodes.Tuple,
    nodes.Keyword,
)
BAD: Final = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError)
REMEDY: Final = "模板中只可写名称、循环、条件和常用过滤器，请对照示例模板修改"


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of one rendering: made, used once and thrown away, for it counts steps."""

    intercepted_binops = frozenset({"+", "-", "*"})

    def __init__(self, *, escaped: bool, known: Mapping[str, object] | None = None) -> None:
        """`escaped` for XML and HTML; with `known` every name must be one of its names."""
        super().__init__(
            autoescape=escaped,
            undefined=StrictUndefined,
            finalize=_said,
            keep_trailing_newline=True,
            cache_size=0,
        )
        self.template_class = _Bounded
        self.left = STEPS
        self.known = known
        self.globals = {}
        self.filters = {name: self.filters[name] for name in FILTERS} | {"_steps": self.charged}
        self.tests = {name: self.tests[name] for name in TESTS}

    def charged(self, items: Any) -> Any:
        """The items of a loop or filter, paid for in steps; SecurityError where they ran out."""
        if isinstance(items, Sequence | Mapping):
            self.left -= len(items)
        elif not isinstance(items, StrictUndefined):
            raise SecurityError("只能对列表使用循环")
        if self.left < 0:
            raise SecurityError(f"循环次数超过{STEPS}次")
        return items

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Every template goes through here, whoever asks for it: nothing unchecked is compiled."""
        tree = super()._parse(source, name, filename)
        _allow(tree)
        if self.known is not None:
            template_names.require(tree, self.known)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = _counted(loop.iter)
        for found in list(tree.find_all(nodes.Filter)):
            if found.name in {"join", "sort", "sum"} and found.node is not None:
                found.node = _counted(found.node)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of a mapping or a word about the loop; there are no other attributes."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, StrictUndefined):
            raise UndefinedError(f"“{obj._undefined_name}”没有内容")
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A key of a mapping, or a place in a list."""
        if isinstance(obj, Sequence) and isinstance(argument, int) and len(obj) > abs(argument):
            return obj[argument]
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Sums of numbers of a sane size: text times a number would fill the memory."""
        for each in (left, right):
            if not isinstance(each, int | float) or abs(each) > LARGEST_NUMBER:
                raise SecurityError(f"“{operator}”只能用于不太大的数字，连接文字请用“~”")
        return super().call_binop(context, operator, left, right)


class _Bounded(Template):
    """A template that stops once it has said too much."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        said, length = [], 0
        for piece in self.root_render_func(self.new_context(dict(*args, **kwargs))):
            length += len(piece)
            if length > CHARACTERS:
                raise SecurityError(f"生成的内容超过{CHARACTERS:,}字")
            said.append(piece)
        return "".join(said)


def fill_text(source: str, values: Mapping[str, object], name: str) -> str:
    """A text template with its values in place; InputError, with `name`, where it cannot be."""
    return _text(source, values, name, None)


def check_text(source: str, sample: Mapping[str, object], name: str) -> None:
    """Try a template before it is kept: every name must be one of `sample`, every branch allowed.

    `sample` holds an example of each value the template will be given, lists with one item.
    """
    _text(source, sample, name, plain(sample))


def plain(value: Any) -> Any:
    """A value as template may see it: text, numbers, lists and mappings, and nothing that acts.

    Text loses the control characters no XML may hold. TypeError for anything else.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return "".join(filter(_printable, str(value)))
    if isinstance(value, Mapping):
        return {plain(str(key)): plain(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no value for a template")


def refused(error: BaseException, name: str) -> InputError:
    """What was wrong with a template, as a sentence for whoever wrote it."""
    if isinstance(error, template_names.UnknownNames):
        return InputError(str(error), name, "请使用模板说明中列出的名称")
    if isinstance(error, TemplateSyntaxError):
        return InputError("模板写法有误，花括号或标签不完整", f"{name} 第{error.lineno}行", REMEDY)
    if isinstance(error, UndefinedError):
        return InputError("模板中有没有内容的名称", name, "请使用模板说明中列出的名称")
    if isinstance(error, SecurityError):
        return InputError(f"模板中有不允许的写法：{error}", name, REMEDY)
    return InputError("模板无法生成内容", name, REMEDY)


def _text(
    source: str, values: Mapping[str, object], name: str, known: Mapping[str, object] | None
) -> str:
    given = plain(values)
    try:
        return Sandbox(escaped=False, known=known).from_string(source).render(given)
    except (*BAD, SyntaxError, MemoryError) as error:
        raise refused(error, name) from error


def _allow(tree: nodes.Template) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, ALLOWED):
            raise SecurityError(type(node).__name__)
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise SecurityError(f"过滤器“{node.name}”")
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            raise SecurityError(f"条件“{node.name}”")
        if _hidden(node):
            raise SecurityError("下划线开头的名称")
        if isinstance(node, nodes.For) and node.recursive:
            raise SecurityError("循环自身嵌套")
    _shallow(tree, 0)


def _hidden(node: nodes.Node) -> bool:
    """Whether it speaks of an inner name; values have none, but nobody means well who asks."""
    if isinstance(node, nodes.Name | nodes.Filter):
        return node.name.startswith("_")
    if isinstance(node, nodes.Getattr):
        return node.attr.startswith("_")
    if isinstance(node, nodes.Getitem):
        return isinstance(node.arg, nodes.Const) and str(node.arg.value).startswith("_")
    return False


def _shallow(node: nodes.Node, depth: int) -> None:
    deeper = depth + isinstance(node, nodes.For)
    if deeper > DEEPEST:
        raise SecurityError(f"循环嵌套超过{DEEPEST}层")
    for child in node.iter_child_nodes():
        _shallow(child, deeper)


def _counted(items: Any) -> nodes.Filter:
    return nodes.Filter(items, "_steps", [], [], None, None, lineno=items.lineno)


def _said(value: Any) -> Any:
    return "" if value is None else value


def _printable(char: str) -> bool:
    """Whether XML may hold it: no control characters but tab and line end, no half characters."""
    if char < " ":
        return char in "\t\n"
    return not "\ud800" <= char <= "\udfff" and char not in "\ufffe\uffff"
