"""Campaign 协同发声: one release that accounts publish in an order, and the task each one has."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What is released."""

    MAJOR = "重大信息发布"
    INCIDENT = "警情通报"
    EMERGENCY = "突发事件回应"
    POLICY = "政策解读"
    WARNING = "预警提示"
    TOPIC = "专题宣传"
    CORRECTION = "更正/撤稿"
    DRILL = "演练"

    @property
    def sort(self) -> str:
        """How the chains of approval call it."""
        return self.value.replace("/", "")


class Order(StrEnum):
    """Who publishes first."""

    PROVINCE = "省厅首发,各地跟进"
    PLACE = "属地首发,上级转发"
    TOGETHER = "同时发布"
    BATCHES = "分批(时间表)"
    MAIN = "只发主账号"


class State(StrEnum):
    """Where a campaign stands, as screens say it. Before it is issued that follows from its
    approval, 紧急停发 from a stop that is in force: neither is kept twice."""

    DRAFT = "拟稿"
    COSIGN = "会签"
    SECRECY = "保密审查"
    REVIEW = "待审核"
    ENDORSE = "待审签"
    TO_ISSUE = "待下达"
    UNDER_WAY = "进行中"
    ENDED = "已截止"
    ARCHIVED = "已总结归档"
    RETURNED = "已退回"
    LATE = "待改期"
    STOPPED = "紧急停发"
    CANCELLED = "已撤销"


KEPT: Final = frozenset(
    {State.DRAFT, State.UNDER_WAY, State.ENDED, State.ARCHIVED, State.CANCELLED}
)
"""The states a row holds; the others follow."""


class Move(StrEnum):
    """What somebody does with a campaign: the buttons, word for word."""

    ISSUE = "下达"
    END = "截止"
    ARCHIVE = "总结归档"
    CANCEL = "撤销"


class TaskState(StrEnum):
    """Where one account's task stands."""

    TO_SIGN = "待签收"
    TO_PUBLISH = "待发布"
    REPORTED = "已发布待核验"
    VERIFIED = "已核验"
    MISSED = "超时未发布"
    LATE = "超时补发"
    ASKS_OUT = "申请免发"
    EXCUSED = "准予免发"
    DIFFERS = "内容有出入"
    TO_CORRECT = "待更正"
    CORRECTED = "已更正"
    RETRACTED = "已撤稿"
    UNKNOWN = "无法核验"


WAITING: Final = frozenset({TaskState.TO_SIGN, TaskState.TO_PUBLISH})
ABSENT: Final = WAITING | {TaskState.MISSED, TaskState.UNKNOWN}
OUT: Final = frozenset({TaskState.REPORTED, TaskState.VERIFIED, TaskState.LATE, TaskState.DIFFERS})
"""States in which something stands on the platform, or is said to."""
SURE: Final = frozenset(
    {
        TaskState.VERIFIED,
        TaskState.LATE,
        TaskState.DIFFERS,
        TaskState.TO_CORRECT,
        TaskState.CORRECTED,
        TaskState.RETRACTED,
    }
)
"""States in which it is known to have been published."""
DONE: Final = frozenset(
    {
        TaskState.VERIFIED,
        TaskState.LATE,
        TaskState.EXCUSED,
        TaskState.CORRECTED,
        TaskState.RETRACTED,
    }
)
"""Nothing more is asked of the unit."""
OPEN: Final = frozenset(TaskState) - DONE


class TaskMove(StrEnum):
    """What happens to a task: by its unit, by who runs the campaign, or by what was seen."""

    SIGN = "签收"
    REPORT = "填链接"
    TELL = "报告已发(暂无链接)"
    ASK_OUT = "申请免发"
    GRANT = "准予免发"
    DENY = "不予准许"
    VERIFY = "核验通过"
    REJECT = "核验不符"
    TO_CORRECT = "要求更正"
    CORRECTED = "已更正"
    RETRACTED = "已撤稿"
    FOUND = "自动核验"
    DOUBT = "待人工核验"
    DIFFERS = "内容有出入"
    MISSED = "超时未发布"
    UNKNOWN = "无法核验"


class Hand(StrEnum):
    """Whose move it is: the account's unit, who runs the campaign, or what the machine saw."""

    UNIT = "单位"
    DESK = "承办处室"
    MACHINE = "系统"


class Source(StrEnum):
    """On whose word a publication stands."""

    MACHINE = "自动"
    PERSON = "人工"
    SELF = "自报"


class Comments(StrEnum):
    """What is done with comments below the release."""

    OPEN = "开放评论"
    PICKED = "精选评论"
    SHUT = "关闭评论"


class Change(StrEnum):
    """What a unit may change by itself."""

    TITLE = "可改标题"
    SHORTEN = "可删减"
    LOCAL = "可加本地信息"
    PICTURE = "可换配图"


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts every account must say alike; '' where a release has none of the sort."""

    time: str = ""
    place: str = ""
    people: str = ""
    amount: str = ""
    progress: str = ""

    def said(self) -> tuple[tuple[str, str], ...]:
        """Those there are, by their names."""
        every = (self.time, self.place, self.people, self.amount, self.progress)
        return tuple(each for each in zip(FACTS, every, strict=True) if each[1])


FACTS: Final = ("时间", "地点", "人数", "金额", "进展")


@dataclass(frozen=True, slots=True)
class Aim:
    """Which accounts: an empty condition holds for all. `regions` are codes ('' is the province
    itself), `lines` 警种条线, `levels` of units; `reach` is the least number of followers."""

    regions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    main: bool = False
    key: bool = False
    healthy: bool = False
    reach: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A picture, a film or a text that goes with a release: its sha256, its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Content:
    """All that is approved of a campaign. `texts` are (platform, text), `embargo` and `due`
    seconds, `first` the code of the unit that publishes first, `gap` minutes between batches;
    `amends` is the campaign a 更正/撤稿 puts right."""

    kind: Kind
    title: str
    order: Order
    brief: str
    body: str
    facts: Facts = Facts()
    texts: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    comments: Comments = Comments.OPEN
    comments_why: str = ""
    document: str = ""
    embargo: int | None = None
    due: int = 0
    contact: str = ""
    aim: Aim = Aim()
    first: str = ""
    gap: int = 0
    amends: int | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One account's task as it stands; seconds. `published` is the platform's own time, None while
    nobody but the unit says so. `before` is the state 申请免发 came from; `opens` when its turn
    comes (None: when the first has published). `found` is by what the post was recognised and where
    in it, `passage` the words that fit."""

    state: TaskState
    due: int
    opens: int | None = None
    signed_at: int | None = None
    published: int | None = None
    url: str = ""
    source: Source | None = None
    score: float | None = None
    places: tuple[str, ...] = ()
    found: str = ""
    passage: str = ""
    put_right_at: int | None = None
