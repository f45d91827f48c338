"""What follows a result that was scored: issued under a number, put right, scored again."""

from pathlib import Path

import pytest

from monitor.actions import assessing, assessing_issuing
from monitor.domain.assessment import Move
from monitor.domain.bulletin import Sort
from monitor.domain.errors import Conflict
from monitor.record import assessments, bulletins, units
from monitor.record.bulletins import Drafted
from monitor.record.screens import assessing as screens
from monitor.record.screens import working
from monitor.record.store import Store
from tests.actions.assessing_office import PERIOD, Office, settle, told
from tests.report.papers import texts


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path)


@pytest.fixture
def either(either_store: Store, tmp_path: Path) -> Office:
    """The same on both databases in turn."""
    return Office(either_store, tmp_path)


def issued(office: Office, key: int) -> bulletins.Kept:
    """The bulletin an assessment went out with, once it is settled and issued."""
    office.later(7)
    office.press(key, Move.TO_REVIEW)
    office.press(key, Move.PROPOSE)
    settle(office, key)
    office.press(key, Move.ISSUE)
    with office.store.reading() as tx:
        [told] = screens.listing(tx, office.assessor.scope, key)
        found = bulletins.get(tx, told.bulletin_id or 0)
    assert found is not None
    assert found.number == told.issued
    return found


def test_a_scoring_that_failed_is_seen_and_asked_for_again(office: Office) -> None:
    key = told(office, office.begin())
    with office.store.reading() as tx:
        failed = working.scoring(tx, office.assessor.scope, 1_800_000_000, key)
    assert failed is not None
    again = assessing.rescore(office.store, office.assessor, key, office.sent())
    with office.store.reading() as tx:
        newest = working.scoring(tx, office.assessor.scope, 1_800_000_000, key)
        hidden = working.scoring(tx, office.unit.scope, 1_800_000_000, key)
        other = working.scoring(tx, office.assessor.scope, 1_800_000_000, key + 1)
    assert newest is not None
    assert newest.job_id == again > failed.job_id
    assert (hidden, other) == (None, None)
    issued(office, key)
    with pytest.raises(Conflict, match="不能重新计分"):
        assessing.rescore(office.store, office.assessor, key, office.sent())


def test_a_result_goes_out_under_the_next_number_of_all_bulletins_and_is_never_made_anew(
    either: Office,
) -> None:
    office = either
    with office.store.writing() as tx:
        root = next(each.id for each in units.all_units(tx) if each.level == "省厅")
        other = Drafted(root or 0, Sort.QUARTER, "2026Q2", {"within": {}}, "-", (1, 1))
        before = bulletins.get(tx, bulletins.draft(tx, other))
        assert before is not None
        assert bulletins.issue(tx, before, office.head.id) == "2026年第1期"
    key = told(office, office.begin())
    out = issued(office, key)
    assert (out.number, out.sort, out.period) == ("2026年第2期", Sort.SCORES, PERIOD)
    name, first = fetched(office, key)
    assert name == "考核结果通报-2026年第2期.docx"
    office.later(40)
    assert fetched(office, key)[1] == first
    assert "2026年第2期" in "".join(texts(first))


def test_a_correction_names_the_bulletin_it_puts_right_and_is_numbered_apart(
    either: Office,
) -> None:
    office = either
    key = told(office, office.begin())
    out = issued(office, key)
    office.press(key, Move.AMEND, 理由="迟到的数据")
    with office.store.reading() as tx:
        newest = assessments.every(tx, PERIOD)[0].id
    office.score(newest, 5.0)
    office.press(newest, Move.GENERATE)
    office.score(newest, 5.0)
    office.press(newest, Move.FEED_BACK)
    right = issued(office, newest)
    assert (right.number, right.sort) == ("通报更正〔2026〕001号", Sort.CORRECTION)
    assert right.amends_id == out.id
    said = "".join(texts(fetched(office, newest)[1]))
    assert out.number in said
    assert "迟到的数据" in said


def fetched(office: Office, key: int) -> tuple[str, bytes]:
    return assessing_issuing.bulletin(office.store, office.assessor, key, "某厅", office.folder)
