"""Sign-on by the office's own service: asked, answered, and nobody is enrolled by it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

from monitor.access import id_tokens, passwords, tickets, tokens
from monitor.access.declared import free
from monitor.access.id_tokens import Expected, Identity, UnknownKey, refused
from monitor.actions import sign_in
from monitor.actions.sign_in import Entered, Lasting
from monitor.domain.person import Place
from monitor.record import audit, people, sign_ons
from monitor.record.store import Store, Writing

__all__ = ["Back", "Leaving", "Provider", "begin", "finish"]


class Provider(Protocol):
    """The service as the collector knows it."""

    issuer: str
    client_id: str
    claim: str

    def place(self, name: str) -> str: ...

    def keys(self, *, fresh: bool = False) -> Mapping[str, Any]: ...

    def exchange(self, code: str, verifier: str, back: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Leaving:
    """Where the browser goes, and the ticket it carries meanwhile."""

    url: str
    ticket: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Back:
    """What the browser brought back; `address` is where we had asked it to come to."""

    ticket: str | None = field(repr=False)
    state: str
    code: str = field(repr=False)
    issuer: str
    address: str


@free("nobody is known yet")
def begin(provider: Provider, key: bytes, back: str, onward: str, now: int) -> Leaving:
    """The way out: authorization code with PKCE, state and nonce, all new."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    ticket = tickets.Ticket(state, nonce, verifier, onward, now)
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": ticket.state,
        "nonce": ticket.nonce,
        "code_challenge": id_tokens.challenge(ticket.verifier),
        "code_challenge_method": "S256",
    }
    place = provider.place("authorization_endpoint")
    joint = "&" if "?" in place else "?"
    return Leaving(f"{place}{joint}{urlencode(asked)}", tickets.issue(key, ticket))


@free("nobody is known yet")
def finish(
    store: Store, provider: Provider, key: bytes, back: Back, place: Place, lasting: Lasting
) -> tuple[Entered, str]:
    """A session for somebody enrolled whom the service knows, and where he wanted to go.

    Forbidden where ticket, state, issuer, token or person are not as they should be.
    """
    now = int(store.clock().timestamp())
    ticket = tickets.opened(key, back.ticket, now)
    if ticket is None or not sign_in.same(ticket.state, back.state):
        raise refused("不是从本系统发起的登录，或已超时")
    if back.issuer and back.issuer != provider.issuer:
        raise refused("答复来自别的认证服务")
    if not back.code:
        raise refused("未在统一认证完成登录")
    _spend(store, back.state)
    token = provider.exchange(back.code, ticket.verifier, back.address)
    expected = Expected(provider.issuer, provider.client_id, ticket.nonce, provider.claim)
    identity = _identity(provider, token, expected, now)
    entered = _enter(store, provider.issuer, identity, place, lasting)
    return entered, sign_in.safe_path(ticket.onward)


def _spend(store: Store, state: str) -> None:
    """Before anything is asked of the service: two that come back at once are one."""
    with store.writing(durable=True) as tx:
        if not sign_ons.spend(tx, tokens.digest(state)):
            raise refused("这次登录的答复已经用过")


def _identity(provider: Provider, token: str, expected: Expected, now: int) -> Identity:
    try:
        return id_tokens.identity_in(token, provider.keys(), expected, now)
    except UnknownKey:
        return id_tokens.identity_in(token, provider.keys(fresh=True), expected, now)


def _enter(
    store: Store, issuer: str, identity: Identity, place: Place, lasting: Lasting
) -> Entered:
    # Made before the lock: a first password nobody used is replaced by one nobody knows.
    unknown = passwords.hash_password(secrets.token_urlsafe(32))
    with store.writing(durable=True) as tx:
        kept = _person(tx, issuer, identity)
        if kept.person.must_change:
            people.set_password(tx, kept.person.id, unknown, must_change=False)
        audit.add(tx, kept.person.id, "统一认证登录", "person", str(kept.person.id), "")
        return sign_in.begin(tx, kept.person.id, lasting, place)


def _person(tx: Writing, issuer: str, identity: Identity) -> people.Kept:
    """Whoever the subject is linked to; at the first time, whoever has its login and no link yet.

    So a login that is given to somebody else there opens nothing of its former owner's here.
    """
    known = sign_ons.person_of(tx, issuer, identity.subject)
    if known is not None:
        kept = people.by_id(tx, known, tx.second)
    else:
        kept = people.by_login(tx, identity.login, tx.second)
    if kept is None or not kept.person.active:
        raise refused("本系统没有登记该人员，或已停用")
    if known is None:
        if sign_ons.linked(tx, issuer, kept.person.id):
            raise refused("该登录名已绑定另一个统一认证账户，请联系管理员重置口令以解除绑定")
        sign_ons.link(tx, issuer, identity.subject, kept.person.id)
        audit.add(tx, kept.person.id, "绑定统一认证", "person", str(kept.person.id), "")
    return kept
