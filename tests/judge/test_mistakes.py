"""Each mistake an earlier wording of the judgement made, as a case the product must pass.

The limit is 4 seconds; a post is exact ("at 5") or dated ("in [4,6]"); a look covers [a, b).
"""

import pytest

from monitor.domain.finding import Judgement, Outcome
from monitor.domain.instants import BEGINNING
from monitor.domain.numbers import Provenance
from monitor.judge.evaluate import judge
from tests.judge.evidence import Look, Post, Record, measure, never_updated, rulebook, standing


def at(second: int) -> Post:
    return Post(second, second)


def judged(as_of: int, *evidence: Post | Look, **record: object) -> Judgement:
    on_record = Record(**record).and_(*evidence)  # type: ignore[arg-type]
    return judge(measure(on_record, as_of), rulebook())


def test_1_the_newest_known_post_is_two_posts_when_one_is_dated() -> None:
    found = judged(10, at(5), Post(4, 6), Look(0, 10))
    assert (found.silence_min, found.silence_max) == (4, 5)
    assert found.outcome is Outcome.UNDECIDED


def test_2_a_dated_post_astride_the_cut_off_is_not_counted_as_before_it() -> None:
    evidence = at(0), Post(4, 6), Look(0, 5, fresh=4)
    astride, over = judged(6, *evidence), judged(7, *evidence)
    assert (astride.outcome, astride.cutoff, astride.silence_max) == (Outcome.UNDECIDED, None, 6)
    assert (over.outcome, over.cutoff, over.silence_max) == (Outcome.OK, None, 3)


def test_3_a_cut_off_before_a_known_post_convicts_nobody() -> None:
    found = judged(9, at(0), at(7), Look(1, 6, fresh=5))
    assert (found.outcome, found.cutoff, found.silence_max) == (Outcome.OK, None, 2)


def test_3_a_link_as_new_as_the_cut_off_leaves_it_undecided_once_the_limit_is_over() -> None:
    found = judged(11, at(0), at(6), Look(1, 6, fresh=5))
    assert (found.outcome, found.cutoff) == (Outcome.UNDECIDED, None)


def test_4_a_stretch_is_as_fresh_as_the_freshest_of_its_looks() -> None:
    found = judged(9, at(0), Look(1, 6, fresh=5), Look(1, 7, fresh=1))
    assert (found.outcome, found.cutoff) == (Outcome.FAIL, 7)


def test_5_a_gap_after_a_sure_cut_off_takes_nothing_back() -> None:
    found = judged(9, at(0), Look(1, 6, fresh=5), Look(8, 9))
    assert (found.outcome, found.cutoff) == (Outcome.FAIL, 6)
    assert (found.silence_min, found.silence_max) == (6, 6)


def test_6_a_stale_cut_off_is_left_alone() -> None:
    assert judged(11, at(0), Look(1, 6, fresh=5)).cutoff == 6
    assert judged(12, at(0), Look(1, 6, fresh=5)).outcome is Outcome.UNDECIDED


def test_7_each_bound_loses_only_the_excused_time_inside_its_own_interval() -> None:
    found = judged(10, at(0), Look(4, 10), excuses=((1, 4),))
    assert (found.silence_min, found.silence_max) == (6, 7)
    assert found.outcome is Outcome.FAIL


def test_9_a_look_that_proves_nothing_is_legal_and_counts_for_nothing() -> None:
    found = judged(9, at(0), Look(7, 7), Look(1, 6, fresh=5))
    assert (found.outcome, found.cutoff) == (Outcome.FAIL, 6)


@pytest.mark.parametrize(("notified_only", "outcome"), [(False, "暂不作认定"), (True, "不合格")])
def test_9_on_wechat_a_look_counts_only_where_the_rulebook_counts_notified_posts(
    notified_only: bool, outcome: str
) -> None:
    seen = Look(1, 9, source=Provenance.PATROL)
    record = Record(standings=(standing(platform="wechat"),)).and_(at(0), seen)
    found = judge(measure(record, 9), rulebook(notified_only=notified_only))
    assert found.outcome.value == outcome
    assert ("已通知口径" in found.findings[0].sentence) is notified_only


def test_10_one_import_is_one_look_and_does_not_confirm_itself() -> None:
    once = Look(1, 12, looked=12, confirm=3)
    record, book = Record().and_(at(0), once), rulebook(confirm=True)
    found = judge(measure(record, 12), book)
    assert (found.outcome, found.breach_at) == (Outcome.UNDECIDED, None)
    assert "待复看" in found.findings[0].sentence
    assert found.findings[0].evidence["awaiting_second_look"] is True


