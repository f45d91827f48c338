"""Harvests: what a pass or a file brought home, saved in short transactions, coverage last."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from monitor.domain.collecting import CoverageClaim, ErrorClass, Harvest, PassOutcome, Route
from monitor.domain.instants import HOUR
from monitor.domain.loading import LoadedAccount, LoadedFile
from monitor.domain.numbers import Provenance
from monitor.domain.service_link import Where
from monitor.domain.sighting import AccountSighting
from monitor.record import (
    audit,
    claims,
    coverage,
    observations,
    posts,
    routes,
    service_links,
    services,
    sightings,
)
from monitor.record.coverage import Proof
from monitor.record.rows import enter
from monitor.record.staging import chunks
from monitor.record.store import Store, Writing
from monitor.record.tables.base import METADATA

PASS = METADATA.tables["pass"]
IMPORT = METADATA.tables["import"]

AT_ONCE: Final = 5_000
"""Sightings merged by one transaction: about 100 ms of write lock."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What of one pass was news. `revoked` are coverage rows it disproved."""

    pass_id: int
    new_posts: int = 0
    changed_posts: int = 0
    observations: int = 0
    revoked: int = 0
    coverage_id: int | None = None


@dataclass(frozen=True, slots=True)
class FileSaved:
    """What of one file was news; `already`: these bytes were taken in before, nothing was done."""

    already: bool = False
    new_posts: int = 0
    changed_posts: int = 0
    observations: int = 0
    revoked: int = 0
    covered: int = 0


@dataclass
class _News:
    """Counts while chunks go in."""

    new: int = 0
    changed: int = 0
    observed: int = 0
    revoked: int = 0

    def merge(self, tx: Writing, rows: Any, source: Provenance) -> None:
        """One chunk: versions, then numbers, then the coverage they disprove."""
        merged = posts.merge(tx, rows, source)
        self.new += merged.new
        self.changed += merged.changed
        self.observed += observations.merge_posts(tx, source, once=merged.once)
        if merged.new:
            self.revoked += coverage.contradicted(tx)


def save(store: Store, harvest: Harvest, run_id: int | None, *, proposed: bool = False) -> Saved:
    """Save one pass: posts and numbers first, its row and its coverage in the last transaction.

    With `proposed` its claim waits in `claims` until what else was seen confirms it.
    """
    source = harvest.route.source
    rows = [posts.row(harvest.account_id, post) for post in harvest.posts]
    *early, last = [*chunks(rows, AT_ONCE)] or [[]]
    news = _News()
    for chunk in early:
        with store.writing() as tx:
            news.merge(tx, chunk, source)
    with store.writing() as tx:
        if last:
            news.merge(tx, last, source)
        said = [(harvest.account_id, each) for each in harvest.accounts]
        news.observed += observations.merge_accounts(tx, said, source)
        _services(tx, harvest)
        route_id = routes.ensure(tx, harvest.route)
        _sighted(tx, harvest, route_id)
        pass_id = _pass(tx, harvest, route_id, run_id)
        covered = None
        if harvest.claim is not None:
            proof = _proof(harvest.route, route_id, "pass", pass_id)
            if proposed:
                claims.propose(tx, harvest, harvest.claim, proof)
            else:
                covered = coverage.add(tx, harvest.account_id, harvest.claim, proof)
        if source is Provenance.INTERFACE:
            audit.add(tx, None, "使用授权", "pass", str(pass_id), "")
    return Saved(pass_id, news.new, news.changed, news.observed, news.revoked, covered)


def _services(tx: Writing, harvest: Harvest) -> None:
    """Keep what the pass says of functions; entries known to lead nowhere count for nothing."""
    key = harvest.account_id
    if harvest.offers is not None:
        service_links.offered(tx, key, Where.MENU, harvest.offers, harvest.started_at)
    seen = service_links.weighed(tx, key, harvest.services)
    services.merge(tx, key, seen, harvest.route.source)


def _sighted(tx: Writing, harvest: Harvest, route_id: int) -> None:
    """Keep what the pass says of the account itself. An interface that knows no such account says
    that it is gone; one that is read to the end after that, that it stands again."""
    said, own = harvest.sighting, harvest.route.source is Provenance.INTERFACE
    if own and harvest.error is ErrorClass.GONE:
        said = replace(said or AccountSighting(harvest.ended_at), exists=False)
    read = own and said is None and harvest.outcome is PassOutcome.COMPLETE
    if read and sightings.gone(tx, harvest.account_id, route_id):
        said = AccountSighting(harvest.started_at, exists=True)
    if said is not None:
        sightings.note(tx, harvest.account_id, route_id, said)


