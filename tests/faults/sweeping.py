"""A process that sweeps once, to be killed: `python -m tests.faults.sweeping DATABASE PLACES`."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime

from monitor.record.store import Store, open_store
from monitor.runs import collect
from monitor.runs.parts import Pace, Parts
from tests.service.parts import some_parts


def office(store: Store, now: datetime, places: Mapping[str, str]) -> Parts:
    """Parts whose readers find their platforms at `places`, by the reader's key."""
    paces = {name: Pace(base_url=url, per_second=1000) for name, url in places.items()}
    return some_parts(store, lambda: now, paces=paces)


def main(database: str, told: str) -> None:
    """One sweep; says when it begins."""
    asked = json.loads(told)
    now = datetime.fromisoformat(asked["now"])
    store = open_store(database, lambda: now)
    sys.stdout.write("go\n")
    sys.stdout.flush()
    collect.once(office(store, now, asked["places"]), None, None)
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
