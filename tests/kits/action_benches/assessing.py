"""An assessment whose roster holds the place's unit: opened, scored, told, objected to, settled."""

import json
from datetime import date
from typing import Any

from monitor.actions import assessing, assessing_issuing, objecting, reviewing, schemes, scorecards
from monitor.actions.assessing import NewAssessment, Pressed
from monitor.actions.objecting import Answering, Raising
from monitor.actions.reviewing import Drawing, Marking
from monitor.actions.sending import Sent
from monitor.domain.assessed import Line, Listed, Total
from monitor.domain.assessment import Kind, Move, Say, State
from monitor.domain.instants import DAY, day_start
from monitor.domain.person import Person
from monitor.record import assessments, marks, objections, photos, units
from monitor.record import schemes as kept_schemes
from monitor.record.assessments import ASSESSMENT, Opening
from monitor.record.marks import Drawn
from monitor.record.schemes import Sheet
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench
from tests.service.parts import RING

SENT = Sent("assessing", "k")
PDF = b"%PDF-1.4 signed"
LINE = "C3"
SINCE = day_start(date(2025, 1, 1))
PERIOD = "2025Q1"
"""Long over whenever the matrix is tried."""


def a_scheme(desk: Desk, state: State = State.IN_FORCE, **values: object) -> int:
    """The default scheme as a revision that binds everything."""
    text = (ROOT / "data" / "schemes" / "hubei-police-default.yaml").read_text("utf-8")
    with desk.store.writing() as tx:
        number = kept_schemes.next_number(tx, "hubei-police-default")
        sheet = Sheet("hubei-police-default", number, "默认方案", text, SINCE)
        key = kept_schemes.enter(tx, sheet, state, desk.person)
        if values:
            table = METADATA.tables["scheme_revision"]
            tx.conn.execute(table.update().where(table.c.id == key).values(**values))
    return key


def an_assessment(desk: Desk, state: State, **values: object) -> int:
    """One at a state, the place's unit scored in it; its id. Its version is 1."""
    revision = a_scheme(desk)
    with desk.store.writing() as tx:
        unit = next(each for each in units.all_units(tx) if each.id == desk.unit_id)
        key = assessments.begin(tx, Opening(PERIOD, Kind.FORMAL, revision, "考核"), None)
        row = {"state": state.value, "result_hash": "7f3a", "as_of": desk.now}
        row |= {"feedback_until": desk.now + DAY, "reviewed_at": tx.stamp} | values
        tx.conn.execute(ASSESSMENT.update().where(ASSESSMENT.c.id == key).values(**row))
        for each in _rows(unit.code, desk):
            table = METADATA.tables[TABLES[type(each)]]
            fields = {name: getattr(each, name) for name in each.__dataclass_fields__}
            tx.conn.execute(table.insert().values(assessment_id=key, **fields))
    return key


TABLES = {Listed: "assessment_roster", Line: "assessment_line", Total: "assessment_total"}


def _rows(code: str, desk: Desk) -> list[Listed | Line | Total]:
    parts = json.dumps({"A": 20.0, "B": 30.0, "C": 25.0, "D": 0.0})
    counted = (9.0, 13.0, 13.0, 9 / 13, 9 / 13, 4.15)
    return [
        Listed(code, desk.unit_id, desk.unit, desk.path, "县级局"),
        Line(
            code,
            None,
            0,
            "服务群众",
            LINE,
            "更新规律",
            6.0,
            *counted,
            "正常",
            6.0,
            1.0,
            0.0,
            None,
            "接口采集",
            "",
        ),
        Total(code, "", parts, 75.0, 0.0, 0.0, 75.0, None, 75.0, "合格", "", 0.0, 1.0, 1, 1, 1, 1),
    ]


@bench(assessing.begin)
def begin(desk: Desk) -> Act:
    new = NewAssessment(PERIOD, Kind.FORMAL, a_scheme(desk))
    return lambda actor: assessing.begin(desk.store, actor, new, SENT)


@bench(assessing.press)
def press(desk: Desk) -> Act:
    key = an_assessment(desk, State.FIRST)
    pressed = Pressed(key, 1, Move.FEED_BACK)
    return lambda actor: assessing.press(desk.store, actor, ROOT / "data", pressed, SENT)


@bench(assessing.rescore)
def rescore(desk: Desk) -> Act:
    key = an_assessment(desk, State.REVIEW)
    return lambda actor: assessing.rescore(desk.store, actor, key, SENT)


@bench(assessing.decide)
def decide(desk: Desk) -> Act:
    key = an_assessment(desk, State.WAITING)
    pressed = Pressed(key, 1, Move.SEND_BACK, {"理由": "数据还要核对"})
    return lambda actor: assessing.decide(desk.store, actor, desk.folder, pressed, SENT)


@bench(objecting.raise_objection)
def raise_objection(desk: Desk) -> Act:
    key = an_assessment(desk, State.FEEDBACK)
    with desk.store.reading() as tx:
        code = next(each.code for each in units.all_units(tx) if each.id == desk.unit_id)
    raising = Raising(key, code, LINE, "有两周的作品没有计入", 5.0, (PDF,), "027-00001234")

    def act(actor: Person) -> int:
        return objecting.raise_objection(
            desk.store, actor, Vault(RING, bytes(32)), desk.folder, raising, SENT
        )

    return act


