"""核授权: what the platforms' own lists say of who agreed to be read, against what is held here."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from monitor.collect.connect import ROLLS, Roll, Standing
from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS, Line
from monitor.collect.throttle import Throttle
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import accounts, audit, credentials
from monitor.runs import collect, frame
from monitor.runs.parts import Pace, Parts
from monitor.runs.safe import Safe, purpose

Secrets = Mapping[str, str]
HOW: Final = "核对授权列表"
ASKED: Final = 200
"""Strangers on a list that are asked about in one run; each costs a call."""


@dataclass
class _Compared:
    """What one platform's list comes to: whose agreement is over, whose is new or was renewed."""

    over: list[int] = field(default_factory=list)
    renewed: dict[int, Secrets] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)


def run(parts: Parts, loop: EventLoop, scheduled_for: datetime | None = None) -> RunReport | None:
    """Compare each list with the credentials held: agreements that are over are marked, ones that
    were missed are kept, and accounts that no registry knows are named in the run's note.

    Raises PlatformError where a list was not had whole: then nothing is changed.
    """

    def work(_under: frame.Under) -> RunReport:
        counts, strangers = Counter[str](), list[str]()
        for reader in ROLLS.names():
            held = _held(parts, reader)
            if 0 in held:
                found = loop.run(_compare(_Asking(parts, loop, reader, held[0]), held))
                counts += _apply(parts, reader, held, found)
                strangers += found.unknown
        note = f"已授权但台账里没有:{'、'.join(strangers)}" if strangers else ""
        return RunReport(RunOutcome.DONE, dict(counts), note)

    return frame.run(parts, "agreed", work, {}, scheduled_for)


class _Asking:
    """One conversation with a reader's platform."""

    def __init__(self, parts: Parts, loop: EventLoop, reader: str, shared: Secrets) -> None:
        pace = parts.paces.get(reader) or Pace()
        self.parts, self.reader, self.shared = parts, reader, shared
        self.roll: Roll = ROLLS.get(reader)
        self.line = Line(
            client=loop.client,
            base_url=(pace.base_url or READERS.get(reader).base_url).rstrip("/"),
            turns=Throttle(pace.per_second).turns(),
            now=parts.now,
            vault=Safe(parts),
            reader=reader,
            stand_in=pace.base_url is not None,
        )

    async def agreed(self) -> dict[str, Secrets]:
        """The secrets of all who agreed, by what they are known by."""
        found = await self.roll.agreed(self.line, self.shared)
        return {each[self.roll.known_by]: each for each in found}

    async def standing(self, known: str) -> Standing:
        """What the platform says of one."""
        return await self.roll.standing(self.line, self.shared, known)


async def _compare(asking: _Asking, held: Mapping[int, Secrets]) -> _Compared:
    """Who is missing is asked about alone before anything is believed: a list may be short."""
    listed = await asking.agreed()
    known_by = asking.roll.known_by
    mine = {secrets[known_by]: key for key, secrets in held.items() if key and known_by in secrets}
    void = await asyncio.to_thread(_void, asking)
    compared = _Compared()
    for known, account_id in mine.items():
        if known in listed and account_id in void:
            compared.renewed[account_id] = listed[known]
        elif known in listed or account_id in void:
            continue
        elif not (await asking.standing(known)).agrees:
            compared.over.append(account_id)
    ids = await asyncio.to_thread(_ids, asking)
    for known in [each for each in listed if each not in mine][:ASKED]:
        said = await asking.standing(known)
        if said.owner in ids:
            compared.renewed[ids[said.owner]] = listed[known]
        else:
            compared.unknown.append(f"{said.name}({said.owner})")
    return compared


def _void(asking: _Asking) -> set[int]:
    """The accounts whose credential says already that the agreement was taken back."""
    with asking.parts.store.reading() as tx:
        listed = credentials.listed(tx)
    return {
        each.account_id
        for each in listed
        if each.platform == asking.reader and each.state == credentials.WITHDRAWN
    }


def _ids(asking: _Asking) -> dict[str, int]:
    """The registry's accounts of the reader's platforms, by their id there."""
    serves = READERS.get(asking.reader).serves
    with asking.parts.store.reading() as tx:
        found = accounts.all_accounts(tx)
    return {each.uid: each.id for each in found if each.uid and each.platform in serves and each.id}


def _held(parts: Parts, reader: str) -> dict[int, Secrets]:
    with parts.store.reading() as tx:
        sealed = credentials.all_sealed(tx, reader)
    return {key: collect.unseal(parts, reader, key, blob) for key, blob in sealed.items()}


def _apply(
    parts: Parts, reader: str, held: Mapping[int, Secrets], found: _Compared
) -> Counter[str]:
    sealed = {
        key: _sealed(parts, (reader, key), {**held.get(key, {}), **secrets})
        for key, secrets in found.renewed.items()
    }
    with parts.store.writing(durable=True) as tx:
        for account_id in found.over:
            credentials.withdrawn(tx, reader, account_id, HOW)
        for account_id, blob in sealed.items():
            credentials.put(tx, reader, account_id, blob, None)
            audit.add(tx, None, "完成授权", "account", str(account_id), HOW)
    named = {
        "已取消授权": len(found.over),
        "补记授权": len(found.renewed),
        "台账里没有": len(found.unknown),
    }
    return Counter({name: count for name, count in named.items() if count})


def _sealed(parts: Parts, whose: tuple[str, int], secrets: Secrets) -> bytes:
    plain = json.dumps(dict(secrets), ensure_ascii=False)
    return parts.vault().seal(plain, purpose(*whose))
