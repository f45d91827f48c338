"""Run and Job: what the machine did by itself, and what a person asked it to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class RunOutcome(StrEnum):
    """How a run ended; a run without an outcome is under way or was cut off."""

    DONE = "完成"
    PARTIAL = "部分完成"
    FAILED = "失败"
    INTERRUPTED = "中断"


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run says of itself: its outcome, its counts, and what went wrong in Chinese."""

    outcome: RunOutcome
    counts: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


EXPORT_DAYS: Final = 7
"""For so long an exported file lies ready to be fetched by who asked for it."""


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "排队"
    RUNNING = "进行中"
    DONE = "完成"
    FAILED = "失败"
    CANCELLED = "已取消"


@dataclass(frozen=True, slots=True)
class Job:
    """A run asked for by a person. `progress` is 0..100; `arguments` are plain values."""

    id: int
    kind: str
    arguments: Mapping[str, str]
    state: JobState
    progress: int = 0
    result: str = ""
    cancel: bool = False
    asked_by: int | None = None
