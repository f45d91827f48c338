"""The doubt's part of facts: which rules had erred too often on a platform, as known then."""

from typing import Final

from monitor.record.facts_at import VISIBLE, At, fetch
from monitor.record.store import Reading

_DOUBTED: Final = f"SELECT p.platform, p.rule FROM rule_fallback p WHERE {VISIBLE}"


def measure(tx: Reading, at: At) -> dict[str, frozenset[str]]:
    """The rules that were hints at `known_at`, by platform; dated rows, so the past repeats."""
    found: dict[str, set[str]] = {}
    for platform, rule in fetch(tx, _DOUBTED, {"known_at": at.known_at}):
        found.setdefault(platform, set()).add(rule)
    return {platform: frozenset(rules) for platform, rules in found.items()}
