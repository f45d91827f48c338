"""Campaigns 协同发声: drafted beside their manuscript, numbered at issue, every move a row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select

from monitor.domain.campaign import Content, Move, State
from monitor.domain.instants import shanghai_day
from monitor.record import sendings
from monitor.record.campaign_values import from_text, to_text
from monitor.record.rows import enter, next_serial
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

CAMPAIGN = METADATA.tables["campaign"]
MOVE = METADATA.tables["campaign_move"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A campaign with its row: the office that runs it, who wrote it, and how it stands."""

    id: int
    version: int
    desk_id: int
    manuscript_id: int
    drafter_id: int
    state: State
    content: Content
    due_at: int
    year: int | None = None
    serial: int | None = None
    issued_at: int | None = None

    @property
    def number(self) -> str:
        """`协同〔2026〕012号`: per office and year, never reused; '' before it is issued."""
        return "" if self.serial is None else f"协同〔{self.year}〕{self.serial:03d}号"


def begin(tx: Writing, desk_id: int, drafter_id: int, manuscript_id: int, content: Content) -> int:
    """Enter a new campaign beside its manuscript; its id. Its version is 1."""
    return enter(
        tx,
        CAMPAIGN,
        desk_id=desk_id,
        manuscript_id=manuscript_id,
        drafter_id=drafter_id,
        drafted_at=tx.second,
        state=State.DRAFT.value,
        version=1,
        **_columns(tx, content),
    )


def change(tx: Writing, kept: Kept, content: Content) -> bool:
    """Another content on top of the one that was read; False where that is not the newest."""
    return sendings.swap(tx, CAMPAIGN, kept.id, kept.version, **_columns(tx, content))


def issue(tx: Writing, kept: Kept, by: int) -> bool:
    """Number it and set it going; False where it was moved on meanwhile."""
    year = shanghai_day(tx.second).year
    return sendings.swap(
        tx,
        CAMPAIGN,
        kept.id,
        kept.version,
        year=year,
        serial=next_serial(tx, CAMPAIGN, desk_id=kept.desk_id, year=year),
        state=State.UNDER_WAY.value,
        issued_at=tx.second,
        issued_by=by,
        recorded_at=tx.stamp,
    )


def put(tx: Writing, kept: Kept, state: State) -> bool:
    """Another state; False where it was moved on meanwhile."""
    return sendings.swap(
        tx, CAMPAIGN, kept.id, kept.version, state=state.value, recorded_at=tx.stamp
    )


def note(
    tx: Writing, kept: Kept, move: Move, after: State, said: tuple[int | None, str] = (None, "")
) -> None:
    """Enter a move beside the state it led from and to; `said` is by whom and with which words."""
    tx.conn.execute(
        insert(MOVE).values(
            campaign_id=kept.id,
            move=move.value,
            person_id=said[0],
            words=said[1],
            before=kept.state.value,
            after=after.value,
            at=tx.second,
            recorded_at=tx.stamp,
        )
    )


def get(tx: Reading, campaign_id: int) -> Kept | None:
    """One campaign as it stands."""
    return _one(tx, CAMPAIGN.c.id == campaign_id)


def of_manuscript(tx: Reading, manuscript_id: int) -> Kept | None:
    """The campaign a manuscript belongs to; None where it stands for itself."""
    return _one(tx, CAMPAIGN.c.manuscript_id == manuscript_id)


def under_way(tx: Reading) -> list[Kept]:
    """All that were issued and are not over, the oldest first."""
    rows = tx.conn.execute(
        select(CAMPAIGN)
        .where(CAMPAIGN.c.state == State.UNDER_WAY.value)
        .order_by(CAMPAIGN.c.issued_at, CAMPAIGN.c.id)
    ).mappings()
    return [kept_of(row) for row in rows]


def kept_of(row: Mapping[Any, Any]) -> Kept:
    """A campaign out of its row."""
    return Kept(
        id=row["id"],
        version=row["version"],
        desk_id=row["desk_id"],
        manuscript_id=row["manuscript_id"],
        drafter_id=row["drafter_id"],
        state=State(row["state"]),
        content=from_text(row["content"]),
        due_at=row["due_at"],
        year=row["year"],
        serial=row["serial"],
        issued_at=row["issued_at"],
    )


def _columns(tx: Writing, content: Content) -> dict[str, Any]:
    return {
        "kind": content.kind.value,
        "title": content.title,
        "content": to_text(content),
        "amends_id": content.amends,
        "due_at": content.due,
        "recorded_at": tx.stamp,
    }


def _one(tx: Reading, condition: Any) -> Kept | None:
    row = tx.conn.execute(select(CAMPAIGN).where(condition)).mappings().first()
    return None if row is None else kept_of(row)