@pytest.mark.parametrize(("second_look", "outcome"), [(14, "暂不作认定"), (15, "不合格")])
def test_10_looks_far_enough_apart_confirm_a_breach(second_look: int, outcome: str) -> None:
    looks = Look(1, 12, looked=12, confirm=3), Look(1, 12, looked=second_look, confirm=3)
    found = judge(measure(Record().and_(at(0), *looks), 12), rulebook(confirm=True))
    assert found.outcome.value == outcome


def test_10_a_look_before_the_limit_ran_out_confirms_nothing() -> None:
    looks = Look(1, 4, looked=4, confirm=3), Look(1, 12, looked=12, confirm=3)
    found = judge(measure(Record().and_(at(0), *looks), 12), rulebook(confirm=True))
    assert found.outcome is Outcome.UNDECIDED


def test_10_a_source_that_asks_for_no_second_look_confirms_at_once() -> None:
    looks = Look(1, 12, looked=12, confirm=3), Look(1, 11, looked=11, confirm=0)
    found = judge(measure(Record().and_(at(0), *looks), 12), rulebook(confirm=True))
    assert (found.outcome, found.breach_at) == (Outcome.FAIL, 4)


def test_10_the_national_rulebook_needs_one_look() -> None:
    found = judge(measure(Record().and_(at(0), Look(1, 12, confirm=3)), 12), rulebook())
    assert (found.outcome, found.breach_at) == (Outcome.FAIL, 4)


def test_11_a_post_published_later_ends_a_breach() -> None:
    assert judged(9, at(0), Look(1, 9)).outcome is Outcome.FAIL
    assert judged(10, at(0), Look(1, 10), at(9)).outcome is Outcome.OK


def test_11_a_post_discovered_later_removes_a_breach() -> None:
    record = Record().and_(at(0), Look(1, 9), Post(3, 3, recorded=20))
    before = judge(measure(record, 7, known_at=19), rulebook())
    after = judge(measure(record, 7, known_at=20), rulebook())
    assert (before.outcome, before.breach_at) == (Outcome.FAIL, 4)
    assert (after.status, after.breach_at) == ("提醒", None)


def test_13_classes_may_straddle_while_both_fail() -> None:
    found = judged(9, at(0), Look(3, 9))
    assert (found.silence_min, found.silence_max) == (7, 9)
    assert (found.outcome, found.status, found.status_max) == (Outcome.FAIL, "内容不更新", "睡眠")
    assert "内容不更新(可能已达睡眠)" in found.findings[0].sentence


def test_13_classes_may_straddle_while_neither_fails() -> None:
    found = judged(4, at(0), Look(3, 4))
    assert (found.outcome, found.status, found.status_max) == (Outcome.OK, "正常", "提醒")


def test_14_an_unknown_opening_reaches_to_the_first_registration() -> None:
    yesterday = judged(8, Look(BEGINNING, 8), registered=7)
    assert (yesterday.outcome, yesterday.silence_min) == (Outcome.UNDECIDED, 1)
    old = judged(8, Look(BEGINNING, 8), registered=3)
    assert (old.outcome, old.silence_min, old.silence_max) == (Outcome.FAIL, 5, None)


def test_14_a_known_opening_stands_in_for_a_post() -> None:
    found = judged(8, Look(0, 8), opened=(1, 2))
    assert (found.silence_min, found.silence_max) == (6, 7)


def test_14_a_known_opening_keeps_the_limit_without_any_coverage() -> None:
    assert judged(5, opened=(1, 2)).outcome is Outcome.OK
    assert judged(6, opened=(1, 2)).outcome is Outcome.UNDECIDED


def test_14_a_post_before_the_opening_is_no_verdict() -> None:
    found = judged(12, at(0), Look(-5, 12), opened=(9, 10))
    assert (found.outcome, found.silence_min, found.silence_max) == (Outcome.OK, 2, 3)


def test_14_a_post_disproves_an_opening_yet_to_come() -> None:
    found = judged(9, at(0), Look(1, 9), opened=(30, 30))
    assert (found.outcome, found.silence_min) == (Outcome.FAIL, 9)


def test_14_an_account_yet_to_open_is_not_counted() -> None:
    found = judged(9, Look(BEGINNING, 9), opened=(30, 30))
    assert (found.outcome, found.next_at) == (Outcome.NOT_COUNTED, 31)


def test_16_a_post_at_the_very_cut_off_is_not_covered_by_it() -> None:
    assert judged(6, at(0), Look(1, 6)).outcome is Outcome.FAIL
    assert judged(7, at(0), Look(1, 6), at(6)).outcome is Outcome.OK
    assert judged(6, at(0), Look(1, 6), at(6)).outcome is Outcome.FAIL


def test_16_the_last_unseen_second_is_the_one_before_the_stretch() -> None:
    found = judged(9, at(0), Look(4, 9))
    assert found.silence_min == 9 - 3


