"""Material 核查佐证材料 of one account: its raw rows as they were known at (as_of, known_at)."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, select

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.material import Material, Row
from monitor.record import routes
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

_T: Final = METADATA.tables
ACCOUNT: Final = _T["account"]
ACCOUNT_REV: Final = _T["account_rev"]
UNIT: Final = _T["unit"]
UNIT_REV: Final = _T["unit_rev"]
EXCUSE: Final = _T["excuse"]
POST: Final = _T["post"]
POST_KEY: Final = _T["post_key"]
POST_OBS: Final = _T["post_obs"]
ACCOUNT_OBS: Final = _T["account_obs"]
COVERAGE: Final = _T["coverage"]
REVOKED: Final = _T["coverage_revocation"]
ROUTE: Final = _T["route"]
PASS: Final = _T["pass"]
LOOK: Final = _T["look"]
SERVICE: Final = _T["service_check"]
MICRO: Final = 1_000_000
BEFORE: Final = 90 * DAY
"""Posts, passes and looks of so many days before `as_of` are told, and whatever is older of the
silence itself."""
LOOK_COLUMNS: Final = (
    *("id", "person_id", "looked_from", "looked_until", "newest_from", "newest_until"),
    *("second_from", "second_until", "seen", "source", "empty", "title", "url", "comments"),
    *("name_now", "photo", "doubt", "grade", "recorded_at"),
)
PASS_COLUMNS: Final = (
    *("id", "started_at", "ended_at", "outcome", "error_class", "cause", "pages", "items"),
    "reread_from",
)


def gather(tx: Reading, account_id: int, as_of: int, known_at: int) -> Material | None:
    """The rows of an account, `as_of` in seconds, `known_at` in microseconds; None where the
    registry did not know it then. The same instants give the same rows, whenever it is asked."""
    asked = _Asked(tx, account_id, as_of, known_at)
    account = asked.account()
    if account is None:
        return None
    since = asked.since()
    tables = {
        "standings": asked.standings(),
        "excuses": asked.excuses(),
        "posts": asked.posts(since),
        "observations": asked.observations(since),
        "numbers": asked.numbers(),
        "coverage": asked.coverage(since),
        "passes": asked.passes(),
        "looks": asked.looks(since),
        "services": asked.services(),
    }
    return Material(account, as_of, known_at, tables)


class _Asked:
    """One account at two instants, and how each kind of row is read."""

    def __init__(self, tx: Reading, account_id: int, as_of: int, known_at: int) -> None:
        self.tx, self.account_id, self.as_of, self.known_at = tx, account_id, as_of, known_at

    def _rows(self, query: Select[Any]) -> tuple[Row, ...]:
        return tuple(dict(row) for row in self.tx.conn.execute(query).mappings())

    def _known(self, table: Any) -> tuple[ColumnElement[bool], ...]:
        known = self.known_at
        return (table.c.recorded_at <= known, table.c.superseded_at > known)

    def account(self) -> Row | None:
        """Who it was: the revision that held at `as_of`, as known then."""
        query = (
            select(
                *(ACCOUNT.c[name] for name in ("id", "platform", "uid", "registered_at")),
                *(ACCOUNT_REV.c[name] for name in ("name", "kind", "opened_from", "opened_until")),
                UNIT.c.code.label("unit_code"),
                UNIT_REV.c.name.label("unit_name"),
            )
            .join(ACCOUNT_REV, ACCOUNT_REV.c.account_id == ACCOUNT.c.id)
            .join(UNIT, UNIT.c.id == ACCOUNT_REV.c.unit_id)
            .join(UNIT_REV, UNIT_REV.c.unit_id == UNIT.c.id)
            .where(
                ACCOUNT.c.id == self.account_id,
                *self._known(ACCOUNT_REV),
                *self._known(UNIT_REV),
            )
            .order_by(
                ACCOUNT_REV.c.valid_from > self.as_of,
                ACCOUNT_REV.c.valid_from.desc(),
                UNIT_REV.c.valid_from > self.as_of,
                UNIT_REV.c.valid_from.desc(),
            )
            .limit(1)
        )
        found = self._rows(query)
        if not found:
            return None
        named = {"platform_name": PLATFORMS[found[0]["platform"]], "any_post": self._any_post()}
        return {**found[0], **named}

    def _any_post(self) -> bool:
        """Whether any post was known at all, also one published later than `as_of`."""
        query = select(POST.c.id).where(POST.c.account_id == self.account_id, *self._known(POST))
        return self.tx.conn.execute(query.limit(1)).first() is not None

    def since(self) -> int:
        """The first second that matters: where the silence may have begun, or ninety days ago."""
        newest = self.tx.conn.execute(
            select(func.max(POST.c.published_from)).where(
                POST.c.account_id == self.account_id,
                POST.c.published_from < self.as_of,
                POST.c.published_until < self.as_of,
                *self._known(POST),
            )
        ).scalar()
        return min(self.as_of - BEFORE, BEGINNING if newest is None else int(newest))

    def standings(self) -> tuple[Row, ...]:
        """Every revision known then."""
        names = ("valid_from", "valid_until", "state", "kind", "name", "unit_id", "filed")
        more = ("filed_name", "account_type", "opened_from", "opened_until", "recorded_at")
        return self._rows(
            select(*(ACCOUNT_REV.c[name] for name in (*names, *more)))
            .where(ACCOUNT_REV.c.account_id == self.account_id, *self._known(ACCOUNT_REV))
            .order_by(ACCOUNT_REV.c.valid_from)
        )

    def excuses(self) -> tuple[Row, ...]:
        """Agreed silence."""
        return self._rows(
            select(*(EXCUSE.c[name] for name in ("id", "a", "b", "kind", "paper", "recorded_at")))
            .where(EXCUSE.c.account_id == self.account_id, *self._known(EXCUSE))
            .order_by(EXCUSE.c.a, EXCUSE.c.id)
        )

    def posts(self, since: int) -> tuple[Row, ...]:
        """Posts known then that may have been published from `since` on, before `as_of`."""
        names = ("published_from", "published_until", "deleted_seen_at", "source", "recorded_at")
        return self._rows(
            select(
                *(POST_KEY.c[name] for name in ("native_id", "title", "url", "form")),
                *(POST.c[name] for name in names),
            )
            .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
            .where(
                POST.c.account_id == self.account_id,
                POST.c.published_until >= since,
                POST.c.published_from < self.as_of,
                *self._known(POST),
            )
            .order_by(POST.c.published_from, POST_KEY.c.native_id)
        )

    def observations(self, since: int) -> tuple[Row, ...]:
        """The numbers of those posts, everyone that was recorded by then."""
        columns = [column for column in POST_OBS.c if column.name != "key_id"]
        return self._rows(
            select(POST_KEY.c.native_id, *columns)
            .join(POST_KEY, POST_KEY.c.id == POST_OBS.c.key_id)
            .join(POST, POST.c.key_id == POST_KEY.c.id)
            .where(
                POST.c.account_id == self.account_id,
                POST.c.published_until >= since,
                POST.c.published_from < self.as_of,
                *self._known(POST),
                POST_OBS.c.recorded_at <= self.known_at,
                POST_OBS.c.observed_at < self.as_of,
            )
            .order_by(POST_KEY.c.native_id, POST_OBS.c.observed_at, POST_OBS.c.recorded_at)
        )

    def numbers(self) -> tuple[Row, ...]:
        """Numbers of the account itself in the last ninety days."""
        columns = [column for column in ACCOUNT_OBS.c if column.name != "account_id"]
        return self._rows(
            select(*columns)
            .where(
                ACCOUNT_OBS.c.account_id == self.account_id,
                ACCOUNT_OBS.c.observed_at >= self.as_of - BEFORE,
                ACCOUNT_OBS.c.observed_at <= self.as_of,
                ACCOUNT_OBS.c.recorded_at <= self.known_at,
            )
            .order_by(ACCOUNT_OBS.c.observed_at, ACCOUNT_OBS.c.source, ACCOUNT_OBS.c.recorded_at)
        )

    def coverage(self, since: int) -> tuple[Row, ...]:
        """Looks at stretches of publishing time, those withdrawn by then marked so."""
        ceilings = routes.ceilings(self.tx, self.known_at)
        names = ("id", "a", "b", "grade", "fresh_s", "looked_at", "recorded_at")
        more = ("evidence_kind", "evidence_id", "route_id")
        query = (
            select(
                *(COVERAGE.c[name] for name in (*names, *more)),
                ROUTE.c.key.label("route"),
                *(ROUTE.c[name] for name in ("source", "confirm_s")),
                REVOKED.c.recorded_at.label("revoked_at"),
                REVOKED.c.reason.label("revoked_because"),
            )
            .join(ROUTE, ROUTE.c.id == COVERAGE.c.route_id)
            .outerjoin(
                REVOKED,
                (REVOKED.c.coverage_id == COVERAGE.c.id) & (REVOKED.c.recorded_at <= self.known_at),
            )
            .where(
                COVERAGE.c.account_id == self.account_id,
                COVERAGE.c.b >= since,
                COVERAGE.c.a < self.as_of,
                COVERAGE.c.recorded_at <= self.known_at,
            )
            .order_by(COVERAGE.c.b, COVERAGE.c.a, COVERAGE.c.id)
        )
        return tuple({**row, "ceiling": ceilings.get(row["route_id"])} for row in self._rows(query))

    def passes(self) -> tuple[Row, ...]:
        """Attempts to read the account that had ended by then, also those that failed."""
        return self._rows(
            select(*(PASS.c[name] for name in PASS_COLUMNS), ROUTE.c.key.label("route"))
            .join(ROUTE, ROUTE.c.id == PASS.c.route_id)
            .where(
                PASS.c.account_id == self.account_id,
                PASS.c.started_at >= self.as_of - BEFORE,
                PASS.c.started_at <= self.as_of,
                PASS.c.ended_at <= self.known_at // MICRO,
            )
            .order_by(PASS.c.started_at, PASS.c.id)
        )

    def looks(self, since: int) -> tuple[Row, ...]:
        """What people saw on the page, and what its unit reported."""
        return self._rows(
            select(*(LOOK.c[name] for name in LOOK_COLUMNS))
            .where(
                LOOK.c.account_id == self.account_id,
                LOOK.c.looked_until >= since,
                LOOK.c.looked_from <= self.as_of,
                LOOK.c.recorded_at <= self.known_at,
            )
            .order_by(LOOK.c.looked_from, LOOK.c.id)
        )

    def services(self) -> tuple[Row, ...]:
        """Answers about functions."""
        names = ("id", "function", "works", "measured", "checked_at", "detail", "source")
        return self._rows(
            select(*(SERVICE.c[name] for name in (*names, "recorded_at")))
            .where(
                SERVICE.c.account_id == self.account_id,
                SERVICE.c.checked_at <= self.as_of,
                SERVICE.c.recorded_at <= self.known_at,
            )
            .order_by(SERVICE.c.function, SERVICE.c.checked_at, SERVICE.c.id)
        )
