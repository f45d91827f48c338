import asyncio
import subprocess
import sys
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor

import httpx
import pytest

from monitor.collect.loop import EventLoop


async def running_loop() -> int:
    return id(asyncio.get_running_loop())


def test_all_threads_share_one_loop_in_one_thread() -> None:
    before = threading.active_count()
    with EventLoop() as loop, ThreadPoolExecutor(4) as pool:
        seen = {each.result() for each in [pool.submit(loop.run, running_loop()) for _ in range(8)]}
    assert len(seen) == 1
    assert threading.active_count() == before


def test_an_error_of_the_coroutine_reaches_its_caller() -> None:
    async def fails() -> None:
        raise ValueError("told")

    with EventLoop() as loop:
        with pytest.raises(ValueError, match="told"):
            loop.run(fails())
        assert loop.run(running_loop())


def test_cancel_ends_what_runs_and_close_waits_until_it_has_cleaned_up() -> None:
    begun, cleaned = threading.Event(), []

    async def long() -> None:
        begun.set()
        try:
            await asyncio.sleep(3600)
        finally:
            await asyncio.sleep(0)
            cleaned.append(True)

    loop = EventLoop().start()
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(loop.run, long())
        begun.wait()
        loop.cancel()
        with pytest.raises(CancelledError):
            future.result(timeout=5)
        loop.close()
    assert cleaned == [True]


def test_a_closed_loop_takes_no_work_and_warns_of_nothing() -> None:
    loop = EventLoop().start()
    loop.close()
    loop.close()
    with pytest.raises(CancelledError):
        loop.run(running_loop())


def test_a_loop_that_never_started_closes() -> None:
    EventLoop().close()


def test_work_from_within_the_loop_is_refused_and_not_waited_for_for_ever() -> None:
    with EventLoop() as loop:

        async def within() -> int:
            return loop.run(running_loop())

        with pytest.raises(RuntimeError, match="itself"):
            loop.run(within())


def test_a_client_that_cannot_be_opened_is_told_by_start() -> None:
    def broken() -> httpx.AsyncClient:
        raise OSError("no such library")

    loop = EventLoop(broken)
    with pytest.raises(OSError, match="no such library"):
        loop.start()
    loop.close()


def test_the_client_is_closed_with_the_loop() -> None:
    with EventLoop() as loop:
        client = loop.client
        assert not client.is_closed
    assert client.is_closed


SCRIPT = """
import asyncio, logging, threading
from concurrent.futures import CancelledError
from monitor.collect.loop import EventLoop

# asyncio reports slow steps as warnings, and a busy machine is slow; faults it logs as errors.
logging.getLogger("asyncio").setLevel(logging.ERROR)
loop = EventLoop().start()
begun = threading.Event()

async def long():
    begun.set()
    await asyncio.sleep(60)

def work():
    try:
        loop.run(long())
    except CancelledError:
        print("cancelled")

thread = threading.Thread(target=work)
thread.start()
begun.wait()
loop.close()
thread.join()
"""


def test_with_every_warning_an_error_a_stop_in_flight_says_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", SCRIPT],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PYTHONASYNCIODEBUG": "1"},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "cancelled\n", "")
