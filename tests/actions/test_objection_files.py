"""What comes with an objection and its answer: files as handed in, and a number that is sealed."""

from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.actions import objecting, revealing
from monitor.actions.objecting import Answering
from monitor.actions.revealing import Why
from monitor.domain.assessment import Say
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Person, Role
from monitor.record.screens import assessing as screens
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault
from tests.actions.assessing_office import PDF, Office, told
from tests.service.parts import RING

ANSWER = b"%PDF-1.4 answer"
VAULT = Vault(RING, bytes(32))
WHY = Why("核实停更原因", "电话核实")


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


@pytest.fixture
def either(either_store: Store, tmp_path: Path) -> Office:
    """The same on both databases in turn."""
    return Office(either_store, tmp_path)


def held(office: Office, key: int) -> screens.Said:
    with office.store.reading() as tx:
        [found] = screens.objections(tx, office.assessor.scope, key)
    return found


def fetch(office: Office, who: Person, plea: int, digest: str) -> tuple[str, bytes]:
    return objecting.evidence(office.store, who, office.folder, plea, digest)


def test_both_sides_see_the_files_of_the_objection_and_of_its_answer_as_handed_in(
    either: Office,
) -> None:
    office = either
    key = told(office, office.begin())
    plea = office.object(key, office.unit)
    no = Answering(plea, 1, Say.REFUSE, "不在周期内", files=(ANSWER,))
    objecting.answer(office.store, office.assessor, no, office.sent(), office.folder)
    kept = held(office, key).kept
    [mine], [theirs] = kept.files, kept.answer_files
    for who in (office.unit, office.assessor, office.second):
        assert fetch(office, who, plea, mine) == (f"异议{plea}佐证1.pdf", PDF)
        assert fetch(office, who, plea, theirs) == (f"异议{plea}答复附件1.pdf", ANSWER)
    with pytest.raises(Forbidden):
        fetch(office, office.other, plea, mine)
    with pytest.raises(Forbidden):
        fetch(office, office.unit, plea, "0" * 64)
    table = METADATA.tables["audit"]
    with office.store.reading() as tx:
        rows = tx.conn.execute(select(table).where(table.c.action == "下载异议附件")).mappings()
        told_of = [(row["actor_id"], row["object_id"], row["reason"]) for row in rows]
    assert (office.unit.id, str(plea), mine[:16]) in told_of
    assert len(told_of) == 6


def test_an_answer_takes_a_few_scans_and_nothing_else(office: Office) -> None:
    key = told(office, office.begin())
    plea = office.object(key, office.unit)
    for files in ((ANSWER,) * 6, (b"MZ program",)):
        bad = Answering(plea, 1, Say.REFUSE, "不在周期内", files=files)
        with pytest.raises(InputError):
            objecting.answer(office.store, office.assessor, bad, office.sent(), office.folder)
    assert held(office, key).kept.answer_files == ()


def test_the_number_of_who_objects_is_masked_and_shown_only_to_who_answers(
    either: Office,
) -> None:
    office = either
    key = told(office, office.begin())
    office.object(key, office.unit)
    [phone] = held(office, key).phones
    assert "87654321" not in phone.masked
    shown = revealing.reveal(office.store, office.assessor, VAULT, phone.id, WHY)
    assert shown.endswith("87654321")
    duty = office.enrol("duty", Role.DUTY, "root")
    with pytest.raises(Forbidden):
        revealing.reveal(office.store, duty, VAULT, phone.id, WHY)
    table = METADATA.tables["audit"]
    with office.store.reading() as tx:
        rows = tx.conn.execute(select(table)).mappings().all()
    [looked] = [row for row in rows if row["action"] == "查看联系方式"]
    assert (looked["actor_id"], looked["object_kind"]) == (office.assessor.id, "objection")
    assert not [row for row in rows if "87654321" in str(dict(row))]
