"""One sweep in a process of its own: `python -m bench.sweeping DATABASE TOLD`; prints what it took.

TOLD is JSON: `places` (the platforms' addresses, by reader), `per_second` and `at_once` of each,
`per_minute` calls that each platform allows our address (0: no such limit). Real limits stretch a
first reading over hours, so limits of the bench stand in their place, kept by the same purse.
Accounts are drawn from the store page by page, parsed, stored and settled as the product does it;
only the uid is exchanged for that of the one account its stand-in knows.
"""

import json
import resource
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from monitor.access.ciphers import NONCE_BYTES
from monitor.collect.loop import EventLoop
from monitor.collect.platform import READERS
from monitor.collect.sweep import Gear, sweep
from monitor.domain.account import Account
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import Harvest, Target
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, harvests, units
from monitor.record.store import Store, open_store
from monitor.runs import collect, trust
from monitor.runs import credentials as keys
from monitor.runs.parts import Pace, Parts
from monitor.runs.purse import StorePurse
from monitor.runs.safe import Safe
from tests.kits.bench import BENCHES
from tests.service.parts import some_parts

LOOKED = 20
"""Own memory is looked at after every so many passes."""
UNIT = Unit(code="421024000000", name="示例县公安局", level=Level.COUNTY)


def office(store: Store, now: datetime, told: Mapping[str, Any]) -> Parts:
    """Parts whose readers find their platforms at the given places, at the given pace."""
    paces = {
        name: Pace(base_url=url, per_second=told["per_second"], at_once=told["at_once"])
        for name, url in told["places"].items()
    }
    return some_parts(store, lambda: now, paces=paces)


def limit(per_minute: int) -> None:
    """Every reader has this allowance and no other."""
    told = (Allowance(Per.ADDRESS, per_minute, Window.MINUTE),) if per_minute else ()
    name = "allowances"
    for reader in READERS:
        setattr(type(reader), name, told)


def fill(store: Store, now: datetime, count: int) -> None:
    """`count` accounts, spread evenly over the readers, each with a key for its reader."""
    parts = some_parts(store, lambda: now)
    names = READERS.names()
    with store.writing() as tx:
        units.save(tx, [UNIT])
        accounts.save(
            tx,
            [
                Account(
                    BENCHES.get(name).account.platform, f"示例{n}", UNIT.code, uid=f"{name}-{n}"
                )
                for n in range(count)
                for name in [names[n % len(names)]]
            ],
        )
    for name in names:
        uids = [f"{name}-{n}" for n in range(count) if names[n % len(names)] == name]
        secrets = dict(BENCHES.get(name).secrets)
        nonces = {uid: number.to_bytes(NONCE_BYTES) for number, uid in enumerate(uids)}
        keys.put_many(parts, name, dict.fromkeys(uids, secrets), nonces)


def own_mb() -> float:
    """Memory of this process alone, in MB. Pages of the database file that SQLite maps are not in
    it: the kernel lends them and takes them back, and their number is the size of the file."""
    _, resident, shared, *_ = map(int, Path("/proc/self/statm").read_text().split())
    return (resident - shared) * resource.getpagesize() / 1e6


def _known_to(name: str, targets: Iterator[Target]) -> Iterator[Target]:
    uid = BENCHES.get(name).account.uid
    for target in targets:
        yield replace(target, uid=uid)


def main(database: str, told: Mapping[str, Any]) -> None:
    """Sweep once; tells seconds, passes by their end, and the peak of memory in MB."""
    now = BENCHES.get("wechat").now
    store = open_store(database, lambda: now)
    parts = office(store, now, told)
    limit(told["per_minute"])
    ends: Counter[str] = Counter()
    own = [own_mb()]

    def keep(harvest: Harvest) -> None:
        harvests.save(store, harvest, None, proposed=True)
        ends[harvest.outcome.value] += 1
        if ends[harvest.outcome.value] % LOOKED == 0:
            own.append(own_mb())
        if harvest.error is not None:
            ends[f"{harvest.route.key} {harvest.error.value}"] += 1

    with EventLoop() as loop:
        gear = Gear(loop.client, parts.now, parts.paces, vault=Safe(parts), purse=StorePurse(store))
        queues = {key: _known_to(key, each) for key, each in collect.queues(parts).items()}
        began = perf_counter()
        loop.run(sweep(queues, gear, keep))
        swept = perf_counter() - began
        trust.settle(store)
        own.append(own_mb())
        seconds = perf_counter() - began
    store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    took = {"seconds": seconds, "swept": swept, "ends": ends, "peak_mb": peak, "own_mb": max(own)}
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
