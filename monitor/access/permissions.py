"""Permissions: one table, role by role; nothing that is not in it may be done."""

from collections.abc import Iterable, Mapping
from typing import Final

from monitor.access import scopes
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person, Role
from monitor.domain.scope import NOTHING, Scope

P = Permission
_SEE = frozenset({P.SEE_HOME, P.SEE_ACCOUNTS, P.SEE_HEALTH, P.SEE_CAMPAIGNS, P.SEE_SCORES})
_WORK = _SEE | {P.SEE_COLLECTING, P.EXPORT, P.PATROL}
_ASK = frozenset({P.REPORT, P.OPEN_REPORTS})
_LEDGER = frozenset({P.IMPORT_LEDGER, P.SEND_FORMS, P.IMPORT_DATA, P.EDIT_ACCOUNTS, P.APPLY})
_LEAD = frozenset({P.CONFIRM, P.ASSIGN})
_CONTACT = frozenset({P.SEE_PEOPLE, P.REVEAL})
_CASES = frozenset({P.SEE_CASES, P.VERIFY})
"""To say whether a problem is one; to put it to the unit is another person's right."""
_RUN = frozenset({P.CAMPAIGN, P.STOP_CAMPAIGN, P.CAMPAIGN_TASK})
"""To run a campaign, and to enter what units say of their tasks."""
_WRITE = frozenset({P.DRAFT, P.APPROVE})
"""To write a text and ask for its approval; which stage one may sign stands in the chains."""

TABLE: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.EDITOR: _WORK
    | _LEDGER
    | _ASK
    | _CONTACT
    | _WRITE
    | _LEAD
    | _CASES
    | {P.ASK_COLLECT, P.ASK_JUDGE, P.MANAGE_PEOPLE, P.MANAGE_SECRETS, P.SET_UP}
    | _RUN
    | {P.CONSENT, P.EXPORT_SENSITIVE, P.ASSESS},
    Role.HEAD: _WORK
    | _CONTACT
    | _WRITE
    | _LEAD
    | {P.ASK_JUDGE, P.SET_UP, P.EXPORT_SENSITIVE, P.RETAIN}
    | {P.SEE_CASES, P.ASSIGN_CASE, P.EXCEED, P.APPLY, P.FINALISE}
    | {P.CAMPAIGN, P.STOP_CAMPAIGN, P.SETTLE},
    Role.DIRECTOR: _SEE | {P.SEE_CASES, P.EXPORT, P.APPROVE, P.STOP_CAMPAIGN},
    Role.CHIEF: _SEE | {P.SEE_CASES, P.APPROVE, P.STOP_CAMPAIGN},
    Role.SECRECY: frozenset({P.SEE_HOME, P.APPROVE}),
    Role.COSIGNER: frozenset({P.SEE_HOME, P.APPROVE}),
    Role.ASSESSOR: _SEE | _WRITE | {P.SEE_CASES, P.SEE_COLLECTING, P.EXPORT, P.ASSESS, P.REVEAL},
    Role.DUTY: _WORK | _CONTACT | _WRITE | {P.SEE_CASES, P.STOP_CAMPAIGN, P.CAMPAIGN_TASK},
    Role.MESSAGES: _WRITE | {P.SEE_HOME, P.SEE_ACCOUNTS, P.REVEAL},
    Role.PREFECTURE_ADMIN: _WORK
    | _LEDGER
    | _ASK
    | _CONTACT
    | _WRITE
    | _LEAD
    | _CASES
    | _RUN
    | {P.MANAGE_PEOPLE, P.MANAGE_SECRETS, P.CONSENT, P.TRANSIT_CASE, P.OBJECT},
    Role.LIAISON: _WORK
    | _LEDGER
    | _ASK
    | _CONTACT
    | _WRITE
    | _LEAD
    | _CASES
    | {P.MANAGE_SECRETS, P.CONSENT, P.TRANSIT_CASE, P.CAMPAIGN_TASK, P.OBJECT},
    Role.PREFECTURE_REVIEWER: _SEE
    | {P.SEE_CASES, P.ASSIGN_CASE, P.EXPORT, P.APPROVE, P.STOP_CAMPAIGN},
    Role.UNIT_LIAISON: _SEE
    | _WRITE
    | {P.SEE_CASES, P.RECTIFY, P.PATROL, P.REPORT, P.CONSENT, P.APPLY, P.CAMPAIGN_TASK, P.OBJECT},
    # Who looks at a page of the own unit speaks against that unit only: the grade says so.
    Role.OPERATOR: _SEE
    | {P.SEE_CASES, P.RECTIFY, P.IMPORT_DATA, P.PATROL, P.REPORT, P.CAMPAIGN_TASK},
    # 三员: they keep the machine, not the business; none of them sees an account's findings.
    Role.SYSTEM_ADMIN: frozenset(
        {P.SEE_COLLECTING, P.ASK_COLLECT, P.SEE_PEOPLE, P.MANAGE_PEOPLE, P.MANAGE_SECRETS}
    ),
    Role.SECURITY_ADMIN: frozenset({P.SEE_PEOPLE, P.MANAGE_PEOPLE, P.RETAIN}),
    Role.AUDIT_ADMIN: frozenset({P.SEE_AUDIT}),
    Role.VIEWER: _SEE | {P.SEE_CASES},
    Role.LINE: _SEE | {P.SEE_CASES, P.EXPORT, P.APPROVE},
}

