"""A worker whose jobs are slow on purpose: `python -m tests.runs.slow_worker URL FOLDER`."""

import sys
import threading
from pathlib import Path

from monitor.clock import now
from monitor.collect.loop import EventLoop
from monitor.domain.running import Job, RunOutcome, RunReport
from monitor.record.store import open_store
from monitor.runs import holding, workers
from monitor.runs.jobs import Worker
from monitor.runs.parts import Parts
from tests.service.parts import some_parts

LEASE_SECONDS = 2


def main(url: str, folder: Path) -> None:
    """Work; a job tells by a file that it has begun, and ends once the file `go` is there."""

    def slow(_parts: Parts, _loop: EventLoop, job: Job) -> RunReport:
        (folder / f"begun-{job.id}").touch()
        pause = threading.Event()
        while not (folder / "go").exists():
            holding.chunk(50)
            pause.wait(0.05)
        return RunReport(RunOutcome.DONE, {"行": 7})

    store = open_store(url, now)
    worker = Worker(workers.own_name(), LEASE_SECONDS, {"slow": slow})
    workers.serve(some_parts(store, now), worker)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
