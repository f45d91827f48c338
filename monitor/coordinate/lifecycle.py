"""The life of an account as one table: from where, by which side, what must be given, what clock.

拟开设 → 已批准待开通 → 在用 → 暂停更新 → 拟关停 → 公告中 → 已关停 → 已注销, beside it 失管待找回.
Whatever excuses an account is decided above the unit, and by another person than asked for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from monitor.coordinate import life_papers
from monitor.domain.account import State
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.lifecycle import Act, Clock, Field, Life, Move, Side

S, F = State, Field
UNIT, ABOVE = frozenset({Side.UNIT}), frozenset({Side.ABOVE})
EITHER = UNIT | ABOVE
LIVING: Final = frozenset({S.ACTIVE, S.PAUSED, S.LOST, S.UNCHECKED})
EXISTS: Final = LIVING | {S.CLOSING, S.ANNOUNCED}


@dataclass(frozen=True, slots=True)
class Rule:
    """One button. `pending` is the application it decides; `apart`: another person than applied;
    `over`: only who stands above the unit; `starts` and `meets` are filing clocks."""

    sides: frozenset[Side]
    states: frozenset[State | None]
    asks: tuple[Field, ...] = ()
    pending: frozenset[Move] = frozenset()
    apart: bool = False
    over: bool = False
    starts: Clock | None = None
    meets: frozenset[Clock] = frozenset()


FILED: Final = frozenset({Clock.OPENING, Clock.CHANGE})
ENDED: Final = frozenset({Clock.CLOSING, Clock.REMOVAL})
APPLIED: Final = frozenset({Move.APPLY_OPEN, Move.APPLY_CHANGE, Move.APPLY_CLOSE})
TABLE: Final[Mapping[Move, Rule]] = MappingProxyType(
    {
        Move.APPLY_OPEN: Rule(UNIT, frozenset({None, S.PLANNED}), (F.PURPOSE,)),
        Move.GRANT_OPEN: Rule(
            *(ABOVE, frozenset({S.PLANNED}), (F.PAPER,), frozenset({Move.APPLY_OPEN})),
            apart=True,
            over=True,
        ),
        Move.OPENED: Rule(UNIT, frozenset({S.APPROVED}), (F.DAY,), starts=Clock.OPENING),
        Move.FILE: Rule(EITHER, EXISTS | {S.CLOSED}, (F.SYSTEM, F.NUMBER, F.DAY), meets=FILED),
        Move.APPLY_CHANGE: Rule(UNIT, LIVING, (F.WHAT, F.VALUE, F.WHY)),
        Move.GRANT_CHANGE: Rule(
            *(ABOVE, LIVING, (F.PAPER,), frozenset({Move.APPLY_CHANGE})),
            apart=True,
            over=True,
            starts=Clock.CHANGE,
        ),
        Move.PAUSE: Rule(ABOVE, frozenset({S.ACTIVE}), (F.PAPER, F.NOTICE), over=True),
        Move.APPLY_CLOSE: Rule(UNIT, LIVING, (F.WHY,)),
        Move.GRANT_CLOSE: Rule(
            *(ABOVE, frozenset({S.CLOSING}), (F.PAPER,), frozenset({Move.APPLY_CLOSE})),
            apart=True,
            over=True,
        ),
        Move.REFUSE: Rule(ABOVE, LIVING | {S.PLANNED, S.CLOSING}, (F.WHY,), APPLIED, apart=True),
        Move.WITHDRAW: Rule(UNIT, LIVING | {S.PLANNED, S.CLOSING}, (F.WHY,), APPLIED),
        Move.ANNOUNCE: Rule(EITHER, frozenset({S.CLOSING}), (F.NOTICE, F.NOTICE_DAYS, F.DAY)),
        Move.CLOSE: Rule(EITHER, frozenset({S.ANNOUNCED}), (F.DAY,), starts=Clock.CLOSING),
        Move.GONE_THERE: Rule(ABOVE, frozenset({S.CLOSED}), (F.HOW, F.DAY), starts=Clock.REMOVAL),
        Move.GONE_HERE: Rule(
            EITHER, frozenset({S.CLOSED, S.REMOVED}), (F.SYSTEM, F.DAY), meets=ENDED
        ),
        Move.LOSE: Rule(ABOVE, LIVING - {S.LOST}, (F.WHY,), over=True),
        Move.RESTORE: Rule(
            EITHER, frozenset({S.PAUSED, S.LOST, S.UNCHECKED, S.CLOSING, S.ANNOUNCED}), (F.WHY,)
        ),
        Move.CHECK_YEAR: Rule(EITHER, EXISTS | {S.CLOSED}),
    }
)
"""Every move there is; what is not in it cannot be done."""
GRANTS: Final[Mapping[Move, Move]] = MappingProxyType(
    {
        Move.APPLY_OPEN: Move.GRANT_OPEN,
        Move.APPLY_CHANGE: Move.GRANT_CHANGE,
        Move.APPLY_CLOSE: Move.GRANT_CLOSE,
    }
)
"""What the last signature on an application does."""


def step(life: Life, act: Act) -> Life:
    """The life after a move. Conflict where it cannot be made now, Forbidden for whom it may not,
    InputError where something given with it is wanting."""
    rule = TABLE[act.move]
    if act.side not in rule.sides:
        raise Forbidden(f"“{act.move}”由{'、'.join(sorted(rule.sides))}办理")
    told = barred(life, act.move)
    if told:
        raise Conflict(told, "", "请刷新后再看")
    if rule.apart and act.person == life.applicant:
        raise Forbidden("本人提出的申请不能由本人决定", "", "请由其他有权限的人员办理")
    life_papers.require(rule.asks, act)
    return _DOES[act.move](life, act)


def offered(life: Life, side: Side) -> tuple[Move, ...]:
    """The buttons a side may be shown, in the order of the table."""
    return tuple(
        move for move, rule in TABLE.items() if side in rule.sides and not barred(life, move)
    )


def barred(life: Life, move: Move) -> str:
    """Why a move cannot be made of this life, whoever makes it; '' where it can."""
    rule = TABLE[move]
    if life.state not in rule.states:
        return f"账号现为{life.state or '未登记'},不能“{move}”"
    if rule.pending and life.pending not in rule.pending:
        return f"没有待决定的申请,不能“{move}”"
    if move in APPLIED and life.pending is not None:
        return f"已有一项{life.pending}待决定"
    if move is Move.ANNOUNCE and not life.closure:
        return "关停尚未批准,不能登记公告"
    if move is Move.GONE_THERE and life.there is not None:
        return "平台侧已核验注销"
    return ""


def clock(act: Act, after: Life) -> Clock | None:
    """The filing clock a move starts; none where nothing is left to file."""
    if act.move is Move.GONE_THERE and not after.filed:
        return None
    return TABLE[act.move].starts


def meets(move: Move, after: Life) -> frozenset[Clock]:
    """The clocks a move ends: those of a closing only once no filing stands any more."""
    if move is Move.GONE_HERE and after.filed:
        return frozenset()
    return TABLE[move].meets


def begins(act: Act) -> date:
    """The day a clock counts from: the day of the matter, which may lie before its entry."""
    text = act.given.get(Field.DAY, "")
    return date.fromisoformat(text) if text else act.today


def _apply(life: Life, act: Act) -> Life:
    return replace(life, pending=act.move, applicant=act.person, wanted=dict(act.given))


def _decided(life: Life, state: State | None) -> Life:
    ended = replace(life, pending=None, applicant=None, wanted={}, back=None, text=None)
    return replace(ended, state=state)


def _apply_open(life: Life, act: Act) -> Life:
    return replace(_apply(life, act), state=S.PLANNED)


def _apply_close(life: Life, act: Act) -> Life:
    asked = _apply(life, act)
    ended = replace(asked, closure=False, until=None, there=None, here=None)
    return replace(ended, state=S.CLOSING, back=life.state)


def _refuse(life: Life, _act: Act) -> Life:
    return _decided(life, life.back if life.pending is Move.APPLY_CLOSE else life.state)


def _announce(life: Life, act: Act) -> Life:
    last = begins(act) + timedelta(days=int(act.given[Field.NOTICE_DAYS]))
    return replace(life, state=S.ANNOUNCED, until=last)


def _close(life: Life, act: Act) -> Life:
    if life.until is not None and begins(act) < life.until:
        told = f"公告到{life.until.isoformat()}才满"
        raise InputError(told, Field.DAY, "公告期满后再登记关停")
    return replace(life, state=S.CLOSED)


def _gone_there(life: Life, act: Act) -> Life:
    return _gone(replace(life, there=life_papers.platform_side(act)))


def _gone_here(life: Life, act: Act) -> Life:
    left = life.filed - {act.given[Field.SYSTEM]}
    return _gone(replace(life, filed=left, here=life.here if left else begins(act)))


def _gone(life: Life) -> Life:
    """已注销 takes both sides: the platform's page gone, and no filing standing."""
    both = life.there is not None and life.here is not None
    return replace(life, state=S.REMOVED) if both else life


