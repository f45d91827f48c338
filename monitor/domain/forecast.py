"""Days to breach 距超期: when a limit runs out, how sure that is, and how often that was right."""

from dataclasses import dataclass


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
    the horizon and of which the evidence says what came."""

    hit: int = 0
    false_alarm: int = 0
    missed: int = 0
    quiet: int = 0

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
        forecast = self.hit + self.false_alarm
        return self.false_alarm / forecast if forecast else None

    @property
    def bare_rate(self) -> float | None:
        """误报率 of calling each account that could run out: what the forecast has to be under."""
        return (self.false_alarm + self.quiet) / self.n if self.n else None
