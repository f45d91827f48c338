"""One long-lived thread owns the only event loop and its client; workers submit coroutines."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future
from typing import Any, Self, TypeVar

import httpx

from monitor.collect.http import open_client

T = TypeVar("T")


def _let(_cancel: Callable[[], object]) -> None:
    """Nobody wants to cancel it."""


class EventLoop:
    """`start`, then `run` from any other thread, then `close`; also a context manager.

    `cancel` shuts the door and cancels what runs: callers of `run` get
    concurrent.futures.CancelledError. After `close` nothing is left: no task, no socket, no thread.
    """

    def __init__(self, client: Callable[[], httpx.AsyncClient] = open_client) -> None:
        self._open_client = client
        self._door = threading.Lock()
        self._running: set[Future[Any]] = set()
        self._open = False
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._live, name="event-loop")

    @property
    def client(self) -> httpx.AsyncClient:
        """The HTTP client that lives in the loop; use it in coroutines given to `run` only."""
        return self._client

    def start(self) -> Self:
        """Start the thread and wait until the loop runs; raises what hindered it."""
        self._thread.start()
        self._ready.result()
        return self

    def run(
        self, coro: Coroutine[Any, Any, T], started: Callable[[Callable[[], object]], None] = _let
    ) -> T:
        """The coroutine's result, computed in the loop while this thread waits for it.

        `started` is given what cancels this one alone: the waiting thread then gets CancelledError.
        """
        with self._door:
            within = threading.current_thread() is self._thread
            if within or not self._open:
                coro.close()  # else Python warns that it was never awaited
                raise RuntimeError("the loop cannot wait for itself") if within else CancelledError
            future = asyncio.run_coroutine_threadsafe(coro, self._loop)
            self._running.add(future)
        try:
            started(future.cancel)
            return future.result()
        except BaseException:
            future.cancel()
            raise
        finally:
            with self._door:
                self._running.discard(future)

    def cancel(self) -> None:
        """Take no more work and cancel what runs."""
        with self._door:
            self._open = False
            running = tuple(self._running)
        for future in running:
            future.cancel()

    def close(self) -> None:
        """Cancel, end the loop and join its thread; harmless where it never started."""
        self.cancel()
        if self._thread.ident is None:
            return
        if self._ready.exception() is None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _live(self) -> None:
        try:
            asyncio.run(self._life())
        except BaseException as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)

    async def _life(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with self._open_client() as self._client:
            with self._door:
                self._open = True
            self._ready.set_result(None)
            await self._stop.wait()
            # The client outlives the tasks: their sockets are given back before it closes.
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            for task in rest:
                if not task.cancelling():  # a second cancellation would break off its cleaning up
                    task.cancel()
            await asyncio.gather(*rest, return_exceptions=True)
