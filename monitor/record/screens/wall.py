"""大屏: how many accounts there are, where and on which platforms; sums only, nobody's name."""

from dataclasses import dataclass

from sqlalchemy import func, select

from monitor.access.declared import shown
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.screens.listing import ACCOUNT_DAY
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """The accounts of a scope: how many, of how many 市州, by platform, the most first. `posts` of
    the last thirty days are at least so many, None where nothing was judged yet."""

    accounts: int = 0
    places: int = 0
    platforms: tuple[tuple[str, int], ...] = ()
    posts: int | None = None


@shown(Permission.SEE_HOME)
def standing(tx: Reading, scope: Scope, now: int) -> Standing:
    """The sums of a scope as they are now; officers' personal accounts are in none."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(seen.c.platform, seen.c.region, func.count(), func.sum(ACCOUNT_DAY.c.posts_30d_min))
        .select_from(seen.outerjoin(ACCOUNT_DAY, ACCOUNT_DAY.c.account_id == seen.c.judged_id))
        .group_by(seen.c.platform, seen.c.region)
    ).all()
    platforms: dict[str, int] = {}
    for platform, _, accounts, _ in rows:
        platforms[platform] = platforms.get(platform, 0) + int(accounts)
    posts = [int(row[3]) for row in rows if row[3] is not None]
    return Standing(
        accounts=sum(platforms.values()),
        places=len({row[1] for row in rows if row[1]}),
        platforms=tuple(sorted(platforms.items(), key=lambda pair: (-pair[1], pair[0]))),
        posts=sum(posts) if posts else None,
    )
