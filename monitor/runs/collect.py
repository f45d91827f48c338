"""采: read every readable account through its platform's interface, one sweep."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.access import ciphers
from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS, Reader
from monitor.collect.sweep import Gear, by_reader, sweep
from monitor.domain.collecting import Harvest, PassOutcome, Target
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, credentials, harvests
from monitor.runs import frame
from monitor.runs.parts import Parts
from monitor.runs.purse import StorePurse
from monitor.runs.safe import Safe, purpose


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
        gear = Gear(
            client=loop.client,
            now=parts.now,
            paces=parts.paces,
            vault=Safe(parts),
            purse=StorePurse(parts.store),
        )
        loop.run(sweep(by_reader(targets), gear, keep))
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
    """Each account once for every reader that has a credential for it, its secrets opened; an
    account's own route comes before the feeds that serve many platforms."""
    readers = sorted(READERS, key=lambda each: (len(each.serves), each.name))
    for reader in readers:
        for served in sorted(reader.serves):
            if platform in (None, served):
                yield from _targets(parts, reader, served, account_id)


def _targets(
    parts: Parts, reader: Reader, platform: str, account_id: int | None
) -> Iterator[Target]:
    with parts.store.reading() as tx:
        sealed = credentials.all_sealed(tx, reader.name)
        if not sealed:
            return
        found = accounts.targets(tx, reader.route(platform), account_id)
    shared = unseal(parts, reader.name, 0, sealed[0]) if 0 in sealed else {}
    for target in found:
        blob = sealed.get(target.account_id)
        own = {} if blob is None else unseal(parts, reader.name, target.account_id, blob)
        secrets = {**shared, **own}
        if blob is not None or _enough(reader, secrets):
            yield replace(target, secrets=secrets, reader=reader.name)


def _enough(reader: Reader, shared: Mapping[str, str]) -> bool:
    """The shared credential alone lets the reader read an account."""
    return all(name in shared for name in (*reader.secret_names, *reader.shared_names))


def unseal(parts: Parts, reader: str, account_id: int, blob: bytes) -> Mapping[str, str]:
    """The plain values of a credential."""
    plain = ciphers.unseal(parts.keys(), blob, purpose(reader, account_id))
    return dict(json.loads(plain))
