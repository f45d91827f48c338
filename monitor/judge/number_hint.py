"""数据提示: where two signals agree that an account's numbers are unlike its own past.

A signal joins by one file in `number_hints`. Nothing here enters a status, a case, a rate or a
score: it asks a person to look.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from monitor.domain.number_hint import NumberHint, Signal, Told, Traces
from monitor.judge.chance import adjusted, both
from monitor.registry import Registry

Look = Callable[[Traces], Signal | None]
"""A pure function of one account's own past; None where there is too little of it to say."""

SIGNALS: Final[Registry[tuple[str, Look]]] = Registry("monitor.judge.number_hints")
FALSE_SHARE: Final = 0.05
"""Of all hints shown, no more than this share is expected to be mere chance."""
WORTH: Final = 0.05
"""A signal above this adds nothing to a hint."""


def signal(name: str) -> Callable[[Look], Look]:
    """Enter the decorated function as the signal `name`."""

    def enter(look: Look) -> Look:
        SIGNALS.add(name, (name, look))
        return look

    return enter


def signals(traces: Traces) -> dict[str, Signal]:
    """What each signal says of an account, by name; those that cannot say anything are left out."""
    return {name: said for name, look in SIGNALS if (said := look(traces)) is not None}


def promising(said: Mapping[str, Signal]) -> bool:
    """Whether one more signal could make a hint of it."""
    return any(each.p <= WORTH for each in said.values())


def hints(said: Mapping[int, Mapping[str, Signal]]) -> tuple[NumberHint, ...]:
    """The hints among all accounts looked at (signals by account), the surest first.

    An account of which only one signal can say anything is not among those looked at.
    """
    looked = [key for key, each in said.items() if len(each) > 1]
    rates = adjusted([both([one.p for one in said[key].values()]) for key in looked])
    found = [
        NumberHint(key, rate, _told(said[key]))
        for key, rate in zip(looked, rates, strict=True)
        if rate <= FALSE_SHARE
    ]
    return tuple(sorted(found, key=lambda each: (each.rate, each.account_id)))


def _told(said: Mapping[str, Signal]) -> tuple[Told, ...]:
    worth: Sequence[tuple[float, str, str]] = sorted(
        (each.p, name, each.sentence) for name, each in said.items() if each.p <= WORTH
    )
    return tuple(Told(name, sentence) for _, name, sentence in worth)
