"""What a bundle holds: the evidence recorded between two marks, as plain rows by part."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, select

from monitor.domain.bundle import Entry, Rows
from monitor.domain.instants import OPEN
from monitor.record.accounts import all_accounts
from monitor.record.observations import ACCOUNT_NUMBERS
from monitor.record.posts import NUMBERS
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

T: Final = METADATA.tables
POST, POST_KEY, POST_OBS, WORDS = T["post"], T["post_key"], T["post_obs"], T["post_text"]
ACCOUNT_OBS, SERVICE = T["account_obs"], T["service_check"]
PASS, COVERAGE, REVOKED = T["pass"], T["coverage"], T["coverage_revocation"]
ROUTE, CEILING = T["route"], T["route_ceiling"]


def gather(tx: Reading, after: Entry, upto: Entry) -> dict[str, Rows]:
    """All evidence recorded after one bundle's marks and up to another's."""

    def between(column: ColumnElement[int]) -> ColumnElement[bool]:
        return and_(column > after.mark, column <= upto.mark)

    found: dict[str, Rows] = {
        "posts": _rows(tx, _posts().where(between(POST.c.recorded_at))),
        "post_numbers": _measured(tx, between(POST_OBS.c.recorded_at)),
        "account_numbers": _said(tx, between(ACCOUNT_OBS.c.recorded_at)),
        "services": _rows(tx, _services().where(between(SERVICE.c.recorded_at))),
        "passes": _rows(
            tx, _passes().where(PASS.c.id > after.pass_mark, PASS.c.id <= upto.pass_mark)
        ),
        "coverage": _rows(tx, _coverage().where(between(COVERAGE.c.recorded_at))),
        "revocations": _rows(
            tx,
            _coverage()
            .add_columns(REVOKED.c.reason)
            .join(REVOKED, REVOKED.c.coverage_id == COVERAGE.c.id)
            .where(between(REVOKED.c.recorded_at)),
        ),
        "ceilings": _rows(tx, _ceilings().where(between(CEILING.c.recorded_at))),
        "routes": _rows(tx, select(*(ROUTE.c[name] for name in _ROUTE)).order_by(ROUTE.c.id)),
    }
    found["accounts"] = _accounts(
        tx, {row["n"] for rows in found.values() for row in rows if "n" in row}
    )
    return found


_TEXT: Final = func.coalesce(WORDS.c.text, "").label("text")
_ROUTE: Final = ("key", "platform", "source", "confirm_s")
_PASS: Final = (
    *("started_at", "ended_at", "outcome", "error_class", "cause", "remedy"),
    *("pages", "items", "reread_from"),
)


def _rows(tx: Reading, wanted: Select[Any]) -> Rows:
    return [dict(row) for row in tx.conn.execute(wanted).mappings()]


def _accounts(tx: Reading, ids: Iterable[int]) -> Rows:
    """Whom the rows are about: enough for the other side to know them by."""
    wanted = set(ids)
    return [
        {
            "n": each.id,
            "platform": each.platform,
            "uid": each.uid,
            "name": each.name,
            "unit": each.unit_code,
        }
        for each in all_accounts(tx)
        if each.id in wanted
    ]


def _posts() -> Select[Any]:
    """Every version in the order in which it came to be known."""
    names = ("published_from", "published_until", "deleted_seen_at", "source")
    return (
        select(
            POST.c.account_id.label("n"),
            POST_KEY.c.native_id,
            *(POST.c[name] for name in names),
            *(POST_KEY.c[name] for name in ("title", "url", "form", "last_seen_at")),
            _TEXT,
        )
        .join(POST_KEY, POST_KEY.c.id == POST.c.key_id)
        .outerjoin(WORDS, WORDS.c.key_id == POST_KEY.c.id)
        .order_by(POST.c.recorded_at, POST.c.id)
    )


def _measured(tx: Reading, between: ColumnElement[bool]) -> Rows:
    """Numbers of posts, in the order of their instants, with the post as it is known now."""
    rows = tx.conn.execute(
        select(
            POST.c.account_id.label("n"),
            *(POST_KEY.c[name] for name in ("native_id", "title", "url", "form")),
            *(POST.c[name] for name in ("published_from", "published_until")),
            *(POST_OBS.c[name] for name in ("source", "observed_at", "final", "capped", *NUMBERS)),
            _TEXT,
        )
        .join(POST_KEY, POST_KEY.c.id == POST_OBS.c.key_id)
        .outerjoin(WORDS, WORDS.c.key_id == POST_KEY.c.id)
        .join(POST, and_(POST.c.key_id == POST_KEY.c.id, POST.c.superseded_at == OPEN))
        .where(between)
        .order_by(POST_OBS.c.observed_at, POST_OBS.c.recorded_at, POST_OBS.c.key_id)
    )
    return [_numbered(row, NUMBERS) for row in rows.mappings()]


def _said(tx: Reading, between: ColumnElement[bool]) -> Rows:
    names = ("basis", "source", "observed_at", "final", *ACCOUNT_NUMBERS)
    rows = tx.conn.execute(
        select(ACCOUNT_OBS.c.account_id.label("n"), *(ACCOUNT_OBS.c[name] for name in names))
        .where(between)
        .order_by(ACCOUNT_OBS.c.observed_at, ACCOUNT_OBS.c.recorded_at, ACCOUNT_OBS.c.account_id)
    )
    return [_numbered(row, ACCOUNT_NUMBERS) for row in rows.mappings()]


def _numbered(row: Mapping[Any, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The numbers that were said under one key; what was not said is not in it."""
    numbers = {name: row[name] for name in names if row[name] is not None}
    return {key: value for key, value in row.items() if key not in names} | {"numbers": numbers}


def _services() -> Select[Any]:
    names = ("function", "works", "measured", "checked_at", "detail", "source")
    wanted = select(SERVICE.c.account_id.label("n"), *(SERVICE.c[name] for name in names))
    return wanted.order_by(SERVICE.c.checked_at, SERVICE.c.id)


def _passes() -> Select[Any]:
    wanted = select(PASS.c.account_id.label("n"), ROUTE.c.key.label("route"))
    wanted = wanted.add_columns(*(PASS.c[name] for name in _PASS))
    return wanted.join(ROUTE, ROUTE.c.id == PASS.c.route_id).order_by(PASS.c.id)


def _coverage() -> Select[Any]:
    names = ("a", "b", "grade", "fresh_s", "looked_at")
    wanted = select(COVERAGE.c.account_id.label("n"), ROUTE.c.key.label("route"))
    wanted = wanted.add_columns(*(COVERAGE.c[name] for name in names))
    return wanted.join(ROUTE, ROUTE.c.id == COVERAGE.c.route_id).order_by(COVERAGE.c.id)


def _ceilings() -> Select[Any]:
    wanted = select(ROUTE.c.key.label("route"), CEILING.c.ceiling, CEILING.c.reason)
    joined = wanted.join(ROUTE, ROUTE.c.id == CEILING.c.route_id)
    return joined.order_by(CEILING.c.recorded_at)