def _file(life: Life, act: Act) -> Life:
    return replace(life, filed=life.filed | {act.given[Field.SYSTEM]}, here=None)


def _restore(life: Life, _act: Act) -> Life:
    kept = life if life.pending is Move.APPLY_CHANGE else _decided(life, S.ACTIVE)
    return replace(kept, state=S.ACTIVE, closure=False, until=None)


def _to(state: State) -> Callable[[Life, Act], Life]:
    return lambda life, _act: replace(life, state=state)


_DOES: Final[Mapping[Move, Callable[[Life, Act], Life]]] = MappingProxyType(
    {
        Move.APPLY_OPEN: _apply_open,
        Move.GRANT_OPEN: lambda life, _act: _decided(life, S.APPROVED),
        Move.OPENED: _to(S.ACTIVE),
        Move.FILE: _file,
        Move.APPLY_CHANGE: _apply,
        Move.GRANT_CHANGE: lambda life, _act: _decided(life, life.state),
        Move.PAUSE: _to(S.PAUSED),
        Move.APPLY_CLOSE: _apply_close,
        Move.GRANT_CLOSE: lambda life, _act: replace(_decided(life, life.state), closure=True),
        Move.REFUSE: _refuse,
        Move.WITHDRAW: _refuse,
        Move.ANNOUNCE: _announce,
        Move.CLOSE: _close,
        Move.GONE_THERE: _gone_there,
        Move.GONE_HERE: _gone_here,
        Move.LOSE: _to(S.LOST),
        Move.RESTORE: _restore,
        Move.CHECK_YEAR: lambda life, _act: life,
    }
)
