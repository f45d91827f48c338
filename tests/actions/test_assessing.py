"""考核 lived through: opened, scored, told, objected to, settled on paper, filed."""

from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.actions import assessing, assessing_issuing, objecting, reviewing, scorecards
from monitor.actions.assessing import NewAssessment
from monitor.actions.objecting import Answering
from monitor.actions.reviewing import Drawing, Marking
from monitor.actions.sending import Sent
from monitor.domain.assessment import Kind, Move, Say, Side, State
from monitor.domain.contact import Owner, OwnerKind
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Person
from monitor.record import assessments, contacts, marks, photos, score_people
from monitor.record.marks import Drawn
from monitor.record.screens import assessing as screens
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from monitor.report import scorecard_tables
from monitor.settings import ROOT
from tests.actions.assessing_office import PERIOD, SINCE, Office, settle, told
from tests.builders import a_post, an_account
from tests.record.builders import LATEST

JOB = METADATA.tables["job"]


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


@pytest.fixture
def either(either_store: Store, tmp_path: Path) -> Office:
    """The same on both databases in turn."""
    return Office(either_store, tmp_path)


def jobs(office: Office) -> list[dict[str, str]]:
    with office.store.reading() as tx:
        rows = tx.conn.execute(select(JOB.c.arguments).where(JOB.c.kind == "assess"))
        return [dict(each) for each in rows.scalars()]


def test_a_quarter_is_told_objected_to_and_goes_on_only_once_all_is_answered(
    either: Office,
) -> None:
    office = either
    key = office.begin()
    assert office.press(key, Move.GENERATE) == "初评"
    assert jobs(office) == [{"assessment_id": str(key)}]
    with pytest.raises(Conflict, match="还没有算好"):
        office.press(key, Move.FEED_BACK)
    office.score(key)
    with pytest.raises(Forbidden):
        scorecards.sheet(office.store, office.unit, key)
    office.press(key, Move.FEED_BACK)
    plea = office.object(key, office.unit)
    with pytest.raises(Conflict, match="才满"):
        office.press(key, Move.TO_REVIEW)
    office.later(7)
    office.press(key, Move.TO_REVIEW)
    with pytest.raises(Conflict, match="1件异议"):
        office.press(key, Move.PROPOSE)
    yes = Answering(plea, 1, Say.UPHOLD, "链接属实", 5.5)
    assert office.answer(yes) == "采纳"
    assert len(jobs(office)) == 2
    with pytest.raises(Conflict, match="还没有算进"):
        office.press(key, Move.PROPOSE)
    office.score(key, 5.5)
    assert office.press(key, Move.PROPOSE) == "待审定"


def test_what_was_settled_on_paper_is_filed_and_an_amendment_stands_beside_it(
    either: Office,
) -> None:
    office = either
    key = told(office, office.begin())
    office.later(7)
    office.press(key, Move.TO_REVIEW)
    office.press(key, Move.PROPOSE)
    assert settle(office, key) == "审定"
    office.press(key, Move.ISSUE)
    office.press(key, Move.FILE)
    before = office.kept(key).result_hash
    office.press(key, Move.AMEND, 理由="迟到的数据")
    with office.store.reading() as tx:
        newest = assessments.every(tx, PERIOD)[0]
        done = assessments.moves(tx, key)
    assert (newest.amends_id, newest.state) == (key, State.RUNNING)
    assert jobs(office)[-1] == {"assessment_id": str(newest.id)}
    assert office.kept(key).result_hash == before
    [paper] = [each.papers for each in done if each.move == "审定"]
    assert paper[0] == "王某(演示)"
    assert photos.find(office.folder / "local" / "scans", str(paper[2])) is not None


def test_what_happened_is_audited_by_ids_and_typed_words_stay_out(office: Office) -> None:
    key = told(office, office.begin())
    plea = office.object(key, office.unit)
    no = Answering(plea, 1, Say.REFUSE, "不在周期内")
    office.answer(no)
    table = METADATA.tables["audit"]
    with office.store.reading() as tx:
        rows = tx.conn.execute(select(table)).mappings().all()
        said = " ".join(str(dict(each)) for each in rows)
        [phone] = contacts.of(tx, Owner(OwnerKind.OBJECTION, plea))
    for typed in ("两周作品漏计", "不在周期内", "87654321"):
        assert typed not in said
    assert "87654321" not in phone.masked
    assert "考核·提出异议" in said
    assert "考核异议·不采纳" in said


