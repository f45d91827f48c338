"""Notice 告知: what people are told of their tasks in 协同发声, by what, and what came of it."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.campaign import Content, TaskState
from monitor.domain.campaign_rules import Audience
from monitor.domain.person import Person
from monitor.domain.robot import Robot


class What(StrEnum):
    """What somebody is told; a message says the most pressing first."""

    STOPPED = "紧急停发"
    CANCELLED = "撤销"
    LIFTED = "解除停发"
    CHANGED = "任务变动"
    ISSUED = "下达"
    TURN = "轮到发布"
    REMIND = "催办"
    INVITED = "自愿参与"


class Outcome(StrEnum):
    """What came of a message, as screens say it."""

    WAITING = "待发送"
    SENT = "已发送"
    UNKNOWN = "未知"
    FAILED = "失败"
    PASTE = "待转告"
    HANDED = "已转告"
    WITHDRAWN = "已撤回"


@dataclass(frozen=True, slots=True)
class Asked:
    """The campaign a task belongs to, as a message needs it; `desk` is the path of its office."""

    campaign_id: int
    number: str
    content: Content
    desk: str
    desk_name: str
    issued_at: int = 0


@dataclass(frozen=True, slots=True)
class Matter:
    """One task somebody is told of: whose, how it stands, and why now.

    `step` names what is told of a task once; `said` are the words that go with it. `opens` and
    `due` are seconds (`opens` None: when the first has published). One that is `voluntary` is an
    officer's invitation, `task_id` its number: it is no task, and nobody is reminded of it.
    """

    task_id: int
    asked: Asked
    account: str
    platform: str
    unit_id: int
    unit_name: str
    path: str
    region_name: str
    state: TaskState
    opens: int | None
    due: int
    what: What = What.ISSUED
    step: str = What.ISSUED.value
    said: str = ""
    voluntary: bool = False

    @property
    def key(self) -> tuple[bool, int]:
        """What it is told once under to one person."""
        return self.voluntary, self.task_id


@dataclass(frozen=True, slots=True)
class Post:
    """All that one person, or a group by its robot, is told at once; neither: nobody is entered for
    these units, and who runs the campaign hands the text on. `hears` is whom one is told as."""

    person: Person | None
    hears: Audience
    matters: tuple[Matter, ...]
    robot: Robot | None = None
