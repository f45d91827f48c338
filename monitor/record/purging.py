"""The purge in the store: what is due, taking it in small steps, and a receipt for each step.

What is due is found without a lock and looked at again under it, in the very statement that takes
it: a hold or a case that came between wins. A step and its receipt are one transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    TextClause,
    delete,
    func,
    literal_column,
    select,
    text,
    tuple_,
    update,
)

from monitor.domain.instants import DAY
from monitor.domain.retention import Kind, Retention
from monitor.record import audit, purge_files, purge_folders, thinning
from monitor.record.purge_folders import FOLDERS
from monitor.record.purge_targets import Target, targets
from monitor.record.rows import enter
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

RECEIPT: Final = METADATA.tables["purge_receipt"]
CHUNK: Final = 500
"""Rows per step: well under 200 ms of the write lock, receipt and audit entry included."""
ACTION: Final = "到期清理"

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Purging:
    """One kind at one instant: `now` in seconds; `run_id` is the run that takes it, `local_dir`
    where this machine's files lie."""

    kind: Kind
    rules: Retention
    now: int
    local_dir: Path
    run_id: int = 0

    @property
    def before(self) -> int:
        """What counts from an earlier second has had its time."""
        return self.now - self.kind.days * DAY


@dataclass(frozen=True, slots=True)
class Due:
    """What the next purge would take of a kind, and what holds keep from it."""

    due: int
    held: int
    oldest: int | None


def covered(target: Target) -> str:
    """In SQL: some hold in force covers the row."""
    whose = ["h.unit_id IS NULL AND h.account_id IS NULL AND h.case_id IS NULL"]
    under = "LIKE '%/' || h.unit_id || '/%'"
    if target.account:
        whose += [
            f"{target.account} IN (h.account_id, hc.account_id)",
            f"{target.account} IN (SELECT ar.account_id FROM account_rev ar"
            f" JOIN unit_rev ur ON ur.unit_id = ar.unit_id WHERE ur.path {under})",
        ]
    if target.unit:
        whose += [
            f"{target.unit} = hc.unit_id",
            f"{target.unit} IN (SELECT ur.unit_id FROM unit_rev ur WHERE ur.path {under})",
        ]
    if target.person:
        whose.append(f'{target.person} IN (SELECT g.person_id FROM "grant" g WHERE g.path {under})')
    touches = " OR ".join(f"({each})" for each in whose)
    age = target.age
    return (
        'EXISTS (SELECT 1 FROM data_hold h LEFT JOIN "case" hc ON hc.id = h.case_id'
        " WHERE h.lifted_at IS NULL AND h.kind IN ('', :kind)"
        f" AND (h.since IS NULL OR {age} >= h.since)"
        f" AND (h.until IS NULL OR {age} < h.until)"
        f" AND ({touches}))"
    )


def due(tx: Reading, purging: Purging) -> Due:
    """How much is due, and how much holds keep of it."""
    if purging.kind.key in FOLDERS:
        files, held = _files_over(tx, purging)
        return Due(len(files), held, min(files.values(), default=None))
    target = _target(tx, purging.kind)
    if purging.kind.key in thinning.KINDS or target.only_file:
        return _due_by_steps(tx, purging)
    every, oldest = _count(tx, purging, _over(target))
    free, _ = _count(tx, purging, _free(target))
    return Due(free, every - free, oldest)


def _count(tx: Reading, purging: Purging, said: str) -> tuple[int, int | None]:
    target = _target(tx, purging.kind)
    oldest: ColumnElement[int | None] = func.min(literal_column(target.age))
    counted = select(func.count(), oldest).select_from(METADATA.tables[target.table])
    row = tx.conn.execute(counted.where(_bound(said, purging))).one()
    return row[0], row[1]


def _due_by_steps(tx: Reading, purging: Purging) -> Due:
    """What cannot be counted by one statement is counted as it would be taken."""
    target, free, held, oldest = _target(tx, purging.kind), 0, 0, None
    after: Any = None
    while (found := ripe(tx, purging, after, held=True)) is not None:
        keys, after = found
        for part in parts(keys):
            rows = _present(purging, target, _still(tx, purging, part, _over(target)))
            ours = _present(purging, target, _still(tx, purging, part, _free(target)))
            free, held = free + len(ours), held + len(rows) - len(ours)
            oldest = min(
                [row.age for row in rows] + ([] if oldest is None else [oldest]), default=None
            )
    return Due(free, held, oldest)


def ripe(
    tx: Reading, purging: Purging, after: Any = None, *, held: bool = False
) -> tuple[list[Key], Any] | None:
    """The keys of what is due that follow `after`, and where to go on; None at the end. With `held`
    those too that a hold covers."""
    if purging.kind.key in thinning.KINDS:
        return thinning.step(tx, purging.kind.key, purging.before, after or 0)
    target = _target(tx, purging.kind)
    columns = [METADATA.tables[target.table].c[name] for name in target.key]
    said = _over(target) if held else _free(target)
    wanted = select(*columns).where(_bound(said, purging)).order_by(*columns).limit(CHUNK)
    if after is not None:
        wanted = wanted.where(tuple_(*columns) > tuple_(*after))
    keys: list[Key] = [tuple(row) for row in tx.conn.execute(wanted)]
    return (keys, keys[-1]) if keys else None


