"""What a paper of a case says, as it is frozen when the paper is issued."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Told:
    """One problem as a paper tells it: what, the sentence, and on whose word it is asked."""

    kind: str
    sentence: str
    basis: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A case on paper. Days are Shanghai days, None where the paper has none; `amends` is the
    number of the paper that this one puts right; `said` is what the office adds."""

    number: str
    day: date
    office: str
    unit: str
    account: str
    uid: str
    platform: str
    problems: tuple[Told, ...]
    contact: str
    due: date | None = None
    hours: int = 0
    appeal_days: int = 0
    last_post: str = ""
    said: str = ""
    amends: str = ""
    case_number: str = ""
    measure: str = ""
