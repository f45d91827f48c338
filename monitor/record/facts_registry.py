"""The registry's part of facts: standings, opening, peers, excuses and service answers."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from monitor.domain.account import Kind, State
from monitor.domain.facts import Excuse, Peer, Service, Standing
from monitor.domain.service import Function
from monitor.domain.unit import UNPLACED_CODE
from monitor.record.facts_at import VISIBLE, At, fetch
from monitor.record.store import Reading

IN_USE: Final = frozenset({State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED})
_FIRST: Final = itemgetter(0)
_STATES: Final = {each.value: each for each in State}
_KINDS: Final = {each.value: each for each in Kind}


class Entry(NamedTuple):
    """What the registry says of one account; see Facts. A tuple, for speed."""

    registered_at: int
    standings: tuple[Standing, ...]
    opened_from: int | None
    opened_until: int | None
    peers: tuple[Peer, ...] = ()


Place = tuple[int, str]
"""A unit and a platform: accounts that share both are neighbours."""

_STANDINGS: Final = f"""
SELECT p.account_id, p.valid_from, p.valid_until, p.state, p.kind, p.name, p.unit_id, a.platform,
       p.filed, p.filed_name, p.account_type, p.opened_from, p.opened_until, a.registered_at
FROM account_rev p JOIN account a ON a.id = p.account_id
WHERE {VISIBLE} {{only}}
ORDER BY p.account_id, p.valid_from
"""
_NEIGHBOURS: Final = """
AND p.account_id IN (SELECT n.account_id FROM account_rev n WHERE n.unit_id IN (
  SELECT q.unit_id FROM account_rev q WHERE q.account_id IN (
    SELECT w.account_id FROM ({accounts}) AS w)))
"""
_UNITS: Final = f"""
SELECT p.unit_id, p.level, u.code FROM unit_rev p JOIN unit u ON u.id = p.unit_id
WHERE {VISIBLE} ORDER BY p.valid_from > :as_of DESC, p.valid_from
"""
"""The revision that holds at `as_of` comes last, so that it is the one kept."""


def measure(tx: Reading, at: At) -> dict[int, Entry]:
    """What the registry says, by account, in order of their ids."""
    accounts, ids = at.accounts(tx)
    only = "" if at.ids is None else _NEIGHBOURS.format(accounts=accounts)
    revisions = fetch(tx, _STANDINGS.format(only=only), {"known_at": at.known_at, **ids})
    units = {row[0]: (row[1], row[2]) for row in fetch(tx, _UNITS, at.values)}
    by_account: dict[int, list[tuple[Any, ...]]] = {}
    for row in revisions:
        by_account.setdefault(row[0], []).append(row)
    entries: dict[int, Entry] = {}
    homes: dict[Place, list[tuple[int, Standing]]] = {}
    for key, rows in by_account.items():
        standings = tuple([_standing(row, units[row[6]][0]) for row in rows])
        began = [each.valid_from <= at.as_of for each in standings].count(True)
        home, row = standings[began - 1 if began else 0], rows[began - 1 if began else 0]
        entries[key] = Entry(row[13], standings, row[11], row[12])
        if began and home.kind is Kind.OFFICIAL and units[home.unit_id][1] != UNPLACED_CODE:
            homes.setdefault((home.unit_id, home.platform), []).append((key, home))
    _introduce(entries, homes, at.as_of)
    return entries if at.ids is None else {k: entries[k] for k in at.ids if k in entries}


def _standing(row: tuple[Any, ...], level: str) -> Standing:
    _, since, until, state, kind, name, unit_id, platform, filed, filed_name, account_type = row[
        :11
    ]
    return Standing(
        since,
        until,
        _STATES[state],
        _KINDS[kind],
        name,
        unit_id,
        platform,
        None if filed is None else bool(filed),
        filed_name,
        level,
        account_type,
    )


def _introduce(
    entries: dict[int, Entry], homes: Mapping[Place, list[tuple[int, Standing]]], as_of: int
) -> None:
    """Tell official accounts of the neighbours that are in use at `as_of`."""
    for neighbours in homes.values():
        if len(neighbours) > 1:
            peers = [
                Peer(key, home.name, home.account_type)
                for key, home in neighbours
                if home.state in IN_USE and as_of < home.valid_until
            ]
            for key, _ in neighbours:
                others = tuple([peer for peer in peers if peer.account_id != key])
                entries[key] = entries[key]._replace(peers=others)


_EXCUSES: Final = f"""
SELECT p.account_id, p.a, p.b, p.kind, p.paper FROM ({{accounts}}) AS w
JOIN excuse p ON p.account_id = w.account_id WHERE {VISIBLE} ORDER BY p.account_id, p.a, p.b, p.id
"""

_SERVICES: Final = """
SELECT account_id, function, works, checked_at, measured, detail FROM (
  SELECT s.*, row_number() OVER (
    PARTITION BY s.account_id, s.function
    ORDER BY s.checked_at DESC, s.measured DESC, s.recorded_at DESC, s.id DESC) AS place
  FROM ({accounts}) AS w JOIN service_check s ON s.account_id = w.account_id
  WHERE s.checked_at <= :as_of AND s.recorded_at <= :known_at) AS ranked
WHERE place = 1 ORDER BY account_id, function
"""


def excuses(tx: Reading, at: At) -> dict[int, tuple[Excuse, ...]]:
    """Excuses by account, as known at `known_at`."""
    accounts, ids = at.accounts(tx)
    rows = fetch(tx, _EXCUSES.format(accounts=accounts), {"known_at": at.known_at, **ids})
    return {key: tuple([Excuse(*row[1:]) for row in group]) for key, group in groupby(rows, _FIRST)}


def services(tx: Reading, at: At) -> dict[int, tuple[Service, ...]]:
    """The newest answer about each function by account; of one second the measured one."""
    accounts, ids = at.accounts(tx)
    rows = fetch(tx, _SERVICES.format(accounts=accounts), {**at.values, **ids})
    return {key: tuple([_service(row) for row in group]) for key, group in groupby(rows, _FIRST)}


def _service(row: Sequence[Any]) -> Service:
    works = None if row[2] is None else bool(row[2])
    return Service(Function(row[1]), works, row[3], bool(row[4]), row[5])
