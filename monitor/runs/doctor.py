"""检: what will not live through next week, and what has run lately, each in one line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitor.access import chain
from monitor.domain.errors import SentinelError
from monitor.domain.instants import say_minute, to_second
from monitor.record import audit, migrate, runlog
from monitor.runs.checking import FAMILIES, Bed, Check, trouble
from monitor.runs.parts import Parts

SHOWN = 20


@dataclass(frozen=True)
class Examination:
    """All checks."""

    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        """True where nothing needs a person."""
        return all(each.sound for each in self.checks)

    @property
    def lines(self) -> tuple[str, ...]:
        """One line per check."""
        return tuple(str(each) for each in self.checks)

    @property
    def document(self) -> dict[str, Any]:
        """The same for a script."""
        return {"sound": self.sound, "checks": [each.document for each in self.checks]}


def examine(parts: Parts) -> Examination:
    """Look at everything that can be looked at without touching a platform."""
    try:
        migrate.check(parts.store)
    except SentinelError as error:
        told = error.explained
        found = trouble("数据库", told.what, told.remedy or "请运行 sentinel setup")
        return Examination((found,))
    bed = Bed(parts, to_second(parts.now()))
    return Examination(tuple(check for looks in FAMILIES for check in looks(bed)))


def recent(parts: Parts) -> Iterator[str]:
    """The newest runs, one line each."""
    with parts.store.reading() as tx:
        for each in runlog.newest(tx, SHOWN):
            counts = "、".join(f"{name} {count}" for name, count in each.counts.items())
            started = say_minute(to_second(each.started_at))
            yield f"{started}  {each.command}  {each.outcome or '进行中'}  {counts}  {each.note}"


def verify_audit(parts: Parts, anchor: str = "") -> tuple[bool, str]:
    """Whether the audit chain holds, and passes through an anchor; a sentence that says so."""
    wanted = chain.anchor_of(anchor) if anchor else None
    with parts.store.reading() as tx:
        return audit.verify(tx, wanted)
