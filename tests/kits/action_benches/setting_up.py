"""What the office decides about itself."""

from datetime import timedelta

from monitor.actions import setting_up
from monitor.domain.instants import shanghai_day
from monitor.domain.office import Deployment, Step
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench

DATA = ROOT / "data"


@bench(setting_up.name_office)
def name_office(desk: Desk) -> Act:
    return lambda actor: setting_up.name_office(desk.store, actor, "宣传处", Deployment.OUTSIDE)


@bench(setting_up.choose_feeds)
def choose_feeds(desk: Desk) -> Act:
    return lambda actor: setting_up.choose_feeds(desk.store, actor, {})


@bench(setting_up.choose_standards)
def choose_standards(desk: Desk) -> Act:
    chosen = ("gb2019", "hubei-default")
    return lambda actor: setting_up.choose_standards(desk.store, actor, DATA, *chosen)


@bench(setting_up.begin_trial)
def begin_trial(desk: Desk) -> Act:
    until = shanghai_day(desk.now) + timedelta(days=30)
    return lambda actor: setting_up.begin_trial(desk.store, actor, until)


@bench(setting_up.end_trial)
def end_trial(desk: Desk) -> Act:
    setting_up.begin_trial(desk.store, None, shanghai_day(desk.now) + timedelta(days=30))
    return lambda actor: setting_up.end_trial(desk.store, actor)


@bench(setting_up.put_off)
def put_off(desk: Desk) -> Act:
    return lambda actor: setting_up.put_off(desk.store, actor, Step.PEOPLE)


@bench(setting_up.finish_step)
def finish_step(desk: Desk) -> Act:
    return lambda actor: setting_up.finish_step(desk.store, actor, Step.PEOPLE)