def an_objection(desk: Desk, by: int | None = None) -> int:
    """One that waits."""
    key = an_assessment(desk, State.FEEDBACK)
    with desk.store.writing() as tx:
        return objections.raised(tx, (key, desk.unit_id, LINE), "有误", 5.0, (), by)


@bench(objecting.answer)
def answer(desk: Desk) -> Act:
    answering = Answering(an_objection(desk), 1, Say.REFUSE, "所补链接不在周期内")
    return lambda actor: objecting.answer(desk.store, actor, answering, SENT)


@bench(objecting.withdraw)
def withdraw(desk: Desk) -> Act:
    key = an_objection(desk)
    table = METADATA.tables["assessment_objection"]

    def act(actor: Person) -> str:
        with desk.store.writing() as tx:
            tx.conn.execute(table.update().where(table.c.id == key).values(raised_by=actor.id))
        return objecting.withdraw(desk.store, actor, key, 1, SENT)

    return act


@bench(objecting.evidence)
def evidence(desk: Desk) -> Act:
    key = an_assessment(desk, State.FEEDBACK)
    digest = photos.keep_scan(desk.folder / "local" / objecting.FOLDER, PDF)
    with desk.store.writing() as tx:
        held = objections.raised(tx, (key, desk.unit_id, LINE), "有误", 5.0, (digest,))
    return lambda actor: objecting.evidence(desk.store, actor, desk.folder, held, digest)


@bench(reviewing.draw)
def draw(desk: Desk) -> Act:
    key = an_assessment(desk, State.FIRST)
    with desk.store.writing() as tx:
        account = METADATA.tables["account_rev"]
        mine = account.c.account_id == desk.made.accounts[desk.account]
        tx.conn.execute(account.update().where(mine).values(main=True))
        a_post(tx.conn, desk.made.accounts[desk.account], tx.stamp)
    drawing = Drawing(key, 1, "A3", 5)
    return lambda actor: reviewing.draw(desk.store, actor, drawing, SENT)


def a_post(conn: Any, account: int, stamp: int) -> None:
    """A post of the account within the period."""
    at = day_start(date(2025, 2, 3))
    key, post = METADATA.tables["post_key"], METADATA.tables["post"]
    made = conn.execute(
        key.insert().values(
            account_id=account, native_id="q1", title="解读", url="https://a", last_seen_at=at
        )
    )
    conn.execute(
        post.insert().values(
            key_id=made.inserted_primary_key[0],
            account_id=account,
            published_from=at,
            published_until=at,
            source="接口",
            recorded_at=stamp,
        )
    )


def an_item(desk: Desk) -> tuple[int, int]:
    """An item to be marked: the assessment and the item."""
    key = an_assessment(desk, State.FIRST)
    with desk.store.writing() as tx:
        marks.draw(tx, key, [Drawn("A3", desk.unit_id, "解读")])
        (found,) = marks.of_assessment(tx, key)
    return key, found.id


@bench(reviewing.to_mark)
def to_mark(desk: Desk) -> Act:
    key, _ = an_item(desk)
    return lambda actor: reviewing.to_mark(desk.store, actor, key)


@bench(reviewing.mark)
def mark(desk: Desk) -> Act:
    _, item = an_item(desk)
    return lambda actor: reviewing.mark(desk.store, actor, Marking(item, 1, 0.8), SENT)


@bench(schemes.begin)
def begin_scheme(desk: Desk) -> Act:
    return lambda actor: schemes.begin(
        desk.store, actor, ROOT / "data", "hubei-police-default", SENT
    )


@bench(schemes.save_text)
def save_text(desk: Desk) -> Act:
    key = a_scheme(desk, State.DRAFTING)
    text = (ROOT / "data" / "schemes" / "hubei-police-default.yaml").read_text("utf-8")
    sent = Sent("scheme", "k", 0)
    return lambda actor: schemes.save_text(desk.store, actor, key, text, sent)


@bench(schemes.press)
def press_scheme(desk: Desk) -> Act:
    pressed = schemes.Pressed(a_scheme(desk, State.DRAFTING), 0, Move.CONSULT)
    return lambda actor: schemes.press(desk.store, actor, pressed, SENT)


@bench(schemes.put_in_force)
def put_in_force(desk: Desk) -> Act:
    pressed = schemes.Pressed(a_scheme(desk, State.CONSULTING), 0, Move.PUT_IN_FORCE)
    return lambda actor: schemes.put_in_force(desk.store, actor, pressed, SENT)


@bench(scorecards.sheet)
def sheet(desk: Desk) -> Act:
    key = an_assessment(desk, State.FEEDBACK)
    return lambda actor: scorecards.sheet(desk.store, actor, key)


@bench(scorecards.paper)
def paper(desk: Desk) -> Act:
    key = an_assessment(desk, State.FEEDBACK)
    with desk.store.reading() as tx:
        code = next(each.code for each in units.all_units(tx) if each.id == desk.unit_id)
    return lambda actor: scorecards.paper(desk.store, actor, key, code, ROOT / "data")


@bench(scorecards.files)
def files(desk: Desk) -> Act:
    key = an_assessment(desk, State.FEEDBACK)
    return lambda actor: scorecards.files(desk.store, actor, key, ".csv")


@bench(assessing_issuing.bulletin)
def bulletin(desk: Desk) -> Act:
    key = an_assessment(desk, State.SETTLED)
    return lambda actor: assessing_issuing.bulletin(desk.store, actor, key, "某厅", ROOT / "data")
