"""The place's account applied for, decided about and confirmed for the year."""

from dataclasses import replace
from pathlib import Path

from monitor.actions import appealing, applying, lifecycle, yearly
from monitor.actions.case_moving import House
from monitor.actions.life_moving import Doing
from monitor.actions.lifecycle import Wanted
from monitor.actions.sending import Sent
from monitor.domain.account import State
from monitor.domain.lifecycle import Life, Move
from monitor.record import accounts, lives, units
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("life", "k")
WHY = {"情况说明": "人员调整", "变更事项": "绑定管理员", "变更后": "某某"}


def house(desk: Desk) -> House:
    return House(Path("data"), desk.folder)


@bench(lifecycle.tend)
def tend(desk: Desk) -> Act:
    doing = Doing(Move.APPLY_CHANGE, desk.made.accounts[desk.account], 0, WHY)
    return lambda actor: lifecycle.tend(desk.store, actor, doing, SENT, house(desk))


@bench(lifecycle.settle)
def settle(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        life = Life(None, Move.APPLY_CHANGE, desk.person, WHY)
        lives.keep(tx, account, 0, life)
    doing = Doing(Move.REFUSE, account, 1, WHY)
    return lambda actor: lifecycle.settle(desk.store, actor, doing, SENT, house(desk))


@bench(lifecycle.apply_open)
def apply_open(desk: Desk) -> Act:
    with desk.store.reading() as tx:
        code = units.all_units(tx)
    (unit,) = [each.code for each in code if each.id == desk.unit_id]
    wanted = Wanted("weibo", "平安新号(演示)", unit, "警务公开")
    return lambda actor: lifecycle.apply_open(desk.store, actor, wanted, SENT, house(desk))


@bench(yearly.confirm)
def confirm(desk: Desk) -> Act:
    ids = [desk.made.accounts[desk.account]]
    return lambda actor: yearly.confirm(desk.store, actor, ids, SENT)


@bench(appealing.word)
def word(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        rows = accounts.all_accounts(tx)
        (mine,) = [each for each in rows if each.id == account]
        accounts.save(tx, [replace(mine, state=State.LOST)])
    return lambda actor: appealing.word(desk.store, actor, account, "某某", Path("data"))


@bench(applying.word)
def form(desk: Desk) -> Act:
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        lives.keep(tx, account, 0, Life(None, Move.APPLY_CHANGE, desk.person, WHY))
    return lambda actor: applying.word(desk.store, actor, account, "某某", Path("data"))
