"""Approval 审批: who must have read a text before it leaves, who did, and what they saw of it."""

from dataclasses import dataclass
from enum import StrEnum

from monitor.domain.person import Role


class Stage(StrEnum):
    """A part of the way from the writer's desk to the last signature, as the paper prints it."""

    COSIGN = "会签"
    CHECK = "核稿"
    SECRECY = "保密审查"
    REVIEW = "审核"
    ENDORSE = "审签"
    ISSUE = "签发"


class State(StrEnum):
    """Where a text stands on that way."""

    DRAFT = "拟稿"
    UNDER_WAY = "审批中"
    RETURNED = "已退回"
    PAPER = "线下签批待确认"
    LATE = "待改期"
    APPROVED = "已签发"
    REFUSED = "不予签发"
    WITHDRAWN = "已撤回"


class Move(StrEnum):
    """What somebody does to an approval: the buttons, and what follows from other doings."""

    SUBMIT = "提交审核"
    AGREE = "同意"
    AGREE_ON = "同意并呈报"
    ENDORSE = "审签同意"
    RETURN = "退回修改"
    REFUSE = "不予签发"
    WITHDRAW = "撤回"
    HAND_ON = "转请他人"
    PAPER = "登记线下审批"
    CONFIRM = "确认线下审批"
    REJECT = "退回线下登记"
    AMEND = "修改文稿"
    LAPSE = "逾期"
    ELSEWHERE = "另行办结"


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One stage of a chain. `invited`: by people the writer names, all of them at the same time;
    else by anybody of the role. An `optional` stage is left out where nobody is named."""

    stage: Stage
    role: Role
    invited: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """The way of some kinds of texts at one level, as data. Either `hours` or `working_days` until
    it expires. `distinct`: writer, 审核, 审签 and 签发 are different people. `attested`: the unit
    says itself who checked it. `confirms` confirm what was signed on paper."""

    name: str
    version: int
    level: str
    kinds: tuple[str, ...]
    steps: tuple[ChainStep, ...]
    confirms: frozenset[Role]
    hours: int = 0
    working_days: int = 0
    distinct: bool = False
    attested: bool = False
    source: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, for whom (B岗代) where it was another's turn, when (seconds), and the hash of the
    text that was seen."""

    person: int
    at: int
    sha256: str
    opinion: str = ""
    behalf: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One signature that is wanted: by a person, or by anybody of the role. Steps of one position
    are open at the same time."""

    position: int
    stage: Stage
    role: Role
    holder: int | None = None
    signed: Signature | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """线下签批: who signed on paper and when (seconds), the hash of the scan, who registered it."""

    signer: str
    signed_at: int
    scan: str
    by: int
    sha256: str
    confirmed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval as it stands. `sha256` is of the text as it is now; `due` and `planned` are
    seconds, `planned` when it is to be published; `round` counts submissions."""

    drafter: int
    sha256: str
    state: State = State.DRAFT
    steps: tuple[Step, ...] = ()
    round: int = 0
    due: int | None = None
    planned: int | None = None
    distinct: bool = False
    confirms: frozenset[Role] = frozenset()
    attested_by: str = ""
    paper: Paper | None = None

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """The steps whose turn it is: none unless it is under way."""
        if self.state is not State.UNDER_WAY:
            return ()
        wanted = [each for each in self.steps if each.signed is None]
        turn = min((each.position for each in wanted), default=0)
        return tuple(each for each in wanted if each.position == turn)

    @property
    def last_position(self) -> int:
        """The position of the last signature; 0 where none is wanted."""
        return max((each.position for each in self.steps), default=0)
