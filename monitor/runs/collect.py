"""采: read every readable account through its platform's interface, one sweep."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.access import ciphers
from monitor.collect.loop import EventLoop
from monitor.collect.platform import PLATFORMS
from monitor.collect.sweep import Gear, sweep
from monitor.domain.collecting import Harvest, PassOutcome, Target
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, credentials, harvests
from monitor.runs import frame
from monitor.runs.parts import Parts


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

        targets = readable(parts, platform, account_id)
        gear = Gear(loop.client, parts.now, parts.paces)
        loop.run(sweep(targets, gear, keep))
        return tally.report()

    asked = {"platform": platform or "", "account": str(account_id or "")}
    return frame.run(parts, "collect", work, asked, scheduled_for)


def once(parts: Parts, platform: str | None, account_id: int | None) -> RunReport | None:
    """A sweep from the command line, with an event loop of its own."""
    with EventLoop() as loop:
        return run(parts, loop, platform, account_id)


def readable(
    parts: Parts, platform: str | None = None, account_id: int | None = None
) -> Iterator[Target]:
    """Accounts that have a credential on a platform with an interface, its secrets opened."""
    for name in PLATFORMS.names():
        if platform not in (None, name):
            continue
        with parts.store.reading() as tx:
            targets = accounts.targets(tx, name, account_id)
            sealed = credentials.all_sealed(tx, name)
        for target in targets:
            key = target.account_id if target.account_id in sealed else 0
            if key in sealed:
                yield replace(target, secrets=unseal(parts, name, key, sealed[key]))


def purpose(platform: str, account_id: int) -> str:
    """What a credential is sealed for: it opens for this platform and account only."""
    return f"credential:{platform}:{account_id}"


def unseal(parts: Parts, platform: str, account_id: int, blob: bytes) -> Mapping[str, str]:
    """The plain values of a credential."""
    plain = ciphers.unseal(parts.keys(), blob, purpose(platform, account_id))
    return dict(json.loads(plain))
