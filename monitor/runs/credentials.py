"""钥: a platform's or an account's keys are sealed before they are kept, and never shown again."""

import json
from collections.abc import Mapping

from monitor.access import ciphers
from monitor.domain.errors import InputError
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, audit, credentials
from monitor.runs import frame
from monitor.runs.parts import Parts


def put(
    parts: Parts, platform: str, values: Mapping[str, str], nonce: bytes, uid: str = ""
) -> None:
    """Seal and keep the keys of one account (`uid`), or of the whole platform."""
    with parts.store.reading() as tx:
        known = {
            each.uid: each.id for each in accounts.all_accounts(tx) if each.platform == platform
        }
    if uid and uid not in known:
        raise InputError(f"台账里没有账号ID为“{uid}”的账号", platform, "请先导入台账")
    account_id = (known[uid] or 0) if uid else 0
    plain = json.dumps(dict(values), ensure_ascii=False).encode()
    sealed = ciphers.seal(parts.key, plain, f"{platform}/{account_id}", nonce)

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing(durable=True) as tx:
            credentials.put(tx, platform, account_id, sealed, None)
            audit.add(tx, None, "设置授权", "account", str(account_id), "")
        return RunReport(RunOutcome.DONE, {"授权": 1})

    frame.run(parts, "credentials-set", work, {"platform": platform, "account": str(account_id)})
