"""Taking in a bundle: posts and numbers first, in chunks; what they prove last, in one piece.

Whatever was taken in before is found again and left as it is, so that a bundle cut off half way is
taken in once more, and the same one twice changes nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select

from monitor.domain.bundle import Bundle, Entry, Rows
from monitor.domain.collecting import Route
from monitor.domain.instants import HOUR
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers, Provenance
from monitor.domain.post import SeenPost
from monitor.domain.service import Function, SeenService
from monitor.record import bundles, coverage, observations, posts, routes, services
from monitor.record.accounts import all_accounts
from monitor.record.staging import chunks
from monitor.record.store import Reading, Store, Writing
from monitor.record.tables.base import METADATA

PASS = METADATA.tables["pass"]
COVERAGE = METADATA.tables["coverage"]
REVOKED = METADATA.tables["coverage_revocation"]
AT_ONCE: Final = 5_000
OWN_WORD: Final = 1
"""The grade of what a unit says of itself: it puts no better eyes out."""
Ids = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a bundle was news here; `unknown` are the accounts no registry row answers to."""

    posts: int = 0
    observations: int = 0
    passes: int = 0
    coverage: int = 0
    revoked: int = 0
    unknown: tuple[str, ...] = ()


def take(store: Store, bundle: Bundle, entry: Entry, run_id: int) -> Taken:
    """Take in a bundle that was found sound and in order; `entry` is what to remember of it."""
    with store.reading() as tx:
        ids, unknown = _identified(tx, bundle.rows["accounts"])
    rows = {
        part: [row for row in every if "n" not in row or row["n"] in ids]
        for part, every in bundle.rows.items()
    }
    new = _take_posts(store, rows["posts"], ids)
    seen = _take_numbers(store, rows, ids)
    with store.writing(durable=True) as tx:
        _take_services(tx, rows["services"], ids)
        by_key = {row["key"]: routes.ensure(tx, _route(row)) for row in rows["routes"]}
        bundle_id = bundles.add(
            tx, bundles.IN, bundle.manifest.origin, entry, bundle.manifest.counts
        )
        tried = _take_passes(tx, rows["passes"], ids, by_key, run_id)
        proven = _take_coverage(tx, rows["coverage"], ids, by_key, bundle_id)
        revoked = _take_revocations(tx, rows["revocations"], ids, by_key)
        _take_ceilings(tx, rows["ceilings"], by_key)
    return Taken(new, seen, tried, proven, revoked, unknown)


def _identified(tx: Reading, accounts: Rows) -> tuple[dict[int, int], tuple[str, ...]]:
    """Accounts of the bundle by ours: by platform and id, else by platform, name and unit."""
    known = all_accounts(tx)
    by_uid = {(each.platform, each.uid): each.id for each in known if each.uid is not None}
    by_name = {(each.platform, each.name, each.unit_code): each for each in known}
    ids: dict[int, int] = {}
    unknown: list[str] = []
    for row in accounts:
        found = by_uid.get((row["platform"], row["uid"]))
        same = by_name.get((row["platform"], row["name"], row["unit"]))
        if found is None and same is not None and None in (same.uid, row["uid"]):
            found = same.id
        if found is None:
            unknown.append(f"{row['platform']} {row['name']}({row['uid'] or 'ID待补'})")
        else:
            ids[row["n"]] = found
    return ids, tuple(unknown)


def _take_posts(store: Store, rows: Rows, ids: Ids) -> int:
    """Version after version of each post, as they came to be known; how many posts are new."""
    new = 0
    for source, part in _rounds(rows):
        for chunk in chunks(part, AT_ONCE):
            with store.writing() as tx:
                staged = [posts.row(ids[row["n"]], _version(row)) for row in chunk]
                merged = posts.merge(tx, staged, Provenance(source))
                if merged.new:
                    own = source == Provenance.REPORT
                    coverage.contradicted(tx, up_to=OWN_WORD if own else routes.HIGHEST)
            new += merged.new
    return new


def _rounds(rows: Rows) -> Iterator[tuple[str, Rows]]:
    """First versions by source, then second ones: no post stands twice in one round."""
    seen: Counter[tuple[int, str]] = Counter()
    rounds: dict[tuple[int, str], Rows] = {}
    for row in rows:
        key = (row["n"], row["native_id"])
        seen[key] += 1
        rounds.setdefault((seen[key], row["source"]), []).append(row)
    yield from ((source, rounds[place, source]) for place, source in sorted(rounds))


def _version(row: Mapping[str, Any]) -> SeenPost:
    deleted = row["deleted_seen_at"]
    seen = max(row["last_seen_at"], row["published_until"]) if deleted is None else deleted
    return SeenPost(
        native_id=row["native_id"],
        published_from=row["published_from"],
        published_until=row["published_until"],
        observed_at=seen,
        title=row["title"],
        url=row["url"],
        form=row["form"],
        deleted=deleted is not None,
        text=row.get("text", ""),
    )


def _take_numbers(store: Store, rows: Mapping[str, Rows], ids: Ids) -> int:
    """Numbers of posts and accounts by source; how many were news."""
    news = 0
    for source, part in _by_source(rows["post_numbers"]):
        for chunk in chunks(part, AT_ONCE):
            with store.writing() as tx:
                staged = [posts.row(ids[row["n"]], _measured(row)) for row in chunk]
                merged = posts.merge(tx, staged, source)
                news += observations.merge_posts(tx, source, once=merged.once)
    for source, part in _by_source(rows["account_numbers"]):
        for chunk in chunks(part, AT_ONCE):
            with store.writing() as tx:
                said = [(ids[row["n"]], _said(row)) for row in chunk]
                news += observations.merge_accounts(tx, said, source)
    return news


