"""Person 人员 and Role 角色: who signs in, what for, and how far they see."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.instants import BEGINNING, OPEN
from monitor.domain.scope import NOTHING, Scope


class Role(StrEnum):
    """A person's part; the full table of permissions is in `access.permissions`."""

    EDITOR = "编辑"
    HEAD = "科室负责人"
    DIRECTOR = "分管处领导"
    CHIEF = "厅领导"
    SECRECY = "保密审查员"
    COSIGNER = "业务会签人"
    ASSESSOR = "考核员"
    DUTY = "值班员"
    MESSAGES = "留言专员"
    PREFECTURE_ADMIN = "市州管理员"
    LIAISON = "市州联络员"
    PREFECTURE_REVIEWER = "市州审核人"
    UNIT_LIAISON = "单位联络员"
    OPERATOR = "账号运维员"
    SYSTEM_ADMIN = "系统管理员"
    SECURITY_ADMIN = "安全管理员"
    AUDIT_ADMIN = "审计管理员"
    VIEWER = "查阅人员"
    LINE = "条线人员"


class Permission(StrEnum):
    """What may be done; which role may do it stands in `access.permissions`."""

    SEE_HOME = "查看首页"
    SEE_ACCOUNTS = "查看账号"
    SEE_HEALTH = "查看健康"
    SEE_COLLECTING = "查看采集"
    SEE_PEOPLE = "查看人员"
    SEE_AUDIT = "查看审计"
    ASK_COLLECT = "立即采集"
    ASK_JUDGE = "立即比对"
    EXPORT = "导出"
    EXPORT_SENSITIVE = "敏感导出"
    REVEAL = "查看联系方式"
    PATROL = "巡查"
    REPORT = "填报"
    OPEN_REPORTS = "下达填报"
    SEND_FORMS = "分发与回收"
    IMPORT_DATA = "导入数据"
    IMPORT_LEDGER = "导入台账"
    EDIT_ACCOUNTS = "变更账号"
    APPLY = "申请账号事项"
    CONSENT = "办理民警个人账号手续"
    DRAFT = "拟稿"
    APPROVE = "审批"
    MANAGE_PEOPLE = "管理人员"
    MANAGE_SECRETS = "管理授权"
    RETAIN = "数据留存与清理"
    SET_UP = "启用设置"
    FINALISE = "认定标准定稿"
    CONFIRM = "确认台账变更"
    ASSIGN = "巡查分工"
    SEE_CASES = "查看整改"
    VERIFY = "核实问题"
    ASSIGN_CASE = "交办整改"
    TRANSIT_CASE = "转办与初核"
    RECTIFY = "办理整改"
    EXCEED = "准予超限"
    SEE_CAMPAIGNS = "查看协同"
    CAMPAIGN = "组织协同"
    STOP_CAMPAIGN = "紧急停发"
    CAMPAIGN_TASK = "办理协同任务"
    SEE_SCORES = "查看考核"
    ASSESS = "组织考核"
    SETTLE = "审定考核"
    OBJECT = "提出考核异议"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over a unit sub-tree (`path`) or a `line`, in [since, until) UTC seconds.

    `behalf` is the person whose right it is where a deputy (B岗) holds it for a time.
    """

    role: Role
    path: str = ""
    line: str = ""
    since: int = BEGINNING
    until: int = OPEN
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in. `login` is ASCII; `roles` may be several.

    `held` are the grants in force: a role reaches as far as its own grant, not as far as another's.
    Without them every role is taken to reach over the whole of `scope`.
    """

    id: int
    login: str
    name: str
    roles: frozenset[Role] = frozenset()
    scope: Scope = NOTHING
    must_change: bool = False
    active: bool = True
    held: tuple[Grant, ...] = ()

    @property
    def shown(self) -> str:
        """The name as every screen and paper shows it: a deputy is always known as one."""
        deputy = any(each.behalf is not None for each in self.held)
        return f"{self.name}(B岗代)" if deputy else self.name


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser: whose, until when and last used when (UTC seconds), its form token."""

    id: int
    person: Person
    expires_at: int
    csrf: str
    seen_at: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody signs in from: the address, and the sort of browser in a few words."""

    address: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """One open session as its person sees it: where, since and last seen when (UTC seconds)."""

    id: int
    place: Place
    since: int
    seen_at: int
