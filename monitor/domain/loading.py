"""Loading: what a file said, row by row, and what was wrong with the rows that were refused."""

from dataclasses import dataclass, field

from monitor.domain.account import Account
from monitor.domain.numbers import AccountObservation
from monitor.domain.post import SeenPost


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One refused row: where it stands (`row` as Excel counts), and what was expected."""

    sheet: str
    row: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return f"{sheet}第{self.row}行“{self.column}”列:“{self.value}”有误,应为{self.expected}"


@dataclass(frozen=True, slots=True)
class LoadedAccount:
    """All that one file says of one account. `uid` or `name` may be '' where the file has none."""

    platform: str
    uid: str
    name: str
    posts: tuple[SeenPost, ...] = ()
    observations: tuple[AccountObservation, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file read by a layout.

    `complete`: the layout promises every post of its period, and the rows are under its cap, so the
    file may prove silence. `grade` is what it then proves it with. `title` is the layout's.
    """

    name: str
    sha256: str
    layout: str
    platform: str
    accounts: tuple[LoadedAccount, ...]
    problems: tuple[RowProblem, ...] = ()
    rows: int = 0
    complete: bool = False
    grade: int = 0
    notes: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Alteration:
    """One column of one account that differs from the registry."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LedgerDiff:
    """A ledger held against the registry, before anything is saved.

    `absent` are accounts that stand in the registry for the units the file covers and are not
    in the file: listed to be checked, never deleted.
    """

    added: tuple[Account, ...] = ()
    changed: tuple[tuple[Account, tuple[Alteration, ...]], ...] = ()
    unchanged: tuple[Account, ...] = ()
    absent: tuple[Account, ...] = ()
    problems: tuple[RowProblem, ...] = field(default=())
