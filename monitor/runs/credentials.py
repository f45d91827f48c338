"""钥: a platform's or an account's keys are sealed before they are kept, and never shown again."""

import json
from collections.abc import Iterator, Mapping

from monitor.access import ciphers
from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS, platform_of
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, audit, credentials
from monitor.runs import frame, query
from monitor.runs.parts import Parts
from monitor.runs.safe import purpose


def reader_called(name: str) -> str:
    """The key of the reader people call by its key or by its platform; InputError if none is."""
    known = platform_of(name) or name
    if known in PLATFORMS or known in READERS:
        return known
    choices = "、".join((*PLATFORMS, *(key for key in READERS.names() if key not in PLATFORMS)))
    raise InputError(f"不认识的平台“{name}”", "--platform", f"可选:{choices}")


def label(reader: str) -> str:
    """A reader's name for people: its own, else its platform's."""
    return READERS.get(reader).title if reader in READERS else PLATFORMS.get(reader, reader)


def whose(parts: Parts, reader: str, uid: str) -> int:
    """The account a credential is for; 0 where it is for all of them."""
    if not uid:
        return 0
    return query.account_id(parts, reader if reader in PLATFORMS else None, uid)


def put(
    parts: Parts, platform: str, values: Mapping[str, str], nonce: bytes, uid: str = ""
) -> None:
    """Seal and keep the keys of one account (`uid`), or of the whole reader."""
    account_id = whose(parts, platform, uid)
    _keep(parts, platform, {account_id: _sealed(parts, platform, account_id, values, nonce)})


def put_many(
    parts: Parts,
    platform: str,
    values: Mapping[str, Mapping[str, str]],
    nonces: Mapping[str, bytes],
) -> None:
    """Seal and keep the keys of many accounts of a platform, by uid, in one run;
    those under '' serve all accounts.

    InputError where the registry does not know one of them; nothing is kept then.
    """
    serves = READERS.get(platform).serves if platform in READERS else {platform}
    with parts.store.reading() as tx:
        known = accounts.all_accounts(tx)
    ids = {each.uid: each.id for each in known if each.platform in serves}
    sealed: dict[int, bytes] = {}
    for uid, plain in values.items():
        account_id = ids.get(uid) if uid else 0
        if account_id is None:
            raise InputError(f"台账里没有账号ID“{uid}”", label(platform), "请先导入台账")
        sealed[account_id] = _sealed(parts, platform, account_id, plain, nonces[uid])
    _keep(parts, platform, sealed)


def _sealed(
    parts: Parts, platform: str, account_id: int, values: Mapping[str, str], nonce: bytes
) -> bytes:
    plain = json.dumps(dict(values), ensure_ascii=False).encode()
    return ciphers.seal(parts.keys(), nonce, plain, purpose(platform, account_id))


def _keep(parts: Parts, platform: str, sealed: Mapping[int, bytes]) -> None:
    """Write sealed keys under one row of the run log; each is in the audit by itself."""

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing(durable=True) as tx:
            for account_id, blob in sealed.items():
                credentials.put(tx, platform, account_id, blob, None)
                audit.add(tx, None, "设置授权", "account", str(account_id), "")
        return RunReport(RunOutcome.DONE, {"授权": len(sealed)})

    whose = ",".join(map(str, sealed)) if len(sealed) == 1 else f"{len(sealed)}个"
    frame.run(parts, "credentials-set", work, {"platform": platform, "account": whose})


def lines(parts: Parts) -> Iterator[str]:
    """One line per credential: whose it is, its state, never its content."""
    with parts.store.reading() as tx:
        for each in credentials.listed(tx):
            until = say_minute(each.expires_at) if each.expires_at is not None else "未注明"
            platform = label(each.platform)
            owner = each.account_name or "全平台"
            yield f"{platform}\t{owner}\t{each.state}\t到期 {until}"


def remove(parts: Parts, platform: str, uid: str = "") -> None:
    """Forget the keys of one account, or those of the whole platform."""
    account_id = whose(parts, platform, uid)
    with parts.store.writing(durable=True) as tx:
        if not credentials.remove(tx, platform, account_id):
            raise InputError(
                "没有这项授权", f"{platform} {uid}".strip(), "请先查看 credentials list"
            )
        audit.add(tx, None, "删除授权", "account", str(account_id), "命令行")
