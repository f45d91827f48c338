"""今天要办: what waits for the very person who looks, sort by sort, each leading to its list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, links, markup, say
from dashboard.markup import Card
from monitor.domain.instants import DAY
from monitor.domain.person import Permission, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.page import Visit
    from monitor.record.screens.awaited import Tasks

COUNTY: Final = frozenset({Role.OPERATOR, Role.UNIT_LIAISON})
"""Who answers for the accounts of one unit and asks nothing of others."""
TITLE: Final = "今天要办"
NOTHING: Final = "目前没有等您办理的事项。"


def of_a_unit(visit: Visit) -> bool:
    """Whether somebody works for one unit only, and for nobody above it."""
    return bool(visit.person.roles) and visit.person.roles <= COUNTY


def show(visit: Visit) -> None:
    """A card for each sort of which something waits; one line where nothing does."""
    cards = tuple(card for ask in ASKED for card in ask(visit))
    st.subheader(TITLE, anchor=False)
    markup.show(markup.cards(cards) if cards else markup.note(NOTHING))


def _signatures(visit: Visit) -> Iterator[Card]:
    if not visit.may(Permission.APPROVE):
        return
    found = data.read(visit, data.approving.waiting, visit.now, visit.person.id)
    if found:
        due = min((each.due_at for each in found if each.due_at is not None), default=None)
        told = f"最早{say.short(due)}到期" if due is not None else "未设期限"
        soon = due is not None and due - visit.now < DAY
        yield Card("待您审批", f"{len(found):,}件", told, links.to(links.APPROVING), alarming=soon)


def _cases(visit: Visit) -> Iterator[Card]:
    if not visit.may(Permission.SEE_CASES):
        return
    me = data.cases.Wanted(mine=visit.person.id)
    found = data.read(visit, data.cases.waiting, visit.now, me)
    if found.mine:
        told = f"在办{found.live:,}件"
        yield Card("整改待您办", f"{found.mine:,}件", told, links.to(links.CASES, tab="mine"))
    if found.overdue or found.today:
        told = f"今日到期{found.today:,}件"
        href = links.to(links.CASES, tab="overdue" if found.overdue else "")
        late = found.overdue > 0
        yield Card("整改逾期", f"{found.overdue:,}件", told, href, alarming=late)


def _ledger(visit: Visit) -> Iterator[Card]:
    if not visit.may(Permission.CONFIRM):
        return
    said = data.read(visit, data.proposals.waiting, visit.now, limit=1).total
    if said:
        told = "改名、注销、停更等"
        yield Card("台账待确认", f"{said:,}项", told, links.to(links.CONFIRMING))
    asked = data.read(visit, data.lives.pending, visit.now, limit=1).total
    if asked:
        told = "开设、变更、关停"
        yield Card("账号申请待批", f"{asked:,}项", told, links.to(links.LIFECYCLE))


def _objections(visit: Visit) -> Iterator[Card]:
    if not visit.may(Permission.ASSESS):
        return
    waiting = data.read(visit, data.deciding.objections, visit.now)
    if waiting:
        told, href = "采纳或不采纳，都要写说明", links.to(links.ASSESSING)
        yield Card("考核异议待答复", f"{waiting:,}件", told, href)


def _campaigns(visit: Visit) -> Iterator[Card]:
    if not visit.may(Permission.SEE_CAMPAIGNS):
        return
    found = data.read(visit, data.awaited.tasks, visit.now)
    late = found.missed + found.to_correct > 0
    href = links.to(links.CAMPAIGNS)
    if of_a_unit(visit):
        if found.open:
            yield Card("协同待发布", f"{found.open:,}个账号", _due(found), href, alarming=late)
    elif found.campaigns:
        told = f"未发布{found.to_publish + found.missed:,}个、待更正{found.to_correct:,}个"
        more = f"{told}、无法核验{found.unknown:,}个"
        yield Card("协同进行中", f"{found.campaigns:,}项", more, href, alarming=late)


def _due(found: Tasks) -> str:
    late = f"其中已超时{found.missed:,}个" if found.missed else ""
    return late or (f"{say.short(found.due_at)}截止" if found.due_at else "已过截止时间")


def _reports(visit: Visit) -> Iterator[Card]:
    if not (of_a_unit(visit) and visit.may(Permission.REPORT)):
        return
    lines = data.read(visit, data.reporting.units, visit.now)
    left = sum(each.asked - each.filled for each in lines)
    if left:
        due = max((each.due for each in lines if each.due), default=None)
        told = f"{say.short(due)}截止" if due else "本周"
        yield Card("本周填报未填", f"{left:,}个账号", told, links.to(links.REPORTING))


def _clearings(visit: Visit) -> Iterator[Card]:
    answers, checks = visit.may(Permission.REPORT), visit.may(Permission.CONFIRM)
    if not (answers or checks):
        return
    for each in data.read(visit, data.awaited.clearings, visit.now):
        left = each.count.waiting + each.count.returned
        if answers and left:
            href = links.to(links.CLEARING, id=each.clearing_id, part="answer")
            told, late = f"{say.short(each.answer_by)}截止", visit.now > each.answer_by
            yield Card("清理排查未自查", f"{left:,}个账号", told, href, alarming=late)
        if checks and each.count.answered:
            href = links.to(links.CLEARING, id=each.clearing_id, part="check")
            told, late = f"{say.short(each.check_by)}截止", visit.now > each.check_by
            number = f"{each.count.answered:,}个账号"
            yield Card("清理排查待核查", number, told, href, alarming=late)


ASKED: Final[tuple[Callable[[Visit], Iterator[Card]], ...]] = (
    *(_signatures, _cases, _campaigns, _reports),
    *(_objections, _clearings, _ledger),
)
"""In the order in which they press."""
