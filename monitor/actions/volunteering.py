"""自愿参与: officers' own accounts are invited, answer as they like, and leave at once."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import campaign_terms, telling
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent, once
from monitor.actions.telling import House
from monitor.domain.campaign import State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import VOLUNTARY
from monitor.domain.scope import Scope
from monitor.domain.volunteer import ANSWERS, SPARED, WHERE, Invitation, Reply, answered
from monitor.record import (
    audit,
    campaigns,
    invitations,
    notice_letters,
    officers,
    receipt_links,
    units,
    volunteers,
)
from monitor.record.campaigns import Kept
from monitor.record.screens import volunteering
from monitor.record.store import Store, Writing

MOST: Final = 200
ABSENT: Final = ("没有这项邀请,或不在本人管理范围内", "", "请刷新后重试")
OPEN: Final = frozenset({State.DRAFT, State.UNDER_WAY})


@needs(Permission.CAMPAIGN)
def invite(
    store: Store,
    actor: Person,
    campaign_id: int,
    account_ids: Collection[int],
    sent: Sent,
    house: House,
) -> int:
    """Invite officers' own accounts to a campaign; how many messages hand that on. Before it is
    issued they wait for that, and go with it.

    Conflict where an account has not both papers in force now, was asked before, or the campaign is
    over or stopped; InputError to a drill, to which nobody is invited.
    """
    wanted = set(account_ids)
    if not 0 < len(wanted) <= MOST:
        raise InputError(f"请选择1至{MOST}个账号", WHERE)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CAMPAIGN)

        def work() -> Mapping[str, Any]:
            kept = _inviting(tx, person, campaign_id)
            found = {each.account_id: each.unit_id for each in _candidates(tx, kept)}
            if not wanted <= found.keys():
                raise Conflict("有账号的两项文书不在有效期内,或已邀请过", WHERE, "请刷新后重新选择")
            invitations.invite(tx, kept.id, {each: found[each] for each in wanted}, person.id)
            audit.add(tx, person.id, "协同·自愿邀请", "campaign", str(kept.id), f"{len(wanted)}个")
            live = kept.state is State.UNDER_WAY
            return {"told": telling.invited(tx, house, kept.id) if live else 0}

        return int(once(tx, person, sent, work)["told"])


def _inviting(tx: Writing, person: Person, campaign_id: int) -> Kept:
    kept = campaign_terms.mine(tx, person, campaign_id)
    if kept.content.kind in SPARED:
        raise InputError(f"{kept.content.kind}不邀请民警个人账号", WHERE)
    desk = units.by_id(tx, kept.desk_id)
    if desk is None or kept.state not in OPEN or campaign_terms.stopped(tx, kept, desk):
        raise Conflict("这项协同发声已结束或正在停发", kept.content.title, "不再邀请")
    return kept


def _candidates(tx: Writing, kept: Kept) -> tuple[volunteering.Candidate, ...]:
    desk = units.by_id(tx, kept.desk_id)
    scope = Scope() if desk is None else Scope(frozenset({desk.path}))
    return volunteering.candidates(tx, scope, tx.second, kept.id)


@needs(Permission.CONSENT)
def answer(store: Store, actor: Person, which: tuple[int, int], said: Reply, sent: Sent) -> Reply:
    """Register what an officer told who keeps his papers, of an invitation `(id, version)`: 参加 or
    不参加, which asks for no reason. Conflict where it was answered meanwhile, or is over."""
    if said not in ANSWERS:
        raise InputError("请选“参加”或“不参加”", WHERE)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.CONSENT)

        def work() -> Mapping[str, Any]:
            kept = mine(tx, person, which[0])
            if kept.version != which[1]:
                raise Conflict("这项邀请刚答复过", WHERE, "请刷新后再看")
            reply(tx, kept, said, person.id)
            return {"reply": said.value}

        return Reply(once(tx, person, sent, work)["reply"])


def reply(tx: Writing, kept: Invitation, said: Reply, by: int | None) -> None:
    """Write an answer down inside a transaction; `by` None is the officer himself."""
    if not officers.joining(tx, kept.account_id).valid(tx.second):
        raise Conflict("两项文书已不在有效期内,邀请已失效", WHERE, "不需要再办理")
    after = answered(kept.reply, said, live=live(tx, kept))
    if not invitations.put(tx, kept, after):
        raise Conflict("这项邀请刚答复过", WHERE, "请刷新后再看")
    audit.add(tx, by, f"自愿参与·{after}", "campaign_invitation", str(kept.id), "")


def mine(tx: Writing, person: Person, invitation_id: int) -> Invitation:
    """An invitation of the person's units; Forbidden where it is none."""
    kept = invitations.get(tx, invitation_id)
    unit = None if kept is None else units.by_id(tx, kept.unit_id)
    if kept is None or unit is None or not scopes.covers(reach(person), unit.path, unit.line):
        raise Forbidden(*ABSENT)
    return kept


def live(tx: Writing, kept: Invitation) -> bool:
    """Whether its campaign is under way and no stop covers the account."""
    campaign = campaigns.get(tx, kept.campaign_id)
    under_way = campaign is not None and campaign.state is State.UNDER_WAY
    return under_way and not volunteers.stopped(tx, tx.second, kept.id)


def left(tx: Writing, account_id: int) -> None:
    """An account left the matrix: in the same transaction its invitations are over, their links
    open nothing, and what only invited it and did not leave yet leaves no more."""
    for each in invitations.lapse(tx, account_id):
        receipt_links.revoke(tx, VOLUNTARY, each.id)
        notice_letters.withdraw_invitation(tx, tx.second, each.campaign_id)
