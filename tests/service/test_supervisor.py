"""The parent ends all its children together, and they end when it is gone, whatever ended it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

CHILD = """
import os, signal, sys
from monitor.leash import follow_parent
follow_parent()
os.write(1, f"{sys.argv[1]} {os.getpid()}\\n".encode())
signal.pause()
"""
STUBBORN = CHILD.replace("follow_parent()\n", "", 1).replace(
    "os.write", "signal.signal(signal.SIGTERM, signal.SIG_IGN)\nos.write", 1
)
PARENT = """
import sys
from monitor import supervisor
supervisor.PATIENCE_SECONDS = float(sys.argv[1])
children = [
    supervisor.Child(f"c{number}", [sys.executable, "-c", code, str(number)], {})
    for number, code in enumerate(sys.argv[2:])
]
raise SystemExit(supervisor.Supervisor(children).run())
"""


class Family:
    """A parent with children, each of which has said its number and process id, in any order."""

    def __init__(self, *codes: str, patience: float = 15) -> None:
        self.parent = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(patience), *codes],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.parent.stdout is not None
        said = [self.parent.stdout.readline().split() for _ in codes]
        self.children = [int(pid) for _, pid in sorted(said, key=lambda pair: int(pair[0]))]

    def end(self) -> int:
        """Wait for all to be gone; the parent's exit code."""
        code = self.parent.wait(20)
        alive = [psutil.Process(pid) for pid in self.children if psutil.pid_exists(pid)]
        _, left = psutil.wait_procs(alive, timeout=10)
        assert left == []
        return code

    def told(self) -> str:
        """What the parent said to the person at the terminal."""
        assert self.parent.stderr is not None
        return self.parent.stderr.read()

    def bury(self) -> None:
        """Leave nothing running, whatever the test did."""
        for pid in [*self.children, self.parent.pid]:
            if psutil.pid_exists(pid):
                os.kill(pid, signal.SIGKILL)
        for stream in (self.parent.stdout, self.parent.stderr):
            if stream is not None:
                stream.close()


@pytest.fixture
def families() -> Iterator[list[Family]]:
    started: list[Family] = []
    yield started
    for family in started:
        family.bury()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_ends_all_children_and_says_all_is_well(
    families: list[Family], number: signal.Signals
) -> None:
    family = Family(CHILD, CHILD)
    families.append(family)
    family.parent.send_signal(number)
    assert family.end() == 0


def test_a_second_ctrl_c_changes_nothing(families: list[Family]) -> None:
    family = Family(CHILD)
    families.append(family)
    family.parent.send_signal(signal.SIGINT)
    family.parent.send_signal(signal.SIGINT)
    assert family.end() == 0


def test_killed_outright_it_leaves_no_orphan(families: list[Family]) -> None:
    family = Family(CHILD, CHILD)
    families.append(family)
    family.parent.kill()
    assert family.end() == -signal.SIGKILL


def test_a_child_that_falls_takes_the_others_with_it_and_is_named(families: list[Family]) -> None:
    family = Family(CHILD, CHILD)
    families.append(family)
    os.kill(family.children[1], signal.SIGKILL)
    assert family.end() == 3
    assert "c1意外停止" in family.told()


def test_a_child_that_will_not_stop_is_ended_by_force(families: list[Family]) -> None:
    family = Family(STUBBORN, patience=0.2)
    families.append(family)
    family.parent.send_signal(signal.SIGTERM)
    assert family.end() == 0
    assert "c0未能按时停下" in family.told()


def test_an_unleashed_process_does_not_follow_anyone(tmp_path: Path) -> None:
    code = "from monitor.leash import follow_parent; follow_parent(); print('on')"
    environment = {key: value for key, value in os.environ.items() if key != "SENTINEL_LEASH"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout == "on\n"
