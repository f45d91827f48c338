"""考核 as one table: from where to where, whose button, what must be given, and what clock.

方案拟定 → 征求意见 → 印发生效 → 周期运行 → 初评 → 结果反馈 → 复核 → 待审定 → 审定 → 通报 → 归档.
Nobody settles what he proposed himself; what was settled is never changed, only amended beside.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from monitor.domain.assessment import Act, Asked, Kind, Move, Side, Standing, State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import say_minute, shanghai_day

FEEDBACK_DAYS: Final = 3
"""结果反馈: working days a unit has to object."""
LONGEST: Final = 300
A, S = Asked, State


@dataclass(frozen=True, slots=True)
class Rule:
    """One button. `apart`: another person than brought it here; `only` a kind of assessment."""

    side: Side
    states: frozenset[State]
    after: State | None
    asks: tuple[Asked, ...] = ()
    apart: bool = False
    only: Kind | None = None


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


PAPER: Final = (A.SIGNER, A.SIGNED_AT, A.SCAN)
TABLE: Final[Mapping[Move, Rule]] = MappingProxyType(
    {
        Move.CONSULT: Rule(Side.OFFICE, _from(S.DRAFTING), S.CONSULTING),
        Move.TAKE_BACK: Rule(Side.OFFICE, _from(S.CONSULTING), S.DRAFTING, (A.WHY,)),
        Move.PUT_IN_FORCE: Rule(
            *(Side.HEAD, _from(S.CONSULTING), S.IN_FORCE, (A.VALID_FROM,)), apart=True
        ),
        Move.GENERATE: Rule(Side.OFFICE, _from(S.RUNNING, S.FIRST), S.FIRST),
        Move.FEED_BACK: Rule(Side.OFFICE, _from(S.FIRST), S.FEEDBACK),
        Move.TO_REVIEW: Rule(Side.OFFICE, _from(S.FEEDBACK), S.REVIEW),
        Move.PROPOSE: Rule(Side.OFFICE, _from(S.REVIEW), S.WAITING),
        Move.SEND_BACK: Rule(Side.HEAD, _from(S.WAITING), S.REVIEW, (A.WHY,)),
        Move.SETTLE: Rule(Side.HEAD, _from(S.WAITING), S.SETTLED, PAPER, apart=True),
        Move.ISSUE: Rule(Side.OFFICE, _from(S.SETTLED), S.ANNOUNCED, only=Kind.FORMAL),
        Move.FILE: Rule(Side.OFFICE, _from(S.SETTLED, S.ANNOUNCED), S.FILED),
        Move.AMEND: Rule(Side.OFFICE, _from(S.SETTLED, S.ANNOUNCED, S.FILED), None, (A.WHY,)),
    }
)
"""Every move there is; what is not in it cannot be done."""


def step(standing: Standing, act: Act) -> Standing:
    """Where it stands after a move. Conflict where it cannot be made now, Forbidden for whom it may
    not, InputError where something given with it is wanting."""
    rule = TABLE[act.move]
    if act.side is not rule.side:
        raise Forbidden(f"“{act.move}”由{rule.side}办理")
    told = barred(standing, act.move, act.now)
    if told:
        raise Conflict(told, "", "请刷新后再看")
    if rule.apart and act.person == standing.by:
        raise Forbidden("不能办理本人提请的事项", act.move, "请由另一位同事办理")
    _require(rule.asks, act)
    more = {Move.FEED_BACK: _fed_back, Move.PUT_IN_FORCE: _in_force, Move.SETTLE: _settled}
    standing = more.get(act.move, _as_it_is)(standing, act)
    if rule.after is None:
        return standing
    return replace(standing, state=rule.after, by=act.person)


def offered(standing: Standing, side: Side, now: int) -> tuple[Move, ...]:
    """The buttons a side may be shown, in the order of the table."""
    return tuple(
        move
        for move, rule in TABLE.items()
        if rule.side is side and not barred(standing, move, now)
    )


def barred(standing: Standing, move: Move, now: int) -> str:
    """Why a move cannot be made of this now, whoever makes it; '' where it can."""
    rule = TABLE[move]
    if standing.state not in rule.states:
        return f"现在是“{standing.state}”,不能“{move}”"
    if rule.only not in (None, standing.kind):
        return f"{standing.kind}不作“{move}”"
    if move is Move.FILE and standing.kind is Kind.FORMAL and standing.state is S.SETTLED:
        return "审定的结果尚未印发,不能归档"
    return _WAITS.get(move, _nothing)(standing, now)


def _nothing(_standing: Standing, _now: int) -> str:
    return ""


def _not_over(standing: Standing, now: int) -> str:
    """试评 may look at a period that is still under way."""
    early = standing.kind is Kind.FORMAL and now < standing.until
    return f"考核周期到{say_minute(standing.until - 1)}才满" if early else ""


def _unscored(standing: Standing, _now: int) -> str:
    return "" if standing.scored else "初评结果还没有算好"


def _not_due(standing: Standing, now: int) -> str:
    if standing.due is None or now <= standing.due:
        until = "" if standing.due is None else f"到{say_minute(standing.due)}"
        return f"结果反馈{until}才满,其间单位可以提出异议"
    return ""


def _undecided(standing: Standing, _now: int) -> str:
    if standing.open_objections:
        return f"还有{standing.open_objections}件异议没有答复"
    if standing.open_items:
        return f"还有{standing.open_items}项人工评分没有评定"
    return _unscored(standing, _now)


_WAITS: Final[Mapping[Move, Callable[[Standing, int], str]]] = MappingProxyType(
    {
        Move.GENERATE: _not_over,
        Move.FEED_BACK: _unscored,
        Move.TO_REVIEW: _not_due,
        Move.PROPOSE: _undecided,
    }
)
"""What has to be over, or there, before a move."""


def _require(asks: tuple[Asked, ...], act: Act) -> None:
    for each in asks:
        words = act.given.get(each, "").strip()
        if not words:
            raise InputError(f"请填写{each}", each)
        if len(words) > LONGEST:
            raise InputError(f"{each}超过{LONGEST}字", each, "请精简后再提交")


def _as_it_is(standing: Standing, _act: Act) -> Standing:
    return standing


def _fed_back(standing: Standing, act: Act) -> Standing:
    if act.due is None or act.due <= act.now:
        raise InputError("反馈截止应在现在之后", "反馈截止")
    return replace(standing, due=act.due)


def _in_force(standing: Standing, act: Act) -> Standing:
    """It binds only periods that begin after it went out: no weight reaches back."""
    day = _day(act.given[A.VALID_FROM])
    if day <= shanghai_day(act.now):
        raise InputError("生效日期应在印发之后", A.VALID_FROM, "方案只对印发以后的周期生效")
    return standing


def _settled(standing: Standing, act: Act) -> Standing:
    try:
        signed = int(act.given[A.SIGNED_AT])
    except ValueError:
        raise InputError("看不懂签批时间", A.SIGNED_AT, "请写到分钟") from None
    if not standing.until <= signed <= act.now:
        raise InputError("签批时间应在考核周期之后、现在之前", A.SIGNED_AT, "请核对签批件")
    return standing


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"看不懂日期:{text}", A.VALID_FROM, "例如 2027-01-01") from None


def binds(valid_from: date, period_from: date) -> bool:
    """Whether a scheme in force since a day is the one of a period that begins on another."""
    return valid_from <= period_from
