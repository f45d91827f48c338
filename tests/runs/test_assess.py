"""考核: frozen with its hashes, the same for ever at the same instants, put right only beside."""

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.domain.assessment import Kind, Plea, State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import DAY, from_micro, from_second
from monitor.record import asks, assessed, assessments, marks, objections, schemes
from monitor.record.marks import Drawn
from monitor.record.store import Store
from monitor.runs import assess, assess_document, assess_measuring
from monitor.runs.parts import Parts
from tests.builders import a_post
from tests.conftest import StandingClock
from tests.record.score_world import QUARTER, World, build
from tests.service.parts import some_parts

SCHEME = "hubei-police-default"
WAITED = 30.0
"""Working days from 12 October, after the period, to 23 November, when the result is made."""


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    return some_parts(sqlite_store, clock)


@pytest.fixture
def everywhere(store: Store, clock: StandingClock) -> Parts:
    """On both databases."""
    return some_parts(store, clock)


def newest(parts: Parts, kind: Kind = Kind.TRIAL) -> Assessment:
    with parts.store.reading() as tx:
        found = assessments.newest(tx, "2026Q3", kind, SCHEME)
    assert found is not None
    return found


def put(parts: Parts, *states: State) -> None:
    for state in states:
        seen = newest(parts)
        with parts.store.writing() as tx:
            assert assessments.put(tx, seen, state)


def late(parts: Parts, made: World) -> None:
    """Posts that come to be known when the quarter is long over."""
    with parts.store.writing() as tx:
        for account in made.accounts:
            for day in range(1, 80, 3):
                a_post(tx, account, QUARTER.since + day * DAY, f"办理第{day}件")


def test_the_same_instants_give_the_same_hashes_a_year_and_late_data_later(
    everywhere: Parts, clock: StandingClock
) -> None:
    parts = everywhere
    made = build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    kept = newest(parts)
    assert kept.state is State.FIRST
    assert kept.known_at is not None
    assert kept.as_of == QUARTER.until
    clock.now += timedelta(days=365)
    late(parts, made)
    at = (from_second(QUARTER.until), from_micro(kept.known_at))
    again = assess_measuring.compute(parts, SCHEME, "2026Q3", *at)
    assert (again.roster_hash, again.facts_hash) == (kept.roster_hash, kept.facts_hash)
    assert again.result.hash == kept.result_hash == assess.made_again(parts, kept.id)
    now = assess_measuring.compute(parts, SCHEME, "2026Q3")
    assert now.facts_hash != kept.facts_hash
    assert newest(parts) == kept


def test_what_is_kept_is_what_was_computed(parts: Parts) -> None:
    build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    kept = newest(parts)
    found = assess_measuring.compute(
        parts, SCHEME, "2026Q3", known_at=from_micro(kept.known_at or 0)
    )
    with parts.store.reading() as tx:
        assert assessed.lines(tx, kept.id) == list(found.result.lines)
        assert assessed.totals(tx, kept.id) == sorted(found.result.totals, key=lambda t: t.unit)
        assert assessed.counts(tx, kept.id) == list(found.result.counts)
        assert assessed.facts(tx, kept.id) == found.facts
        (moved,) = assessments.moves(tx, kept.id)
        assert kept.result_hash.startswith(moved.words.rpartition(" ")[2])
    assert {each.status for each in found.result.lines} >= {"正常", "不适用", "不计分-系统原因"}


def test_before_units_are_told_it_is_done_over_and_after_that_it_is_not(
    parts: Parts,
) -> None:
    made = build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    first = newest(parts)
    late(parts, made)
    assess.run(parts, SCHEME, "2026Q3")
    second = newest(parts)
    assert (second.id, second.amends_id) == (first.id, None)
    assert second.facts_hash != first.facts_hash
    put(parts, State.FEEDBACK)
    with pytest.raises(Conflict, match="结果反馈"):
        assess.run(parts, SCHEME, "2026Q3")


def test_late_data_after_it_was_settled_makes_another_beside_it(parts: Parts) -> None:
    made = build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    put(parts, State.FEEDBACK, State.REVIEW, State.WAITING, State.SETTLED)
    settled = newest(parts)
    with pytest.raises(Conflict, match="更正单"):
        assess.of(parts, settled.id)
    late(parts, made)
    assess.run(parts, SCHEME, "2026Q3")
    amendment = newest(parts)
    assert (amendment.amends_id, amendment.state) == (settled.id, State.FIRST)
    assert "更正单" in amendment.title
    assert amendment.result_hash != settled.result_hash
    with parts.store.reading() as tx:
        assert assessments.get(tx, settled.id) == settled
    assert assess.made_again(parts, settled.id) == settled.result_hash