def test_19_a_low_grade_counts_for_nothing() -> None:
    found = judged(9, at(0), Look(1, 9, grade=1))
    assert (found.outcome, found.grade) == (Outcome.UNDECIDED, None)
    assert "不足以作为认定依据" in found.findings[0].sentence


def test_19_the_grade_told_is_that_of_the_weakest_look_needed() -> None:
    assert judged(9, at(0), Look(1, 9, grade=4), Look(1, 5, grade=2)).grade == 4
    assert judged(9, at(0), Look(1, 7, grade=4), Look(1, 9, grade=2)).grade == 2


def test_never_updated_needs_coverage_from_the_opening_on() -> None:
    book = rulebook(never_updated=never_updated(age=6))
    whole = judge(measure(Record((), (Look(0, 9),), opened=(1, 2)), 9), book)
    part = judge(measure(Record((), (Look(2, 9),), opened=(1, 2)), 9), book)
    assert (whole.status, whole.status_max, whole.outcome) == ("从未更新", "从未更新", Outcome.FAIL)
    assert "截至1970年1月1日08:00主页未见任何作品" in whole.findings[0].sentence
    assert (part.status, part.outcome) == ("内容不更新", Outcome.FAIL)


def test_never_updated_needs_an_unknown_opening_to_be_covered_from_ever() -> None:
    book = rulebook(never_updated=never_updated(age=6))
    ever = judge(measure(Record((), (Look(BEGINNING, 9),), registered=2), 9), book)
    since = judge(measure(Record((), (Look(-500, 9),), registered=2), 9), book)
    assert (ever.status, since.status) == ("从未更新", "内容不更新")


@pytest.mark.parametrize(("opened", "status"), [(3, "从未更新"), (4, "内容不更新")])
def test_never_updated_needs_an_age_over_the_limit(opened: int, status: str) -> None:
    book = rulebook(never_updated=never_updated(age=6))
    found = judge(measure(Record((), (Look(0, 10),), opened=(opened, opened)), 10), book)
    assert found.status == status


def test_never_updated_is_disproved_by_any_post_ever_known() -> None:
    book = rulebook(never_updated=never_updated(age=6))
    record = Record((), (Look(BEGINNING, 9),), opened=(1, 1)).and_(Post(0, 0))
    assert judge(measure(record, 9), book).status == "睡眠"


def test_excused_time_moves_the_instant_the_limit_ran_out() -> None:
    found = judged(12, at(0), Look(1, 12), excuses=((2, 5),))
    assert (found.outcome, found.silence_min, found.breach_at) == (Outcome.FAIL, 9, 7)


def test_an_excuse_the_rulebook_does_not_know_is_silence() -> None:
    record = Record(excuses=((2, 5),)).and_(at(0), Look(1, 12))
    found = judge(measure(record, 12), rulebook(excused_kinds=frozenset()))
    assert found.silence_min == 12


def test_a_narrower_time_of_a_post_is_used_once_it_is_known() -> None:
    day, second = Post(4, 8, superseded=20), Post(7, 7, recorded=20)
    record = Record().and_(day, second, Look(9, 12))
    before = judge(measure(record, 12, known_at=19), rulebook())
    after = judge(measure(record, 12, known_at=20), rulebook())
    assert (before.silence_min, before.silence_max) == (4, 8)
    assert (after.silence_min, after.silence_max) == (4, 5)


def test_a_later_suspension_of_a_route_leaves_the_past_as_it_was() -> None:
    record = Record().and_(at(0), Look(1, 9, revoked=20))
    assert judge(measure(record, 9, known_at=19), rulebook()).outcome is Outcome.FAIL
    assert judge(measure(record, 9, known_at=20), rulebook()).outcome is Outcome.UNDECIDED


def test_the_limit_runs_out_at_the_first_instant_even_where_an_excuse_begins() -> None:
    found = judged(12, at(0), Look(1, 12), excuses=((4, 6),))
    assert (found.silence_min, found.breach_at) == (10, 4)


def test_undecided_everywhere_shows_the_bounds_of_the_newest_fresh_cut_off() -> None:
    found = judged(10, at(0), Look(4, 6), Look(7, 9))
    assert (found.outcome, found.cutoff) == (Outcome.UNDECIDED, 9)
    assert (found.silence_min, found.silence_max) == (3, 9)
    assert found.missing == ((1, 4), (6, 7))


def test_the_edges_of_an_excuse_are_due() -> None:
    record = Record(excuses=((6, 8),)).and_(at(0), Look(1, 3))
    assert [judge(measure(record, now), rulebook()).next_at for now in (3, 6)] == [6, 8]
    assert judge(measure(record, 8), rulebook()).next_at == 3 + 100 + 1


def test_dated_posts_that_may_still_come_are_due_at_once() -> None:
    assert judged(1, Post(0, 1), Post(0, 2)).next_at == 2
