"""Filing 报备: one thing of an account that should have been filed by now and was not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filing:
    """A filing that is overdue: of which account, what is to be filed, the last second it was due,
    and how many working days it is over."""

    account_id: int
    account: str
    platform: str
    unit_name: str
    what: str
    due_at: int
    over: int
