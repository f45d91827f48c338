"""Letters for what a result lacks of the place's account: sent, taken back, fetched."""

from monitor.actions import owing
from monitor.actions.owing import Asking
from monitor.actions.sending import Sent
from monitor.collect import shelf
from monitor.domain.assessment import State
from monitor.domain.instants import DAY
from monitor.domain.person import Person
from monitor.record import ask_letters, case_facts, photos, units
from monitor.record.tables.base import METADATA
from monitor.report import ask_letter
from monitor.settings import ROOT
from tests.kits.action_benches.assessing import PERIOD, an_assessment
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("owing", "k")
KEY = bytes(32)


def asking(desk: Desk, state: State = State.FIRST) -> Asking:
    """Something is missing of the place's account."""
    key = an_assessment(desk, state)
    with desk.store.writing() as tx:
        code = next(each.code for each in units.all_units(tx) if each.id == desk.unit_id)
        row = {"assessment_id": key, "unit": code, "measure": "有发布周率", "cause": "系统原因"}
        row["account"] = str(desk.made.accounts[desk.account])
        tx.conn.execute(METADATA.tables["assessment_fact"].insert().values(**row))
    (desk.folder / "local").mkdir(exist_ok=True)
    for name in ("calendars", "templates"):
        if not (desk.folder / name).exists():
            (desk.folder / name).symlink_to(ROOT / "data" / name)
    return Asking(key, (code,), "上传后台导出", "027-00000000")


def a_letter(desk: Desk) -> int:
    """A letter to the place's unit, as it was sent."""
    wanted = asking(desk)
    kept_as = photos.keep_template(
        desk.folder / "local" / owing.FOLDER, shelf.template(desk.folder, ask_letter.PAPER)
    )
    frozen = case_facts.canonical(ask_letter.values(ask_letter.SAMPLE))
    account = (desk.made.accounts[desk.account],)
    said = (frozen.facts, frozen.sha256, kept_as, desk.now + DAY)
    with desk.store.writing() as tx:
        number = ask_letters.next_number(tx)
        written = ask_letters.Written(desk.unit_id, account, *said)
        return ask_letters.issue(tx, PERIOD, number, written, None) if wanted else 0


@bench(owing.ask)
def ask(desk: Desk) -> Act:
    wanted = asking(desk)
    return lambda actor: owing.ask(desk.store, actor, KEY, desk.folder, wanted, SENT)


@bench(owing.withdraw)
def withdraw(desk: Desk) -> Act:
    key = a_letter(desk)

    def act(actor: Person) -> None:
        owing.withdraw(desk.store, actor, key, SENT)

    return act


@bench(owing.word)
def word(desk: Desk) -> Act:
    key = a_letter(desk)
    return lambda actor: owing.word(desk.store, actor, key, desk.folder)
