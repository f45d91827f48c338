"""A shelf of data sheets, YAML read safely into a mapping, and of the office's Word templates."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from monitor.domain.errors import InputError

LARGEST: int = 4_000_000
"""No data sheet a person writes comes near this many bytes."""
DEEPEST = 40
"""Levels of nesting; the parser would run out of stack long after anything sensible."""
REMEMBERED: int = 20_000
"""A text of no more characters is understood once: sheets are asked far oftener than changed."""


PROBLEMS = (
    ("\\t", "不能用制表符缩进,请改用空格"),
    ("could not determine a constructor", "不支持的标记(!)"),
    ("expected ',' or", "括号没有成对,或漏了逗号"),
    ("mapping values are not allowed", "这里不该有冒号,或上一行缩进不对"),
    ("expected <block end>", "缩进与上文不一致"),
    ("while scanning a quoted scalar", "引号没有成对"),
    ("unexpected end of stream", "引号没有成对"),
)
"""What the parser says, and what a person is told."""


class Page(NamedTuple):
    """One data sheet: what it says, the hash of its bytes, and its text."""

    mapping: dict[str, Any]
    sha256: str
    text: str


class _Loader(yaml.SafeLoader):
    """Plain values only; no aliases (they can grow without end), no key twice, dates as dates."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """One node; aliases and bottomless nesting are refused."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        mark: Any = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "不支持别名(*)", mark)
        self._depth = getattr(self, "_depth", 0) + 1
        if self._depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, "嵌套过深", mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """A mapping whose keys are texts, each once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"“{key.value}”写了两次", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read(path: Path) -> Page:
    """The data sheet at `path`; InputError names the line where it cannot be understood."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(
            "文件打不开", f"{path.name}:{error.strerror}", "请核对路径和权限"
        ) from None
    return parse(content, path.name)


def parse(content: bytes, name: str) -> Page:
    """The data sheet in `content`."""
    if len(content) > LARGEST:
        raise InputError("数据文件过大", name, f"应小于{LARGEST // 1_000_000} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("文件不是 UTF-8 编码", f"{name} 第{line}行", "请另存为 UTF-8") from None
    return Page(_mapping(text, name), sha256(content).hexdigest(), text)


def template(data_dir: Path, name: str, what: str = "文书模板") -> bytes:
    """The office's own template as it is now; InputError where it was taken away."""
    path = data_dir / "templates" / name
    if not path.is_file():
        raise InputError(f"缺少{what}", name, "请从安装包恢复 data/templates")
    return path.read_bytes()


class _Dumper(yaml.SafeDumper):
    """Plain values written out in full: what is read refuses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        del data
        return True


def write(mapping: Mapping[str, Any], before: str = "") -> str:
    """A sheet as text that reads as the same mapping, under the comment lines `before` begins with.

    Comments further down are not kept: they spoke of what may be another now.
    """
    head = "".join(takewhile(lambda line: line.startswith("#"), before.splitlines(keepends=True)))
    return head + yaml.dump(  # nosec B506 # writes only
        dict(mapping), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100
    )


def lines(text: str) -> dict[str, int]:
    """The line (from 1) on which each item of a sheet stands, by its path: `kinds[0].days`."""
    return dict(_numbers_remembered(text) if len(text) <= REMEMBERED else _numbered(text))


def _numbered(text: str) -> dict[str, int]:
    node = yaml.compose(text, Loader=_Loader)
    return {} if node is None else dict(_lines(node, ""))


def _lines(node: Any, path: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at = f"{path}.{key.value}" if path else str(key.value)
            yield at, key.start_mark.line + 1
            yield from _lines(value, at)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield f"{path}[{number}]", value.start_mark.line + 1
            yield from _lines(value, f"{path}[{number}]")


def _mapping(text: str, name: str) -> dict[str, Any]:
    try:
        # What is remembered is copied: each caller may change its own.
        known = len(text) <= REMEMBERED
        found = deepcopy(_remembered(text)) if known else _understood(text)
    except yaml.YAMLError as error:
        raise _explain(error, name) from None
    except ValueError:
        raise InputError("YAML 中有写错的日期或数字", name, "请核对日期和数字的写法") from None
    if found is None:
        raise InputError("文件没有内容", name, "请从备份或安装包恢复这个文件")
    if not isinstance(found, dict):
        raise InputError("文件应为“名称: 值”的形式", name, "请对照同目录的其他文件修改")
    return {str(key): value for key, value in found.items()}


def _understood(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)  # nosec B506 # a SafeLoader, made stricter


_remembered = lru_cache(maxsize=64)(_understood)
_numbers_remembered = lru_cache(maxsize=64)(_numbered)


def _explain(error: yaml.YAMLError, name: str) -> InputError:
    mark = getattr(error, "problem_mark", None)
    where = f"{name} 第{mark.line + 1}行第{mark.column + 1}列" if mark is not None else name
    said = str(getattr(error, "problem", None) or "")
    own = said if not said.isascii() else "这里无法理解"
    problem = next((ours for theirs, ours in PROBLEMS if theirs in said), own)
    return InputError(f"YAML 写法有误:{problem}", where, "请核对缩进、引号和冒号后的空格")