def test_a_key_is_used_once_and_a_version_only_by_who_saw_it(office: Office) -> None:
    key = office.begin()
    pressed = assessing.Pressed(key, 1, Move.GENERATE)
    for _ in range(2):
        again = assessing.press(
            office.store, office.assessor, office.folder, pressed, Sent("assessing", "same")
        )
        assert again == "初评"
    assert len(jobs(office)) == 1
    with pytest.raises(Conflict, match="别人办理过"):
        assessing.press(office.store, office.assessor, office.folder, pressed, office.sent())
    with pytest.raises(Conflict, match="已经有一次"):
        office.begin()


def test_a_unit_sees_its_own_and_objects_for_itself_only(either: Office) -> None:
    office = either
    key = told(office, office.begin())
    mine = scorecards.sheet(office.store, office.unit, key)
    assert [each.unit for each in mine.totals] == [office.codes["甲"]]
    [row] = scorecard_tables.results(mine).named
    assert row["组内位次"] == "1—2", "how far the tie group spans is told of the whole group"
    whole = scorecards.sheet(office.store, office.assessor, key)
    assert len(whole.totals) == 2
    with pytest.raises(Forbidden):
        office.object(key, office.other, "甲")
    office.object(key, office.unit)
    with pytest.raises(Conflict, match="已有一件"):
        office.object(key, office.unit)
    with pytest.raises(InputError, match="应得分"):
        office.object(key, office.other, "乙", 6.5)
    with office.store.reading() as tx:
        scope = office.other.scope
        assert screens.objections(tx, scope, key) == ()
        assert len(screens.objections(tx, office.unit.scope, key)) == 1
        assert [each.kept.id for each in screens.listing(tx, scope)] == [key]


def test_an_objection_is_taken_back_by_who_raised_it(office: Office) -> None:
    key = told(office, office.begin())
    plea = office.object(key, office.unit)
    with pytest.raises(Forbidden):
        objecting.withdraw(office.store, office.other, plea, 1, office.sent())
    assert objecting.withdraw(office.store, office.unit, plea, 1, office.sent()) == "已撤回"
    assert scorecards.sheet(office.store, office.assessor, key).pleas == ()
    office.object(key, office.unit)


def test_a_trial_is_the_houses_own_and_is_never_announced(office: Office) -> None:
    key = told(office, office.begin(Kind.TRIAL))
    with pytest.raises(Forbidden):
        scorecards.sheet(office.store, office.unit, key)
    with office.store.reading() as tx:
        assert screens.listing(tx, office.unit.scope) == ()
        [found] = screens.listing(tx, office.assessor.scope, key)
    now = int(office.now.timestamp())
    assert Move.ISSUE not in assessing.offered(found, Side.OFFICE, now)
    office.later(7)
    office.press(key, Move.TO_REVIEW)
    office.press(key, Move.PROPOSE)
    settle(office, key)
    with pytest.raises(Conflict, match="试评"):
        office.press(key, Move.ISSUE)
    with pytest.raises(Forbidden):
        assessing_issuing.bulletin(office.store, office.assessor, key, "某厅", ROOT / "data")
    assert office.press(key, Move.FILE) == "归档"


def test_a_scheme_binds_no_period_before_it_was_issued(office: Office) -> None:
    early = NewAssessment("2026Q2", Kind.FORMAL, office.scheme)
    with pytest.raises(Conflict, match="不约束更早"):
        assessing.begin(office.store, office.assessor, early, office.sent())
    trial = NewAssessment("2026Q2", Kind.TRIAL, office.scheme)
    assert assessing.begin(office.store, office.assessor, trial, office.sent())


def test_papers_and_files_leave_as_the_screen_shows_them_and_are_logged(office: Office) -> None:
    key = told(office, office.begin())
    code = office.codes["甲"]
    name, content = scorecards.paper(office.store, office.unit, key, code, ROOT / "data")
    assert name == "考核得分明细表-甲县局.docx"
    assert content.startswith(b"PK")
    with pytest.raises(Forbidden):
        scorecards.paper(office.store, office.other, key, code, ROOT / "data")
    _, made = scorecards.files(office.store, office.assessor, key, ".csv")
    assert made.decode("utf-8-sig").count("更新规律") == 2
    office.later(7)
    office.press(key, Move.TO_REVIEW)
    office.press(key, Move.PROPOSE)
    settle(office, key)
    _, bulletin = assessing_issuing.bulletin(
        office.store, office.assessor, key, "某厅", ROOT / "data"
    )
    assert bulletin.startswith(b"PK")
    table = METADATA.tables["audit"]
    with office.store.reading() as tx:
        done = set(tx.conn.execute(select(table.c.action)).scalars())
    assert {"下载考核得分明细表", "导出考核结果", "下载考核结果通报"} <= done


