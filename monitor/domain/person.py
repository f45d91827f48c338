"""Person 人员 and Role 角色: who signs in, what for, and how far they see."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.scope import NOTHING, Scope


class Role(StrEnum):
    """A person's part; the full table of permissions is in `access`."""

    EDITOR = "编辑"
    HEAD = "科室负责人"
    VIEWER = "查阅人员"
    LIAISON = "市州联络员"
    OPERATOR = "账号运维员"
    SYSTEM_ADMIN = "系统管理员"
    SECURITY_ADMIN = "安全管理员"
    AUDIT_ADMIN = "审计管理员"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. `login` is ASCII; `roles` may be several."""

    id: int
    login: str
    name: str
    roles: frozenset[Role] = frozenset()
    scope: Scope = NOTHING
    must_change: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: whose, until when (UTC seconds), and its form token."""

    id: int
    person: Person
    expires_at: int
    csrf: str
