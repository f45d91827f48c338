"""Document: reads a mapping strictly, and says in Chinese where in it something is wrong."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from monitor.domain.errors import InputError
from monitor.domain.rank import RANKS

E = TypeVar("E", bound=StrEnum)


class Document:
    """One mapping of a larger document; `path` says where it stands, as `classes[2].over_days`.

    Every reader raises InputError naming the path; `done` refuses keys nobody read.
    """

    def __init__(self, content: object, path: str = "", title: str = "认定标准") -> None:
        self.path = path
        self.title = title
        if not isinstance(content, Mapping):
            raise self.wrong("", "应为一组“名称: 值”", content)
        self._content: Mapping[str, Any] = content
        self._read: set[str] = set()

    def at(self, key: str) -> str:
        """The path of a key."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def wrong(self, key: str, expected: str, value: object) -> InputError:
        """The error for a value that is not what was expected."""
        where = self.at(key) or "文件开头"
        return InputError(
            f"{self.title}的“{where}”{expected},读到的是{value!r}", where, "改正后重试"
        )

    def raw(self, key: str) -> Any:
        """The value, None where the key is missing."""
        self._read.add(key)
        return self._content.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "应为文字且不能为空", value)
        return value.strip()

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number between `low` and `high`."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(key, f"应为{low}至{high}之间的整数", value)
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(key, "应为 true 或 false", value)
        return value

    def day(self, key: str) -> date:
        """A calendar day, as YAML reads one or as text."""
        value = self.raw(key)
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(key, "应为日期,如 2026-01-01", value) from None

    def one_of(self, key: str, kind: type[E], allowed: Collection[E] | None = None) -> E:
        """A word of an enumeration, or of a part of it."""
        value = self.raw(key)
        words = {each.value: each for each in (allowed if allowed is not None else kind)}
        if not isinstance(value, str) or value not in words:
            raise self.wrong(key, f"应为{'、'.join(words)}之一", value)
        return words[value]

    def rank(self) -> str:
        """On whose word it stands."""
        found = self.text("rank")
        if found not in RANKS:
            raise self.wrong("rank", f"应为{'、'.join(RANKS)}之一", found)
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self.wrong(key, "应为列表", value)
        for number, each in enumerate(value):
            if not isinstance(each, str) or not each.strip():
                raise self.wrong(f"{key}[{number}]", "应为文字且不能为空", each)
        return tuple(value)

    def words(self, key: str, known: Collection[str]) -> frozenset[str]:
        """A list of words that are all known."""
        found = self.texts(key)
        for number, each in enumerate(found):
            if each not in known:
                raise self.wrong(f"{key}[{number}]", f"应为{'、'.join(known)}之一", each)
        return frozenset(found)

    def part(self, key: str) -> "Document":
        """The mapping under a key; an empty one where the key is missing."""
        value = self.raw(key)
        return Document({} if value is None else value, self.at(key), self.title)

    def parts(self, key: str) -> list["Document"]:
        """The mappings of a list that must not be empty."""
        value = self.raw(key)
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise self.wrong(key, "应为列表且不能为空", value)
        paths = [self.at(f"{key}[{n}]") for n, _ in enumerate(value)]
        return [Document(each, at, self.title) for each, at in zip(value, paths, strict=True)]

    def names(self) -> tuple[str, ...]:
        """The keys as they stand; reading them is left to the caller."""
        return tuple(self._content)

    def done(self) -> None:
        """Refuse what nobody asked for: a misspelt key would silently be without effect."""
        unknown = [str(key) for key in self._content if key not in self._read]
        if unknown:
            where = self.at(unknown[0])
            known = "、".join(sorted(self._read))
            raise InputError(f"{self.title}里有不认识的项“{where}”", where, f"可用的项:{known}")
