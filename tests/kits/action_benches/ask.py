"""Runs asked for, and one's own jobs."""

from monitor.actions import ask
from monitor.record import jobs, units
from tests.kits.matrix import Act, Desk, bench


@bench(ask.collect_now)
def collect_now(desk: Desk) -> Act:
    return lambda actor: ask.collect_now(desk.store, actor, "k")


@bench(ask.judge_now)
def judge_now(desk: Desk) -> Act:
    return lambda actor: ask.judge_now(desk.store, actor, "k")


@bench(ask.preview_now)
def preview_now(desk: Desk) -> Act:
    return lambda actor: ask.preview_now(desk.store, actor, "k", "2026-W47")


@bench(ask.preview_unit)
def preview_unit(desk: Desk) -> Act:
    with desk.store.reading() as tx:
        code = next(each.code for each in units.all_units(tx) if each.id == desk.unit_id)
    return lambda actor: ask.preview_unit(desk.store, actor, "k", "2026-W47", code)


@bench(ask.how_far)
def how_far(desk: Desk) -> Act:
    return lambda actor: ask.how_far(desk.store, actor, _job(desk, actor.id))


@bench(ask.cancel)
def cancel(desk: Desk) -> Act:
    return lambda actor: ask.cancel(desk.store, actor, _job(desk, actor.id))


def _job(desk: Desk, person_id: int) -> int:
    asked_by = person_id if desk.own else desk.person
    with desk.store.writing() as tx:
        return jobs.ask(tx, ask.JUDGE, {}, f"bench{person_id}", asked_by)
