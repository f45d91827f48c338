"""Killed while it sends: no message is lost, no robot speaks twice, a mail is known again."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from monitor.deliver import codec
from monitor.domain.letter import Letter
from monitor.record import outbox, robots
from monitor.record.outbox import Laid
from monitor.record.robots import Given
from monitor.record.store import open_store
from monitor.runs import setup
from tests.builders import T, a_unit
from tests.conftest import NOW
from tests.deliver.letters import Mailbox, a_server
from tests.deliver.robot_services import TOKENS, Gate, Services, robot_services
from tests.service.parts import some_parts

KILLS: Final = 50 if os.environ.get("SENTINEL_DEEP") == "1" else 6
EACH: Final = 8
"""Letters of each sort that are laid out before each kill."""
A_MINUTE: Final = 20
"""So many messages one robot takes in a minute: what a dead process left waits for its turn."""
BOX: Final = T["outbox"]


def prepared(url: str) -> int:
    """A store with a robot; its id."""
    store = open_store(url, lambda: NOW)
    parts = setup.ready(some_parts(store, lambda: NOW))
    vault = parts.vault()
    with store.writing() as tx:
        unit = a_unit(tx, "某厅", "990000000000", level="省厅")
        robot = robots.put(tx, vault, Given(unit, "wecom", "联络员群", TOKENS["wecom"]))
    store.close()
    return robot


def lay_out(url: str, robot: int, round_: int) -> None:
    store = open_store(url, lambda: NOW)
    with store.writing(durable=True) as tx:
        for number in range(EACH):
            text = f"第{round_}轮第{number}条"
            body = codec.encode(Letter(text, text, group_text=text))
            outbox.lay(tx, Laid("wecom", f"r/{text}", f"robot:{robot}", body, once=True), tx.second)
            outbox.lay(tx, Laid("email", f"m/{text}", "desk@example.org", body), tx.second)
    store.close()


class Holding(Mailbox):
    """A mail server that may stand still after it took a letter."""

    gate: Gate | None = None

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        said = await super().handle_DATA(server, session, envelope)
        if self.gate is not None:
            await asyncio.to_thread(self.gate.stands, before=False)
        return said


@dataclass
class Senders:
    """Processes that send, one after the other."""

    pipe: subprocess.Popen[str]
    told: dict[str, object]

    def send(self, now: datetime, gate: Gate | None = None) -> bool:
        """One process, killed where it stands at the gate; whether it was."""
        assert self.pipe.stdin is not None
        self.pipe.stdin.write(json.dumps({**self.told, "now": now.isoformat()}) + "\n")
        self.pipe.stdin.flush()
        process = self._said()
        if gate is not None:
            assert gate.reached.wait(60)
            os.kill(process, signal.SIGKILL)
        ended = self._said()
        if gate is not None:
            gate.go.set()
        return ended != 0

    def _said(self) -> int:
        assert self.pipe.stdout is not None
        return int(self.pipe.stdout.readline())


@contextmanager
def senders(url: str, services: Services, mail: int) -> Iterator[Senders]:
    """A process of its own, so that its children share nothing with the services they ask."""
    command = [sys.executable, "-m", "tests.faults.sending", url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **pipes) as pipe:
        yield Senders(pipe, {"home": services.home("wecom"), "mail": mail})


def gates(services: Services, mailbox: Holding, number: int, chance: random.Random) -> Gate:
    """Where the next process is killed: before a robot's service took it, after, in a mail."""
    gate = Gate(chance.randint(1, EACH - 1), before=number % 3 == 0)
    services.gate, mailbox.gate = (None, gate) if number % 3 == 2 else (gate, None)
    return gate


def test_killed_at_any_instant_nothing_is_lost_and_no_robot_speaks_twice(tmp_path: Path) -> None:
    url, chance = f"sqlite:///{tmp_path / 'store.db'}", random.Random(7)
    robot, now, mailbox, killed = prepared(url), NOW, Holding(), 0
    with (
        robot_services(int(NOW.timestamp())) as services,
        a_server(mailbox) as smtp,
        senders(url, services, smtp.port) as each,
    ):
        for number in range(KILLS):
            lay_out(url, robot, number)
            now += timedelta(minutes=6)  # the dead one's claim runs out, a robot's minute is over
            killed += each.send(now, gates(services, mailbox, number, chance))
        services.gate = mailbox.gate = None
        for _ in range(3 + KILLS * EACH // A_MINUTE):
            now += timedelta(minutes=6)
            assert not each.send(now)
    texts = Counter(services.texts())
    ids = Counter(str(mail["Message-ID"]) for mail in mailbox.messages())
    states = kept(url)
    said = {key[2:]: state for key, state in states.items() if key.startswith("r/")}
    assert killed == KILLS
    assert max(texts.values()) == 1
    assert len(said) == KILLS * EACH
    assert set(said.values()) == {"已发", "未知"}
    assert {text for text, state in said.items() if state == "已发"} <= set(texts)
    assert sum(state == "未知" for state in said.values()) == KILLS - KILLS // 3
    assert {state for key, state in states.items() if key.startswith("m/")} == {"已发"}
    assert len(ids) == KILLS * EACH
    assert sum(ids.values()) == KILLS * EACH + KILLS // 3


def kept(url: str) -> dict[str, str]:
    """The state of every letter by its key."""
    store = open_store(url, lambda: NOW)
    with store.reading() as tx:
        rows = tx.conn.execute(select(BOX.c.dedupe_key, BOX.c.state)).all()
    store.close()
    return {row.dedupe_key: row.state for row in rows}