def _by_source(rows: Rows) -> Iterator[tuple[Provenance, Rows]]:
    parts: dict[str, Rows] = {}
    for row in rows:
        parts.setdefault(row["source"], []).append(row)
    yield from ((Provenance(source), part) for source, part in parts.items())


def _measured(row: Mapping[str, Any]) -> SeenPost:
    return SeenPost(
        native_id=row["native_id"],
        published_from=row["published_from"],
        published_until=row["published_until"],
        observed_at=row["observed_at"],
        title=row["title"],
        url=row["url"],
        form=row["form"],
        numbers=PostNumbers(**row["numbers"]),
        final=row["final"],
        capped=frozenset(row["capped"].split(",")) - {""},
        text=row.get("text", ""),
    )


def _said(row: Mapping[str, Any]) -> AccountObservation:
    numbers = AccountNumbers(**row["numbers"])
    return AccountObservation(row["observed_at"], numbers, row["basis"], row["final"])


def _take_services(tx: Writing, rows: Rows, ids: Ids) -> None:
    answers: dict[tuple[int, str], list[SeenService]] = {}
    for row in rows:
        seen = SeenService(
            Function(row["function"]),
            row["works"],
            row["checked_at"],
            row["measured"],
            row["detail"],
        )
        answers.setdefault((ids[row["n"]], row["source"]), []).append(seen)
    for (account_id, source), found in answers.items():
        services.merge(tx, account_id, found, Provenance(source))


def _route(row: Mapping[str, Any]) -> Route:
    """Its grade and freshness stand in the coverage rows themselves."""
    name = row["key"].partition("/")[2]
    source = Provenance(row["source"])
    return Route(row["platform"], name, source, 0, 0, row["confirm_s"] // HOUR)


def _take_passes(tx: Writing, rows: Rows, ids: Ids, by_key: Mapping[str, int], run_id: int) -> int:
    same = select(PASS.c.account_id, PASS.c.route_id, PASS.c.started_at)
    known = {tuple(row) for row in tx.conn.execute(same)}
    fresh = [
        {key: value for key, value in row.items() if key not in {"n", "route"}}
        | {"account_id": ids[row["n"]], "route_id": by_key[row["route"]], "run_id": run_id}
        for row in rows
        if (ids[row["n"]], by_key[row["route"]], row["started_at"]) not in known
    ]
    for chunk in chunks(fresh, AT_ONCE):
        tx.conn.execute(insert(PASS), list(chunk))
    return len(fresh)


def _claims(tx: Reading) -> dict[tuple[Any, ...], list[int]]:
    """Coverage rows by all that makes them the same look."""
    names = ("account_id", "route_id", "a", "b", "grade", "fresh_s", "looked_at")
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in tx.conn.execute(select(COVERAGE.c.id, *(COVERAGE.c[name] for name in names))):
        found.setdefault(tuple(row)[1:], []).append(row[0])
    return found


def _claim(row: Mapping[str, Any], ids: Ids, by_key: Mapping[str, int]) -> tuple[Any, ...]:
    said = (row["a"], row["b"], row["grade"], row["fresh_s"], row["looked_at"])
    return (ids[row["n"]], by_key[row["route"]], *said)


def _take_coverage(
    tx: Writing, rows: Rows, ids: Ids, by_key: Mapping[str, int], bundle_id: int
) -> int:
    known = _claims(tx)
    claims = [_claim(row, ids, by_key) for row in rows]
    fresh = [_coverage_row(each, tx.stamp, bundle_id) for each in claims if each not in known]
    for chunk in chunks(fresh, AT_ONCE):
        tx.conn.execute(insert(COVERAGE), list(chunk))
    return len(fresh)


def _coverage_row(claim: Sequence[Any], stamp: int, bundle_id: int) -> dict[str, Any]:
    account_id, route_id, a, b, grade, fresh_s, looked_at = claim
    return {
        "account_id": account_id,
        "route_id": route_id,
        "a": a,
        "b": b,
        "grade": grade,
        "fresh_s": fresh_s,
        "looked_at": looked_at,
        "recorded_at": stamp,
        "evidence_kind": "bundle",
        "evidence_id": bundle_id,
    }


def _take_revocations(tx: Writing, rows: Rows, ids: Ids, by_key: Mapping[str, int]) -> int:
    if not rows:
        return 0
    known = _claims(tx)
    gone = set(tx.conn.execute(select(REVOKED.c.coverage_id)).scalars())
    fresh = [
        (coverage_id, row["reason"])
        for row in rows
        for coverage_id in known.get(_claim(row, ids, by_key), [])
        if coverage_id not in gone
    ]
    for coverage_id, reason in fresh:
        coverage.revoke(tx, coverage_id, reason)
    return len(fresh)


def _take_ceilings(tx: Writing, rows: Rows, by_key: Mapping[str, int]) -> None:
    """The last word on each route, where it is another one than ours."""
    last = {row["route"]: row for row in rows}
    present = routes.ceilings(tx, tx.stamp)
    for key, row in last.items():
        if present.get(by_key[key]) != row["ceiling"]:
            routes.set_ceiling(tx, by_key[key], row["ceiling"], row["reason"])
