"""A rulebook copied, edited, submitted, returned, finalised, called off, for the whole house."""

from monitor.actions import standard_sheets, standards
from monitor.actions.sending import Sent
from monitor.actions.standards import Copy, Pressed
from monitor.domain.instants import DAY
from monitor.domain.standard import State
from monitor.record import in_force
from monitor.record import standards as record
from monitor.settings import ROOT
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench

DATA = ROOT / "data"
SENT = Sent("standards", "k")
BASE = (DATA / "rulebooks" / "mh2025.yaml").read_text("utf-8")


def drafted(desk: Desk, state: State = State.DRAFT) -> int:
    """A draft written by an operator, who may finalise nothing anyway."""
    with desk.store.writing() as tx:
        what = standard_sheets.Copied("benting", 1, "本厅口径", standards.first_day(tx))
        text = standard_sheets.copied(BASE, what)
        key = record.enter(tx, ("benting", 1), ("mh2025", BASE), text, desk.person)
        draft = record.get(tx, key)
        assert draft is not None
        record.change(tx, draft, state)
    return key


@bench(standards.begin)
def begin(desk: Desk) -> Act:
    copy = Copy("mh2025", "benting", "本厅口径")
    return lambda actor: standards.begin(desk.store, actor, DATA, copy, SENT)


@bench(standards.save_form)
def save_form(desk: Desk) -> Act:
    key, sent = drafted(desk), Sent("standards", "k", 1)
    said = {"超过10天未更新·天数": "12"}
    return lambda actor: standards.save_form(desk.store, actor, DATA, key, said, sent)


@bench(standards.save_text)
def save_text(desk: Desk) -> Act:
    key, sent = drafted(desk), Sent("standards", "k", 1)
    with desk.store.reading() as tx:
        kept = record.get(tx, key)
    assert kept is not None
    return lambda actor: standards.save_text(desk.store, actor, DATA, key, kept.text, sent)


@bench(standards.submit)
def submit(desk: Desk) -> Act:
    pressed = Pressed(drafted(desk), 1)
    return lambda actor: standards.submit(desk.store, actor, DATA, pressed, SENT)


@bench(standards.drop)
def drop(desk: Desk) -> Act:
    pressed = Pressed(drafted(desk), 1)
    return lambda actor: standards.drop(desk.store, actor, pressed, SENT)


@bench(standards.send_back)
def send_back(desk: Desk) -> Act:
    pressed = Pressed(drafted(desk, State.WAITING), 1, "睡眠的天数请再核")
    return lambda actor: standards.send_back(desk.store, actor, VAULT, pressed, SENT)


@bench(standards.finalise)
def finalise(desk: Desk) -> Act:
    pressed = Pressed(drafted(desk, State.WAITING), 1)
    return lambda actor: standards.finalise(desk.store, actor, DATA, pressed, SENT)


@bench(standards.call_off)
def call_off(desk: Desk) -> Act:
    book = desk.made.rulebooks["hubei-default"]
    with desk.store.writing() as tx:
        key = in_force.begin(tx, book, upper=False, since=tx.second + DAY, by=None)
    return lambda actor: standards.call_off(desk.store, actor, key, SENT)
