"""Credentials: sealed keys of a platform or of one account; only ciphertext is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, text, update

from monitor.domain.instants import OPEN
from monitor.record import audit
from monitor.record.facts_at import At, fetch
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

CREDENTIAL = METADATA.tables["credential"]
VALID = "有效"
VOID = "已失效"
WITHDRAWN = "已取消授权"
LISTED = text(
    "SELECT credential.platform, credential.account_id, credential.state, credential.expires_at,"
    " account_rev.name FROM credential LEFT JOIN account_rev"
    " ON account_rev.account_id = credential.account_id AND account_rev.superseded_at = :still"
    " AND account_rev.valid_until = :still ORDER BY credential.platform, credential.account_id"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A credential without its content; `account_name` None where it is the whole platform's."""

    platform: str
    account_id: int
    state: str
    expires_at: int | None
    account_name: str | None


def put(tx: Writing, platform: str, account_id: int, sealed: bytes, expires_at: int | None) -> None:
    """Keep the sealed keys of one account (0: of the whole platform), replacing older ones."""
    fresh = {
        "sealed": sealed,
        "expires_at": expires_at,
        "recorded_at": tx.stamp,
        "state": VALID,
    }
    replaced = tx.conn.execute(
        update(CREDENTIAL)
        .where(CREDENTIAL.c.platform == platform, CREDENTIAL.c.account_id == account_id)
        .values(**fresh)
    )
    if replaced.rowcount == 0:
        tx.conn.execute(
            insert(CREDENTIAL).values(platform=platform, account_id=account_id, **fresh)
        )


def renewed(
    tx: Writing, reader: str, account_id: int, sealed: bytes, expires_at: int | None
) -> None:
    """Replace the sealed keys by ones the platform renewed; None leaves the expiry as it was."""
    values: dict[str, object] = {"sealed": sealed, "recorded_at": tx.stamp, "state": VALID}
    if expires_at is not None:
        values["expires_at"] = expires_at
    changed = tx.conn.execute(
        update(CREDENTIAL)
        .where(CREDENTIAL.c.platform == reader, CREDENTIAL.c.account_id == account_id)
        .values(**values)
    )
    if changed.rowcount == 0:
        put(tx, reader, account_id, sealed, expires_at)


def sealed_one(tx: Reading, reader: str, account_id: int) -> bytes | None:
    """The sealed keys of one account (0: the shared ones) of a reader; None if there are none."""
    found = tx.conn.execute(
        select(CREDENTIAL.c.sealed).where(
            CREDENTIAL.c.platform == reader, CREDENTIAL.c.account_id == account_id
        )
    ).scalar()
    return None if found is None else bytes(found)


def all_sealed(tx: Reading, platform: str) -> dict[int, bytes]:
    """Sealed keys by account id; 0 are those of the whole platform."""
    rows = tx.conn.execute(
        select(CREDENTIAL.c.account_id, CREDENTIAL.c.sealed).where(
            CREDENTIAL.c.platform == platform
        )
    )
    return {row.account_id: bytes(row.sealed) for row in rows}


def any_of(tx: Reading, reader: str) -> bool:
    """True where the reader has any credential at all."""
    asked = select(CREDENTIAL.c.account_id).where(CREDENTIAL.c.platform == reader).limit(1)
    return tx.conn.execute(asked).first() is not None


def sealed_of(tx: Reading, reader: str, ids: Sequence[int]) -> dict[int, bytes]:
    """Sealed keys of these accounts and the shared ones (0), by account id."""
    accounts, keys = At(0, 0, (0, *ids)).accounts(tx)
    rows = fetch(
        tx,
        f"SELECT k.account_id, k.sealed FROM ({accounts}) AS w"
        " JOIN credential k ON k.account_id = w.account_id AND k.platform = :reader",
        {**keys, "reader": reader},
    )
    return {row[0]: bytes(row[1]) for row in rows}


def listed(tx: Reading) -> list[Listed]:
    """All credentials, without their content."""
    return [Listed(*row) for row in tx.conn.execute(LISTED, {"still": OPEN})]


def mark(tx: Writing, platform: str, account_id: int, state: str) -> None:
    """Write down how a credential fares: 有效, 已失效, ..."""
    tx.conn.execute(
        update(CREDENTIAL)
        .where(CREDENTIAL.c.platform == platform, CREDENTIAL.c.account_id == account_id)
        .values(state=state)
    )


def fared(tx: Writing, platform: str, account_id: int, *, refused: bool) -> None:
    """A pass showed how an account's credential fares: refused it is void until somebody agrees
    anew, and a void one that reads again is valid."""
    before, after = (VALID, VOID) if refused else (VOID, VALID)
    tx.conn.execute(
        update(CREDENTIAL)
        .where(CREDENTIAL.c.platform == platform, CREDENTIAL.c.account_id == account_id)
        .where(CREDENTIAL.c.state == before)
        .values(state=after)
    )


def withdrawn(tx: Writing, platform: str, account_id: int, how: str) -> None:
    """The owner took the agreement back: the credential says so, and so does the audit."""
    mark(tx, platform, account_id, WITHDRAWN)
    audit.add(tx, None, "账号取消授权", "account", str(account_id), how)


def remove(tx: Writing, platform: str, account_id: int) -> bool:
    """Forget a credential; False where there was none."""
    gone = tx.conn.execute(
        CREDENTIAL.delete().where(
            CREDENTIAL.c.platform == platform, CREDENTIAL.c.account_id == account_id
        )
    )
    return gone.rowcount == 1
