"""Permissions: one table, role by role; nothing that is not in it may be done."""

from collections.abc import Iterable, Mapping
from typing import Final

from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person, Role

_SEE = frozenset(
    {
        Permission.SEE_HOME,
        Permission.SEE_ACCOUNTS,
        Permission.SEE_HEALTH,
    }
)
_WORK = _SEE | {Permission.SEE_COLLECTING, Permission.EXPORT, Permission.PATROL}
_ASK = frozenset({Permission.REPORT, Permission.OPEN_REPORTS})
_LEDGER = frozenset({Permission.IMPORT_LEDGER, Permission.SEND_FORMS, Permission.IMPORT_DATA})
_WRITE = frozenset({Permission.DRAFT, Permission.APPROVE})
"""To write a text and ask for its approval; which stage one may sign stands in the chains."""

TABLE: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.EDITOR: _WORK
    | _LEDGER
    | _ASK
    | {Permission.ASK_COLLECT, Permission.ASK_JUDGE, Permission.MANAGE_PEOPLE, Permission.SET_UP}
    | _WRITE,
    Role.HEAD: _WORK | _WRITE | {Permission.ASK_JUDGE, Permission.SET_UP},
    Role.DIRECTOR: _SEE | {Permission.APPROVE},
    Role.CHIEF: _SEE | {Permission.APPROVE},
    Role.SECRECY: frozenset({Permission.APPROVE}),
    Role.COSIGNER: frozenset({Permission.APPROVE}),
    Role.VIEWER: _SEE,
    Role.PREFECTURE_ADMIN: _WORK | _LEDGER | _ASK | _WRITE | {Permission.MANAGE_PEOPLE},
    Role.LIAISON: _WORK | _LEDGER | _ASK | _WRITE,
    Role.PREFECTURE_REVIEWER: _SEE | {Permission.APPROVE},
    # Who looks at a page of the own unit speaks against that unit only: the grade says so.
    Role.OPERATOR: _SEE | {Permission.IMPORT_DATA, Permission.PATROL, Permission.REPORT},
    Role.UNIT_LIAISON: _SEE | _WRITE | {Permission.PATROL, Permission.REPORT},
    # 三员: they keep the machine, not the business; none of them sees an account's findings.
    Role.SYSTEM_ADMIN: frozenset(
        {Permission.SEE_COLLECTING, Permission.ASK_COLLECT, Permission.MANAGE_PEOPLE}
    ),
    Role.SECURITY_ADMIN: frozenset({Permission.MANAGE_PEOPLE}),
    Role.AUDIT_ADMIN: frozenset(),
}

KEEPERS: Final = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def allowed(roles: Iterable[Role]) -> frozenset[Permission]:
    """All that these roles together may do."""
    return frozenset().union(*(TABLE[role] for role in roles))


def may(person: Person, permission: Permission) -> bool:
    """Whether a person may do it; one who is out or must first change the password may nothing."""
    return person.active and not person.must_change and permission in allowed(person.roles)


def require(person: Person, permission: Permission) -> None:
    """Go on only where the person may; Forbidden says what is missing and whom to ask."""
    if not may(person, permission):
        raise Forbidden(f"没有“{permission}”的权限", "", "如确有需要，请联系管理员授权")


def excluded(roles: Iterable[Role]) -> str:
    """Why these roles may not be one person's, as a Chinese sentence; '' where they may."""
    held = frozenset(roles)
    if len(held & KEEPERS) > 1:
        return "系统管理员、安全管理员、审计管理员不得由同一人担任"
    if held & KEEPERS and held - KEEPERS:
        return "系统管理员、安全管理员、审计管理员不得兼任业务角色"
    return ""


def outranks(actor: Iterable[Role], roles: Iterable[Role]) -> bool:
    """Whether somebody with the roles `actor` may give out `roles`, or reset whoever holds them.

    The keepers of the machine manage everybody; others only those who may do no more than they.
    """
    held = frozenset(actor)
    if held & {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}:
        return True
    given = frozenset(roles)
    return not given & KEEPERS and allowed(given) <= allowed(held)
