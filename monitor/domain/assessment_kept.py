"""Assessments as they are kept: revisions of schemes, what was frozen, objections, marks, asks."""

from dataclasses import dataclass

from monitor.domain.assessment import Kind, Plea, State
from monitor.domain.instants import OPEN


@dataclass(frozen=True, slots=True)
class SchemeRevision:
    """One revision of a scheme: number `number` of the scheme `key`; `text` is its whole sheet.

    `base` is what it was copied from; shipped ones have no author. It binds periods that begin at
    `valid_from` (seconds) or later. Stamps are microseconds; `version` is the row's.
    """

    id: int
    key: str
    number: int
    name: str
    text: str
    text_hash: str
    state: State
    valid_from: int
    version: int
    author_id: int | None = None
    submitted_by: int | None = None
    approver_id: int | None = None
    issued_at: int | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment as it stands; what is None or '' is not frozen yet.

    `as_of` in seconds, `known_at` and other stamps in microseconds; objections and marks count as
    they stood at `reviewed_at`, all else as known at `known_at`. One that puts an earlier right
    (更正单) names it in `amends_id`.
    """

    id: int
    period: str
    kind: Kind
    scheme_revision_id: int
    state: State
    title: str
    version: int
    level: str = ""
    roster_hash: str = ""
    as_of: int | None = None
    known_at: int | None = None
    reviewed_at: int | None = None
    facts_hash: str = ""
    result_hash: str = ""
    amends_id: int | None = None
    feedback_until: int | None = None
    opened_by: int | None = None
    frozen_at: int | None = None


@dataclass(frozen=True, slots=True)
class KeptObjection:
    """提出异议: what a unit says of one line of its scorecard, and what became of it.

    `wanted` and `granted` are points of that line; `files` and `answer_files` are the hashes of
    what was handed in with it and with its answer.
    """

    id: int
    assessment_id: int
    unit_id: int
    indicator: str
    words: str
    state: Plea
    version: int
    wanted: float | None = None
    files: tuple[str, ...] = ()
    answer: str = ""
    answer_files: tuple[str, ...] = ()
    granted: float | None = None
    raised_by: int | None = None
    raised_at: int = 0
    decided_by: int | None = None
    decided_at: int = OPEN


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing reviewers mark, each blind to the others: a share 0..1 of a line, or a count of an
    item. A third looks where two are too far apart; what is `agreed` counts."""

    id: int
    assessment_id: int
    indicator: str
    unit_id: int
    version: int
    item: str = ""
    account_id: int | None = None
    evidence: str = ""
    first_by: int | None = None
    first: float | None = None
    second_by: int | None = None
    second: float | None = None
    third_by: int | None = None
    third: float | None = None
    agreed: float | None = None
    agreed_by: int | None = None

    @property
    def whole(self) -> bool:
        """Whether a number is entered of the unit as a whole, no share of something drawn."""
        return not self.item and self.account_id is None


@dataclass(frozen=True, slots=True)
class Ask:
    """A unit asked in writing, at `asked_at` (seconds), for what it owes: of one measurement and
    account, or of all where none is named."""

    id: int
    period: str
    unit_id: int
    measure: str
    account_id: int | None
    paper: str
    asked_at: int
