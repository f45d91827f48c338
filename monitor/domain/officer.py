"""An officer's own account 民警个人账号: two papers let it join, and it leaves at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.errors import Conflict


class Standing(StrEnum):
    """How far the account has come."""

    PROPOSED = "拟加入"
    APPROVED = "单位已审批"
    CONSENTED = "本人已同意"
    JOINED = "已加入"
    LEFT = "已退出"
    MOVED = "调离"
    RETIRED = "退休"


class Step(StrEnum):
    """What is done about it; the first two register a paper each."""

    APPROVE = "登记单位审批"
    CONSENT = "登记知情同意书"
    JOIN = "确认加入"
    LEAVE = "本人退出"
    MOVE = "调离"
    RETIRE = "退休"


class PaperKind(StrEnum):
    """The two papers."""

    APPROVAL = "单位审批"
    CONSENT = "民警个人账号加入矩阵知情同意书"


@dataclass(frozen=True, slots=True)
class Joining:
    """Where an account stands; the papers hold until these seconds, 0 where there is none."""

    standing: Standing = Standing.PROPOSED
    approved_until: int = 0
    consented_until: int = 0
    version: int = 0

    def valid(self, now: int) -> bool:
        """Whether the account may be shown: it joined, and both papers hold at `now`."""
        papers = min(self.approved_until, self.consented_until)
        return self.standing is Standing.JOINED and papers > now


PAPERS: Final[Mapping[Step, PaperKind]] = {
    Step.APPROVE: PaperKind.APPROVAL,
    Step.CONSENT: PaperKind.CONSENT,
}
GONE: Final = frozenset({Standing.LEFT, Standing.MOVED, Standing.RETIRED})
HERE: Final = frozenset(Standing) - GONE
AFTER: Final[Mapping[Step, Mapping[Standing, Standing]]] = {
    Step.APPROVE: {
        **dict.fromkeys(GONE | {Standing.PROPOSED, Standing.APPROVED}, Standing.APPROVED),
        Standing.JOINED: Standing.JOINED,
    },
    Step.CONSENT: {
        **dict.fromkeys((Standing.APPROVED, Standing.CONSENTED), Standing.CONSENTED),
        Standing.JOINED: Standing.JOINED,
    },
    Step.JOIN: {Standing.CONSENTED: Standing.JOINED},
    Step.LEAVE: dict.fromkeys(HERE, Standing.LEFT),
    Step.MOVE: dict.fromkeys(HERE, Standing.MOVED),
    Step.RETIRE: dict.fromkeys(HERE, Standing.RETIRED),
}
"""Who left begins anew with a fresh approval; a paper that ran out is renewed where it stands."""


def after(joining: Joining, step: Step, now: int) -> Standing:
    """The standing after a step; Conflict, in Chinese, where it cannot be done now."""
    found = AFTER[step].get(joining.standing)
    if found is None:
        raise Conflict(
            f"现为“{joining.standing.value}”,不能{step.value}", "民警个人账号", "请刷新后查看"
        )
    if step is Step.JOIN and min(joining.approved_until, joining.consented_until) <= now:
        raise Conflict("单位审批或知情同意书已到期,不能加入", "民警个人账号", "请先登记新的文书")
    return found


def offered(joining: Joining) -> tuple[Step, ...]:
    """The steps that can be taken from where the account stands."""
    return tuple(step for step in Step if joining.standing in AFTER[step])


def told(joining: Joining, now: int) -> str:
    """The standing as lists show it: an account whose papers ran out is 已到期, not 已加入."""
    if joining.standing is Standing.JOINED and not joining.valid(now):
        return "已到期"
    return joining.standing.value
