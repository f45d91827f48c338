"""Connecting: a link at which an account's owner agrees, and the sealed credential it ends in."""

import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol, TypeVar

from monitor.access import invitations, tokens
from monitor.access.declared import free, needs
from monitor.access.invitations import Invitation
from monitor.actions.permitting import permit
from monitor.collect.connect import CONNECTS, Grant, Offer
from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS, Line
from monitor.collect.throttle import Throttle
from monitor.collect.vault import Pocket
from monitor.collect.vault import Vault as Tokens
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY, to_second
from monitor.domain.person import Permission, Person
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import accounts, audit, connectings, credentials
from monitor.record.connectings import Connecting
from monitor.record.screens import patrol_subjects as screens
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

T = TypeVar("T")
LASTS: Final = DAY
"""How long a link may be followed: the person who must scan may be away today."""
INVITATIONS: Final = invitations.PREFIX
"""Where on the desk invitations are followed."""
INVITED: Final = 7 * DAY
"""How long an invitation may be followed."""
TOKEN_BYTES: Final = 24


class Placed(Protocol):
    """Where a reader's platform answers, if not at its own address."""

    @property
    def base_url(self) -> str | None: ...


@dataclass(frozen=True)
class Dial:
    """How platforms are asked: `paces` by reader, the clock, the desk's own address, and the key
    that signs invitations (without one none is worth anything).

    `tokens` gives where an application's token is kept for all processes: a platform that issues a
    new one may void the one another process works with. Without it tokens last one conversation.
    """

    paces: Mapping[str, Placed]
    now: Callable[[], datetime]
    desk: str
    key: bytes = field(default=b"", repr=False)
    tokens: Callable[[], Tokens] | None = field(default=None, repr=False)

    def ask(self, reader: str, talk: Callable[[Line], Awaitable[T]]) -> T:
        """What a conversation with a reader's platform comes to."""
        placed = self.paces.get(reader)
        elsewhere = placed.base_url if placed is not None else None

        async def hold() -> T:
            line = Line(
                client=loop.client,
                base_url=(elsewhere or READERS.get(reader).base_url).rstrip("/"),
                turns=Throttle(10).turns(),
                now=self.now,
                vault=self.tokens() if self.tokens else Pocket(lambda: to_second(self.now())),
                reader=reader,
                stand_in=elsewhere is not None,
            )
            return await talk(line)

        with EventLoop() as loop:
            return loop.run(hold())


@dataclass(frozen=True, slots=True)
class Answered:
    """What a platform led back with."""

    reader: str
    query: Mapping[str, str] = field(repr=False)


@needs(Permission.MANAGE_SECRETS)
def start(
    store: Store, vault: Vault, dial: Dial, actor: Person | None, wanted: tuple[str, int]
) -> str:
    """The link at which the owner of an account (`wanted`: reader and account id) agrees.

    InputError for a reader nobody can be connected to, PlatformError where the platform is not
    there; Forbidden beyond the actor's reach.
    """
    reader, account_id = wanted
    if reader not in CONNECTS:
        raise InputError("这个接口不能在线授权", reader, "请按说明登记授权项")
    with store.reading() as tx:
        shared = _shared(tx, vault, reader)
    token, back = secrets.token_urlsafe(TOKEN_BYTES), f"{dial.desk}/hooks/connect/{reader}"
    begun = Connecting(reader, account_id, back, to_second(dial.now()) + LASTS)
    with store.writing(durable=True) as tx:
        person = permit(tx, actor, Permission.MANAGE_SECRETS)
        scope = EVERYTHING if person is None else person.scope
        _subject(tx, scope, tx.second, wanted)
        by = None if person is None else person.id
        connectings.begin(tx, begun, tokens.digest(token), by)
        audit.add(tx, by, "发起授权", "account", str(account_id), "")
    offer = Offer(shared, back, token)
    return dial.ask(reader, lambda line: CONNECTS.get(reader).link(line, offer))


