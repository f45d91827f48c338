"""Pending 待决事项: what a letter asks its reader to decide, counted, with the page behind it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pending:
    """`count` of `what`, measured in `unit`; `page` is the desk's page with its filters, `due_at`
    (seconds) when the first of them runs out, None where none does."""

    what: str
    count: int
    unit: str
    page: str
    due_at: int | None = None
