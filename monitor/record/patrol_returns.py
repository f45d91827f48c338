"""巡查表 that came back: each line against the registry and what is known, then stored or refused.

The command line and the desk take the form in through here, so that both understand the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.domain.account import Account
from monitor.domain.loading import RowProblem
from monitor.domain.patrol import Doubt, Look, Moment, doubt
from monitor.domain.patrol_sheet import NAME, NEWEST, SECOND, FilledLine
from monitor.domain.report_entry import say_moment
from monitor.record import looks
from monitor.record.looks import Witness
from monitor.record.store import Reading, Writing

AT_ONCE: Final = 50
"""Lines stored by one transaction, so that nobody waits long for the write lock."""


@dataclass
class Returned:
    """What became of a form: looks stored, lines taken in before, lines left blank, refusals."""

    stored: int = 0
    already: int = 0
    blank: int = 0
    problems: list[RowProblem] = field(default_factory=list)


class Known:
    """The accounts a form may speak of, by everything it may call them."""

    def __init__(self, every: Sequence[Account]) -> None:
        self._by_id = {each.id: each for each in every}
        self._by_uid = {(each.platform, each.uid): each for each in every if each.uid}
        self._by_name: dict[tuple[str, str], list[Account]] = {}
        for each in every:
            self._by_name.setdefault((each.platform, each.name), []).append(each)

    def find(self, line: FilledLine) -> Account | None:
        """By its number where platform and name or id agree, else by id, else by a name that only
        one account has; a number that points to another account is not believed."""
        numbered = self._by_id.get(line.account_id) if line.account_id is not None else None
        if numbered is not None and _agrees(numbered, line):
            return numbered
        if line.uid:
            return self._by_uid.get((line.platform, line.uid))
        named = self._by_name.get((line.platform, line.name), [])
        return named[0] if len(named) == 1 else None


@dataclass(frozen=True)
class Desk:
    """Where returned lines are taken in: the hash of the file they stand in, what the word about
    an account is worth and whose it is, the least failing limit, the accounts it may speak of."""

    sha256: str
    grade: Callable[[Account], int]
    limit: int
    known: Known
    person_id: int | None = None

    def look(self, tx: Reading, line: FilledLine) -> tuple[Account, Look] | RowProblem:
        """The look a line states, or by row and column why it cannot be taken."""
        account = self.known.find(line)
        if account is None or account.id is None:
            return RowProblem(line.sheet, line.row, NAME, line.name, "本人范围内台账中的账号")
        look = _look(account.id, line)
        newest = looks.newest_live(tx, account.id, look.end)
        doubted = doubt(look, None if newest is None else newest.when, self.limit)
        return _doubtful(line, doubted) if doubted else (account, look)

    def take(self, tx: Writing, line: FilledLine, done: Returned) -> None:
        """Store one line, or note why not."""
        found = self.look(tx, line)
        if isinstance(found, RowProblem):
            done.problems.append(found)
            return
        account, look = found
        key = f"{self.sha256}:{line.sheet}:{line.row}"
        witness = Witness(self.grade(account), self.person_id, key)
        kept = looks.save(tx, account.platform, look, witness)
        done.already += kept.already
        done.stored += not kept.already


def _look(account_id: int, line: FilledLine) -> Look:
    is_url = line.post.startswith(("http://", "https://"))
    looker = f"查看人:{line.looker}" if line.looker else ""
    return Look(
        account_id=account_id,
        looked_from=line.looked[0],
        looked_until=line.looked[1],
        seen=line.seen,
        newest=line.newest,
        empty=line.empty,
        title="" if is_url else line.post,
        url=line.post if is_url else "",
        second=line.second,
        comments=line.comments,
        name_now=line.name_now,
        remark=" ".join(part for part in (line.remark, looker) if part),
    )


def _doubtful(line: FilledLine, doubted: Doubt) -> RowProblem:
    if doubted is Doubt.NEWER_KNOWN:
        expected = "不早于系统已知的最新作品(请核对:置顶?已删除?排序?)"
        return RowProblem(line.sheet, line.row, NEWEST, _said(line.newest), expected)
    if doubted is Doubt.PINNED:
        expected = "不晚于最近一条的时间(最近一条应为置顶内容)"
        return RowProblem(line.sheet, line.row, SECOND, _said(line.second), expected)
    expected = "第二条的发布时间,没有第二条填“无”(按最近一条将超过更新期限)"
    return RowProblem(line.sheet, line.row, SECOND, "", expected)


def _said(when: Moment | None) -> str:
    return "无" if when is None else say_moment(*when)


def _agrees(account: Account, line: FilledLine) -> bool:
    alike = line.name == account.name or (line.uid != "" and line.uid == account.uid)
    return account.platform == line.platform and alike
