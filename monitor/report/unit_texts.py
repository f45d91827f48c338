"""Unit texts 市州、县区文本: the week told to one prefecture or county, to paste or to send."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.case import Side
from monitor.domain.case_matter import Matter
from monitor.domain.filing import Filing
from monitor.domain.instants import DAY
from monitor.domain.judged import Judged
from monitor.domain.person import Role
from monitor.domain.week import Week
from monitor.report import case_reminder, figures, group_text, wording

LISTED: Final = 10
EARLY: Final = 7 * DAY
"""A county hears a week before the limit, so that it never reaches the department."""


def city(week: Week) -> str:
    """The digest of a prefecture: what it must do, its figures, what runs out, problems, gaps.

    Empty parts disappear; a week in which nothing needs anybody is one line.
    """
    head = f"{week.name}{wording.SUBJECT}周报 {wording.issue(week.monday)}"
    told = (
        *(_my_cases(week), _owed(week), _filings(week), _soon(week)),
        *(_failing(week), _cases(week), _gaps(week)),
    )
    parts = [part for part in told if part]
    if not parts:
        return f"{_marks(week)}{head}:{_figures(week)}本周无事。"
    owed = [part for part in parts if part.startswith("【请您办理】")]
    rest = [part for part in parts if part not in owed]
    lines = [f"{_marks(week)}{head}", *owed, f"【本市情况】{_figures(week)}", *rest]
    return "\n".join([*lines, "有不同意见,请电话联系省厅宣传处值班室。", wording.NOTE_SUSPECTED])


def county(week: Week) -> str:
    """What a county has to do, worst first within what it can do; nothing to do is one line."""
    things = [*_things(week)]
    if not things:
        return f"{_marks(week)}{week.name}:{_figures(week)}本周无事。"
    lines = [f"{_marks(week)}{week.name}:您有{len(things)}件事"]
    lines += [f"{place}){thing}" for place, thing in enumerate(things, 1)]
    lines.append(f"您的账号:{_figures(week)}")
    lines.append(f"已办的请忽略。本周不用另报表。{wording.NOTE_EARLY}")
    return "\n".join(lines)


def county_line(week: Week) -> str:
    """One line for the group, '' where there is nothing to do."""
    things = [*_things(week, short=True)]
    if not things:
        return ""
    said = f"{_marks(week)}@{week.name} {';'.join(things)}。已办请忽略。"
    return (
        said
        if len(said) <= group_text.LONGEST
        else f"{_marks(week)}@{week.name} 共{len(things)}件待办。"
    )


def thursday(week: Week) -> str:
    """周四提醒 for a prefecture: who still owes lines today, what runs out by next week."""
    parts = [part for part in (_my_cases(week), _owed(week), _filings(week), _soon(week)) if part]
    head = f"{_marks(week)}【周四提醒】{week.name} {wording.issue(week.monday)}"
    if not parts:
        return f"{head}:本周无事。"
    return "\n".join([head, *parts, "已办的请忽略。"])


def marks(week: Week) -> tuple[str, ...]:
    """What must be known before anything else: invented data, a trial period."""
    found = [wording.DEMO_MARK] if week.demo else []
    if week.trial_until is not None:
        found.append(wording.trial_note(week.trial_until))
    return tuple(found)


def _things(week: Week, *, short: bool = False) -> Iterator[str]:
    for each, left in figures.soon(week.now, EARLY):
        limit = wording.limit(each.own.limit)
        gone = wording.whole_days(each.own.limit - left)
        yield f"{_name(each)}已{gone}天未更新,距{limit}{wording.time_left(left)}"
    for mine in week.cases:
        if mine.side is Side.UNIT:
            yield f"{_case(mine)}" + ("" if short else ",请按期反馈")
    for late in week.filings:
        yield f"{_filing(late)}" + ("" if short else ",请补报并登记备案号或注销日期")
    for each in _worst(week):
        more = "" if short else ";请先核对,已更新的请补链接"
        yield f"{_name(each)}{_state(each)}{more}"
    left = sum(each.left for each in week.errands)
    if left:
        due = max(each.due for each in week.errands)
        yield f"本周填报还有{left}个账号未填,{wording.moment(due)}截止"


def _owed(week: Week) -> str:
    if not week.errands:
        return ""
    names = "、".join(f"{each.unit_name}({each.left}个)" for each in week.errands[:LISTED])
    more = "等" if len(week.errands) > LISTED else ""
    due = wording.moment(max(each.due for each in week.errands))
    return f"【请您办理】未填完填报的单位{len(week.errands)}家({due}截止):{names}{more}"


def _filings(week: Week) -> str:
    said = [f"{_filing(each)}({each.unit_name})" for each in week.filings]
    return f"【报备逾期】{wording.FILING}{len(said)}项:{_listed(said)}" if said else ""


def _filing(each: Filing) -> str:
    platform = PLATFORMS.get(each.platform, each.platform)
    return f"“{each.account}”{platform}{wording.filing(each)}"


def _my_cases(week: Week) -> str:
    """What lies with the prefecture itself: to pass on, or to check first."""
    mine = [_case(each) for each in week.cases if each.side is Side.TRANSIT]
    return f"【请您办理】待转办或初核的整改单{len(mine)}件:{_listed(mine)}" if mine else ""


def _cases(week: Week) -> str:
    """All that is under way in the area, the latest first."""
    over = sum(each.left < 0 for each in week.cases)
    late = f",其中逾期{over}件" if over else ""
    said = [f"{_case(each)}(在{each.holder})" for each in week.cases]
    return f"【整改】在办{len(said)}件{late}:{_listed(said)}" if said else ""


def _case(each: Matter) -> str:
    return f"{each.number}“{each.account}”{case_reminder.left(each.left)}"


def _figures(week: Week) -> str:
    counted = figures.count(week.now)
    parts = [f"账号{counted.registered}个,纳入{counted.counted}个,可认定{counted.decided}个"]
    parts.append(f"正常{counted.ok}、提醒{counted.hinted}、疑似问题{counted.failed}")
    if counted.undecided:
        parts.append(f"暂不作认定{counted.undecided}(不影响评价)")
    if week.before is not None:
        difference = counted.failed - figures.count(week.before).failed
        parts.append(f"较上周疑似问题{difference:+d}" if difference else "疑似问题与上周持平")
    if counted.decided:
        parts.append(f"合格率{wording.rate(counted.passed, counted.decided)}")
    return ";".join(parts) + "。"


def _soon(week: Week) -> str:
    found = figures.soon(week.now)
    told = figures.reminded(week, [each for each, _ in found])
    said = [f"{_name(each)}({wording.time_left(left)}{_heard(each, told)})" for each, left in found]
    limit = wording.limit(week.own.least_failing_limit)
    return f"【将满{limit}】{_listed(said)}" if said else ""


def _heard(each: Judged, told: Mapping[Role, frozenset[int]]) -> str:
    """Who was reminded of it already."""
    said = [role for role, ids in told.items() if each.own.account_id in ids]
    return f",已提醒{'、'.join(said)}" if said else ""


def _failing(week: Week) -> str:
    said = [f"{_name(each)}{_state(each)}" for each in _worst(week)]
    return f"【疑似问题账号】(均待核实){_listed(said)}" if said else ""


def _gaps(week: Week) -> str:
    gaps = figures.gaps(week.now)
    if not gaps:
        return ""
    total = sum(each.accounts for each in gaps)
    said = [
        f"{each.accounts}个{each.cause}" + (f"({each.remedy})" if each.remedy else "")
        for each in gaps
    ]
    return f"【暂不作认定】{total}个,不作批评:{'、'.join(said)}"


def _worst(week: Week) -> list[Judged]:
    failing = figures.failing(week.now)
    return sorted(failing, key=lambda each: (-(each.own.silence_min or 0), each.own.account_id))


def _listed(said: Sequence[str]) -> str:
    more = f";另有{len(said) - LISTED}个,见系统" if len(said) > LISTED else ""
    return ";".join(said[:LISTED]) + more


def _name(judged: Judged) -> str:
    account = judged.registered.account
    return f"“{account.name}”{PLATFORMS.get(account.platform, account.platform)}"


def _state(judged: Judged) -> str:
    own = judged.own
    named = "、".join(wording.suspected(each) for each in figures.problems(judged))
    silent = wording.silence(own.silence_min, own.silence_max)
    return f" {named},静默{silent}" if silent != wording.NO_DATA else f" {named}"


def _marks(week: Week) -> str:
    return "".join(f"【{mark}】" for mark in marks(week))
