"""Schemes' revisions and assessments are kept: moved on once, frozen whole, answers dated."""

from dataclasses import replace

import pytest

from monitor.domain.assessed import Count, Fact, Line, Listed, Total
from monitor.domain.assessment import Kind, Plea, State
from monitor.domain.errors import Conflict
from monitor.record import asks, assessed, assessments, marks, objections, schemes
from monitor.record.assessments import Opening
from monitor.record.marks import Drawn
from monitor.record.schemes import Sheet
from monitor.record.store import Store
from tests.record.builders import LATEST, registry, stamp

SHEET = Sheet("ours", 1, "本厅", "name: ours", 100)


def opened(store: Store, kind: Kind = Kind.TRIAL, amends: int | None = None) -> int:
    with store.writing() as tx:
        revision = schemes.ensure(tx, SHEET)
        return assessments.begin(
            tx, Opening("2026Q3", kind, revision, "第三季度", amends_id=amends), None
        )


def test_a_shipped_sheet_is_kept_once_and_its_text_cannot_change(store: Store) -> None:
    with store.writing() as tx:
        first = schemes.ensure(tx, SHEET)
        assert schemes.ensure(tx, SHEET) == first
        kept = schemes.get(tx, first)
        assert kept is not None
        assert (kept.state, kept.issued_at) == (State.DRAFTING, None)
        assert schemes.next_number(tx, "ours") == 2
        assert schemes.next_number(tx, "theirs") == 1
    with pytest.raises(Conflict, match="version 加一"), store.writing() as tx:
        schemes.ensure(tx, replace(SHEET, text="name: other"))
    with pytest.raises(Conflict, match="预置"), store.writing() as tx:
        schemes.change(tx, kept, State.DRAFTING, text="name: other")


def test_a_revision_binds_only_periods_after_it_was_issued(store: Store) -> None:
    with store.writing() as tx:
        drafted = schemes.enter(tx, SHEET, by=1)
        seen = schemes.get(tx, drafted)
        assert seen is not None
        assert schemes.in_force(tx, "ours", 200, LATEST) is None
        assert schemes.change(tx, seen, State.DRAFTING, text="name: ours\n")
        assert not schemes.change(tx, seen, State.CONSULTING)
    before = stamp(store)
    with store.writing() as tx:
        seen = schemes.get(tx, drafted)
        assert seen is not None
        assert seen.text_hash == schemes.digest("name: ours\n")
        assert schemes.change(tx, seen, State.IN_FORCE, approver_id=1)
    with store.reading() as tx:
        in_force = schemes.in_force(tx, "ours", 100, LATEST)
        assert in_force is not None
        assert in_force.id == drafted
        assert schemes.in_force(tx, "ours", 99, LATEST) is None
        assert schemes.in_force(tx, "ours", 100, before) is None
        assert [each.id for each in schemes.every(tx)] == [drafted]


def test_an_assessment_is_moved_on_once_and_every_move_stays(store: Store) -> None:
    key = opened(store)
    with store.writing() as tx:
        seen = assessments.get(tx, key)
        assert seen is not None
        assert assessments.put(tx, seen, State.FIRST, as_of=5, known_at=7, facts_hash="f")
        assert not assessments.put(tx, seen, State.FILED)
        assessments.note(tx, seen, "生成初评", State.FIRST, (3, "按期"), [8, 9])
        now = assessments.get(tx, key)
        assert now is not None
        assert (now.state, now.as_of, now.known_at, now.version) == (State.FIRST, 5, 7, 2)
        (moved,) = assessments.moves(tx, key)
        assert (moved.before, moved.after, moved.papers) == ("周期运行", "初评", (8, 9))
        assert (moved.move, moved.person_id, moved.words) == ("生成初评", 3, "按期")


def test_the_newest_of_a_period_is_found_by_kind_and_scheme(store: Store) -> None:
    first = opened(store)
    second = opened(store, amends=first)
    formal = opened(store, Kind.FORMAL)
    with store.writing() as tx:
        newest = assessments.newest(tx, "2026Q3", Kind.TRIAL, "ours")
        assert newest is not None
        assert (newest.id, newest.amends_id) == (second, first)
        assert assessments.newest(tx, "2026Q2", Kind.TRIAL, "ours") is None
        assert assessments.newest(tx, "2026Q3", Kind.TRIAL, "theirs") is None
        assert [each.id for each in assessments.every(tx, "2026Q3")] == [formal, second, first]


