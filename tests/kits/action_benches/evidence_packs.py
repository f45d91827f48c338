"""The material behind what was judged of the place's account, and behind a problem of its case."""

import json

from sqlalchemy import update

from monitor.actions import evidence_packs
from monitor.domain.case import Case, Problem
from monitor.domain.finding import UPDATE_RULE
from monitor.record import case_facts, cases
from monitor.record.cases import Opened, Place
from monitor.record.rulebooks import RULEBOOK
from monitor.settings import ROOT
from tests.builders import a_finding
from tests.kits.matrix import Act, Desk, bench

DATA = ROOT / "data"


def _judged(desk: Desk) -> int:
    """The place's account, whose silence was judged by the rulebooks that ship."""
    account = desk.made.accounts[desk.account]
    with desk.store.writing() as tx:
        for name, key in desk.made.rulebooks.items():
            text = (DATA / "rulebooks" / f"{name}.yaml").read_text("utf-8")
            tx.conn.execute(update(RULEBOOK).where(RULEBOOK.c.id == key).values(document=text))
    return account


@bench(evidence_packs.of_finding)
def of_finding(desk: Desk) -> Act:
    account = _judged(desk)
    return lambda actor: evidence_packs.of_finding(desk.store, actor, account, UPDATE_RULE, DATA)


@bench(evidence_packs.of_case)
def of_case(desk: Desk) -> Act:
    account, unit = _judged(desk), desk.unit_id
    with desk.store.writing() as tx:
        book = desk.made.rulebooks["hubei-default"]
        finding = a_finding(tx, account, book, "未备案", sentence="未见备案号")
        kept = case_facts.freeze(tx, account, tx.second)
        update_id = next(iter(_findings_of(kept.facts)), finding)
        problem = Problem("睡眠", "已41天未更新", finding_id=update_id)
        opened = Opened("系统监测", kept.facts, kept.sha256, None)
        case = cases.begin(tx, Place(unit, unit, account, unit), opened, Case(problems=(problem,)))
    return lambda actor: evidence_packs.of_case(desk.store, actor, case.id, 0, DATA)


def _findings_of(facts: str) -> list[int]:
    return [each["id"] for each in json.loads(facts)["findings"] if each["rule"] == UPDATE_RULE]
