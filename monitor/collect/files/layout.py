"""Layout 版式: how one kind of export is laid out, read strictly from its YAML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Final

from monitor.domain.errors import InputError
from monitor.domain.numbers import AccountNumbers, PostNumbers

TEXT_FIELDS: Final = frozenset(
    {"platform", "account_name", "account_id", "native_id", "url", "title", "form"}
)
TIME_FIELDS: Final = frozenset({"published", "stat_date"})
POST_FIELDS: Final = frozenset(each.name for each in fields(PostNumbers))
ACCOUNT_FIELDS: Final = frozenset(f"account.{each.name}" for each in fields(AccountNumbers))
COUNT_FIELDS: Final = POST_FIELDS | ACCOUNT_FIELDS
FIELDS: Final = TEXT_FIELDS | TIME_FIELDS | COUNT_FIELDS


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    ID = "id"
    TIME = "time"
    COUNT = "count"
    SHARE = "share"
    POINTS = "points"
    SECONDS = "seconds"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file.

    `aim` is the field it becomes; a column without one is kept nowhere, but its cells are checked,
    so that a table whose columns have shifted is refused. `at` is a fixed place (0 is column
    A), else the column is found by `names`. `by_platform` gives other fields on other platforms.
    Rows whose cell is one of `skip`, or none of `keep`, tell of something else and are left out.
    """

    title: str
    kind: Kind
    aim: str = ""
    names: tuple[str, ...] = ()
    at: int | None = None
    required: bool = False
    by_platform: Mapping[str, str] = field(default_factory=dict)
    skip: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    def aim_on(self, platform: str) -> str:
        """What the column becomes for an account on `platform`."""
        return self.by_platform.get(platform, self.aim)


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file.

    `platform` is '' where a column says it. `words` is the signature: headers that stand together
    in one of the first `within` rows; where `first_row` is given there is no header to look for and
    the data begins there (as Excel counts), after the blank columns `blank`, in a table at least
    `width` columns wide. `sheet` is the only worksheet that counts, '' any. `beside` are columns of
    further tables that stand to the right in the same sheet. A number after the words `notice`
    above the header is the platform's own cap. `complete`, `row_cap` and `grade`: see LoadedFile.
    `missing` are further writings of 'no data'. `notes` are told to whoever loads such a file.
    """

    name: str
    title: str
    platform: str
    columns: tuple[Column, ...]
    words: tuple[str, ...] = ()
    within: int = 6
    first_row: int | None = None
    blank: tuple[int, ...] = ()
    width: int = 0
    sheet: str = ""
    notice: str = ""
    beside: tuple[tuple[Column, ...], ...] = ()
    complete: bool = False
    row_cap: int | None = None
    grade: int = 0
    basis: str = "累计"
    missing: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    source: str = ""


def pick(layouts: Mapping[str, Layout], name: str) -> Layout:
    """The layout of that name or title; InputError lists what there is."""
    for layout in layouts.values():
        if name in (layout.name, layout.title):
            return layout
    there = "、".join(f"{each.name}({each.title})" for each in layouts.values())
    raise InputError(f"没有名为“{name}”的版式", "--layout", f"可选:{there}")


def paths(folders: Sequence[Path]) -> list[Path]:
    """The layouts of all folders: adding a YAML adds a layout. Only the first must hold some."""
    found = [sorted(folder.glob("*.yaml")) for folder in folders]
    if not found or not found[0]:
        name = folders[0].name if folders else ""
        raise InputError("没有找到任何导入版式", name, "请从安装包恢复 data/layouts")
    return [path for each in found for path in each]
