"""Loading: the bytes of an export become what it says of each account, by the layout that fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from monitor.collect.files import layout_sheet, notice, rows, sheets
from monitor.collect.files.fit import fit
from monitor.collect.files.grid import LIMITS, Limits, Sheet
from monitor.collect.files.layout import Layout, pick
from monitor.collect.files.rows import Line, Table
from monitor.domain.errors import InputError
from monitor.domain.instants import to_second
from monitor.domain.loading import LoadedAccount, LoadedFile, RowProblem
from monitor.domain.numbers import AccountNumbers, AccountObservation
from monitor.domain.post import SeenPost

_ACCOUNT_NUMBERS: Final = tuple(each.name for each in fields(AccountNumbers))
SHOWN: Final = 8
"""Titles of an unknown file that its refusal quotes."""


def read(  # limits are for tests and settings
    content: bytes,
    name: str,
    layout: str | None,
    layouts: Path | Sequence[Path],
    now: datetime,
    limits: Limits = LIMITS,
) -> LoadedFile:
    """What a file says, by the layout asked for or the one that fits; `layouts` are their folders.

    `rows` counts the rows that are not blank, refused ones included. A file with refused rows is
    not complete: what they said is not known. InputError where the file or its layout cannot be
    told.
    """
    folders = (layouts,) if isinstance(layouts, Path) else layouts
    known = layout_sheet.open_folders(*folders)
    found = sheets.read(content, name, limits)
    chosen, tables = _recognise(found, known, layout, name)
    gathered = _Gathered()
    for table in tables:
        gathered.take(rows.read(table, to_second(now)))
    cap = notice.cap(chosen, tables)
    under_cap = cap is None or gathered.rows < cap
    return LoadedFile(
        name=name,
        sha256=sha256(content).hexdigest(),
        layout=chosen.name,
        title=chosen.title,
        platform=chosen.platform,
        accounts=gathered.accounts(),
        problems=tuple(gathered.problems),
        rows=gathered.rows,
        complete=chosen.complete and under_cap and not gathered.problems,
        grade=chosen.grade,
        notes=(*chosen.notes, *_skipped(found, tables), *gathered.notes(under_cap=under_cap)),
    )


def _recognise(
    found: Sequence[Sheet], known: Mapping[str, Layout], asked: str | None, name: str
) -> tuple[Layout, list[Table]]:
    """The layout, and the tables of the file that are laid out so."""
    choice = [pick(known, asked)] if asked else list(known.values())
    fitting = [(each, fit(each, found, name)) for each in choice]
    fitting = [(each, tables) for each, tables in fitting if tables]
    if not fitting:
        raise _unknown(found, known, asked, name)
    best = max(_certainty(each) for each, _ in fitting)
    certain = [(each, tables) for each, tables in fitting if _certainty(each) == best]
    if len(certain) > 1:
        names = "、".join(f"{each.name}({each.title})" for each, _ in certain)
        raise InputError("有几种版式都像", name, f"请用 --layout 指明:{names}")
    return certain[0]


def _certainty(layout: Layout) -> tuple[bool, int]:
    """A header is surer than a place, and many words are surer than few."""
    return layout.first_row is None, len(layout.words)


def _unknown(
    found: Sequence[Sheet], known: Mapping[str, Layout], asked: str | None, name: str
) -> InputError:
    first = next((row for row in found[0].rows if any(row)), [])
    titles = "、".join(str(cell) for cell in first if cell not in (None, ""))
    what = f"文件与版式“{asked}”不符" if asked else "认不出这是哪种表"
    there = "、".join(each.title for each in known.values())
    return InputError(
        f"{what},首行为:{titles[:120]}",
        name,
        f"已有版式:{there};可用 --layout 指明,或改用通用模板",
    )


def _skipped(found: Sequence[Sheet], tables: Sequence[Table]) -> list[str]:
    used = {table.sheet for table in tables}
    return [f"工作表“{each.name}”不是数据,已跳过" for each in found if each.name not in used]


@dataclass
class _Gathered:
    """Rows gathered by account, in the order accounts first appear."""

    rows: int = 0
    problems: list[RowProblem] = field(default_factory=list)
    repeated: int = 0
    _found: dict[tuple[str, str], "_Account"] = field(default_factory=dict)

    def take(self, lines: Iterable[Line | RowProblem]) -> None:
        """Take rows in; a post told twice of the same instant is kept once, as told last."""
        for line in lines:
            self.rows += 1
            if isinstance(line, RowProblem):
                self.problems.append(line)
                continue
            key = (line.platform, line.uid or f"名称:{line.name}")
            account = self._found.get(key)
            if account is None:
                account = self._found[key] = _Account(line.platform, line.uid)
            self.repeated += account.take(line)

    def accounts(self) -> tuple[LoadedAccount, ...]:
        """What was said of each account."""
        return tuple(
            LoadedAccount(
                each.platform,
                each.uid,
                each.name,
                tuple(each.posts.values()),
                tuple(each.observations.values()),
            )
            for each in self._found.values()
        )

    def notes(self, *, under_cap: bool) -> list[str]:
        """What whoever loads the file should know."""
        said = []
        if self.repeated:
            said.append(f"有{self.repeated}行与其他行是同一作品、同一统计时间,只取最后一行")
        if not under_cap:
            said.append("行数已达平台导出上限,文件可能不全,不能证明未更新")
        if self.problems:
            said.append("有行被拒收,文件不作为未更新的依据")
        return said


@dataclass
class _Account:
    platform: str
    uid: str
    name: str = ""
    posts: dict[tuple[str, int], SeenPost] = field(default_factory=dict)
    observations: dict[tuple[int, str], AccountObservation] = field(default_factory=dict)

    def take(self, line: Line) -> bool:
        """Take one row in; True where it repeats a post."""
        self.name = line.name or self.name
        for seen in line.observations:
            key = (seen.observed_at, seen.basis)
            before = self.observations.get(key) if seen.basis == rows.DAILY else None
            self.observations[key] = seen if before is None else _united(before, seen)
        if line.post is None:
            return False
        at = (line.post.native_id, line.post.observed_at)
        repeats = at in self.posts
        self.posts[at] = line.post
        return repeats


def _united(before: AccountObservation, after: AccountObservation) -> AccountObservation:
    """Two tables of one sheet say different numbers of the same day; of the same one, the last."""
    told = [(name, getattr(after.numbers, name)) for name in _ACCOUNT_NUMBERS]
    if all(value is not None or getattr(before.numbers, name) is None for name, value in told):
        return after
    said = {name: value for name, value in told if value is not None}
    return replace(after, numbers=replace(before.numbers, **said))
