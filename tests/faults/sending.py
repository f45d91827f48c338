"""Processes that send what lies in the outbox, each killed at any time: one that waits begets them.

A line of input is one process: it is told the instant, the robots' home and the mail's port; its id
is written at once, and how it ended when it did.
"""

import json
import os
import sys
from datetime import datetime
from typing import Any

from monitor.record.store import open_store
from monitor.runs import send
from monitor.runs.parts import MailBox
from tests.service.parts import some_parts


def main() -> None:
    """`sending.py URL`: the store."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _send(sys.argv[1], json.loads(line))
            os._exit(0)
        _say(child)
        _say(os.waitpid(child, 0)[1])


def _send(url: str, told: dict[str, Any]) -> None:
    now = datetime.fromisoformat(told["now"])
    store = open_store(url, lambda: now)
    box = MailBox("127.0.0.1", told["mail"], "none", "office@example.org", ())
    send.run(some_parts(store, lambda: now, robots={"wecom": told["home"]}, mail=box))


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
