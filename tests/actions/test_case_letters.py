"""Papers of cases: numbered without gaps, frozen, the same bytes again, put right by another."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from sqlalchemy import text

from monitor.actions import case_files, case_letters, casework
from monitor.actions.case_letters import Asked
from monitor.actions.case_moving import Doing, House
from monitor.actions.case_opening import Verdict
from monitor.actions.sending import Sent
from monitor.domain.case import Measure, Move, Reason, State
from monitor.domain.case_rules import Paper
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.record import case_papers
from monitor.record.cases import Kept
from monitor.settings import ROOT
from tests.actions.test_casework import PICTURE, Four, four, to_the_unit
from tests.report.papers import texts

__all__ = ["four"]
CALL = "某某,027-00000000"


@pytest.fixture
def house(tmp_path: Path) -> House:
    """The office's sheets in a folder of their own, so that a template may be edited."""
    copytree(ROOT / "data", tmp_path / "data", ignore=lambda *_: ["local"])
    return House(tmp_path / "data", tmp_path / "files")


def issue(four: Four, kept: Kept, kind: Paper, house: House, **more: str) -> int:
    asked = Asked((kept.id, four.case(kept.id).version), kind, CALL, **more)
    sent = Sent("paper", f"{kept.id}{kind}")
    return case_letters.issue(four.store, four.people["editor"], asked, sent, house)


def number(four: Four, paper_id: int) -> str:
    with four.store.reading() as tx:
        paper = case_papers.get(tx, paper_id)
    assert paper is not None
    assert sha256(paper.facts.encode()).hexdigest() == paper.sha256
    return paper.number


def test_a_notice_bears_the_cases_number_and_says_what_was_frozen(four: Four, house: House) -> None:
    kept = to_the_unit(four)
    paper = issue(four, kept, Paper.NOTICE, house)
    assert number(four, paper) == kept.number
    name, content = case_letters.word(four.store, four.people["county"], paper, house)
    assert name == f"整改通知书-{kept.number}.docx"
    said = "\n".join(texts(content))
    for each in ("江陵县公安局:", "平安江陵0(演示)", "已40天未更新", "未备案", CALL, "某厅"):
        assert each in said
    assert "2026年11月26日前" in said, "three working days from Monday"
    with pytest.raises(Conflict, match="现在不能出具"):
        case_letters.issue(
            four.store,
            four.people["editor"],
            Asked((kept.id, kept.version), Paper.NOTICE, CALL),
            Sent("paper", "again"),
            house,
        )


def test_a_paper_is_the_same_bytes_whatever_becomes_of_its_template(
    four: Four, house: House
) -> None:
    paper = issue(four, to_the_unit(four), Paper.NOTICE, house)
    fetch = lambda: case_letters.word(four.store, four.people["head"], paper, house)[1]  # noqa: E731
    before = fetch()
    place = house.data_dir / "templates" / "整改通知书.docx"
    place.write_bytes((house.data_dir / "templates" / "核实函.docx").read_bytes())
    assert fetch() == before
    with four.store.writing() as tx:
        tx.conn.execute(text("UPDATE case_paper SET facts = '{}'"))
    with pytest.raises(Conflict, match="校验值"):
        fetch()


def test_each_kind_counts_by_itself_and_a_refused_one_leaves_no_gap(
    four: Four, house: House
) -> None:
    one, two = four.open(four.account, four.other)
    assert number(four, issue(four, one, Paper.INQUIRY, house)) == "核实〔2026〕001号"
    stale = Asked((two.id, two.version + 7), Paper.INQUIRY, CALL)
    with pytest.raises(Conflict):
        case_letters.issue(four.store, four.people["editor"], stale, Sent("p", "x"), house)
    assert number(four, issue(four, two, Paper.INQUIRY, house)) == "核实〔2026〕002号"


def test_what_was_wrong_is_put_right_by_a_letter_that_names_it(four: Four, house: House) -> None:
    kept = to_the_unit(four)
    notice = issue(four, kept, Paper.NOTICE, house)
    kept = four.do("county", Move.APPEAL, kept)
    kept = four.do("head", Move.UPHOLD, kept, reason=Reason.POSTED)
    correction = issue(four, kept, Paper.CORRECTION, house, said="已补链接。")
    _, content = case_letters.word(four.store, four.people["county"], correction, house)
    said = "\n".join(texts(content))
    assert f"{kept.number}文书" in said
    assert "已补链接。" in said
    with four.store.reading() as tx:
        papers = {each.id: each for each in case_papers.of_case(tx, kept.id)}
    assert papers[notice].amended_by == "更正〔2026〕001号"
    assert json.loads(papers[notice].facts)["文号"] == kept.number, "the original stays beside it"


def test_a_closed_case_that_was_wrong_is_corrected_and_one_without_papers_is_not(
    four: Four, house: House
) -> None:
    (kept,) = four.open(four.account, verdict=Verdict(Move.DISMISS, "不是", Reason.MISREAD))
    assert kept.case.state is State.UNFOUNDED
    with pytest.raises(Conflict, match="现在不能出具更正通知"):
        issue(four, kept, Paper.CORRECTION, house)


def test_a_mild_measure_is_told_by_a_hint_and_a_closing_by_its_form(
    four: Four, house: House
) -> None:
    (kept,) = four.open(four.account, verdict=Verdict(Move.CONFIRM))
    kept = four.do("editor", Move.SUBMIT, kept, measure=Measure.REMIND, days=3)
    kept = four.do("head", Move.ASSIGN, kept)
    assert number(four, issue(four, kept, Paper.HINT, house)) == "提示〔2026〕001号"
    with pytest.raises(Conflict):
        issue(four, kept, Paper.NOTICE, house)
    kept = four.do("editor", Move.TO_CLOSURE, kept)
    assert number(four, issue(four, kept, Paper.CLOSURE, house)) == "关停〔2026〕001号"


def test_nobody_from_beside_issues_or_fetches(four: Four, house: House) -> None:
    kept = to_the_unit(four)
    paper = issue(four, kept, Paper.NOTICE, house)
    foreign = replace(four.people["county"], id=four.people["city"].id + 99)
    for who in (foreign,):
        with pytest.raises(Forbidden):
            case_letters.word(four.store, who, paper, house)
    asked = Asked((kept.id, kept.version), Paper.INQUIRY, CALL)
    with pytest.raises(Forbidden):
        case_letters.issue(four.store, four.people["city"], asked, Sent("p", "c"), house)
    with pytest.raises(InputError, match="联系人"):
        case_letters.issue(
            four.store, four.people["editor"], replace(asked, contact=" "), Sent("p", "e"), house
        )


def test_a_file_of_a_case_is_fetched_by_whom_it_is_shown_and_written_down(
    four: Four, house: House
) -> None:
    kept = to_the_unit(four)
    doing = Doing(Move.HAND_IN, ((kept.id, kept.version),), "已恢复", files=(("图.png", PICTURE),))
    casework.put_right(four.store, four.people["county"], doing, Sent("case", "f"), house)
    digest = sha256(PICTURE).hexdigest()
    fetched = case_files.fetch(four.store, four.people["editor"], kept.id, digest, house)
    assert fetched == ("图.png", PICTURE)
    with four.store.reading() as tx:
        audited = tx.conn.execute(text("SELECT action FROM audit ORDER BY seq")).scalars().all()
    assert audited[-1] == "下载整改附件"
    with pytest.raises(Forbidden):
        case_files.fetch(four.store, four.people["editor"], kept.id, "0" * 64, house)
