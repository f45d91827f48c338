"""探: the links and menu entries accounts offer are asked whether they open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from monitor.collect.links import APART, Asking
from monitor.collect.loop import EventLoop
from monitor.domain.instants import HOUR, to_second
from monitor.domain.numbers import Provenance
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.service_link import Answer, Probe, ServiceLink
from monitor.record import ledger_links, service_links, services
from monitor.record.staging import chunks
from monitor.runs import frame
from monitor.runs.parts import Parts

PLATFORM: Final = "links"
"""The name under which the settings give a stand-in for all hosts."""
REST: Final = 20 * HOUR
"""A link is asked once a day."""
MOST: Final = 3000
AT_ONCE: Final = 200


def run(parts: Parts, loop: EventLoop, scheduled_for: datetime | None = None) -> RunReport | None:
    """Ask every link that was not asked today, and write down what follows for its account."""

    def work(_under: frame.Under) -> RunReport:
        now = to_second(parts.now())
        with parts.store.writing() as tx:
            ledger_links.take(tx, now)
        with parts.store.reading() as tx:
            asked = service_links.due(tx, now, now - REST, MOST)
        told = _ask(parts, loop, asked)
        for part in chunks(asked, AT_ONCE):
            _keep(parts, [(each, told[each.url]) for each in part])
        counts = Counter(told[each.url].answer.value for each in asked)
        return RunReport(RunOutcome.DONE, {"服务链接": len(asked), **counts})

    return frame.run(parts, "probe", work, {}, scheduled_for)


def once(parts: Parts) -> RunReport | None:
    """From the command line, with an event loop of its own."""
    with EventLoop() as loop:
        return run(parts, loop)


def _ask(parts: Parts, loop: EventLoop, links: Sequence[ServiceLink]) -> Mapping[str, Probe]:
    pace = parts.paces.get(PLATFORM)
    stand_in = pace.base_url or "" if pace is not None else ""
    apart = 1 / pace.per_second if pace is not None else APART

    async def asking() -> dict[str, Probe]:
        return await Asking(loop.client, stand_in, apart).all([each.url for each in links])

    return loop.run(asking())


def _keep(parts: Parts, fared: Sequence[tuple[ServiceLink, Probe]]) -> None:
    """How links fared, and the answer that follows for each account, in one transaction."""
    with parts.store.writing() as tx:
        at = tx.second
        service_links.fared(tx, [link.after(probe, at) for link, probe in fared])
        sure = [link.account_id for link, probe in fared if probe.answer is not Answer.UNKNOWN]
        for account_id in dict.fromkeys(sure):
            seen = service_links.measured(tx, account_id, at)
            services.merge(tx, account_id, seen, Provenance.INTERFACE)
