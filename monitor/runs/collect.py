"""采: read every readable account through its platform's interface, one sweep."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.access import ciphers
from monitor.collect.loop import EventLoop
from monitor.collect.platform import PLATFORMS
from monitor.collect.sweep import Manner, sweep
from monitor.domain.collecting import Harvest, PassOutcome, Target
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, credentials, harvests
from monitor.runs import frame
from monitor.runs.parts import Pace, Parts


@dataclass
class _Tally:
    """Counts of one sweep, kept while harvests come in."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, harvest: Harvest, new_posts: int) -> None:
        """Count one pass."""
        self.counts["采集账号"] += 1
        self.counts[harvest.outcome.value] += 1
        self.counts["新作品"] += new_posts

    def report(self) -> RunReport:
        """Done where every pass was complete; partly done where some were not."""
        whole = self.counts[PassOutcome.COMPLETE.value] == self.counts["采集账号"]
        return RunReport(RunOutcome.DONE if whole else RunOutcome.PARTIAL, dict(self.counts))


def run(
    parts: Parts,
    loop: EventLoop,
    platform: str | None = None,
    account_id: int | None = None,
    scheduled_for: datetime | None = None,
) -> RunReport | None:
    """One sweep over all platforms with an interface, or over one platform, or one account."""

    def work(under: frame.Under) -> RunReport:
        tally = _Tally()

        def keep(harvest: Harvest) -> None:
            saved = harvests.save(parts.store, harvest, under.run_id)
            tally.add(harvest, saved.new_posts)

        for each in PLATFORMS:
            if platform in (None, each.name):
                targets = readable(parts, each.name, account_id)
                pace = parts.paces.get(each.name, Pace())
                manner = Manner(pace.base_url, pace.per_second, pace.at_once, pace.deepest_days)
                loop.run(sweep(each, targets, manner, parts.now, keep))
        return tally.report()

    asked = {"platform": platform or "", "account": str(account_id or "")}
    return frame.run(parts, "collect", work, asked, scheduled_for)


def readable(parts: Parts, platform: str, account_id: int | None = None) -> list[Target]:
    """Accounts of a platform that have a credential, with its secrets opened."""
    with parts.store.reading() as tx:
        targets = accounts.targets(tx, platform, account_id)
        sealed = credentials.all_sealed(tx, platform)
    opened = {key: unseal(parts, platform, key, blob) for key, blob in sealed.items()}
    shared = opened.get(0)
    found = []
    for target in targets:
        secrets = opened.get(target.account_id, shared)
        if secrets is not None:
            found.append(replace(target, secrets=secrets))
    return found


def unseal(parts: Parts, platform: str, account_id: int, blob: bytes) -> Mapping[str, str]:
    """The plain values of a credential; bound to its platform and account."""
    plain = ciphers.unseal(parts.key, blob, f"{platform}/{account_id}")
    return dict(json.loads(plain))
