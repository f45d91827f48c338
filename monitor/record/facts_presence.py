"""The pages' part of facts: whether an account's page stood when somebody last could tell."""

from typing import Any, Final

from monitor.domain.facts import Presence
from monitor.domain.numbers import Provenance
from monitor.domain.patrol import Seen
from monitor.record.facts_at import At, fetch
from monitor.record.store import Reading

TELLS: Final = {
    Seen.OK.value: True,
    Seen.RENAMED.value: True,
    Seen.NOT_FOUND.value: False,
    Seen.DEREGISTERED.value: False,
}
"""What a look says of the page; 打不开 says nothing, as the looker's own line may be down."""
SAID: Final = {True: "账号可读", False: "查无此账号"}
"""What an interface says of the account itself, in our words."""
INTERFACE_GRADE: Final = 4
_NAMED: Final = ", ".join(f"'{each}'" for each in TELLS)

_LOOKS: Final = f"""
SELECT l.account_id, l.looked_from, l.seen, l.grade FROM (
  SELECT (SELECT p.id FROM look p WHERE p.account_id = w.account_id AND p.looked_from < :as_of
            AND p.recorded_at <= :known_at AND p.seen IN ({_NAMED})
          ORDER BY p.looked_from DESC, p.id DESC LIMIT 1) AS id
  FROM ({{accounts}}) AS w) AS newest
JOIN look l ON l.id = newest.id
"""
_SIGHTINGS: Final = """
SELECT s.account_id, s.seen_at, s.present FROM (
  SELECT (SELECT p.id FROM account_sighting p WHERE p.account_id = w.account_id
            AND p.seen_at < :as_of AND p.recorded_at <= :known_at AND p.present IS NOT NULL
          ORDER BY p.seen_at DESC, p.id DESC LIMIT 1) AS id
  FROM ({accounts}) AS w) AS newest
JOIN account_sighting s ON s.id = newest.id
"""


def measure(tx: Reading, at: At) -> dict[int, Presence]:
    """The newest word on each account's page, by a look or by its interface; of one second the
    look's."""
    accounts, ids = at.accounts(tx)
    values: dict[str, Any] = {**at.values, **ids}
    found = {
        key: Presence(
            seen_at, bool(present), SAID[bool(present)], Provenance.INTERFACE, INTERFACE_GRADE
        )
        for key, seen_at, present in fetch(tx, _SIGHTINGS.format(accounts=accounts), values)
    }
    for key, looked, seen, grade in fetch(tx, _LOOKS.format(accounts=accounts), values):
        if key not in found or looked >= found[key].at:
            found[key] = Presence(looked, TELLS[seen], seen, Provenance.PATROL, grade)
    return found
