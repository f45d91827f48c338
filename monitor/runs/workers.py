"""办 on PostgreSQL: a worker process takes jobs from the queue, holds each by a lease, does it."""

import os
import secrets
import socket

from monitor.collect.loop import EventLoop
from monitor.record import migrate, queue
from monitor.runs import jobs
from monitor.runs.jobs import Worker
from monitor.runs.parts import Parts

AT_ONCE = 2


def serve(parts: Parts, worker: Worker | None = None) -> None:
    """Work until a signal asks to stop; CannotRun where the store needs no workers."""
    queue.prepare(parts.store)
    migrate.check(parts.store)
    chosen = worker or Worker(own_name())
    with EventLoop() as loop:
        queue.serve(
            parts.store,
            lambda job_id: jobs.run_one(parts, loop, job_id, chosen),
            at_once=AT_ONCE,
        )


def own_name() -> str:
    """A name no other process has, so that none writes over another's job."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
