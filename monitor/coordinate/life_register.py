"""What a move of an account's life writes into the registry: state, names, columns, since when."""

from dataclasses import replace
from datetime import date
from typing import Final

from monitor.coordinate.lifecycle import begins
from monitor.domain.account import Account, State
from monitor.domain.instants import day_end, day_start
from monitor.domain.lifecycle import NOT_FILED, SYSTEMS, Act, Field, Life, Move
from monitor.domain.proposal import PAUSE_PAPER, REMOVAL_CHECKED, renamed

YEARLY: Final = "年度核对日期"
LOST_WHY: Final = "失管情况"
NOTICE: Final = "关停公告链接"
DATED: Final = frozenset({Move.OPENED, Move.CLOSE})
"""Moves that hold from the day they are said to have been made; others from the day of entry."""


def filed(account: Account) -> frozenset[str]:
    """The systems in which the registry's columns say a filing stands."""
    return frozenset(
        each
        for each in SYSTEMS
        if account.details.get(f"{each}备案号", "").strip() not in NOT_FILED
    )


def revised(account: Account, act: Act, after: Life, wanted: dict[str, str]) -> Account:
    """The account as the registry states it once the move was made; `wanted` is what an application
    for a change, decided now, had asked for."""
    details = account.details | _columns(account, act)
    changed = replace(account, details={key: text for key, text in details.items() if text})
    if act.move is Move.OPENED:
        changed = _opened(changed, act)
    if act.move is Move.GRANT_CHANGE:
        return _altered(changed, wanted, act.today)
    if after.state is None or after.state is account.state:
        return changed
    since = begins(act) if act.move in DATED else act.today
    return replace(changed, state=after.state, valid_from=account.since(since))


def _columns(account: Account, act: Act) -> dict[str, str]:
    given, day = act.given, begins(act).isoformat()
    system = given.get(Field.SYSTEM, "")
    number = f"{system}备案号"
    found: dict[Move, dict[str, str]] = {
        Move.APPLY_OPEN: {Field.PURPOSE: given.get(Field.PURPOSE, "")},
        Move.GRANT_OPEN: {"开设批准文号": given.get(Field.PAPER, "")},
        Move.FILE: {
            number: given.get(Field.NUMBER, ""),
            f"{system}备案日期": day,
            "备案名称": account.name,
        },
        Move.GRANT_CHANGE: {"变更批准文号": given.get(Field.PAPER, "")},
        Move.PAUSE: {
            PAUSE_PAPER: given.get(Field.PAPER, ""),
            "暂停公告链接": given.get(Field.NOTICE, ""),
        },
        Move.GRANT_CLOSE: {"关停批准文号": given.get(Field.PAPER, "")},
        Move.ANNOUNCE: {
            NOTICE: given.get(Field.NOTICE, ""),
            "关停公告日期": day,
            "关停公告天数": given.get(Field.NOTICE_DAYS, ""),
        },
        Move.CLOSE: {"关停日期": day},
        Move.GONE_THERE: {REMOVAL_CHECKED: day},
        Move.GONE_HERE: {
            f"{system}注销日期": day,
            f"原{number}": account.details.get(number, ""),
            number: "无",
        },
        Move.LOSE: {LOST_WHY: given.get(Field.WHY, "")},
        Move.CHECK_YEAR: {YEARLY: act.today.isoformat()},
    }
    return found.get(act.move, {})


def _opened(account: Account, act: Act) -> Account:
    day = begins(act)
    uid = act.given.get(Field.UID, "").strip() or account.uid
    return replace(account, uid=uid, opened_from=day_start(day), opened_until=day_end(day))


def _altered(account: Account, wanted: dict[str, str], today: date) -> Account:
    """Another name keeps the old one as 曾用名; another unit is told by its code."""
    what, value = wanted.get(Field.WHAT, ""), wanted.get(Field.VALUE, "").strip()
    if what == "主办单位":
        return replace(account, unit_code=value, valid_from=account.since(today))
    if what == "账号名称":
        return renamed(account, value, today)
    return replace(account, details=account.details | {what: value})


def standing(account: Account, kept: Life) -> Life:
    """What is kept of a life, at the state and the filings the registry states now."""
    fits = account.state is State.CLOSING or kept.pending is not Move.APPLY_CLOSE
    pending = kept.pending if fits else None
    return replace(kept, state=account.state, filed=filed(account), pending=pending)
