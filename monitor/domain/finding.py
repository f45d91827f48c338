"""Finding 疑似问题: what a rule concluded of one account, with its evidence and its sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """The verdict. Unknown is an answer."""

    OK = "正常"
    HINT = "提醒"
    FAIL = "不合格"
    UNDECIDED = "暂不作认定"
    NOT_COUNTED = "不纳入"


UPDATE_RULE = "更新"
"""The name of the rule that judges silence; its finding carries status and bounds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule concluded under one version of a rulebook.

    `evidence` holds plain values only (numbers, texts, ISO instants, lists of them), so that it can
    be frozen as text. `sentence` is Chinese, whole, and names its evidence.
    """

    rule: str
    version: int
    outcome: Outcome
    evidence: Mapping[str, Any]
    sentence: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """One account under one rulebook at (as_of, known_at).

    `status` is the class the lower bound of the silence reached, `status_max` the upper's, or the
    word of the outcome where none could be told; `outcome` is theirs, that of the rule 更新 alone.
    Seconds are UTC; bounds are seconds of silence, `silence_max` None where it has no bound.
    `cutoff` is None where it was judged at `as_of` as uncovered. `breach_at` is when the least
    failing limit ran out, where that is sure and confirmed. `next_at` is the first second at which
    the answer may change without new evidence. `findings` hold 更新 always, other rules only where
    they have something to say. `missing` are the uncovered stretches between the start of the
    silence and `cutoff`, else `as_of`. `limit` is the least failing limit it was judged by.
    """

    account_id: int
    rulebook: str
    rulebook_version: int
    as_of: int
    known_at: int
    status: str
    status_max: str
    outcome: Outcome
    cutoff: int | None
    last_post_from: int | None
    last_post_until: int | None
    silence_min: int | None
    silence_max: int | None
    grade: int | None
    breach_at: int | None
    next_at: int | None
    limit: int
    findings: tuple[Finding, ...] = field(default=())
    missing: tuple[tuple[int, int], ...] = field(default=())

    @property
    def verdict(self) -> Outcome:
        """The account's outcome over all rules: one rule that fails fails the account."""
        if self.outcome is Outcome.NOT_COUNTED:
            return self.outcome
        found = {each.outcome for each in self.findings} | {self.outcome}
        if Outcome.FAIL in found or self.outcome is Outcome.UNDECIDED:
            return Outcome.FAIL if Outcome.FAIL in found else Outcome.UNDECIDED
        return Outcome.HINT if Outcome.HINT in found else Outcome.OK


@dataclass(frozen=True, slots=True)
class Change:
    """One status became another; messages are driven by changes not yet told."""

    account_id: int
    rulebook: str
    rule: str
    before: str
    after: str
    at: int
    id: int | None = None
