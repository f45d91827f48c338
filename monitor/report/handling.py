"""Handling 办理情况: what 问题清单 says of a problem once people have seen to it."""

from collections.abc import Iterable, Mapping
from typing import Final

from monitor.domain.bulletin import Candidate
from monitor.domain.case import OVER, State
from monitor.domain.finding import UPDATE_RULE, Finding
from monitor.domain.instants import shanghai_day
from monitor.domain.judged import Judged
from monitor.report import wording
from monitor.report.table import Cell

SILENT: Final = frozenset({"内容不更新", "睡眠", "僵尸", "长期停更", "从未更新", UPDATE_RULE})
"""What a silence may be called: it goes on growing while its case is under way."""
ENDED: Final = frozenset({State.CLOSED, State.SHUT})
SHUT: Final = frozenset({State.CLOSING, State.SHUT})


def cells(each: Candidate, now: int) -> dict[str, Cell]:
    """The columns from 核实人 to 通报期号; blank where nobody did it yet."""
    case, told = each.case, each.handling
    over = case.state in OVER
    return {
        "核实人": told.verifier or None,
        "核实时间": wording.instant(told.verified_at) or None,
        "单位说明": told.said or None,
        "12个月内第几次": told.nth,
        "整改单号": each.number,
        "处置措施": case.measure.value if case.measure else None,
        "整改期限": _day(each.due_at),
        "当前状态": case.state.value,
        "是否逾期": None if each.due_at is None or over else "是" if each.due_at < now else "否",
        "销号日期": _day(each.over_at) if case.state in ENDED else None,
        "通报期号": told.issue or None,
    }


def by_account(cases: Iterable[Candidate]) -> Mapping[int, Candidate]:
    """The newest case of each account; what was merged into another is none."""
    found: dict[int, Candidate] = {}
    for each in sorted(cases, key=lambda one: one.case_id):
        if each.case.state is not State.MERGED:
            found[each.account_id] = each
    return found


def of_finding(
    judged: Judged, finding: Finding, cases: Mapping[int, Candidate], now: int
) -> dict[str, Cell]:
    """The same columns for a finding that stands, where the account's newest case is about it."""
    case = cases.get(judged.own.account_id)
    return cells(case, now) if case is not None and _about(case, judged, finding) else {}


def outcomes(again: Iterable[Candidate]) -> dict[str, int]:
    """What became of accounts that were named, each case in one class; what proved wrong in none of
    them."""
    states = [each.case.state for each in again]
    closed, shut = states.count(State.CLOSED), sum(each in SHUT for each in states)
    left = len(states) - closed - shut - states.count(State.UNFOUNDED)
    return {"已销号数": closed, "转关停数": shut, "未整改到位数": left}


def _about(case: Candidate, judged: Judged, finding: Finding) -> bool:
    """A live case with a line of this problem, or one that ended after it was first found."""
    if case.case.state in OVER and case.opened_at < (judged.first_found_at or case.opened_at + 1):
        return False
    kinds = {one.kind for one in case.case.problems}
    return bool(kinds & SILENT) if finding.rule == UPDATE_RULE else finding.rule in kinds


def _day(second: int | None) -> str | None:
    return None if second is None else f"{shanghai_day(second):%Y-%m-%d}"
