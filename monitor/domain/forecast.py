"""Days to breach 距超期: when a limit runs out, how sure that is, and how often that was right."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.instants import DAY

HORIZON: Final = 7 * DAY
"""How far ahead a forecast is held against what came."""
LIKELY: Final = 0.5
"""The share from which on a breach is forecast."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The limit runs out at `at` (seconds) unless the account posts before.

    `sure` is the share (0..1) of the account's own pauses that, having lasted as long as the
    present one, went on over the limit; None where it has too few pauses to say. `pauses` is of
    how many, `next_post` when half of those would have ended (seconds), None with `sure`.
    """

    at: int
    pauses: int
    sure: float | None = None
    next_post: int | None = None


@dataclass(frozen=True, slots=True)
class Backtest:
    """Forecasts of the past held against what came: each of an account that could run out within
    the horizon and of which the evidence says what came. Of `unseen` it does not."""

    hit: int = 0
    false_alarm: int = 0
    missed: int = 0
    quiet: int = 0
    unseen: int = 0

    @property
    def said(self) -> int:
        """预计: how many were forecast to run out."""
        return self.hit + self.false_alarm

    @property
    def covered(self) -> float | None:
        """Of all that could run out, the share whose evidence was complete enough to tell."""
        every = self.n + self.unseen
        return self.n / every if every else None

    @property
    def n(self) -> int:
        """How many were held against what came."""
        return self.hit + self.false_alarm + self.missed + self.quiet

    @property
    def hit_rate(self) -> float | None:
        """命中率: of those that ran out, the share that was forecast."""
        ran_out = self.hit + self.missed
        return self.hit / ran_out if ran_out else None

    @property
    def false_alarm_rate(self) -> float | None:
        """误报率: of those forecast to run out, the share that did not."""
        return self.false_alarm / self.said if self.said else None

    @property
    def bare_rate(self) -> float | None:
        """误报率 of calling each account that could run out: what the forecast has to be under."""
        return (self.false_alarm + self.quiet) / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A forecast of one account of which enough is known: by posts up to `last` (seconds)."""

    account_id: int
    last: int
    at: int
    sure: float
    pauses: int
