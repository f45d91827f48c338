"""What saving a ledger would do: 新增, 变更(旧值→新值), 无变化, 上次有本次没有, 有误."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, say
from dashboard.markup import Card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.domain.account import Account
    from monitor.domain.loading import Alteration, LedgerDiff, RowProblem

SHOWN: Final = 100
"""Lines of each list: the rest is counted."""


def show(diff: LedgerDiff, *, folded: bool = True) -> None:
    """Five figures, and behind each what it counts; not `folded` where it is in a fold already."""
    markup.show(
        markup.cards(
            (
                Card("新增", f"{len(diff.added):,}"),
                Card("变更", f"{len(diff.changed):,}"),
                Card("无变化", f"{len(diff.unchanged):,}"),
                Card("上次有本次没有", f"{len(diff.absent):,}", "不删除，列入待核"),
                Card("有误", f"{len(diff.problems):,}", alarming=bool(diff.problems)),
            )
        )
    )
    _problems(diff.problems, folded=folded)
    _changed(diff.changed, folded=folded)
    _accounts("新增的账号", diff.added, folded=folded)
    _accounts("上次有本次没有的账号", diff.absent, folded=folded)


def _fold(title: str, *, folded: bool, opened: bool = False) -> AbstractContextManager[object]:
    """A fold of its own, or only its heading where one is open already: folds do not nest."""
    if folded:
        return st.expander(title, expanded=opened)
    markup.show(markup.note(title))
    return nullcontext()


def _problems(problems: Sequence[RowProblem], *, folded: bool) -> None:
    if not problems:
        return
    with _fold(f"有误{len(problems):,}处", folded=folded, opened=True):
        rows = [
            [
                each.sheet or say.NONE,
                f"{each.row}",
                each.column,
                each.value or "（空）",
                each.expected,
            ]
            for each in problems[:SHOWN]
        ]
        markup.show(markup.table(("工作表", "行", "列", "所填内容", "应为"), rows), _more(problems))


def _changed(changed: Sequence[tuple[Account, tuple[Alteration, ...]]], *, folded: bool) -> None:
    if not changed:
        return
    with _fold(f"变更{len(changed):,}个账号", folded=folded, opened=True):
        rows = [
            [
                account.name,
                say.platform(account.platform),
                each.column,
                each.before or "（空）",
                each.after or "（空）",
            ]
            for account, alterations in changed[:SHOWN]
            for each in alterations
        ]
        markup.show(markup.table(("账号名称", "平台", "列", "旧值", "新值"), rows), _more(changed))


def _accounts(title: str, accounts: Sequence[Account], *, folded: bool) -> None:
    if not accounts:
        return
    with _fold(f"{title}（{len(accounts):,}个）", folded=folded):
        rows = [
            [each.name, say.platform(each.platform), each.uid or "ID待补", each.unit_code]
            for each in accounts[:SHOWN]
        ]
        columns = ("账号名称", "平台", "账号编号", "机构代码")
        markup.show(markup.table(columns, rows), _more(accounts))


def _more(every: Sequence[object]) -> markup.Html:
    left = len(every) - SHOWN
    return markup.note(f"另有{left:,}个未列出。" if left > 0 else "")
