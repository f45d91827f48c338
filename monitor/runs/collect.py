"""采: read every readable account through its platform's interface, one sweep."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from monitor.access import ciphers
from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS, Reader
from monitor.collect.sweep import Gear, sweep
from monitor.domain.collecting import ErrorClass, Harvest, PassOutcome, Route, Target
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, credentials, harvests
from monitor.record.staging import chunks
from monitor.runs import frame, holding, trust
from monitor.runs.parts import Parts
from monitor.runs.purse import StorePurse
from monitor.runs.safe import Safe, purpose

PAGE: Final = 200
"""Accounts drawn from the store at once: memory is flat in the number of accounts."""
AHEAD: Final = "本机时间快于平台的秒数:"
"""Before a platform, in the counts of a sweep in which our clock ran before the platform's."""


@dataclass
class _Tally:
    """Counts of one sweep, kept while harvests come in."""

    counts: Counter[str] = field(default_factory=Counter)

    def add(self, harvest: Harvest, new_posts: int) -> None:
        """Count one pass."""
        self.counts["采集账号"] += 1
        self.counts[harvest.outcome.value] += 1
        self.counts["新作品"] += new_posts
        if harvest.ahead:
            name = f"{AHEAD}{harvest.route.platform}"
            self.counts[name] = max(self.counts[name], harvest.ahead)

    def report(self) -> RunReport:
        """Done where every pass was complete; partly done where some were not."""
        whole = self.counts[PassOutcome.COMPLETE.value] == self.counts["采集账号"]
        return RunReport(RunOutcome.DONE if whole else RunOutcome.PARTIAL, dict(self.counts))


@dataclass
class _Fares:
    """How credentials fare: 授权 shows at once that somebody must agree anew, and that he has.

    `void` are the (reader, account) whose credential is void by now.
    """

    parts: Parts
    readers: Mapping[str, str]
    void: set[tuple[str, int]]

    @classmethod
    def of(cls, parts: Parts) -> "_Fares":
        """As they stand."""
        readers = {each.route(name).key: each.name for each in READERS for name in each.serves}
        with parts.store.reading() as tx:
            listed = credentials.listed(tx)
        void = {
            (each.platform, each.account_id) for each in listed if each.state == credentials.VOID
        }
        return cls(parts, readers, void)

    def note(self, harvest: Harvest) -> None:
        """Write down what a pass showed, where it is news."""
        whose = (self.readers[harvest.route.key], harvest.account_id)
        refused = harvest.error is ErrorClass.REAUTHORISE
        mended = harvest.outcome is PassOutcome.COMPLETE and whose in self.void
        if not (refused or mended):
            return
        with self.parts.store.writing() as tx:
            credentials.fared(tx, *whose, refused=refused)


def run(
    parts: Parts,
    loop: EventLoop,
    platform: str | None = None,
    account_id: int | None = None,
    scheduled_for: datetime | None = None,
) -> RunReport | None:
    """One sweep over all platforms with an interface, or over one platform, or one account."""
    only = None if account_id is None else (account_id,)
    asked = {"platform": platform or "", "account": str(account_id or "")}

    def work(under: frame.Under) -> RunReport:
        return _sweep(parts, loop, queues(parts, platform, only), under)

    return frame.run(parts, "collect", work, asked, scheduled_for)


def burst(parts: Parts, loop: EventLoop, account_ids: Sequence[int]) -> RunReport | None:
    """Read these accounts now, in this order, inside the same allowances as every sweep."""

    def work(under: frame.Under) -> RunReport:
        return _sweep(parts, loop, queues(parts, None, account_ids), under)

    return frame.run(parts, "collect-burst", work, {"accounts": str(len(account_ids))})


def once(parts: Parts, platform: str | None, account_id: int | None) -> RunReport | None:
    """A sweep from the command line, with an event loop of its own."""
    with EventLoop() as loop:
        return run(parts, loop, platform, account_id)


def _sweep(
    parts: Parts, loop: EventLoop, targets: Mapping[str, Iterator[Target]], under: frame.Under
) -> RunReport:
    tally, fares = _Tally(), _Fares.of(parts)

    def keep(harvest: Harvest) -> None:
        saved = harvests.save(parts.store, harvest, under.run_id, proposed=True)
        fares.note(harvest)
        tally.add(harvest, saved.new_posts)

    gear = Gear(
        client=loop.client,
        now=parts.now,
        paces=parts.paces,
        vault=Safe(parts),
        purse=StorePurse(parts.store),
    )
    loop.run(sweep(targets, gear, keep), holding.stop_by)
    settled = trust.settle(parts.store).values()
    waiting = sum(each.waiting for each in settled)
    news = trust.note_incidents(parts.store, under.run_id)
    for name, count in (("待证实", waiting), ("新异常", news)):
        if count:
            tally.counts[name] = count
    return tally.report()


def queues(
    parts: Parts, platform: str | None = None, only: Sequence[int] | None = None
) -> dict[str, Iterator[Target]]:
    """The accounts of each reader that has credentials, the worthiest first, drawn from the store
    page by page; the readers of one platform come before the feeds that serve many."""
    readers = sorted(READERS, key=lambda each: (len(each.serves), each.name))
    return {
        reader.name: _served(parts, reader, platform, only)
        for reader in readers
        if platform is None or platform in reader.serves
    }


def readable(
    parts: Parts, platform: str | None = None, account_id: int | None = None
) -> Iterator[Target]:
    """Each account once for every reader that has a credential for it, its secrets opened."""
    only = None if account_id is None else (account_id,)
    for queue in queues(parts, platform, only).values():
        yield from queue


def _served(
    parts: Parts, reader: Reader, platform: str | None, only: Sequence[int] | None
) -> Iterator[Target]:
    for served in sorted(reader.serves):
        if platform in (None, served):
            yield from _targets(parts, reader, served, only)


def _targets(
    parts: Parts, reader: Reader, platform: str, only: Sequence[int] | None
) -> Iterator[Target]:
    route = reader.route(platform)
    with parts.store.reading() as tx:
        if not credentials.any_of(tx, reader.name):
            return
        ids = accounts.order(tx, route, to_second(parts.now()))
    if only is not None:
        readable_ids = set(ids)
        ids = [key for key in only if key in readable_ids]
    for page in chunks(ids, PAGE):
        yield from _page(parts, reader, route, page)


def _page(parts: Parts, reader: Reader, route: Route, ids: Sequence[int]) -> Iterator[Target]:
    """One page of accounts with their secrets; only those the reader has the keys of."""
    with parts.store.reading() as tx:
        sealed = credentials.sealed_of(tx, reader.name, ids)
        found = accounts.targets(tx, route, ids)
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