def test_an_upheld_objection_and_marks_are_scored_from_what_was_frozen(
    parts: Parts,
) -> None:
    made = build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    before = newest(parts)
    put(parts, State.FEEDBACK)
    unit = made.units[1]
    with parts.store.writing() as tx:
        key = objections.raised(tx, (before.id, unit, "C3"), "有三周未计", 6.0)
        raised = objections.get(tx, key)
        assert raised is not None
        assert objections.decide(tx, raised, Plea.UPHELD, (9, "属实"), 4.5)
        marks.draw(tx, before.id, [Drawn("B3", unit, f"第{n}件") for n in range(3)])
        for mark in marks.of_assessment(tx, before.id):
            assert marks.agree(tx, mark, 9, 0.5)
    late(parts, made)
    assess.of(parts, before.id, 9)
    after = newest(parts)
    assert (after.state, after.known_at) == (State.FEEDBACK, before.known_at)
    assert after.reviewed_at is not None
    assert before.known_at is not None
    assert after.reviewed_at > before.known_at
    with parts.store.reading() as tx:
        lines = {each.indicator: each for each in assessed.lines(tx, after.id, "420102000000")}
    assert lines["C3"].share == pytest.approx(0.75)
    assert lines["C3"].points == pytest.approx(0.75 * lines["C3"].adjusted)
    assert lines["C3"].status == "正常"
    assert lines["B3"].share == pytest.approx(0.5)
    at = (from_second(QUARTER.until), from_micro(before.known_at))
    again = assess_measuring.compute(parts, SCHEME, "2026Q3", *at, from_micro(after.reviewed_at))
    assert (again.facts_hash, again.result.hash) == (after.facts_hash, after.result_hash)


def test_what_a_unit_was_asked_for_in_writing_and_did_not_give_counts_as_evidenced(
    parts: Parts,
) -> None:
    made = build(parts.store, 2)
    with parts.store.writing() as tx:
        for unit in made.units:
            asks.enter(tx, "2026Q3", unit, ("", None), ("催补1号", QUARTER.until + 11 * DAY))
    found = assess_measuring.compute(parts, SCHEME, "2026Q3")
    held = [each for each in found.facts if each.cause == "单位原因"]
    assert held
    assert {each.asked for each in held} == {WAITED}
    assert all(each.account for each in held)
    assert "按下限计" in {each.status for each in found.result.lines}


def test_a_scheme_counts_only_for_periods_after_it_was_put_in_force(
    parts: Parts,
) -> None:
    build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    with parts.store.writing() as tx:
        kept = schemes.find(tx, SCHEME, 1)
        assert kept is not None
        assert schemes.change(tx, kept, State.IN_FORCE, valid_from=QUARTER.until)
    assert assess_measuring.compute(parts, SCHEME, "2026Q3").kind is Kind.TRIAL
    assert assess_measuring.compute(parts, SCHEME, "2026Q4").kind is Kind.FORMAL


def test_what_cannot_be_assessed_says_why(parts: Parts) -> None:
    build(parts.store, 1)
    with pytest.raises(InputError, match="没有名为“没有”的考核方案"):
        assess_measuring.compute(parts, "没有", "2026Q3")
    with pytest.raises(InputError, match="没有第7版"):
        assess_measuring.compute(parts, f"{SCHEME}@7", "2026Q3")
    with pytest.raises(InputError, match="还没有开始"):
        assess_measuring.compute(parts, SCHEME, "2027Q1")
    with pytest.raises(InputError, match="没有这次考核"):
        assess.of(parts, 99)


def test_a_change_of_anything_changes_the_hash(parts: Parts) -> None:
    build(parts.store, 1)
    found = assess_measuring.compute(parts, SCHEME, "2026Q3")
    other = [replace(found.facts[0], note="另"), *found.facts[1:]]
    assert replace(found, facts=other).facts_hash != found.facts_hash
    assert replace(found, facts=list(reversed(found.facts))).facts_hash == found.facts_hash


def test_the_document_and_the_table_tell_the_same_result(parts: Parts) -> None:
    build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    found = assess_document.kept(parts, SCHEME, "2026Q3")
    told = assess_document.document(found)
    assert told["result_hash"] == newest(parts).result_hash
    assert (told["scheme"], told["kind"]) == (f"{SCHEME}@1", "试评")
    assert json.loads(json.dumps(told)) == told
    rows = list(csv.DictReader(io.StringIO(assess_document.csv(parts, found).decode("utf-8-sig"))))
    finals = {each["unit"]: each["final"] for each in told["units"]}
    assert {row["机构代码"]: float(row["最终得分"]) for row in rows if row["最终得分"]} == {
        unit: final for unit, final in finals.items() if final is not None
    }
    assert {row["结果校验码"] for row in rows} == {told["result_hash"]}
    with pytest.raises(InputError, match="还没有考核结果"):
        assess_document.kept(parts, SCHEME, "2026Q2")


def test_frozen_facts_outlive_an_attempt_to_score_them_again(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes in the middle: what was frozen, and its result, are as they were."""
    build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")
    put(parts, State.FEEDBACK)
    before = newest(parts)

    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(assessments, "note", cut)
        assess.of(parts, before.id)
    assert newest(parts) == before
    assert assess.made_again(parts, before.id) == before.result_hash


def test_while_a_first_result_is_made_anew_there_is_none(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(parts.store, 1)
    assess.run(parts, SCHEME, "2026Q3")

    def cut(*_: object, **__: object) -> None:
        raise RuntimeError("power")

    with monkeypatch.context() as patched, pytest.raises(RuntimeError):
        patched.setattr(assessed, "add", cut)
        assess.run(parts, SCHEME, "2026Q3")
    assert (newest(parts).result_hash, newest(parts).frozen_at) == ("", None)
    assess.run(parts, SCHEME, "2026Q3")
    assert assess.made_again(parts, newest(parts).id) == newest(parts).result_hash
