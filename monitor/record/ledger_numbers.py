"""Numbers for a sensitive export of the ledger: of the people whom its columns name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from monitor.access import scopes
from monitor.domain.contact import OwnerKind
from monitor.domain.duty import HANDED_OVER, Liaison
from monitor.domain.instants import shanghai_day
from monitor.domain.judged import Registered
from monitor.domain.scope import Scope
from monitor.record import contacts, rosters
from monitor.record.store import Reading
from monitor.record.vault import Vault


def of(
    tx: Reading, vault: Vault, scope: Scope, listed: Sequence[Registered], now: int
) -> Mapping[int, Mapping[str, str]]:
    """By account and column, the numbers of the liaison it names: of the account's unit or the
    nearest above, serving at `now` (seconds), within the scope. Where two of one unit bear a name,
    nobody's number is given away for the other's."""
    serving = [
        each
        for each in rosters.liaisons(tx)
        if each.serves(shanghai_day(now)) and scopes.covers(Scope(scope.paths), each.path, "")
    ]
    numbers = _numbers(tx, vault, serving)
    called: dict[str, list[Liaison]] = defaultdict(list)
    for each in serving:
        called[each.name].append(each)
    found: dict[int, dict[str, str]] = {}
    for account in listed:
        known = {
            column: numbers.get(_nearest(account, column, called) or 0, "")
            for column in HANDED_OVER
        }
        found[account.account.id or 0] = {column: text for column, text in known.items() if text}
    return found


def _numbers(tx: Reading, vault: Vault, serving: Sequence[Liaison]) -> dict[int, str]:
    """All numbers of each, one behind the other."""
    ids = [each.id for each in serving if each.id is not None]
    plain = contacts.plain_of(tx, vault, OwnerKind.LIAISON, ids)
    found: dict[int, list[str]] = defaultdict(list)
    for (owner, _kind), number in sorted(plain.items()):
        found[owner].append(number)
    return {owner: "、".join(each) for owner, each in found.items()}


def _nearest(
    account: Registered, column: str, called: Mapping[str, Sequence[Liaison]]
) -> int | None:
    name = str(account.account.details.get(column) or "").strip()
    above = [each for each in called.get(name, ()) if account.unit.path.startswith(each.path)]
    deepest = max((len(each.path) for each in above), default=0)
    nearest = [each for each in above if len(each.path) == deepest]
    return nearest[0].id if len(nearest) == 1 else None
