"""A week's lines of the place, asked for and filled in."""

from monitor.actions import report_files, reporting
from monitor.actions.reporting import Asking, Filling
from monitor.domain.report_line import NEWEST, POSTS, REASON
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.screens import reporting as screens
from tests.builders import an_account
from tests.kits.matrix import Act, Desk, bench

WEEK = "2026-W48"
KEY = b"k" * 32
WORDS = {POSTS: "0", NEWEST: "2026-11-21 09:30", REASON: "无"}


@bench(reporting.fill)
def fill(desk: Desk) -> Act:
    filling = Filling(WEEK, {desk.made.accounts[desk.account]: WORDS}, {}, "k", submit=True)
    return lambda actor: reporting.fill(desk.store, actor, filling)


@bench(reporting.open_week)
def open_week(desk: Desk) -> Act:
    _unread(desk)
    asking = Asking(WEEK, EVERYTHING)
    return lambda actor: any(
        each.unit_name == desk.unit for each in reporting.open_week(desk.store, actor, KEY, asking)
    )


@bench(reporting.revoke)
def revoke(desk: Desk) -> Act:
    _unread(desk)
    reporting.open_week(desk.store, None, KEY, Asking(WEEK, EVERYTHING))
    return lambda actor: reporting.revoke(desk.store, actor, WEEK, desk.unit_id, EVERYTHING)


@bench(report_files.load)
def load(desk: Desk) -> Act:
    with desk.store.reading() as tx:
        lines = screens.sheet(tx, Scope(frozenset({desk.path})), desk.now, WEEK, desk.unit_id)
    book = report_files._book(lines, WEEK, desk.now)
    return lambda actor: report_files.load(desk.store, actor, book.content, book.name).saved > 0


def _unread(desk: Desk) -> None:
    """An account no interface reads: only such ones are asked for."""
    with desk.store.writing() as tx:
        an_account(tx, desk.unit_id, "未采集(演示)", "kuaishou")
