"""The door of receipt links: made, told genuine or guessed, slowed down, turned away in words."""

import secrets
from collections.abc import Sequence
from typing import Final

from monitor.access import lockout, tokens
from monitor.access.declared import free
from monitor.access.lockout import Patience
from monitor.actions import burden
from monitor.actions.sending import Sent, key_of
from monitor.domain.burden import Sort
from monitor.domain.errors import Forbidden
from monitor.domain.instants import HOUR, MINUTE
from monitor.domain.receipt import ReceiptLink, Standing, standing
from monitor.record import burdens, receipt_links, sessions
from monitor.record.store import Reading, Store, Writing

GUESSES: Final = Patience(free=20, step=5, window=HOUR)
"""Links nobody made, by address; a whole bureau may sit behind one."""
SENDINGS: Final = Patience(free=40, step=10, window=HOUR)
"""Forms sent by one link."""
FROM_ONE_PLACE: Final = Patience(free=400, step=100, window=HOUR)
"""Forms sent from one address, by whatever links."""
NONCE_BYTES: Final = 18


class Refused(Forbidden):
    """A link that opens nothing; `standing` says why."""

    def __init__(self, why: Standing) -> None:
        super().__init__(_WHY[why], "", "请向发来链接的单位索取新的链接")
        self.standing = why


_WHY: Final = {
    Standing.UNKNOWN: "这个链接无效",
    Standing.EXPIRED: "这个链接已过期",
    Standing.REVOKED: "这个链接已被撤回",
    Standing.LIVE: "",
}


@free("the signed link is the right to one form")
def kind_of(store: Store, key: bytes, token: str, address: str) -> str:
    """The kind of task a token is for; Refused where nobody made it, and guesses are counted."""
    if not tokens.genuine(key, token):
        with store.writing() as tx:
            slow_down(tx, f"receipt {address}", GUESSES)
        raise Refused(Standing.UNKNOWN)
    with store.reading() as tx:
        link = receipt_links.find(tx, tokens.digest(token))
    if link is None:
        raise Refused(Standing.UNKNOWN)
    return link.kind


def live(tx: Reading, token: str, kind: str, now: int) -> ReceiptLink:
    """The link of a token of this kind; Refused where it opens nothing any more."""
    link = receipt_links.find(tx, tokens.digest(token))
    worth = standing(link, kind, now)
    if link is None or worth is not Standing.LIVE:
        raise Refused(worth)
    return link


def issue(
    tx: Writing,
    key: bytes,
    link: tuple[str, int, int],
    expires_at: int,
    by: int | None,
    doing: str = "",
) -> str:
    """A new link, (kind, task id, unit id), in place of any other of the task; its token.

    `doing` names what makes it, and is asked for where the same press must show the same link.
    """
    receipt_links.revoke(tx, link[0], link[1])
    token = token_of(key, link, doing or secrets.token_urlsafe(NONCE_BYTES))
    receipt_links.add(tx, link, tokens.digest(token), expires_at, by)
    return token


def token_of(key: bytes, link: tuple[str, int, int], doing: str) -> str:
    """The token a doing makes for a link: the same however often it is asked for."""
    return tokens.signed(key, tokens.nonce(key, f"{doing}:{link[0]}:{link[1]}"))


def doing(who: int | None, sent: Sent | None) -> str:
    """What names a doing: the key of its form, or chance at the command line, which has none."""
    if sent is None:
        return secrets.token_urlsafe(NONCE_BYTES)
    return key_of(str(who), sent)


def keep_within(tx: Writing, links: Sequence[tuple[str, int, int]]) -> None:
    """Call it once all links of an action are issued: CapReached where one of the tasks was sent
    links more often than the week's cap of 催办 allows; the first link is the task's own."""
    matters = {f"{burdens.SENT_AGAIN}:{kind}:{task_id}" for kind, task_id, _ in links}
    burden.keep_within(tx, Sort.URGE, {unit_id for _, _, unit_id in links}, matters)


def slow_down(tx: Writing, who: str, patience: Patience) -> None:
    """Count one more; Forbidden where there were too many, and then nothing is written down."""
    tried = sessions.attempts(tx, who, who, tx.second - patience.window)
    seconds = lockout.delay(tried.by_address, patience, tx.second)
    if seconds:
        raise Forbidden(f"操作过于频繁,请在{-(-seconds // MINUTE)}分钟后再试")
    sessions.attempt(tx, who, who)
