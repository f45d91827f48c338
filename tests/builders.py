"""Builders of a small store: units, accounts, evidence and judgements, as plain rows."""

from typing import Any

from sqlalchemy import insert, select

from monitor.access.ciphers import KeyRing
from monitor.domain.instants import BEGINNING, DAY, HOUR, OPEN
from monitor.record.store import Writing
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

T = METADATA.tables
VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
"""Keys every test knows."""


def put(tx: Writing, table: str, **values: Any) -> int:
    """One row, and its id (0 for tables without one)."""
    done = tx.conn.execute(insert(T[table]).values(**values))
    key = done.inserted_primary_key
    return int(key[0]) if key is not None and isinstance(key[0], int) else 0


def roomy_caps(tx: Writing) -> None:
    """基层负担 caps that a test of something else does not reach."""
    value = {"填报": 20, "协同": 20, "催办": 20}
    put(tx, "setting", key="burden", value=value, recorded_at=tx.stamp, version=1)


def a_unit(tx: Writing, name: str, code: str, parent: int | None = None, **more: Any) -> int:
    """A unit under `parent` (a unit id); its path is built from its parent's."""
    unit = put(tx, "unit", code=code)
    above = "/"
    if parent is not None:
        rev = T["unit_rev"]
        above = tx.conn.execute(select(rev.c.path).where(rev.c.unit_id == parent)).scalar_one()
    row = {"level": "县级局", "valid_from": BEGINNING, "valid_until": OPEN, "superseded_at": OPEN}
    row |= {"line": "", "region": "", "region_name": "", "county_name": ""}
    row |= {"unit_id": unit, "recorded_at": tx.stamp, "name": name, "parent_id": parent}
    put(tx, "unit_rev", **(row | {"path": f"{above}{unit}/"} | more))
    return unit


def an_account(tx: Writing, unit: int, name: str, platform: str = "wechat", **more: Any) -> int:
    """An official account in use; `uid` defaults to one made of its name."""
    uid = more.pop("uid", f"demo_{platform}_{name}")
    account = put(tx, "account", platform=platform, uid=uid, registered_at=tx.second - 400 * DAY)
    row = {"kind": "官方", "state": "在用", "line": "", "main": False, "key": False, "details": {}}
    row |= {"valid_from": BEGINNING, "valid_until": OPEN, "superseded_at": OPEN}
    row |= {"account_id": account, "recorded_at": tx.stamp, "unit_id": unit, "name": name}
    put(tx, "account_rev", **(row | more))
    return account


def a_route(tx: Writing, key: str = "wechat/own", source: str = "接口采集") -> int:
    """A way of reading accounts."""
    return put(tx, "route", key=key, platform=key.partition("/")[0], source=source, confirm_s=0)


def a_post(tx: Writing, account: int, published: int, title: str = "一图读懂", **more: Any) -> int:
    """A post published at a second; gives the id of its key."""
    native = more.pop("native_id", f"{account}-{published}")
    key = put(
        tx,
        "post_key",
        account_id=account,
        native_id=native,
        title=title,
        url=more.pop("url", f"http://127.0.0.1:1/{native}"),
        form=more.pop("form", "图文"),
        last_seen_at=tx.second,
    )
    row = {"key_id": key, "account_id": account, "published_from": published, "source": "接口采集"}
    row |= {"published_until": published, "deleted_seen_at": None, "recorded_at": tx.stamp}
    put(tx, "post", **(row | {"superseded_at": OPEN} | more))
    return key


def a_look(tx: Writing, account: int, route: int, a: int, b: int, **more: Any) -> int:
    """Coverage [a, b) of grade 4, fresh for sixty hours."""
    row = {"account_id": account, "route_id": route, "a": a, "b": b, "grade": 4}
    row |= {"fresh_s": 60 * HOUR, "looked_at": b, "recorded_at": tx.stamp}
    return put(tx, "coverage", **(row | {"evidence_kind": "pass", "evidence_id": None} | more))


def a_persons_look(tx: Writing, account: int, at: int, **more: Any) -> None:
    """What a person saw of an account at a second."""
    row = {"looked_from": at, "looked_until": at, "seen": "正常", "source": "人工巡查"}
    put(tx, "look", account_id=account, recorded_at=tx.stamp, **row, **more)


def a_pass(tx: Writing, account: int, route: int, started: int, **more: Any) -> int:
    """An attempt that went well unless told otherwise."""
    row: dict[str, Any] = {"account_id": account, "route_id": route, "started_at": started}
    row |= {"ended_at": started + 4, "pages": 2, "items": 3, "outcome": "完整"}
    row |= {"error_class": None, "cause": ""}
    return put(tx, "pass", **(row | {"remedy": ""} | more))


def a_number(tx: Writing, account: int, at: int, followers: int) -> None:
    """What an account's followers were at a second, as an interface told."""
    row = {"account_id": account, "source": "接口采集", "basis": "累计", "observed_at": at}
    row |= {"final": True, "followers": followers, "recorded_at": tx.stamp}
    put(tx, "account_obs", **row)


def a_day(
    tx: Writing, account: int, status: str = "正常", outcome: str = "正常", **more: Any
) -> int:
    """What the screens know of an account now: its row of account_day."""
    row = {"account_id": account, "as_of": tx.second, "known_at": tx.stamp, "status": status}
    row |= {"status_max": status, "outcome": outcome, "upper_status": status}
    row |= {"upper_outcome": outcome, "coverage_30d": 1.0, "source": "接口采集", "grade": 4}
    row |= {"cutoff": tx.second - 2 * HOUR, "upper_cutoff": tx.second - 2 * HOUR}
    row |= {"posts_30d_min": 9, "posts_30d_max": 9, "problems": "", "sentence": ""}
    row |= {"missing": "", "cause": "", "mender": "", "remedy": "", **_silence(tx, more)}
    return put(tx, "account_day", **(row | more))


def _silence(tx: Writing, more: dict[str, Any]) -> dict[str, Any]:
    """Bounds that follow from the day's newest post, where the test names one."""
    last = more.get("last_post_from")
    if last is None:
        return {}
    silent = tx.second - 2 * HOUR - last
    return {
        "last_post_until": last,
        "silence_min": silent,
        "silence_max": silent,
        "overdue_s": tx.second - last - 14 * DAY,
    }


def a_rulebook(tx: Writing, name: str = "hubei-default") -> int:
    """A version of a rulebook."""
    row = {"version": 1, "sha256": "0" * 64, "document": f"name: {name}", "recorded_at": tx.stamp}
    return put(tx, "rulebook", name=name, **row)


def a_finding(
    tx: Writing,
    account: int,
    rulebook: int,
    rule: str = "更新",
    outcome: str = "不合格",
    **more: Any,
) -> int:
    """An open finding with a sentence."""
    row = {"account_id": account, "rulebook_id": rulebook, "rule": rule, "rule_version": 1}
    row |= {"recorded_at": tx.stamp, "superseded_at": OPEN, "as_of": tx.second}
    row |= {"known_at": tx.stamp, "outcome": outcome, "status": outcome, "status_max": outcome}
    row |= {"identity": "", "evidence": {}, "sentence": "", "held": False}
    return put(tx, "finding", **(row | more))
