"""At: the two instants facts are measured at, and the accounts they are measured of, as SQL."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text

from monitor.record.store import Reading

VISIBLE: Final = "p.recorded_at <= :known_at AND p.superseded_at > :known_at"
"""What was believed at `known_at`, of a table called p."""


@dataclass(frozen=True, slots=True)
class At:
    """`as_of` in seconds, `known_at` in microseconds; `ids` None: all accounts."""

    as_of: int
    known_at: int
    ids: tuple[int, ...] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The instants as parameters."""
        return {"as_of": self.as_of, "known_at": self.known_at}

    def accounts(self, tx: Reading) -> tuple[str, dict[str, Any]]:
        """SQL of a table with the one column `account_id`, and its parameters."""
        if self.ids is None:
            return "SELECT id AS account_id FROM account", {}
        if tx.sqlite:
            return "SELECT value AS account_id FROM json_each(:ids)", {"ids": json.dumps(self.ids)}
        return "SELECT unnest(CAST(:ids AS BIGINT[])) AS account_id", {"ids": list(self.ids)}


def pairs(tx: Reading, values: Mapping[int, int]) -> tuple[str, dict[str, Any]]:
    """SQL of a table with `account_id` and `low`, and its parameters."""
    if tx.sqlite:
        told = json.dumps([*values.items()])
        columns = "json_extract(value, '$[0]') AS account_id, json_extract(value, '$[1]') AS low"
        return f"SELECT {columns} FROM json_each(:pairs)", {"pairs": told}
    told = "unnest(CAST(:keys AS BIGINT[]), CAST(:lows AS BIGINT[])) AS u(account_id, low)"
    return f"SELECT * FROM {told}", {"keys": list(values), "lows": list(values.values())}


def fetch(tx: Reading, statement: str, values: Mapping[str, Any]) -> Sequence[Any]:
    """The rows of a statement as the driver's own tuples."""
    with tx.conn.execute(text(statement), values) as result:
        return () if result.cursor is None else result.cursor.fetchall()
