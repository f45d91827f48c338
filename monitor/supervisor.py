"""One parent over the processes of the desk: starts them, ends them all together, leaves no orphan.

Children get sessions of their own, so that the terminal's Ctrl-C reaches the parent only, once; and
a pipe as standard input, whose end of file tells them that the parent is gone.
"""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType

from monitor.leash import VARIABLE

PATIENCE_SECONDS = 15.0
BEAT_SECONDS = 0.2
CLEAN = (0, -signal.SIGTERM)


@dataclass(frozen=True)
class Child:
    """A process to run: what people call it, its command, and what it adds to the environment."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]


class Supervisor:
    """Runs children until it is asked to stop or one of them ends by itself."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._running: list[tuple[Child, subprocess.Popen[bytes]]] = []
        self._asked: list[int] = []
        self._bell, self._rope = os.pipe()

    def run(self) -> int:
        """0 where it was asked to stop, 3 where a child ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)
        leash, held = os.pipe()
        try:
            for child in self._children:
                self._start(child, leash)
            fallen = self._watch()
        finally:
            self._stop()
            os.close(leash)
            os.close(held)
        if fallen is None:
            return 0
        say(
            f"{fallen.name}意外停止,已全部停下。请查看上面的提示;问题排除后重新运行即可,数据不会丢失。"
        )
        return 3

    def _ask(self, number: int, _frame: FrameType | None) -> None:
        self._asked.append(number)
        os.write(self._rope, b"!")

    def _start(self, child: Child, leash: int) -> None:
        process = subprocess.Popen(  # nosec B603 # our own commands, no shell
            child.command,
            stdin=leash,
            start_new_session=True,
            env={**os.environ, **child.environment, VARIABLE: "1"},
        )
        self._running.append((child, process))

    def _watch(self) -> Child | None:
        """Until asked: None; or the child that ended by itself."""
        while not self._asked:
            for child, process in self._running:
                if process.poll() is not None:
                    return child
            select.select([self._bell], [], [], BEAT_SECONDS)
        return None

    def _stop(self) -> None:
        """SIGTERM to all in reverse order, one deadline for all, then SIGKILL to whole groups."""
        for _, process in reversed(self._running):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child, process in reversed(self._running):
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                say(f"{child.name}未能按时停下,已强制结束。")
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def say(line: str) -> None:
    """A line for the person at the terminal."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
