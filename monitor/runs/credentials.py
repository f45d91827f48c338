"""钥: a platform's or an account's keys are sealed before they are kept, and never shown again."""

import json
from collections.abc import Iterator, Mapping

from monitor.access import ciphers
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, credentials
from monitor.runs import frame, query
from monitor.runs.collect import purpose
from monitor.runs.parts import Parts


def put(
    parts: Parts, platform: str, values: Mapping[str, str], nonce: bytes, uid: str = ""
) -> None:
    """Seal and keep the keys of one account (`uid`), or of the whole platform."""
    account_id = query.account_id(parts, platform, uid) if uid else 0
    plain = json.dumps(dict(values), ensure_ascii=False).encode()
    sealed = ciphers.seal(parts.key, nonce, plain, purpose(platform, account_id))

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing(durable=True) as tx:
            credentials.put(tx, platform, account_id, sealed, None)
            audit.add(tx, None, "设置授权", "account", str(account_id), "")
        return RunReport(RunOutcome.DONE, {"授权": 1})

    frame.run(parts, "credentials-set", work, {"platform": platform, "account": str(account_id)})


def lines(parts: Parts) -> Iterator[str]:
    """One line per credential: whose it is, its state, never its content."""
    with parts.store.reading() as tx:
        for each in credentials.listed(tx):
            until = say_minute(each.expires_at) if each.expires_at is not None else "未注明"
            platform = PLATFORMS.get(each.platform, each.platform)
            owner = each.account_name or "全平台"
            yield f"{platform}\t{owner}\t{each.state}\t到期 {until}"


def remove(parts: Parts, platform: str, uid: str = "") -> None:
    """Forget the keys of one account, or those of the whole platform."""
    account_id = query.account_id(parts, platform, uid) if uid else 0
    with parts.store.writing(durable=True) as tx:
        if not credentials.remove(tx, platform, account_id):
            raise InputError(
                "没有这项授权", f"{platform} {uid}".strip(), "请先查看 credentials list"
            )
        audit.add(tx, None, "删除授权", "account", str(account_id), "命令行")