def _proof(route: Route, route_id: int, kind: str, evidence_id: int) -> Proof:
    return Proof(route_id, route.grade, route.fresh_hours * HOUR, kind, evidence_id)


def _pass(tx: Writing, harvest: Harvest, route_id: int, run_id: int | None) -> int:
    return enter(
        tx,
        PASS,
        account_id=harvest.account_id,
        route_id=route_id,
        run_id=run_id,
        started_at=harvest.started_at,
        ended_at=harvest.ended_at,
        outcome=harvest.outcome.value,
        error_class=None if harvest.error is None else harvest.error.value,
        cause="" if harvest.cause is None else harvest.cause.what,
        remedy="" if harvest.cause is None else harvest.cause.remedy,
        pages=harvest.pages,
        items=harvest.items,
        reread_from=harvest.reread_from,
    )


def save_file(
    store: Store,
    loaded: LoadedFile,
    accounts: Mapping[int, LoadedAccount],
    route: Route,
    covers: tuple[int, int] | None,
    looked_at: int,
) -> FileSaved:
    """Save what a file says of `accounts` (by id); the same bytes are taken in once.

    Coverage is [covers), else from after the oldest row to before the newest, and only if the file
    is complete; with the file's own grade. Its import row and coverage stand in one transaction,
    the last: a file cut off half way is taken in again.
    """
    if _taken(store, loaded.sha256):
        return FileSaved(already=True)
    news = _take(store, accounts, route.source)
    with store.writing() as tx:
        import_id = _import(tx, loaded, covers)
        if import_id is None:
            return FileSaved(already=True)
        proof = Proof(
            routes.ensure(tx, route), loaded.grade, route.fresh_hours * HOUR, "import", import_id
        )
        claims = {key: _claim(one, covers, looked_at) for key, one in accounts.items()}
        covered = _cover(tx, claims, proof) if loaded.complete else 0
    return FileSaved(
        new_posts=news.new,
        changed_posts=news.changed,
        observations=news.observed,
        revoked=news.revoked,
        covered=covered,
    )


def _take(store: Store, accounts: Mapping[int, LoadedAccount], source: Provenance) -> _News:
    """Posts and numbers, in parts that each hold the writer's lock for a moment only."""
    rows = [posts.row(key, post) for key, said in accounts.items() for post in said.posts]
    news = _News()
    for chunk in chunks(rows, AT_ONCE):
        with store.writing() as tx:
            news.merge(tx, chunk, source)
    said = [(key, each) for key, one in accounts.items() for each in one.observations]
    for part in chunks(said, AT_ONCE):
        with store.writing() as tx:
            news.observed += observations.merge_accounts(tx, part, source)
    return news


def _cover(tx: Writing, claims: Mapping[int, CoverageClaim | None], proof: Proof) -> int:
    """Write what the file proves of each account; how many it proves anything of."""
    proven = {key: claim for key, claim in claims.items() if claim is not None}
    for key, claim in proven.items():
        coverage.add(tx, key, claim, proof)
    return len(proven)


def _taken(store: Store, sha256: str) -> bool:
    with store.reading() as tx:
        return (
            tx.conn.execute(select(IMPORT.c.id).where(IMPORT.c.sha256 == sha256)).first()
            is not None
        )


def _import(tx: Writing, loaded: LoadedFile, covers: tuple[int, int] | None) -> int | None:
    """The file's row; None where somebody took in the same bytes meanwhile."""
    same = select(IMPORT.c.id).where(IMPORT.c.sha256 == loaded.sha256)
    if tx.conn.execute(same).first() is not None:
        return None
    a, b = covers if covers is not None else (None, None)
    return enter(
        tx,
        IMPORT,
        sha256=loaded.sha256,
        name=loaded.name,
        layout=loaded.layout,
        rows=loaded.rows,
        refused=len(loaded.problems),
        covers_a=a,
        covers_b=b,
        recorded_at=tx.stamp,
    )


def _claim(
    said: LoadedAccount, covers: tuple[int, int] | None, looked_at: int
) -> CoverageClaim | None:
    """What a complete file proves of one account: the first day may be cut, the last unfinished."""
    if covers is not None:
        a, b = covers
    elif said.posts:
        oldest = min(said.posts, key=lambda post: post.published_until)
        newest = max(said.posts, key=lambda post: post.published_from)
        a, b = oldest.published_until + 1, newest.published_from
    else:
        return None
    b = min(b, looked_at)
    return CoverageClaim(min(a, b), b, looked_at)
