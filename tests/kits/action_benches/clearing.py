"""A project of 清理排查 over the place's own area: ordered, answered, checked, drawn, decided."""

from monitor.actions import (
    clearing,
    clearing_lines,
    clearing_papers,
    clearing_receipts,
    clearing_sheets,
    truth_papers,
)
from monitor.actions.clearing import Going, NewClearing
from monitor.actions.clearing_lines import Checking, Deciding, Filling, Looked, Said
from monitor.actions.sending import Sent
from monitor.domain.clearing import Answer, Decision, Move, Spot, Stage
from monitor.domain.clearing_sheet import FILLED, KNOWN, TOKEN
from monitor.domain.instants import DAY
from monitor.domain.person import Person
from monitor.record import clearing_orders, clearings, units
from monitor.record.clearing_orders import Opening
from monitor.record.clearings import Due, KeptLine
from monitor.record.tables.base import METADATA
from monitor.report import form_workbook
from monitor.report.form_workbook import FormSheet
from monitor.report.table import Table
from monitor.settings import ROOT
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("clearing", "k")
RECEIPT_KEY = b"k" * 32


def due(desk: Desk) -> Due:
    """A week for each stage."""
    week = 7 * DAY
    return Due(*(desk.now + week * number for number in (1, 2, 3, 4)))


def a_project(desk: Desk, stage: Stage = Stage.SELF, **values: object) -> tuple[int, KeptLine]:
    """A project over the place, at a stage; the line of the place's own account as told."""
    with desk.store.writing() as tx:
        opening = Opening(desk.unit_id, desk.path, "清理排查", "", due(desk), None, desk.now)
        key, _ = clearing_orders.begin(tx, opening)
        table = METADATA.tables["clearing_line"]
        account = desk.made.accounts[desk.account]
        mine = (table.c.clearing_id == key, table.c.account_id == account)
        if values:
            tx.conn.execute(table.update().where(*mine).values(**values))
        kept = clearings.get(tx, key)
        assert kept is not None
        assert clearings.advance(tx, kept, stage)
        (line,) = [each for each in clearings.lines(tx, key) if each.account_id == account]
    return key, line


@bench(clearing.deploy)
def deploy(desk: Desk) -> Act:
    with desk.store.reading() as tx:
        (code,) = [each.code for each in units.all_units(tx) if each.id == desk.unit_id]
    new = NewClearing(code, "全面清理排查", "逐个核对", due(desk))
    return lambda actor: clearing.deploy(desk.store, actor, new, SENT)


@bench(clearing.move_on)
def move_on(desk: Desk) -> Act:
    key, _ = a_project(desk)
    going = Going(key, 1, Move.TO_CHECK)
    return lambda actor: clearing.move_on(desk.store, actor, going, SENT)


@bench(clearing_lines.answer)
def answer(desk: Desk) -> Act:
    key, line = a_project(desk)
    filling = Filling(key, {line.id: Said(Answer.CHANGE, "名称已改")}, {line.id: line.version})
    return lambda actor: clearing_lines.answer(desk.store, actor, filling, SENT)


@bench(clearing_lines.check)
def check(desk: Desk) -> Act:
    key, line = a_project(desk, state="待核查", answer="属实")
    checking = Checking(key, {line.id: line.version}, Move.SEND_BACK, "请写明变更内容")
    return lambda actor: clearing_lines.check(desk.store, actor, checking, SENT)


@bench(clearing_lines.spot)
def spot(desk: Desk) -> Act:
    key, line = a_project(desk, Stage.SPOT, state="已核查", answer="属实", sampled=True)
    looked = Looked(key, line.id, line.version, Spot.DIFFERS, "名称与主页不一致")
    return lambda actor: clearing_lines.spot(desk.store, actor, looked, SENT)


@bench(clearing_lines.decide)
def decide(desk: Desk) -> Act:
    key, line = a_project(desk, Stage.SETTLE, state="已核查", answer="属实")
    deciding = Deciding(key, {line.id: line.version}, Decision.KEEP, "正常使用")
    return lambda actor: clearing_lines.decide(desk.store, actor, deciding, SENT)


@bench(clearing_papers.summary)
def summary(desk: Desk) -> Act:
    key, _ = a_project(desk, Stage.DONE)
    return lambda actor: clearing_papers.summary(desk.store, actor, key, ROOT / "data")


@bench(truth_papers.download)
def truth(desk: Desk) -> Act:
    def fetched(actor: Person) -> bool:
        text = truth_papers.download(desk.store, actor).text.decode("utf-8-sig")
        return f",{desk.unit},微信公众号," in text

    return fetched


@bench(clearing_sheets.make)
def sheet(desk: Desk) -> Act:
    key, _ = a_project(desk)
    return lambda actor: clearing_sheets.make(desk.store, actor, key, desk.unit_id)


@bench(clearing_sheets.take)
def taken(desk: Desk) -> Act:
    key, line = a_project(desk)
    said = (str(line.id), str(line.version), "", "", "", "", "需变更", "名称已改")
    table = Table("自查表", (*KNOWN, *FILLED), (said,))
    content = form_workbook.render(FormSheet("自查表", f"{TOKEN}{key}", table))
    return lambda actor: clearing_sheets.take(desk.store, actor, key, ("表.xlsx", content), SENT)


@bench(clearing_receipts.make)
def links(desk: Desk) -> Act:
    key, _ = a_project(desk)
    return lambda actor: any(
        each.unit_name == desk.unit
        for each in clearing_receipts.make(desk.store, actor, RECEIPT_KEY, key, SENT)
    )
