"""附件1 问题清单: whom a bulletin names, one row per account and problem."""

import re
from typing import Final

from monitor.domain.bulletin import Candidate
from monitor.domain.case import Problem
from monitor.domain.finding import Outcome
from monitor.domain.instants import shanghai_day
from monitor.report import handling, tables
from monitor.report.drafted import Draft
from monitor.report.table import TAIL, Cell, Table, build

NAME: Final = "问题清单"
NOTES: Final = (
    "一个账号的一项问题占一行,同一账号可有多行;均已人工核实,并告知单位满3个工作日。",
    "静默下限、上限按统计期末已有的数据给出;具体情形为核实时的原文。通报期号在印发时填写。",
)
_BRACKETS: Final = re.compile(r"\(.*?\)|^\d+个月内")
"""What a column's name has that a template's name may not."""
ISSUE: Final = "通报期号"


def confirmed(each: Candidate) -> tuple[Problem, ...]:
    """The problems of a case that somebody verified."""
    return tuple(one for one in each.case.problems if one.confirmed)


def table(draft: Draft) -> Table:
    """The list, in the order of the gate: by place, unit and number."""
    known = {each.own.account_id: each for each in draft.judged}
    rows: list[dict[str, Cell]] = []
    for each in draft.gate.entering:
        judged = known.get(each.account_id)
        cutoff = judged.own.cutoff if judged else None
        tail = dict(zip(TAIL, draft.imprint.tail(cutoff), strict=True))
        about = tables.who(judged) | tables.seen(judged) if judged else _bare(each)
        first = (judged.first_found_at if judged else None) or each.opened_at
        about |= handling.cells(each, draft.imprint.exported_at) | {ISSUE: None} | tail
        about["首次发现日期"] = f"{shanghai_day(first):%Y-%m-%d}" if first else None
        rows += [
            about | _problem(one, draft) | {"序号": len(rows) + place}
            for place, one in enumerate(confirmed(each), 1)
        ]
    return build(NAME, tables.PROBLEM_COLUMNS, rows, NOTES)


def paper_rows(listed: Table) -> list[dict[str, str]]:
    """A table's rows as a Word template asks for them: names without brackets, no data as ''."""
    keys = [_BRACKETS.sub("", name) for name in listed.columns]
    return [
        dict(zip(keys, ("" if each is None else str(each) for each in row), strict=True))
        for row in listed.rows
    ]


def numbered(listed: Table, number: str) -> Table:
    """The same list once its bulletin has a number."""
    if ISSUE not in listed.columns:
        return listed
    place = listed.columns.index(ISSUE)
    rows = tuple((*row[:place], number or None, *row[place + 1 :]) for row in listed.rows)
    return Table(listed.name, listed.columns, rows, listed.notes)


def _bare(each: Candidate) -> dict[str, Cell]:
    """Of an account that the registry did not know at the period's end."""
    return {
        "市州": each.place,
        "主办单位": each.unit,
        "平台": each.platform,
        "账号名称": each.account,
    }


def _problem(one: Problem, draft: Draft) -> dict[str, Cell]:
    upper = one.upper.startswith(Outcome.FAIL)
    hint = Outcome.HINT in (one.own, one.upper) and not upper
    return {
        "问题类型": one.kind,
        "问题程度(提醒/不合格)": (Outcome.HINT if hint else Outcome.FAIL).value,
        "是否单项否决": ("是" if upper else "否") if one.upper else None,
        "上级口径结论": one.upper or None,
        "本厅口径结论": one.own or None,
        "认定依据": tables.basis_of(one.kind, draft.imprint.own),
        "具体情形": one.sentence,
    }