@needs(Permission.MANAGE_SECRETS)
def invite(store: Store, dial: Dial, actor: Person | None, wanted: tuple[str, int]) -> str:
    """An address to send to an account's operator, at which he agrees anew on his phone.

    It lasts INVITED seconds. InputError and Forbidden as `start` says them.
    """
    reader, account_id = wanted
    if reader not in CONNECTS:
        raise InputError("这个接口不能在线授权", reader, "请按说明登记授权项")
    with store.writing(durable=True) as tx:
        person = permit(tx, actor, Permission.MANAGE_SECRETS)
        scope = EVERYTHING if person is None else person.scope
        _subject(tx, scope, tx.second, wanted)
        by = None if person is None else person.id
        audit.add(tx, by, "生成授权链接", "account", str(account_id), "")
    made = Invitation(reader, account_id, to_second(dial.now()) + INVITED)
    return invitations.address(dial.key, dial.desk, made)


@free("凭本机签发、有期限的链接辨认是哪个账号")
def invited(store: Store, dial: Dial, token: str) -> str:
    """The name of the account an invitation is for; Forbidden where it is void."""
    made = _invitation(dial, token)
    with store.reading() as tx:
        now = to_second(dial.now())
        return _subject(tx, EVERYTHING, now, (made.reader, made.account_id))


@free("凭本机签发、有期限的链接辨认是哪个账号")
def follow(store: Store, vault: Vault, dial: Dial, token: str) -> str:
    """The platform's own page at which the invited operator agrees; errors as `start` says."""
    made = _invitation(dial, token)
    return start(store, vault, dial, None, (made.reader, made.account_id))


def _invitation(dial: Dial, token: str) -> Invitation:
    made = invitations.read(dial.key, token, to_second(dial.now()))
    if made is None:
        raise Forbidden("这个授权链接无效或已过期", "", "请向发来链接的部门索取新的链接")
    return made


def _subject(tx: Reading, scope: Scope, now: int, wanted: tuple[str, int]) -> str:
    """The name of an account in reach that the reader serves."""
    reader, account_id = wanted
    subject = screens.subject(tx, scope, now, account_id)
    if subject is None:
        raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新列表后重试")
    if subject.platform not in READERS.get(reader).serves:
        raise InputError("这个账号不在该接口的平台上", subject.name, "请核对账号的平台")
    return subject.name


@free("由平台带回本机,凭一次性令牌辨认是哪一次授权")
def finish(store: Store, vault: Vault, dial: Dial, answered: Answered) -> str:
    """Seal what an owner granted; the name of the account. PlatformError as the platform says;
    Forbidden for a link that is over, Conflict where another account agreed."""
    reader, token = answered.reader, answered.query.get("state", "")
    with store.reading() as tx:
        found = connectings.under_way(tx, tokens.digest(token), to_second(dial.now()))
        if found is None or found.reader != reader:
            raise Forbidden("这个授权链接无效或已过期", "", "请重新发起授权")
        shared = _shared(tx, vault, reader)
    offer = Offer(shared, found.back, token)
    connect = CONNECTS.get(reader)
    grant = dial.ask(reader, lambda line: connect.exchange(line, offer, answered.query))
    with store.writing(durable=True) as tx:
        return _keep(tx, vault, found, grant)


def _keep(tx: Writing, vault: Vault, found: Connecting, grant: Grant) -> str:
    account = accounts.by_id(tx, found.account_id)
    if account is None:
        raise Conflict("台账里已没有这个账号", "", "请核对台账后重新发起授权")
    if grant.owner and account.uid != grant.owner:
        what = f"授权的账号是“{grant.name or grant.owner}”,不是“{account.name}”"
        raise Conflict(what, "", "请换用正确的账号重新授权,或核对台账中的账号ID")
    if not connectings.finish(tx, found.id):
        raise Conflict("这次授权已经完成", "", "不用再做")
    plain = json.dumps(dict(grant.secrets), ensure_ascii=False)
    sealed = vault.seal(plain, f"credential:{found.reader}:{found.account_id}")
    credentials.put(tx, found.reader, found.account_id, sealed, grant.expires_at)
    audit.add(tx, None, "完成授权", "account", str(found.account_id), "账号管理员同意")
    return account.name


def _shared(tx: Reading, vault: Vault, reader: str) -> dict[str, str]:
    sealed = credentials.sealed_one(tx, reader, 0)
    if sealed is None:
        raise InputError("尚未登记应用密钥", reader, "请系统管理员先登记共用授权项")
    return dict(json.loads(vault.unseal(sealed, f"credential:{reader}:0")))
