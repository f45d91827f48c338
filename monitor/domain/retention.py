"""Retention 留存: how long each kind of data is kept, by whose rule; holds that stop the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Manner(StrEnum):
    """What of the data goes when its time is over."""

    ROW = "整条删除"
    BODY = "只清内容"
    FILE = "只清文件"
    THIN = "抽稀"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of data: kept for `days` from what `since` says, and never while `spares` says so.

    `key` names it in code, in receipts and in holds; `tables` are the tables it lies in, none for
    files alone.
    """

    key: str
    name: str
    tables: tuple[str, ...]
    days: int
    since: str
    manner: Manner
    spares: str
    source: str
    rank: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Tables whose rows stay, and why."""

    tables: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Retention:
    """The whole sheet: `sha256` is of its bytes, `version` is what receipts name."""

    version: int
    sha256: str
    source: str
    rank: str
    kinds: tuple[Kind, ...]
    kept: tuple[Kept, ...]

    @property
    def by_key(self) -> Mapping[str, Kind]:
        """The kinds by their key."""
        return {each.key: each for each in self.kinds}

    @property
    def tables(self) -> frozenset[str]:
        """Every table the sheet names."""
        cleared = [table for each in self.kinds for table in each.tables]
        return frozenset(cleared + [table for each in self.kept for table in each.tables])


class Covers(StrEnum):
    """What a hold covers."""

    HOUSE = "全部"
    UNIT = "单位(含下级)"
    ACCOUNT = "账号"
    CASE = "整改单所涉账号"


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold 留存 as it was placed: `kind` '' is every kind, `subject` the id of what it covers, 0
    for the whole house; [since, until) seconds bound the data's own time, None: unbounded."""

    kind: str
    covers: Covers
    subject: int = 0
    since: int | None = None
    until: int | None = None
