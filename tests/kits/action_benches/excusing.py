"""Silence of an account agreed on a paper, ended early and taken back, by the level above."""

from datetime import timedelta
from pathlib import Path

from monitor.actions import excusing
from monitor.actions.sending import Sent
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.record import excuses
from monitor.record.excuses import Excused
from tests.builders import VAULT
from tests.kits.matrix import UNITS, Act, Desk, Place, bench

SENT = Sent("excuse", "k")
DATA = Path("data")


def whose(desk: Desk) -> int:
    """An account of the place, for the own place of a county below: nobody agrees to his own
    silence."""
    place = Place.BELOW if desk.place is Place.OWN else desk.place
    home = desk.made.paths[UNITS[place]]
    return next(desk.made.accounts[name] for name, at in desk.made.homes.items() if at == home)


def standing(desk: Desk) -> int:
    """Silence that was agreed from yesterday for a week."""
    today = day_start(shanghai_day(desk.now))
    found = Excused(whose(desk), today - DAY, today + 7 * DAY, "春节", "某文1号")
    with desk.store.writing() as tx:
        return excuses.put(tx, found, desk.person, 1)


@bench(excusing.agree)
def agree(desk: Desk) -> Act:
    today = shanghai_day(desk.now)
    until = today + timedelta(days=6)
    asked = excusing.Agreed(whose(desk), "春节", today, until, "某文1号", "春节期间停更")
    return lambda actor: excusing.agree(desk.store, actor, VAULT, DATA, asked, SENT)


@bench(excusing.end)
def end(desk: Desk) -> Act:
    which = (standing(desk), shanghai_day(desk.now))
    return lambda actor: excusing.end(desk.store, actor, VAULT, which, "账号已恢复更新", SENT)


@bench(excusing.withdraw)
def withdraw(desk: Desk) -> Act:
    key = standing(desk)
    return lambda actor: excusing.withdraw(desk.store, actor, VAULT, key, "登错了账号", SENT)
