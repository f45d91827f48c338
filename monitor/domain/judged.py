"""What reports are made of: an account as registered, beside what was judged of it."""

from dataclasses import dataclass

from monitor.domain.account import Account
from monitor.domain.finding import Judgement
from monitor.domain.unit import Unit


@dataclass(frozen=True, slots=True)
class Registered:
    """An account and its unit as the registry knew them, with the newest post's title and link."""

    account: Account
    unit: Unit
    last_title: str = ""
    last_url: str = ""
    source: str = ""
    posts_30d: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One account under 本厅口径 (`own`) and 上级口径 (`upper`) at the same (as_of, known_at).

    `first_found_at` is the second the open problem was first recorded, None where there is none.
    `coverage_30d` is the share (0..1) of the 30 days before `as_of` that was sufficiently covered.
    `cause` says in Chinese why nothing could be told, `mender` who can supply it.
    """

    registered: Registered
    own: Judgement
    upper: Judgement
    coverage_30d: float = 0.0
    first_found_at: int | None = None
    cause: str = ""
    mender: str = ""
    remedy: str = ""
