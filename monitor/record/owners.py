"""Owners: which account a file that names none was taken to be of, remembered by its name."""

from typing import Final

from monitor.record import remembered
from monitor.record.store import Reading, Writing

KIND: Final = "file-account"


def recall(tx: Reading, signature: str) -> int | None:
    """The account's id; None where nobody picked one, or different ones were picked.

    '' is the signature of what every export is called: it is never remembered.
    """
    found = remembered.recall(tx, KIND, signature) if signature else None
    return None if found is None else found.get("account_id")


def remember(tx: Writing, signature: str, account_id: int, by: int | None = None) -> None:
    """Keep a pick. A name for which two accounts were picked tells nothing ever after."""
    if not signature:
        return
    before = remembered.recall(tx, KIND, signature)
    if before is not None and before.get("account_id") != account_id:
        remembered.remember(tx, KIND, signature, {"account_id": None}, by)
    elif before is None:
        remembered.remember(tx, KIND, signature, {"account_id": account_id}, by)
