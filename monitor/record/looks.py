"""Looks 巡查: a person's look at a page becomes a post, a service check and, last, coverage."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, select, text

from monitor.domain.collecting import CoverageClaim
from monitor.domain.instants import HOUR, OPEN
from monitor.domain.numbers import Provenance
from monitor.domain.patrol import OFFICE_GRADE, Comments, Look, Moment, claim, route
from monitor.domain.post import SeenPost
from monitor.domain.service import Function, SeenService
from monitor.record import coverage, posts, proposals, routes, services
from monitor.record.coverage import Proof
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

LOOK = METADATA.tables["look"]
NARROW: Final = HOUR
"""Two posts of one account within so little time are taken for one that was told twice."""


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that still stood when it was last seen."""

    native_id: str
    when: Moment
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Whose word a look is: its grade, the person, the key it is stored under once, a screenshot's
    sha256. `doubt` not '' keeps the look from proving anything."""

    grade: int
    person_id: int | None
    key: str
    photo: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a look. `claim` is None where it proved nothing; `new_post`: nobody knew it;
    `already`: it was stored before under the same key and nothing was done."""

    look_id: int
    claim: CoverageClaim | None = None
    new_post: bool = False
    already: bool = False


def save(tx: Writing, platform: str, look: Look, witness: Witness) -> Kept:
    """Store a look: the post it saw, what it saw of comments, its row, its coverage last."""
    before = known(tx, witness.key)
    if before is not None:
        return Kept(before, already=True)
    new_post = _merge_post(tx, look)
    services.merge(tx, look.account_id, _services(look, witness.grade), Provenance.PATROL)
    look_id = _enter(tx, look, witness)
    proposals.from_look(tx, look, look_id, witness.person_id)
    claimed = None if witness.doubt else claim(look, platform)
    if claimed is not None:
        way = route(platform, witness.grade)
        proof = Proof(
            routes.ensure(tx, way), witness.grade, way.fresh_hours * HOUR, "look", look_id
        )
        coverage.add(tx, look.account_id, claimed, proof)
    return Kept(look_id, claimed, new_post)


def known(tx: Reading, key: str) -> int | None:
    """The look that was stored under this key; None where none was."""
    return tx.conn.execute(select(LOOK.c.id).where(LOOK.c.idempotency_key == key)).scalar()


def newest_live(tx: Reading, account_id: int, before: int) -> KnownPost | None:
    """The newest known post that still stood and was surely published before a second."""
    asked = {"account_id": account_id, "before": before}
    row = tx.conn.execute(_NEWEST_LIVE, asked).first()
    return None if row is None else _post(row)


def last(tx: Reading, account_id: int) -> Mapping[Any, Any] | None:
    """The row of the account's newest look."""
    newest = select(LOOK).where(LOOK.c.account_id == account_id)
    newest = newest.order_by(LOOK.c.looked_from.desc(), LOOK.c.id.desc()).limit(1)
    return tx.conn.execute(newest).mappings().first()


def take_down(tx: Writing, look: Look) -> int:
    """Mark the known posts newer than the look's newest as gone when it looked; how many."""
    after = look.newest[1] if look.newest is not None else -OPEN
    asked = {"account_id": look.account_id, "after": after, "before": look.end}
    gone = [_post(row) for row in tx.conn.execute(_NEWER_LIVE, asked)]
    rows = [
        posts.row(
            look.account_id,
            SeenPost(each.native_id, *each.when, observed_at=look.looked_until, deleted=True),
        )
        for each in gone
    ]
    if rows:
        posts.merge(tx, rows, Provenance.PATROL)
    return len(rows)


def _merge_post(tx: Writing, look: Look) -> bool:
    """Enter the newest post, as the one it is known as where it is known; True where it is new."""
    if look.newest is None:
        return False
    found = _same(tx, look)
    native = found.native_id if found is not None else _native_id(look)
    seen = SeenPost(native, *look.newest, look.looked_until, look.title, look.url)
    merged = posts.merge(tx, [posts.row(look.account_id, seen)], Provenance.PATROL)
    if merged.new:
        coverage.contradicted(tx)
    return bool(merged.new)


def _same(tx: Reading, look: Look) -> KnownPost | None:
    """The known post that the newest one is: by address, by title, or by standing where it stands.

    People type titles as they like: were a post they saw taken for another one, it would look like
    one that a complete pass had missed, and would revoke honest coverage.
    """
    if look.newest is None:
        return None
    asked = {"account_id": look.account_id, "first": look.newest[0], "last": look.newest[1]}
    there = [_post(row) for row in tx.conn.execute(_OVERLAPPING, asked)]
    for each in there:
        if look.url and each.url == look.url:
            return each
    for each in there:
        if look.title and each.title and (look.title in each.title or each.title in look.title):
            return each
    narrow = look.newest[1] - look.newest[0] < NARROW
    alike = [each for each in there if narrow or not (look.title and each.title)]
    return alike[0] if alike else None


def _native_id(look: Look) -> str:
    """An id of its own, the same for the same words."""
    said = look.url or f"{look.title}@{look.newest}"
    return f"patrol:{sha256(said.encode()).hexdigest()[:16]}"


def _services(look: Look, grade: int) -> list[SeenService]:
    if look.comments is Comments.UNSEEN:
        return []
    works = look.comments is Comments.OPEN
    measured = grade >= OFFICE_GRADE
    return [SeenService(Function.COMMENTS, works, look.looked_from, measured)]


def _enter(tx: Writing, look: Look, witness: Witness) -> int:
    newest = look.newest or (None, None)
    second = look.second or (None, None)
    return enter(
        tx,
        LOOK,
        account_id=look.account_id,
        person_id=witness.person_id,
        looked_from=look.looked_from,
        looked_until=look.looked_until,
        newest_from=newest[0],
        newest_until=newest[1],
        second_from=second[0],
        second_until=second[1],
        seen=look.seen.value,
        source=Provenance.PATROL.value,
        remark=look.remark,
        empty=look.empty,
        title=look.title,
        url=look.url,
        comments=look.comments.value,
        name_now=look.name_now,
        photo=witness.photo,
        doubt=witness.doubt,
        grade=witness.grade,
        idempotency_key=witness.key,
        recorded_at=tx.stamp,
    )


def _post(row: Row[Any]) -> KnownPost:
    return KnownPost(row.native_id, (row.published_from, row.published_until), row.title, row.url)


_COLUMNS: Final = "k.native_id, k.title, k.url, p.published_from, p.published_until"
_LIVE: Final = f"""
FROM post p JOIN post_key k ON k.id = p.key_id
WHERE p.account_id = :account_id AND p.superseded_at = {OPEN} AND p.deleted_seen_at IS NULL
  AND p.published_until < :before
"""
_NEWEST_LIVE: Final = text(f"""
SELECT {_COLUMNS} {_LIVE} ORDER BY p.published_from DESC, p.published_until DESC, k.id LIMIT 1
""")
_NEWER_LIVE: Final = text(f"SELECT {_COLUMNS} {_LIVE} AND p.published_from > :after ORDER BY k.id")
_OVERLAPPING: Final = text(f"""
SELECT {_COLUMNS} FROM post p JOIN post_key k ON k.id = p.key_id
WHERE p.account_id = :account_id AND p.superseded_at = {OPEN}
  AND p.published_from <= :last AND p.published_until >= :first
ORDER BY p.published_from DESC, k.id LIMIT 50
""")
