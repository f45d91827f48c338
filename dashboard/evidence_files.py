"""核查佐证材料 to take along: of each conclusion of an account, and of each problem of a case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, say
from monitor.actions import evidence_packs
from monitor.domain.finding import Outcome
from monitor.domain.material import called
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.record.screens.account import Concluded, Identity
    from monitor.record.screens.cases import CaseLine

ZIP: Final = "application/zip"
NOTE: Final = (
    "材料含原始记录、查看轮次、当时的标准全文和计算过程；解压后运行其中的 verify.py 即可自检，"
    "不需要本系统。下载记入审计。"
)
WORTH: Final = frozenset({Outcome.FAIL.value, Outcome.HINT.value, Outcome.UNDECIDED.value})


def of_account(visit: Visit, found: Identity, concluded: Sequence[Concluded]) -> None:
    """A button for each rule that concluded anything but 正常."""
    rules = sorted({each.rule for each in concluded if each.outcome in WORTH})
    if not rules or not visit.may(Permission.EXPORT):
        return
    markup.show(markup.note(NOTE))
    with st.container(horizontal=True):
        for rule in rules:
            name = called(say.platform(found.platform), found.name, rule)
            made = partial(_finding, visit, found.account_id, rule)
            _button(f"下载核查佐证材料（{rule}）", made, name, f"pack-{rule}")


def of_case(visit: Visit, line: CaseLine) -> None:
    """A button for each problem of a case that the system measured."""
    measured = [
        (number, each)
        for number, each in enumerate(line.kept.case.problems)
        if each.finding_id is not None
    ]
    if not measured:
        return
    markup.show(markup.note(NOTE))
    with st.container(horizontal=True):
        for number, problem in measured:
            name = called(say.platform(line.platform), line.name, problem.kind)
            made = partial(_problem, visit, line.kept.id, number)
            _button(f"下载核查佐证材料（{problem.kind}）", made, name, f"pack-{number}")


def _finding(visit: Visit, account_id: int, rule: str) -> bytes:
    return evidence_packs.of_finding(
        visit.store, visit.person, account_id, rule, visit.data_dir
    ).content


def _problem(visit: Visit, case_id: int, number: int) -> bytes:
    return evidence_packs.of_case(
        visit.store, visit.person, case_id, number, visit.data_dir
    ).content


def _button(label: str, made: partial[bytes], name: str, key: str) -> None:
    """Made when somebody fetches it, not at every look."""
    st.download_button(label, made, name, ZIP, on_click="ignore", key=key)
