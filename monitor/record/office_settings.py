"""What the office decided about itself, kept by name, each change with its author and version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import insert, select, update

from monitor.domain.errors import Conflict
from monitor.domain.office import Deployment, Feed, Office, Progress, Step
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

SETTING = METADATA.tables["setting"]
OFFICE: Final = "office"
RULEBOOKS: Final = "rulebooks"
FEEDS: Final = "feeds"
TRIAL: Final = "trial"
PATROL: Final = "patrol"
STEPS: Final = "steps"
BURDEN: Final = "burden"
REVEALS: Final = "reveals"


@dataclass(frozen=True, slots=True)
class Kept:
    """A decision as it stands; `by` is None where it was taken at the machine itself."""

    value: Mapping[str, Any]
    version: int
    by: int | None


def get(tx: Reading, key: str) -> Kept | None:
    """One decision; None where nobody took it."""
    row = tx.conn.execute(select(SETTING).where(SETTING.c.key == key)).mappings().first()
    return None if row is None else Kept(row["value"], row["version"], row["by"])


def put(
    tx: Writing, key: str, value: Mapping[str, Any], by: int | None, version: int | None = None
) -> bool:
    """Keep a decision; False where it is the one that stands.

    Conflict where `version` is given and somebody else changed it since.
    """
    known = get(tx, key)
    if version is not None and version != (known.version if known else 0):
        raise Conflict("设置刚被其他人修改过", key, "请刷新后再修改")
    if known is not None and known.value == dict(value):
        return False
    row = {"value": dict(value), "recorded_at": tx.stamp, "by": by}
    if known is None:
        tx.conn.execute(insert(SETTING).values(key=key, version=1, **row))
    else:
        changed = update(SETTING).where(SETTING.c.key == key)
        tx.conn.execute(changed.values(version=known.version + 1, **row))
    return True


def office(tx: Reading) -> Office:
    """All decisions together; what nobody decided is as it is without one."""
    rows = tx.conn.execute(select(SETTING.c.key, SETTING.c.value))
    said: dict[str, Mapping[str, Any]] = {row.key: row.value for row in rows}

    def of(key: str, name: str) -> str:
        return str(said.get(key, {}).get(name) or "")

    deployment = of(OFFICE, "deployment")
    return Office(
        name=of(OFFICE, "name"),
        deployment=Deployment(deployment) if deployment else None,
        trial_until=_day(of(TRIAL, "until")),
        own=of(RULEBOOKS, "own"),
        upper=of(RULEBOOKS, "upper"),
        feeds={key: Feed(value) for key, value in said.get(FEEDS, {}).items()},
        patrol_due=_day(of(PATROL, "due")),
        steps={Step(key): Progress(value) for key, value in said.get(STEPS, {}).items()},
    )


def trial_until(tx: Reading, now: int) -> date | None:
    """The last day of the trial period where `now` (seconds) falls within one."""
    known = get(tx, TRIAL)
    until = _day(str(known.value.get("until") or "")) if known is not None else None
    return Office(trial_until=until).trial_at(now)


def mark_step(tx: Writing, step: Step, progress: Progress, by: int | None) -> None:
    """Note how far a step of the 启用向导 is."""
    known = get(tx, STEPS)
    steps = dict(known.value) if known is not None else {}
    put(tx, STEPS, {**steps, step.value: progress.value}, by)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
