"""A data sheet read strictly, item by item; what makes no sense is named with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

from monitor.domain.errors import InputError
from monitor.domain.rank import RANKS

E = TypeVar("E", bound=StrEnum)
MOST: Final = 3650
"""No number of a sheet is larger; a typing mistake is."""


@dataclass(frozen=True)
class Part:
    """A mapping of the sheet, where it stands, and which of its keys were read."""

    content: Mapping[str, Any]
    path: str
    where: str
    lines: Mapping[str, int]
    read: set[str] = field(default_factory=set)

    def wrong(self, key: str, told: str, remedy: str = "改正后重试") -> InputError:
        """What is wrong with an item, and on which line of the sheet it stands."""
        at = f"{self.path}.{key}" if self.path and key else self.path or key
        line = self.lines.get(at) or self.lines.get(self.path, 1)
        return InputError(f"“{at}”{told}", f"{self.where} 第{line}行", remedy)

    def raw(self, key: str) -> Any:
        """The item as it was written; None where it was not."""
        self.read.add(key)
        return self.content.get(key)

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "应为文字且不能为空")
        return value.strip()

    def whole(self, key: str, low: int = 1, high: int = MOST) -> int:
        """A whole number from `low` to `high`."""
        value = self.raw(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(key, f"应为{low}至{high}之间的整数")
        return value

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from `low` to `high`."""
        value = self.raw(key)
        if value is None and default is not None:
            return default
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not low <= value <= high:
            raise self.wrong(key, f"应为{low:g}至{high:g}之间的数")
        return float(value)

    def has(self, key: str) -> bool:
        """Whether the item was written; asking is reading it."""
        return self.raw(key) is not None

    def yes(self, key: str, *, default: bool) -> bool:
        """Yes or no."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "应为 true 或 false")
        return default if value is None else value

    def word(self, key: str, kind: type[E]) -> E:
        """One of the words of an enumeration."""
        return self.known(key, self.raw(key), kind)

    def known(self, key: str, value: object, kind: type[E]) -> E:
        """A value as a word of an enumeration."""
        found = next((each for each in kind if each.value == value), None)
        if found is None:
            raise self.wrong(key, f"应为{'、'.join(kind)}之一")
        return found

    def listed(self, key: str) -> list[Any]:
        """A list with something in it."""
        value = self.raw(key)
        if not isinstance(value, Sequence) or isinstance(value, str) or not value:
            raise self.wrong(key, "应为列表且不能为空")
        return list(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where it was not written."""
        if not self.has(key):
            return ()
        found = self.listed(key)
        for number, each in enumerate(found):
            if not isinstance(each, str) or not each.strip():
                raise self.wrong(f"{key}[{number}]", "应为文字且不能为空")
        return tuple(each.strip() for each in found)

    def part(self, key: str) -> "Part":
        """A mapping inside."""
        return self._inner(self.raw(key), key)

    def parts(self, key: str, *, optional: bool = False) -> list["Part"]:
        """A list of mappings; empty where it may be left out and was."""
        if optional and not self.has(key):
            return []
        return [self._inner(each, f"{key}[{n}]") for n, each in enumerate(self.listed(key))]

    def done(self) -> None:
        """Refuse what nobody asked for."""
        unknown = [str(key) for key in self.content if key not in self.read]
        if unknown:
            known = "、".join(sorted(self.read))
            raise self.wrong(unknown[0], "没有这一项", f"可用的项:{known}")

    def _inner(self, value: object, key: str) -> "Part":
        if not isinstance(value, Mapping):
            raise self.wrong(key, "应为一组“名称: 值”")
        at = f"{self.path}.{key}" if self.path else key
        return Part(value, at, self.where, self.lines)

    def rank(self) -> str:
        """Whose rule it is."""
        found = self.text("rank")
        if found not in RANKS:
            raise self.wrong("rank", f"应为{'、'.join(RANKS)}之一")
        return found
