"""A paper issued of a case of the place, and one that was issued, fetched; a file of a case."""

from dataclasses import replace

from monitor.actions import case_files, case_letters
from monitor.actions.case_letters import Asked
from monitor.actions.case_moving import House
from monitor.actions.sending import Sent
from monitor.domain.case import State
from monitor.domain.case_rules import Paper
from monitor.record import case_facts, case_papers, cases, photos
from monitor.report import case_letter
from monitor.settings import ROOT
from tests.builders import put
from tests.kits.action_benches.casework import a_case
from tests.kits.matrix import Act, Desk, bench

SENT = Sent("paper", "k")
PICTURE = b"\x89PNG\r\n\x1a\nscan"


@bench(case_letters.issue)
def issue(desk: Desk) -> Act:
    ((case_id, version),) = a_case(desk, State.UNDER_WAY, forwarded=True).cases
    asked = Asked((case_id, version), Paper.NOTICE, "某某,027-00000000")
    house = House(ROOT / "data", desk.folder)
    return lambda actor: case_letters.issue(desk.store, actor, asked, SENT, house)


@bench(case_letters.word)
def word(desk: Desk) -> Act:
    ((case_id, _),) = a_case(desk, State.UNDER_WAY, forwarded=True).cases
    template = (ROOT / "data" / "templates" / f"{Paper.NOTICE}.docx").read_bytes()
    digest = photos.keep_template(desk.folder, template)
    frozen = case_facts.canonical(case_letter.values(case_letter.SAMPLE))
    values = {"facts": frozen.facts, "sha256": frozen.sha256, "template": digest}
    with desk.store.writing() as tx:
        kept = cases.get(tx, case_id)
        assert kept is not None
        number = case_papers.next_number(tx, kept, Paper.NOTICE, "整改")
        paper = case_papers.issue(tx, kept, Paper.NOTICE, number, values)
    house = House(ROOT / "data", desk.folder)
    return lambda actor: case_letters.word(desk.store, actor, paper, house)


@bench(case_files.fetch)
def fetch(desk: Desk) -> Act:
    ((case_id, _),) = a_case(desk, State.UNDER_WAY, forwarded=True).cases
    digest = photos.keep_scan(desk.folder, PICTURE)
    with desk.store.writing() as tx:
        row = {"case_id": case_id, "recorded_at": tx.stamp}
        moved = {"move": "情况说明", "side": "责任单位", "before": "整改中", "after": "整改中"}
        move = put(tx, "case_move", **row, **moved, at=tx.second, words="", given={})
        put(tx, "case_file", **row, move_id=move, name="图.png", kind=".png", size=8, sha256=digest)
    house = replace(House(ROOT / "data"), files=desk.folder)
    return lambda actor: case_files.fetch(desk.store, actor, case_id, digest, house)
