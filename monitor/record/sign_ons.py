"""Sign-on by the office's service: which ways back were used, and whose subject is whose."""

from sqlalchemy import delete, insert, select

from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

USED = METADATA.tables["sign_on_used"]
SUBJECT = METADATA.tables["sign_on_subject"]


def spend(tx: Writing, state_sha256: str) -> bool:
    """Use up one way back; False where it was used before. The purge takes the old ones, whose
    tickets are refused by their age."""
    if tx.conn.execute(select(USED).where(USED.c.state_sha256 == state_sha256)).first():
        return False
    tx.conn.execute(insert(USED).values(state_sha256=state_sha256, at=tx.second))
    return True


def person_of(tx: Reading, issuer: str, subject: str) -> int | None:
    """Whom a subject of a service is linked to."""
    found = select(SUBJECT.c.person_id).where(
        SUBJECT.c.issuer == issuer, SUBJECT.c.subject == subject
    )
    return tx.conn.execute(found).scalar_one_or_none()


def linked(tx: Reading, issuer: str, person_id: int) -> bool:
    """Whether some subject of a service is linked to a person."""
    found = select(SUBJECT.c.id).where(SUBJECT.c.issuer == issuer, SUBJECT.c.person_id == person_id)
    return tx.conn.execute(found).first() is not None


def link(tx: Writing, issuer: str, subject: str, person_id: int) -> None:
    """This subject is that person from now on, whatever it calls itself."""
    row = {"issuer": issuer, "subject": subject, "person_id": person_id}
    tx.conn.execute(insert(SUBJECT).values(**row, recorded_at=tx.stamp))


def unlink(tx: Writing, person_id: int) -> bool:
    """Forget who a person is at any service; whether there was a link."""
    done = tx.conn.execute(delete(SUBJECT).where(SUBJECT.c.person_id == person_id))
    return done.rowcount > 0
