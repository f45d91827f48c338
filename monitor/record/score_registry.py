"""What registry and judging tell of units: closed accounts, true ledgers, sound accounts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from monitor.domain.assessed import Fact, Listed
from monitor.domain.clearing import Spot
from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.lifecycle import Move
from monitor.domain.measuring import Span
from monitor.domain.scheme import Cause
from monitor.record import in_force
from monitor.record.facts_at import fetch
from monitor.record.score_frame import Framed, fact, over
from monitor.record.store import Reading

CLOSED: Final = "关停合并账号数"
TRUE: Final = "台账真实率"
SOUND: Final = "健康达标率"
KEYS: Final = frozenset({CLOSED, TRUE, SOUND})
_CLOSED: Final = f"""
SELECT u.code, count(DISTINCT m.account_id) FROM account_move m
JOIN account_rev r ON r.account_id = m.account_id AND r.recorded_at <= :known_at
  AND r.superseded_at > :known_at AND r.valid_from <= :last AND r.valid_until > :last
JOIN unit u ON u.id = r.unit_id
WHERE m.move = '{Move.CLOSE.value}' AND m.recorded_at <= :known_at
  AND m.recorded_at >= :from_stamp AND m.recorded_at < :to_stamp
GROUP BY u.code
"""
_TRUE: Final = f"""
SELECT u.code, count(*), sum(CASE WHEN l.spot = '{Spot.SAME.value}' THEN 1 ELSE 0 END)
FROM clearing_line l JOIN unit u ON u.id = l.unit_id
WHERE l.spot <> '' AND l.spot_at >= :since AND l.spot_at < :end AND l.spot_at <= :known_second
GROUP BY u.code
"""
_JUDGED: Final = f"""
SELECT d.account_id, d.rule, d.outcome FROM finding d
WHERE d.rulebook_id = :book AND d.recorded_at <= :judged AND d.superseded_at > :judged
  AND d.rule IN ('{UPDATE_RULE}', '不互动', '不互动无服务')
"""
MICRO: Final = 1_000_000


def closed(tx: Reading, span: Span, roster: Iterable[Listed]) -> Iterator[Fact]:
    """Accounts that were closed in the span by the procedure."""
    given = over(span)
    values = {
        "known_at": given["known_at"],
        "last": given["last"],
        "from_stamp": span.since * MICRO,
        "to_stamp": span.end * MICRO,
    }
    found = {row[0]: int(row[1]) for row in fetch(tx, _CLOSED, values)}
    for each in roster:
        yield Fact(each.unit, CLOSED, value=found.get(each.unit, 0))


def true(tx: Reading, span: Span, roster: Iterable[Listed]) -> Iterator[Fact]:
    """Ledger entries that were found as written, of those drawn and looked at in the span."""
    values = {
        "since": span.since,
        "end": span.end,
        "known_second": span.known_at // MICRO,
    }
    found = {row[0]: (int(row[1]), int(row[2])) for row in fetch(tx, _TRUE, values)}
    for each in roster:
        drawn, same = found.get(each.unit, (0, 0))
        yield Fact(each.unit, TRUE, numerator=same, denominator=drawn)


def sound(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """Accounts that neither slept nor ignored people, of those that could be judged, as it had been
    judged when the span ended."""
    judged = min(span.known_at, span.end * MICRO)
    term = in_force.at(tx, span.end - 1, span.known_at)
    if term is None:
        return
    rows = fetch(tx, _JUDGED, {"book": term.rulebook_id, "judged": judged})
    outcomes: dict[int, dict[str, str]] = {}
    for key, rule, outcome in rows:
        outcomes.setdefault(key, {})[rule] = outcome
    for key, account in frame.items():
        yield _sound(account, outcomes.get(key, {}))


def _sound(account: Framed, mine: Mapping[str, str]) -> Fact:
    fails = Outcome.FAIL.value in mine.values()
    undecided = mine.get(UPDATE_RULE) not in {
        Outcome.OK.value,
        Outcome.HINT.value,
        Outcome.FAIL.value,
    }
    if undecided and not fails:
        cause = Cause.SYSTEM.value
        return fact(account, SOUND, cause=cause, note="期末暂不作认定,不计入")
    return fact(account, SOUND, numerator=int(not fails), denominator=1)