def parts(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Keys in steps of the size that one transaction takes."""
    for begin in range(0, len(keys), CHUNK):
        yield keys[begin : begin + CHUNK]


def take(tx: Writing, purging: Purging, keys: Sequence[Key]) -> int:
    """Take those of these rows that are still due, with their receipt; how many went."""
    target = _target(tx, purging.kind)
    table = METADATA.tables[target.table]
    where = (_among(target, keys), _bound(_free(target), purging))
    told = _told(target)
    if target.only_file:
        rows = _only_files(tx, target, purging, keys)
    elif target.clear:
        changed = update(table).where(*where).values(**target.clear).returning(*told)
        rows = list(tx.conn.execute(changed))
    else:
        rows = list(tx.conn.execute(delete(table).where(*where).returning(*told)))
    names = [row.file for row in rows if row.file]
    ids = (
        names if target.only_file else ["|".join(map(str, row[: len(target.key)])) for row in rows]
    )
    if not ids:
        return 0
    receipt = receive(tx, purging, ids, [row.age for row in rows])
    purge_files.owe(tx, target.place, purge_files.unshared(tx, target, names), receipt)
    return len(ids)


def take_files(tx: Writing, purging: Purging) -> int:
    """Take the files of a kind that is files alone; how many."""
    over, _ = _files_over(tx, purging)
    place = FOLDERS[purging.kind.key]
    owed = purge_files.owed(tx, place)
    fresh = [name for name in over if name not in owed]
    if fresh:
        receipt = receive(tx, purging, fresh, [over[name] for name in fresh])
        purge_files.owe(tx, place, fresh, receipt)
    return len(fresh)


def _files_over(tx: Reading, purging: Purging) -> tuple[dict[str, int], int]:
    """What may go by name and since when it lies there, and how much a hold keeps."""
    lying = purge_folders.lying(tx, purging.local_dir, purging.kind.key)
    over = {name: at for name, at in lying.items() if at < purging.before}
    free = purge_folders.unheld(tx, purging.kind.key, over)
    return free, len(over) - len(free)


def receive(tx: Writing, purging: Purging, ids: Sequence[str], ages: Sequence[int]) -> int:
    """The receipt of a step, chained into the audit by its hash; its number."""
    hashed = digest(ids)
    key = enter(
        tx,
        RECEIPT,
        kind=purging.kind.key,
        many=len(ids),
        oldest=min(ages),
        newest=max(ages),
        revision=purging.rules.version,
        rules_sha256=purging.rules.sha256,
        ids_sha256=hashed,
        run_id=purging.run_id,
        recorded_at=tx.stamp,
    )
    said = f"{purging.kind.key}:{len(ids)}项,第{purging.rules.version}版,{hashed}"
    audit.add(tx, None, ACTION, "purge_receipt", str(key), said)
    return key


def digest(ids: Sequence[str]) -> str:
    """The hash a receipt bears: over the ids as text, sorted, one a line."""
    return sha256("\n".join(sorted(ids)).encode()).hexdigest()


def _target(tx: Reading, kind: Kind) -> Target:
    return targets(sqlite=tx.sqlite)[kind.key]


def _over(target: Target) -> str:
    return f"{target.age} < :before AND ({target.over})"


def _free(target: Target) -> str:
    return f"{_over(target)} AND NOT {covered(target)}"


def _bound(said: str, purging: Purging) -> TextClause:
    """Only what a statement speaks of may be bound to it."""
    values = {"before": purging.before, "now": purging.now, "kind": purging.kind.key}
    return text(said).bindparams(**{k: v for k, v in values.items() if f":{k}" in said})


def _among(target: Target, keys: Sequence[Key]) -> ColumnElement[bool]:
    columns = [METADATA.tables[target.table].c[name] for name in target.key]
    if len(columns) == 1:
        return columns[0].in_([key[0] for key in keys])
    return tuple_(*columns).in_(keys)


def _told(target: Target) -> list[ColumnElement[Any]]:
    columns = METADATA.tables[target.table].c
    file = columns[target.file] if target.file else literal_column("''")
    return [
        *(columns[name] for name in target.key),
        literal_column(target.age).label("age"),
        file.label("file"),
    ]


def _still(tx: Reading, purging: Purging, keys: Sequence[Key], said: str) -> list[Row[Any]]:
    target = _target(tx, purging.kind)
    wanted = select(*_told(target)).where(_among(target, keys), _bound(said, purging))
    return list(tx.conn.execute(wanted))


def _present(purging: Purging, target: Target, rows: list[Row[Any]]) -> list[Row[Any]]:
    """Of rows that stay when their file goes: those whose file is there."""
    if not target.only_file:
        return rows
    return [row for row in rows if purge_files.present(purging.local_dir, target.place, row.file)]


def _only_files(
    tx: Writing, target: Target, purging: Purging, keys: Sequence[Key]
) -> list[Row[Any]]:
    """One row for each file that is there, that no row still needs and that is not owed yet."""
    found = _present(purging, target, _still(tx, purging, keys, _free(target)))
    rows = {row.file: row for row in found}
    file = METADATA.tables[target.table].c[target.file]
    needed = select(file).where(file.in_(list(rows)), _bound(f"NOT ({_free(target)})", purging))
    kept = set(tx.conn.execute(needed).scalars()) | purge_files.owed(tx, target.place)
    return [row for name, row in rows.items() if name not in kept]
