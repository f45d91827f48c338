"""Office 本单位: what it decided about itself: its name, where the box stands, its trial period."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from monitor.domain.instants import shanghai_day

TRIAL_DAYS: Final = 30
LONGEST_TRIAL_DAYS: Final = 366


class Deployment(StrEnum):
    """Where the box stands."""

    OUTSIDE = "甲"
    BOTH_SIDES = "乙"
    FILES_ONLY = "丙"


class Feed(StrEnum):
    """Where an office gets the data of one platform from; without any of them it patrols."""

    NONE = "无"
    EXPORT = "导出"
    PURCHASED = "购买"
    INTERFACE = "接口"


class Step(StrEnum):
    """The steps of the 启用向导 in their order, by the name they are kept under."""

    OFFICE = "office"
    UNITS = "units"
    LEDGER = "ledger"
    PEOPLE = "people"
    SOURCES = "sources"
    STANDARDS = "standards"
    TRIAL = "trial"


class Progress(StrEnum):
    """How far a step is."""

    OPEN = "未办"
    DONE = "已办"
    LATER = "稍后再做"


@dataclass(frozen=True, slots=True)
class Office:
    """What the office decided. `trial_until` is the last Shanghai day of the trial, None without.

    `own` and `upper` name the rulebooks of 本厅口径 and 上级口径, '' for those of the settings;
    `feeds` are by platform id; `patrol_due` is the day the first patrol is to be done.
    """

    name: str = ""
    deployment: Deployment | None = None
    trial_until: date | None = None
    own: str = ""
    upper: str = ""
    feeds: dict[str, Feed] = field(default_factory=dict)
    patrol_due: date | None = None
    steps: dict[Step, Progress] = field(default_factory=dict)

    def trial_at(self, second: int) -> date | None:
        """The last day of the trial where it has not ended at `second` (UTC), else None."""
        until = self.trial_until
        return until if until is not None and shanghai_day(second) <= until else None

    @property
    def next_step(self) -> Step | None:
        """The first step nobody dealt with; None once all are."""
        return next((each for each in Step if each not in self.steps), None)


def proposed_trial_end(second: int) -> date:
    """The last day of a trial that begins on the day of `second`."""
    return shanghai_day(second) + timedelta(days=TRIAL_DAYS)
