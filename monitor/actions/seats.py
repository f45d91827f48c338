"""Seats: where one is signed in, and ending what one does not know or no longer needs."""

from monitor.access.declared import free
from monitor.actions.sign_in import Lasting
from monitor.domain.errors import Conflict
from monitor.domain.person import Seat, Session
from monitor.record import audit, sessions
from monitor.record.store import Store, Writing

__all__ = ["end", "end_others", "mine"]


@free("the sessions are his own")
def mine(store: Store, session: Session, now: int, lasting: Lasting) -> list[Seat]:
    """All open sessions of whoever asks, the one last used first."""
    with store.reading() as tx:
        return sessions.seats(tx, session.person.id, now, lasting.idle)


@free("the session is his own")
def end(store: Store, session: Session, seat_id: int) -> None:
    """End one of one's own sessions; Conflict where it is over, or was never one's own."""
    with store.writing(durable=True) as tx:
        if not sessions.revoke_own(tx, session.person.id, seat_id):
            raise Conflict("该登录已结束", "", "请刷新查看最新情况")
        _note(tx, session, "结束登录")


@free("the sessions are his own")
def end_others(store: Store, session: Session) -> None:
    """End all of one's sessions but the one in use."""
    with store.writing(durable=True) as tx:
        sessions.revoke_all(tx, session.person.id, but=session.id)
        _note(tx, session, "退出其他登录")


def _note(tx: Writing, session: Session, action: str) -> None:
    audit.add(tx, session.person.id, action, "person", str(session.person.id), "")
