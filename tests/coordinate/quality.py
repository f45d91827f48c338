"""How good the verdicts on labelled pairs are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.coordinate.matching import Releases
from monitor.domain.matching import Verdict
from tests.coordinate.labelled import Pair


@dataclass(frozen=True)
class Quality:
    """Only 是 counts as found: what goes to a person is missed where it is the release.

    Alarms are counted on the posts that are the release, whatever the verdict on them.
    """

    pairs: int
    precision: float
    recall: float
    alarm_precision: float
    alarm_recall: float
    unsure: int


def measured(pairs: Iterable[Pair]) -> Quality:
    """Every pair by itself: the release alone is sought in the post."""
    seen: Counter[tuple[str, bool, bool]] = Counter()
    unsure = 0
    for pair in pairs:
        matches = Releases([pair.release]).matches(pair.post)
        verdict = matches[0].verdict if matches else Verdict.OTHER
        unsure += verdict is Verdict.UNSURE
        seen["verdict", pair.same, verdict is Verdict.SAME] += 1
        if pair.same:
            seen["alarm", pair.changed, bool(matches and matches[0].differences)] += 1
    precision, recall = _shares(seen, "verdict")
    alarm_precision, alarm_recall = _shares(seen, "alarm")
    count = sum(times for (what, *_), times in seen.items() if what == "verdict")
    return Quality(count, precision, recall, alarm_precision, alarm_recall, unsure)


def _shares(seen: Counter[tuple[str, bool, bool]], what: str) -> tuple[float, float]:
    right = seen[what, True, True]
    return right / (right + seen[what, False, True]), right / (right + seen[what, True, False])