def test_two_mark_unseen_a_third_decides_and_the_result_is_asked_for_again(office: Office) -> None:
    key = told(office, office.begin())
    with office.store.writing() as tx:
        marks.draw(tx, key, [Drawn("A3", office.units["甲"], "解读一")])
        (item,) = marks.of_assessment(tx, key)

    def give(who: Person, version: int, share: float) -> None:
        marking = Marking(item.id, version, share)
        reviewing.mark(office.store, who, marking, office.sent())

    give(office.assessor, item.version, 0.2)
    [seen] = reviewing.to_mark(office.store, office.second, key)
    assert (seen.first, reviewing.wanted(seen)) == (None, 1)
    give(office.second, item.version + 1, 0.9)
    with pytest.raises(Conflict, match="1项人工评分"):
        office.later(7)
        office.press(key, Move.TO_REVIEW)
        office.press(key, Move.PROPOSE)
    before = len(jobs(office))
    give(office.third, item.version + 2, 0.6)
    [seen] = reviewing.to_mark(office.store, office.second, key)
    assert (seen.first, seen.second, seen.agreed) == (0.2, 0.9, 0.6)
    assert len(jobs(office)) == before + 1


def test_a_sample_needs_a_manual_line_and_posts(office: Office) -> None:
    key = told(office, office.begin())
    version = office.kept(key).version
    for line, why in (("C3", "不是人工"), ("A3", "没有可抽")):
        with pytest.raises(InputError, match=why):
            drawing = Drawing(key, version, line, 5)
            reviewing.draw(office.store, office.assessor, drawing, office.sent())


def test_works_that_say_the_same_are_drawn_once(office: Office) -> None:
    key = told(office, office.begin())
    with office.store.writing() as tx:
        account = an_account(tx, office.units["甲"], "号", main=True)
        for day, title in enumerate(("酒驾夜查", "酒驾夜查", "防溺水")):
            a_post(tx, account, SINCE + (5 + day) * DAY, title)
    drawing = Drawing(key, office.kept(key).version, "A3", 5)
    reviewing.draw(office.store, office.assessor, drawing, office.sent())
    drawn = reviewing.to_mark(office.store, office.assessor, key)
    assert sorted(each.item for each in drawn) == ["酒驾夜查", "防溺水"]


def test_what_no_sample_shows_is_entered_of_a_unit_by_two_people_as_a_number(
    office: Office,
) -> None:
    key = told(office, office.begin())
    version = office.kept(key).version
    commended = Drawing(key, version, "J2", 0, office.units["甲"])
    reviewing.draw(office.store, office.assessor, commended, office.sent())
    with pytest.raises(Conflict, match="登记过"):
        reviewing.draw(office.store, office.assessor, commended, office.sent())
    with pytest.raises(InputError, match="只能按单位登记"):
        reviewing.draw(office.store, office.assessor, Drawing(key, version, "J2", 5), office.sent())
    [item] = reviewing.to_mark(office.store, office.assessor, key)
    assert (item.whole, item.unit_id) == (True, office.units["甲"])
    for step, (who, number) in enumerate([(office.assessor, 1.0), (office.second, 2.0)]):
        marking = Marking(item.id, item.version + step, number)
        reviewing.mark(office.store, who, marking, office.sent())
    [seen] = reviewing.to_mark(office.store, office.third, key)
    assert (seen.agreed, reviewing.wanted(seen)) == (None, 1)
    with pytest.raises(InputError, match="应在0到100000之间"):
        reviewing.mark(
            office.store, office.third, Marking(item.id, seen.version, -1), office.sent()
        )
    reviewing.mark(office.store, office.third, Marking(item.id, seen.version, 2), office.sent())
    with office.store.reading() as tx:
        facts = list(score_people.marks(tx, key, LATEST))
    assert [(each.unit, each.measure, each.value) for each in facts] == [
        (office.codes["甲"], "人工:J2", 2)
    ]
