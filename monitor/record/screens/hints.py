"""词语提示: titles somebody should look at, within the scope; a hint is no verdict."""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import func, select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.hints import HINT, POST_KEY
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class HintLine:
    """One word in one title."""

    hint_id: int
    account_id: int
    platform: str
    name: str
    unit_name: str
    title: str
    url: str
    word: str
    category: str
    source: str
    found_at: int


@dataclass(frozen=True, slots=True)
class Hints:
    """Those that wait, the newest first and at most so many; how many there are."""

    lines: tuple[HintLine, ...] = field(default=())
    waiting: int = 0


@shown(Permission.SEE_HEALTH)
def waiting(tx: Reading, scope: Scope, now: int) -> Hints:
    """The hints nobody has decided on yet."""
    seen = visible(tx, scope, now)
    joined = HINT.join(seen, seen.c.account_id == HINT.c.account_id).join(
        POST_KEY, POST_KEY.c.id == HINT.c.key_id
    )
    counted = select(func.count()).select_from(joined).where(HINT.c.decision == "")
    query = (
        select(
            HINT.c.id.label("hint_id"),
            *(seen.c[name] for name in ("account_id", "platform", "name", "unit_name")),
            *(POST_KEY.c[name] for name in ("title", "url")),
            *(HINT.c[name] for name in ("word", "category", "source", "found_at")),
        )
        .select_from(joined)
        .where(HINT.c.decision == "")
        .order_by(HINT.c.id.desc())
        .limit(MOST)
    )
    lines = tuple(HintLine(**row) for row in tx.conn.execute(query).mappings())
    return Hints(lines, int(tx.conn.execute(counted).scalar_one()))
