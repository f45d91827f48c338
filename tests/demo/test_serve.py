"""The demonstration's platforms as a process: they answer, and end when told to."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from monitor.demo import serve


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def get(port: int, path: str) -> str | None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError):
        return None


@contextmanager
def serving(port: int, *more: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "monitor.demo.serve", "--port", str(port), *more]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        until = monotonic() + 30
        while get(port, "/health") is None:
            assert process.poll() is None, process.stderr.read() if process.stderr else ""
            assert monotonic() < until
        try:
            yield process
        finally:
            process.kill()


def test_it_answers_below_each_platforms_name_and_ends_on_sigterm() -> None:
    port = free_port()
    with serving(port, "--seed", "7") as process:
        menu = get(port, "/wechat/cgi-bin/get_current_selfmenu_info")
        assert menu is not None
        assert "41001" in menu
        assert get(port, "/weather") is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert process.stdout is not None
        assert process.stderr is not None
        assert (process.stdout.read(), process.stderr.read()) == ("", "")


def test_on_a_leash_it_ends_with_its_parent() -> None:
    with serving(free_port(), "--leash") as process:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_a_taken_port_is_told_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.main(["--port", str(port)]) == 3
    assert f"端口 {port} 已被占用" in capsys.readouterr().err
