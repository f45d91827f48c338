"""A small store for the purge: two places, rows of every sort at a given age, holds."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from sqlalchemy import delete

from monitor.domain.instants import DAY
from monitor.record.store import Store, Writing
from tests.builders import T, a_unit, an_account, put
from tests.conftest import NOW

SECOND = int(NOW.timestamp())
DAYS = {"attempt": 180, "session": 180, "connecting": 90, "sending": 90, "job": 180}
DAYS |= {"receipt_link": 365, "hook_event": 90, "outbox": 730}
MINE, OTHERS = "mine", "others"
FEW = settings(
    max_examples=12,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""A store is emptied for each example; making an example smaller would take minutes."""


def place(tx: Writing) -> dict[str, dict[str, int]]:
    """Two units under one root, each with an account and a person who works there."""
    root = a_unit(tx, "湖北省公安厅", "420000000000")
    found = {}
    for number, side in enumerate((MINE, OTHERS), 1):
        unit = a_unit(tx, f"{side}公安局", f"42010000000{number}", root)
        row = {"login": side, "name": "张某", "password": "x", "must_change": False, "version": 0}
        person = put(tx, "person", **row, active=True, recorded_at=tx.stamp)
        path = f"/{root}/{unit}/"
        put(
            tx,
            "grant",
            person_id=person,
            role="查阅人员",
            path=path,
            line="",
            since=0,
            until=1 << 40,
        )
        found[side] = {
            "unit": unit,
            "account": an_account(tx, unit, f"{side}账号"),
            "person": person,
        }
    return found


def enter(tx: Writing, kind: str, at: int, whose: Mapping[str, int], number: int) -> None:
    """One row of a kind whose time counts from a second."""
    unique = f"{kind}-{number}"
    micro = at * 1_000_000
    more: dict[str, dict[str, Any]] = {
        "attempt": {"login": unique, "address": "x", "at": at},
        "session": {"token_sha256": unique, "csrf": "x", "created_at": 0, "seen_at": 0}
        | {"person_id": whose["person"], "expires_at": at},
        "connecting": {"token_hash": unique, "reader": "weibo", "account_id": whose["account"]}
        | {"back": "", "started_at": 0, "expires_at": at, "outcome": "", "recorded_at": 0},
        "sending": {"key": unique, "form": "x", "person_id": whose["person"], "result": {}}
        | {"recorded_at": micro},
        "job": {"kind": "judge", "arguments": {}, "progress": 0, "result": "", "cancel": False}
        | {"state": "排队" if number % 5 == 0 else "完成", "version": 0, "created_at": at}
        | {"idempotency_key": unique, "asked_by": whose["person"]},
        "receipt_link": {"kind": "表格", "task_id": 1, "unit_id": whose["unit"]}
        | {"token_sha256": unique, "created_at": 0, "expires_at": at},
        "hook_event": {"reader": "wechat", "kind": "x", "owner": "", "digest": unique, "at": at}
        | {"settled": False, "recorded_at": 0},
        "outbox": {"channel": "folder", "dedupe_key": unique, "recipient": "x", "body": b"words"}
        | {"state": "待发" if number % 5 == 0 else "已发", "attempts": 1, "next_at": 0}
        | {"receipt": "", "error": "", "recorded_at": micro},
    }
    put(tx, kind, **more[kind])


def a_hold(
    tx: Writing, kind: str, scope: str, whose: Mapping[str, int], since: int | None, lifted: bool
) -> None:
    row: dict[str, Any] = {"kind": kind, "reason_id": 0, "placed_by": 1, "placed_at": 0}
    row |= {f"{scope}_id": whose[scope]} if scope else {}
    row |= {"since": None if since is None else SECOND - (DAYS[kind] + since) * DAY}
    put(tx, "data_hold", **row, lifted_at=1 if lifted else None, version=0)


def cleared(store: Store) -> None:
    """As empty as at the start: one store serves all examples."""
    mine = ("purge_file", "purge_receipt", "data_hold", "post_obs", "post", "post_key", *DAYS)
    with store.writing() as tx:
        for table in (*mine, "grant", "person", "account_rev", "account", "unit_rev", "unit"):
            tx.conn.execute(delete(T[table]))
