"""The demonstration's platforms as a process: they answer, and end when told to."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from monitor.demo import serve
from monitor.leash import VARIABLE


def get(port: int, path: str) -> str | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return None


@contextmanager
def serving(*more: str, leash: str = "") -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The process and its port: it listens before it names the port, so no question is lost."""
    command = [sys.executable, "-m", "monitor.demo.serve", "--port", "0", *more]
    pipe = subprocess.PIPE
    env = {**os.environ, VARIABLE: leash}
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=env
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            assert get(port, "/health") == "ok"
            yield process, port
        finally:
            process.kill()


def test_it_answers_below_each_platforms_name_and_ends_on_sigterm() -> None:
    with serving("--seed", "7") as (process, port):
        menu = get(port, "/wechat/cgi-bin/get_current_selfmenu_info")
        assert menu is not None
        assert "41001" in menu
        assert get(port, "/weather") is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
        assert process.stdout is not None
        assert process.stderr is not None
        assert (process.stdout.read(), process.stderr.read()) == ("", "")


def test_on_a_leash_it_ends_with_its_parent() -> None:
    with serving(leash="1") as (process, _):
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=60) == 0


def test_a_taken_port_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 3
    assert f"端口 {port} 已被占用" in capsys.readouterr().err
