"""月度运行情况提示 as plain values: one page, five numbers, no order and no scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.domain.bulletin import Candidate, Period
from monitor.domain.case import OVER, Side, State
from monitor.domain.instants import shanghai_day
from monitor.report.figures import Figures

ROWS = 20
"""One page holds so many matters; the rest is in the system."""


@dataclass(frozen=True, slots=True)
class Month:
    """What a hint is made of; `cases` are those live in the month or ended in it."""

    period: Period
    office: str
    addressee: str
    contact: str
    figures: Figures
    cases: tuple[Candidate, ...]
    topics: str = ""


def values(month: Month) -> dict[str, Any]:
    """What stands in the paper, by the names its template uses."""
    period, told = month.period, month.figures
    matters = [each for each in month.cases if each.case.holder is Side.UNIT]
    matters.sort(key=lambda each: (each.place, each.unit, each.number))
    return {
        "标题": f"公安政务新媒体运行情况提示({period.said})",
        "主送": month.addressee,
        "总体": (
            f"备案账号{told.registered}个,纳入监测{told.counted}个,可认定{told.decided}个,"
            f"其中正常和提醒{told.passed}个;在办整改事项{_live(month.cases)}件。"
        ),
        "事项": [_row(place, each) for place, each in enumerate(matters[:ROWS], 1)],
        "事项说明": _said(len(matters)),
        "上月": _ended(month),
        "下月": month.topics or f"请结合{period.following.said}重要节点,提前准备选题。",
        "联系人": month.contact,
        "落款": month.office,
        "文号": "",
        "日期": "",
        "群内文字": "",
    }


def group_text(values: Mapping[str, Any]) -> str:
    """The hint as a message for the group: whom it concerns, and until when."""
    lines = [f"【运行情况提示】{values['标题']}", values["总体"], values["事项说明"]]
    lines += [
        f"{row['序号']}. {row['单位']}“{row['账号']}”:{row['事项']}"
        + (f",{row['期限']}前" if row["期限"] else "")
        for row in values["事项"]
    ]
    return "\n".join([*lines, values["上月"], f"下月重点:{values['下月']}", "已办理的请忽略。"])


def text(values: Mapping[str, Any]) -> str:
    """The whole paper as text."""
    return group_text(values)


def _live(cases: Sequence[Candidate]) -> int:
    return sum(each.case.state not in OVER for each in cases)


def _said(matters: int) -> str:
    if not matters:
        return "没有待单位办理的事项。"
    rest = f",此处列{ROWS}项,其余见系统" if matters > ROWS else ""
    return f"请下列单位办理,共{matters}项{rest}(不分先后):"


def _row(place: int, each: Candidate) -> dict[str, str]:
    kinds = [one.kind for one in each.case.problems if one.confirmed is not False]
    due = "" if each.due_at is None else f"{shanghai_day(each.due_at):%m-%d}"
    return {
        "序号": str(place),
        "单位": each.unit,
        "账号": f"{each.account}({each.platform})",
        "事项": "、".join(kinds),
        "期限": due,
        "整改单号": each.number,
    }


def _ended(month: Month) -> str:
    ended = [each for each in month.cases if each.case.state in (State.CLOSED, State.SHUT)]
    wrong = sum(each.case.state is State.UNFOUNDED for each in month.cases)
    more = f",经核实不属实{wrong}件" if wrong else ""
    return f"{month.period.said}办结{len(ended)}件{more},仍在办{_live(month.cases)}件。"
