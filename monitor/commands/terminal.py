"""Speaking to the person at the terminal: results on stdout, progress and trouble on stderr."""

import functools
import json
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

import typer

from monitor.domain.errors import CannotRun, InputError, SentinelError
from monitor.domain.instants import parse_instant
from monitor.domain.running import RunReport

P = ParamSpec("P")
R = TypeVar("R")

REFUSED_ROWS = 1
BAD_INPUT = 2
CANNOT_RUN = 3


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """Turn trouble a person can act upon into one Chinese line and the documented exit code."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except SentinelError as error:
            say(f"{error}(编号 {error.code})")
            code = CANNOT_RUN if isinstance(error, CannotRun) else BAD_INPUT
            raise typer.Exit(code) from error

    return guarded


def say(line: str) -> None:
    """A line of progress or trouble."""
    typer.echo(line, err=True)


def show(line: str) -> None:
    """A line of the result."""
    typer.echo(line)


def show_json(document: Mapping[str, Any]) -> None:
    """One JSON document and nothing else."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))


def show_report(report: RunReport | None) -> None:
    """What a run did, in one line."""
    if report is None:
        say("这一次已经运行过,不再重复。")
        return
    counts = "、".join(f"{name} {count}" for name, count in report.counts.items())
    say(f"{report.outcome.value}:{counts or '没有需要处理的内容'}")


def instant(text: str) -> datetime | None:
    """An instant as people type it, on a Shanghai clock; None where nothing was typed."""
    if not text:
        return None
    try:
        return parse_instant(text)
    except ValueError as error:
        raise InputError(f"时间“{text}”读不懂", remedy="应写成 2026-11-22T09:30") from error


def log_to_stderr() -> None:
    """Warnings and notices of long-running processes go to stderr with their time."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for noisy in ("apscheduler", "httpx", "alembic", "matplotlib", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
