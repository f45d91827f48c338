"""The health record of units: what people confirmed, what was put right in time, what was closed.

A case counts once a person confirmed it. What its unit found itself, or put right before it was
told, is held against nobody.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.assessed import Fact, Listed
from monitor.domain.case import Move, Source, State
from monitor.domain.measuring import Span
from monitor.record.facts_at import fetch
from monitor.record.score_frame import Framed, fact, over
from monitor.record.store import Reading

STALE: Final = "内容不更新账号数"
STALE_SHARE: Final = "内容不更新账号占比"
DEAD: Final = "僵尸未处置账号数"
UNSAFE: Final = "安全类否决数"
FALSE: Final = "填报不实数"
UNFILED: Final = "未备案账号数"
DOUBLE: Final = "多头账号数"
LATE: Final = "整改逾期数"
PUNCTUAL: Final = "整改按期率"
ZOMBIES: Final = frozenset({"僵尸", "长期停更", "从未更新"})
_STALE: Final = ZOMBIES | {"更新", "内容不更新", "睡眠", "不互动", "不互动无服务"}
_UNSAFE: Final = frozenset(
    {"表述错误", "严重表述错误", "泄密", "不良链接", "弄虚作假", "买粉", "强制点赞"}
)
BY_KIND: Final[Mapping[str, frozenset[str]]] = {
    STALE: _STALE,
    UNSAFE: _UNSAFE,
    FALSE: frozenset({"填报不实"}),
    UNFILED: frozenset({"未备案", "更名未备案"}),
    DOUBLE: frozenset({"多头"}),
}
"""What is counted by account, and the problems it is counted by."""
KEYS: Final = frozenset({*BY_KIND, STALE_SHARE, DEAD, LATE, PUNCTUAL})
ENDED: Final = frozenset(
    each.value for each in (State.CLOSED, State.SHUT, State.MERGED, State.CLOSING)
)
_CASES: Final = """
SELECT c.id, c.account_id, u.code, c.source, c.due_at, c.standing
FROM "case" c JOIN unit u ON u.id = c.unit_id
WHERE c.opened_at < :end ORDER BY c.id
"""
_MOVES: Final = """
SELECT m.case_id, m.move, m.after, m.at FROM case_move m
WHERE m.recorded_at <= :known_at AND m.at < :as_of ORDER BY m.case_id, m.id
"""


@dataclass(frozen=True, slots=True)
class _Case:
    id: int
    account_id: int
    unit: str
    source: str
    due_at: int | None
    kinds: frozenset[str]
    moves: Sequence[Any]

    @property
    def confirmed_at(self) -> int | None:
        """When a person said that it is so; None where nobody did, or it turned out otherwise."""
        if self.moves and self.moves[-1][2] == State.UNFOUNDED.value:
            return None
        return self._first(lambda move: move[1] == Move.CONFIRM.value)

    @property
    def ended_at(self) -> int | None:
        """When it was over, or went the way of closing."""
        return self._first(lambda move: move[2] in ENDED)

    @property
    def forgiven(self) -> bool:
        """Put right before it was told, or found and ended by the unit itself."""
        recovered = self._first(lambda move: move[1] == Move.RECOVERED.value) is not None
        return recovered or (self.source == Source.SELF.value and self.ended_at is not None)

    def _first(self, says: Callable[[Any], bool]) -> int | None:
        return next((move[3] for move in self.moves if says(move)), None)


def of_accounts(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """What is counted by account, of each account for itself: for schemes that score accounts."""
    found: dict[tuple[int, str], list[int]] = {}
    for _, key, each in _counted(_cases(tx, span), span):
        found.setdefault((each.account_id, key), []).append(each.id)
    for account in frame.values():
        for key in (*BY_KIND, DEAD):
            ids = found.get((account.id, key))
            yield fact(account, key, value=len(ids or ()), sources=_named(ids))


def measure(
    tx: Reading, span: Span, frame: Mapping[int, Framed], roster: Iterable[Listed]
) -> Iterator[Fact]:
    """Everything that cases tell of each unit of the roster, 0 where there is none."""
    units = {each.unit: Counter[str]() for each in roster}
    named: dict[tuple[str, str], list[int]] = {}
    accounts = Counter(each.unit for each in frame.values())
    for unit, measure_key, each in _counted(_cases(tx, span), span):
        if unit in units:
            units[unit][measure_key] += 1
            named.setdefault((unit, measure_key), []).append(each.id)
    for unit, counts in units.items():
        for key in (*BY_KIND, DEAD, LATE):
            yield Fact(unit, key, value=counts[key], sources=_named(named.get((unit, key))))
        due = counts[PUNCTUAL] + counts[LATE]
        yield Fact(unit, PUNCTUAL, numerator=counts[PUNCTUAL], denominator=due)
        yield Fact(unit, STALE_SHARE, numerator=counts[STALE], denominator=accounts[unit])


def _named(ids: list[int] | None) -> str | None:
    return None if ids is None else "整改单" + "、".join(map(str, ids))


def _counted(cases: Iterable[_Case], span: Span) -> Iterator[tuple[str, str, _Case]]:
    """(unit, measurement, case); an account counts once for each measurement."""
    seen: set[tuple[str, int]] = set()
    for each in cases:
        if each.confirmed_at is None:
            continue
        if each.due_at is not None and span.since <= each.due_at < span.end:
            punctual = each.ended_at is not None and each.ended_at <= each.due_at
            yield each.unit, PUNCTUAL if punctual else LATE, each
        for key in _kinds(each, span):
            if (key, each.account_id) not in seen:
                seen.add((key, each.account_id))
                yield each.unit, key, each


def _kinds(each: _Case, span: Span) -> Iterator[str]:
    confirmed = each.confirmed_at or 0
    if span.since <= confirmed < span.end and not each.forgiven:
        yield from (key for key, kinds in BY_KIND.items() if kinds & each.kinds)
    overdue = each.due_at is not None and each.due_at < span.end
    left = each.ended_at is None or each.ended_at >= span.end
    if ZOMBIES & each.kinds and overdue and left:
        yield DEAD


def _cases(tx: Reading, span: Span) -> Iterator[_Case]:
    values = over(span)
    moves: dict[int, list[Any]] = {}
    for row in fetch(tx, _MOVES, {name: values[name] for name in ("known_at", "as_of")}):
        moves.setdefault(row[0], []).append(row)
    for key, account_id, unit, source, due_at, standing in fetch(tx, _CASES, {"end": span.end}):
        if key in moves:
            mine = moves[key]
            yield _Case(key, account_id, unit, source, due_at, _problems(standing), mine)


def _problems(standing: Any) -> frozenset[str]:
    """The kinds of problems, those left out that turned out not to be so."""
    told = json.loads(standing) if isinstance(standing, str) else standing
    return frozenset(
        each["kind"] for each in told["problems"] if each.get("confirmed") is not False
    )
