"""Holding a job: its lease is renewed while it works, and a person's cancel stops it at a chunk."""

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextvars import ContextVar
from types import TracebackType
from typing import Final, Self

from monitor.domain.errors import StoreError
from monitor.domain.running import Job
from monitor.record import jobs
from monitor.record.jobs import Standing
from monitor.record.store import Store

BEATS: Final = 4
"""How often a lease is renewed before it would run out."""
LONGEST_BEAT: Final = 2.0
"""Seconds until a cancel is noticed where the work itself does not ask."""


class Interrupted(CancelledError):  # noqa: N818  # reads as what happened
    """The work was told to stop: a person cancelled it, or another worker has it now."""


class Hold:
    """A job in one worker's hands; leave it by finishing. Work asks `chunk` as it goes on."""

    def __init__(self, store: Store, job: Job, owner: str, lease_seconds: int) -> None:
        self.store, self.job, self.owner, self.lease_seconds = store, job, owner, lease_seconds
        self.standing = Standing.MINE
        self._over = threading.Event()
        self._stop: Callable[[], object] | None = None
        self._beating = threading.Thread(target=self._beat, name=f"lease-{job.id}", daemon=True)

    def __enter__(self) -> Self:
        self._token = _CURRENT.set(self)
        self._beating.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._beating.join()
        _CURRENT.reset(self._token)

    def chunk(self, percent: int | None = None) -> None:
        """Say how far it is (0..100) and go on, or Interrupted."""
        if percent is not None:
            self._look(lambda: jobs.progress(self.store, self.job.id, self.owner, percent))
        if self.standing is not Standing.MINE:
            raise Interrupted(self.standing.value)

    def stop_by(self, stop: Callable[[], object]) -> None:
        """How to stop what cannot ask by itself, such as a sweep in the event loop."""
        self._stop = stop
        if self.standing is not Standing.MINE:
            stop()

    def _beat(self) -> None:
        pause = min(self.lease_seconds / BEATS, LONGEST_BEAT)
        while not self._over.wait(pause):
            self._look(lambda: jobs.renew(self.store, self.job.id, self.owner, self.lease_seconds))
            if self.standing is not Standing.MINE:
                if self._stop is not None:
                    self._stop()
                return

    def _look(self, ask: Callable[[], Standing]) -> None:
        """A store that is busy for a moment ends nothing: the lease is longer than one beat."""
        try:
            found = ask()
        except StoreError:
            return
        if self.standing is Standing.MINE:
            self.standing = found


_CURRENT: ContextVar[Hold | None] = ContextVar("hold", default=None)


def chunk(percent: int | None = None) -> None:
    """Called by long work between two chunks; nothing happens where no job is held."""
    hold = _CURRENT.get()
    if hold is not None:
        hold.chunk(percent)


def stop_by(stop: Callable[[], object]) -> None:
    """As `Hold.stop_by`, for whatever job is held now."""
    hold = _CURRENT.get()
    if hold is not None:
        hold.stop_by(stop)
