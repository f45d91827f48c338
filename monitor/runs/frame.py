"""The frame of every run: a row in the run log at the start, outcome and counts at the end."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime

from monitor.domain.errors import SentinelError
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import runs
from monitor.runs.parts import Parts

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Under:
    """A run under way: its row, and the stamp behind which nothing can appear any more."""

    run_id: int
    known_at: int


def run(
    parts: Parts,
    command: str,
    work: Callable[[Under], RunReport],
    arguments: Mapping[str, str] | None = None,
    scheduled_for: datetime | None = None,
) -> RunReport | None:
    """Do `work` under a row of the run log; None where this scheduled run was done already.

    Trouble a person can act upon is written down and raised again; anything else is a defect: it
    is written down as one, and raised.
    """
    begun = runs.begin(parts.store, command, dict(arguments or {}), scheduled_for)
    if begun is None:
        return None
    under = Under(begun.run_id, begun.known_at)
    try:
        report = work(under)
    except CancelledError as told:
        note = str(told) or "系统停止或被取消时中断"
        runs.end(parts.store, under.run_id, RunReport(RunOutcome.INTERRUPTED, note=note))
        raise
    except SentinelError as error:
        note = f"{error}(编号 {error.code})"
        LOG.warning("%s: %s", command, note)
        runs.end(parts.store, under.run_id, RunReport(RunOutcome.FAILED, note=note))
        raise
    except Exception as error:
        LOG.exception("%s failed", command)
        note = f"程序出错:{type(error).__name__},请把日志交给技术人员"
        runs.end(parts.store, under.run_id, RunReport(RunOutcome.FAILED, note=note))
        raise
    runs.end(parts.store, under.run_id, report)
    return report
