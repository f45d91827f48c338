"""待确认事项: a person confirms or refuses what a look or a unit says of the registry."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import life_moving
from monitor.actions.permitting import permit_person, reach
from monitor.domain.account import Kind, State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission, Person
from monitor.domain.proposal import LONGEST, OWN_WORD, Decision, Matter, Proposal, agreed
from monitor.record import accounts, audit, jobs, proposals
from monitor.record.screens import proposals as screens
from monitor.record.screens.proposals import Proposed
from monitor.record.store import Store, Writing

JUDGE: Final = "judge-due"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided. `said` is the new name of 更名, the paper or notice of 暂停更新, and
    the reason wherever it is refused."""

    proposal_id: int
    agree: bool
    said: str = ""


@needs(Permission.CONFIRM)
def decide(store: Store, actor: Person, ruling: Ruling, data_dir: Path) -> Proposal:
    """Confirm, and revise the registry; or refuse with a reason. Decided once.

    Forbidden outside the own scope, for one's own word, and where no level above decides;
    InputError where a name, a paper or a reason is wanting; Conflict where it was decided before.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CONFIRM)
        found = screens.one(tx, reach(person), tx.second, ruling.proposal_id)
        if found is None:
            raise Forbidden("没有这一项,或不在本人管理范围内", "", "请刷新列表后重试")
        barred = barred_from(person, found)
        if barred:
            raise Forbidden(barred, "", "请由其他有权限的人员办理")
        said = _said(found, ruling)
        decision = Decision.AGREED if ruling.agree else Decision.REFUSED
        proposals.close(tx, found.id, decision, person.id, "" if ruling.agree else said)
        if ruling.agree:
            _revise(tx, person, found, said, data_dir)
        verb = "确认" if ruling.agree else "不予确认"
        audit.add(tx, person.id, f"{verb}{found.matter}", "account", str(found.account_id), "")
        if not jobs.waiting(tx, JUDGE):
            jobs.ask(tx, JUDGE, {}, f"proposal:{found.id}", person.id)
        decided = proposals.by_id(tx, found.id)
    if decided is None:
        raise Forbidden("没有这一项")
    return decided


def barred_from(person: Person, found: Proposed) -> str:
    """Why this person may not decide it, as a Chinese sentence; '' where nothing bars."""
    if found.person_id == person.id:
        return "本人提出的事项不能由本人确认"
    if Matter(found.matter) in OWN_WORD and not scopes.above(person.scope, found.filler_path):
        return "单位申报的失管、暂停更新,由上一级确认"
    return ""


def _said(found: Proposed, ruling: Ruling) -> str:
    text = ruling.said.strip()[:LONGEST]
    refuse_marked({"说明": text})
    matter = Matter(found.matter)
    if not ruling.agree and not text:
        raise InputError("请写明不予确认的理由", "理由")
    if ruling.agree and matter is Matter.PAUSED and not text:
        raise InputError("请填写批准文号或提示公告链接", "依据", "没有报批的不能按暂停更新办理")
    if ruling.agree and matter is Matter.RENAMED:
        text = text or found.value
        if not text:
            raise InputError("请填写现用名称", "现用名称")
    return text


def _revise(tx: Writing, person: Person, found: Proposed, said: str, data_dir: Path) -> None:
    account = accounts.by_id(tx, found.account_id)
    if account is None:
        raise Conflict("台账里已没有这个账号", found.name, "请刷新后查看")
    day, matter = shanghai_day(found.stated_at), Matter(found.matter)
    closed = account.state is State.CLOSED and account.kind is Kind.OFFICIAL
    if matter is Matter.REMOVED and closed:
        life_moving.found_gone(tx, person, found.account_id, day, data_dir)
        return
    after = agreed(account, matter, day, said)
    accounts.save(tx, [replace(after, id=account.id)])