def test_what_is_frozen_is_read_back_as_it_was_written(store: Store) -> None:
    registry(store)
    key = opened(store)
    listed = [Listed("b", 2, "乙", "/1/2/", "县级局", "a"), Listed("a", 1, "甲", "/1/", "省厅")]
    facts = [
        Fact("b", "作品数", "7", "wechat", value=3.0, coverage=0.25),
        Fact("a", "回复率", numerator=1.0, denominator=3.0, cause="单位原因", asked=11.0),
    ]
    line = Line(
        "a", None, 0, "甲部分", "A1", "发布率", 10.0, 1.0, 3.0, 3.0, 1 / 3, 1 / 3, 10 / 3,
        "正常", 10.0, None, None, 0.0, "接口", "",
    )  # fmt: skip
    total = Total("a", "甲组", "{}", 50.0, 3.0, 0.0, 47.0, None, 47.0, "不合格", "", 0.0, 0.9, 1)
    count = Count("a", None, "E2", "内容不更新", -3.0)
    for rows in (listed, facts, [line], [count], [total]):
        assessed.add(store, key, rows)
    with store.reading() as tx:
        assert assessed.roster(tx, key) == sorted(listed, key=lambda each: each.unit)
        assert assessed.facts(tx, key) == facts
        assert assessed.facts(tx, key, "a") == facts[1:]
        assert assessed.lines(tx, key) == [line]
        assert assessed.counts(tx, key, "b") == []
        assert assessed.counts(tx, key) == [count]
        assert assessed.totals(tx, key, "a") == [total]
    with store.writing() as tx:
        assessed.clear(tx, key)
        assert assessed.facts(tx, key) == []
        assert assessed.roster(tx, key) == []


def test_an_objection_is_decided_once(store: Store) -> None:
    registry(store)
    key = opened(store)
    with store.writing() as tx:
        made = objections.raised(tx, (key, 2, "A1"), "有两件未计", 8.0, ["截图.png"], 4)
        seen = objections.get(tx, made)
        assert seen is not None
        assert (seen.state, seen.wanted, seen.files) == (Plea.RAISED, 8.0, ("截图.png",))
        assert objections.decide(tx, seen, Plea.UPHELD, (5, "属实"), 8.0)
        assert not objections.decide(tx, seen, Plea.REFUSED, (5, "不属实"), None)
        (kept,) = objections.of_assessment(tx, key)
        assert (kept.granted, kept.decided_by, kept.decided_at) == (8.0, 5, tx.stamp)


def test_a_mark_takes_two_reviewers_and_what_they_agree_on(store: Store) -> None:
    registry(store)
    key = opened(store)
    with store.writing() as tx:
        assert marks.draw(tx, key, [Drawn("A3", 2, "第一件"), Drawn("A3", 2, "第二件")]) == 2
        first, second = marks.of_assessment(tx, key)
        assert marks.give(tx, first, "first", 1, 0.8)
        assert not marks.give(tx, first, "second", 2, 0.6)
        seen = marks.get(tx, first.id)
        assert seen is not None
        assert marks.give(tx, seen, "second", 2, 0.6)
        seen = marks.get(tx, first.id)
        assert seen is not None
        assert (seen.first, seen.second, seen.agreed) == (0.8, 0.6, None)
        assert marks.agree(tx, seen, 3, 0.7)
        done = marks.get(tx, first.id)
        assert done is not None
        assert (done.agreed, done.agreed_by, second.agreed) == (0.7, 3, None)


def test_asking_in_writing_counts_as_it_was_known(store: Store) -> None:
    registry(store)
    with store.writing() as tx:
        made = asks.enter(tx, "2026Q3", 2, ("有发布周率", None), ("催补〔2026〕1号", 900))
    asked = stamp(store)
    with store.writing() as tx:
        assert asks.withdraw(tx, made)
        assert not asks.withdraw(tx, made)
    with store.reading() as tx:
        (kept,) = asks.of_period(tx, "2026Q3", asked)
        assert (kept.unit_id, kept.measure, kept.asked_at) == (2, "有发布周率", 900)
        assert asks.of_period(tx, "2026Q3", asked - 1) == []
        assert asks.of_period(tx, "2026Q3", LATEST) == []
        assert asks.of_period(tx, "2026Q2", asked) == []