KEEPERS: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
BUSINESS: Final = frozenset(Role) - KEEPERS
CITY_GIVES: Final = frozenset(
    {Role.LIAISON, Role.PREFECTURE_REVIEWER, Role.UNIT_LIAISON, Role.OPERATOR, Role.VIEWER}
)
GIVES: Final[Mapping[Role, frozenset[Role]]] = {
    Role.EDITOR: BUSINESS,
    Role.PREFECTURE_ADMIN: CITY_GIVES,
    Role.SYSTEM_ADMIN: frozenset(Role),
    Role.SECURITY_ADMIN: frozenset(Role),
}
"""Which roles a manager of people may give out, and whose passwords reset. A 市州管理员 gives out
what works below a city, never an equal."""


def allowed(roles: Iterable[Role]) -> frozenset[Permission]:
    """All that these roles together may do."""
    return frozenset().union(*(TABLE[role] for role in roles))


def may(person: Person, permission: Permission) -> bool:
    """Whether a person may do it; one who is out or must first change the password may nothing."""
    return person.active and not person.must_change and permission in allowed(person.roles)


def require(person: Person, *permissions: Permission) -> None:
    """Go on only where the person may do one of them; Forbidden says what is missing."""
    if not any(may(person, each) for each in permissions):
        wanted = "、".join(each.value for each in permissions)
        raise Forbidden(f"没有“{wanted}”的权限", "", "如确有需要，请联系管理员授权")


def reach(person: Person, *permissions: Permission) -> Scope:
    """How far somebody may do any of these: the scopes of the grants whose role allows one.

    Somebody who reads the whole province and manages one city manages that city only.
    """
    given = [each for each in permissions if may(person, each)]
    if not given:
        return NOTHING
    if not person.held:
        return person.scope
    giving = [each for each in person.held if TABLE[each.role] & set(given)]
    return scopes.united(giving)


def behalf(person: Person, *permissions: Permission) -> int | None:
    """Whose deputy (B岗) somebody is in doing one of these; None where the own right does as well.

    Where own and lent rights reach to different places, the lent one is named: it was in use too.
    """
    giving = [each for each in person.held if TABLE[each.role] & set(permissions)]
    own = scopes.united(each for each in giving if each.behalf is None)
    lent = [each for each in giving if each.behalf is not None]
    more = [each for each in lent if not scopes.within(scopes.united([each]), own)]
    return more[0].behalf if more else None


def excluded(roles: Iterable[Role]) -> str:
    """Why these roles may not be one person's, as a Chinese sentence; '' where they may."""
    held = frozenset(roles)
    if len(held & KEEPERS) > 1:
        return "系统管理员、安全管理员、审计管理员不得由同一人担任"
    if held & KEEPERS and held - KEEPERS:
        return "系统管理员、安全管理员、审计管理员不得兼任业务角色"
    return ""


def outranks(actor: Iterable[Role], roles: Iterable[Role]) -> bool:
    """Whether somebody with the roles `actor` may give out `roles`, or reset whoever holds them."""
    gives = frozenset().union(*(GIVES.get(role, frozenset()) for role in actor))
    return frozenset(roles) <= gives
