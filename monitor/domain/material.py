"""Material 核查佐证材料: the raw rows that a finding stands on, as known at two instants."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = Mapping[str, Any]
"""Plain values only: texts, whole numbers, booleans, None; instants are seconds or, where the name
ends in `_at` and the row says when it was recorded, microseconds."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything on record of one account that bears on how it was judged at (as_of, known_at).

    `account` says who it was; `tables` are rows by the name of what they are, in an order that is
    always the same. Nothing in here is of a person but the number of who looked.
    """

    account: Row
    as_of: int
    known_at: int
    tables: Mapping[str, tuple[Row, ...]]
    photos: Mapping[str, bytes] = field(default_factory=dict, repr=False)


def called(platform: str, account: str, rule: str) -> str:
    """The name of the file the material of one conclusion leaves in."""
    return f"核查佐证材料-{platform}-{account}-{rule}.zip".replace("/", "-")
