"""The judge agrees with an oracle that enumerates every world the evidence allows."""

from hypothesis import assume, event, given
from hypothesis import strategies as st

from monitor.domain.finding import Judgement, Outcome
from monitor.domain.instants import OPEN
from monitor.domain.rulebook import Rulebook
from monitor.judge.evaluate import judge
from tests.judge.evidence import Look, Post, Record, measure, rulebook
from tests.judge.oracle import Book, Expected, Oracle
from tests.judge.strategies import LAST, THOROUGH, consistent, long_looks, looks, posts, records

instants = st.integers(1, LAST)


def expected(record: Record, book: Rulebook, as_of: int) -> Expected:
    limits = tuple((each.name, each.over_seconds) for each in book.classes)
    rules = Book(book.least_failing_limit, book.least_grade, book.confirm, limits)
    return Oracle(record, rules, as_of).expected()


def side(outcome: Outcome) -> str:
    return "合格" if outcome in {Outcome.OK, Outcome.HINT} else outcome.value


def answer(found: Judgement) -> tuple[object, ...]:
    return found.outcome, found.status, found.status_max, found.cutoff, found.missing


@THOROUGH
@given(records, instants, st.booleans())
def test_the_judge_says_what_every_world_says(record: Record, as_of: int, confirm: bool) -> None:
    assume(consistent(record, as_of))
    book = rulebook(confirm=confirm)
    want, found = expected(record, book, as_of), judge(measure(record, as_of), book)
    event(want.outcome)
    assert (
        side(found.outcome),
        found.status,
        found.status_max,
        found.cutoff,
        found.silence_min,
        found.silence_max,
    ) == (want.outcome, want.status, want.status_max, want.cutoff, want.least, want.most)


@THOROUGH
@given(records, instants, st.booleans())
def test_no_account_is_convicted_or_passed_against_a_world(
    record: Record, as_of: int, confirm: bool
) -> None:
    assume(consistent(record, as_of))
    book = rulebook(confirm=confirm)
    found = judge(measure(record, as_of), book)
    at = as_of if found.cutoff is None else found.cutoff
    rules = Book(book.least_failing_limit, book.least_grade, confirm, ())
    silences = [
        OPEN if each is None else each for each in Oracle(record, rules, as_of).silences(at)
    ]
    if found.outcome is Outcome.FAIL:
        assert min(silences) > book.least_failing_limit
    elif found.outcome is not Outcome.UNDECIDED:
        assert max(silences) <= book.least_failing_limit


@THOROUGH
@given(records, long_looks, looks, instants, st.booleans())
def test_more_coverage_never_takes_a_conviction_back(
    record: Record, long: Look, more: Look, as_of: int, confirm: bool
) -> None:
    record, book = record.and_(long), rulebook(confirm=confirm)
    before = judge(measure(record, as_of), book)
    if before.outcome is not Outcome.FAIL:
        return
    event("convicted")
    after = judge(measure(record.and_(more), as_of), book)
    assert after.outcome is Outcome.FAIL
    assert (after.silence_min or 0) >= (before.silence_min or 0)


@THOROUGH
@given(records, st.lists(st.one_of(posts, looks), max_size=3), instants)
def test_what_is_recorded_later_never_changes_a_past(
    record: Record, later: list[Post | Look], as_of: int
) -> None:
    known_at, book = 5, rulebook(confirm=True)
    before = judge(measure(record, as_of, known_at), book)
    late = [
        Post(each.first, each.last, recorded=known_at + 1)
        if isinstance(each, Post)
        else Look(each.a, each.b, each.fresh, recorded=known_at + 1)
        for each in later
    ]
    assert judge(measure(record.and_(*late), as_of, known_at), book) == before


@THOROUGH
@given(records, posts, instants)
def test_a_post_published_later_changes_nothing_of_the_past(
    record: Record, later: Post, as_of: int
) -> None:
    assume(later.first >= as_of)
    book = rulebook()
    facts = measure(record.and_(later), as_of)
    assert judge(facts, book) == judge(measure(record, as_of), book)


@THOROUGH
@given(records, looks, instants)
def test_a_revoked_row_is_as_if_it_had_never_been(record: Record, gone: Look, as_of: int) -> None:
    known_at, book = 5, rulebook(confirm=True)
    revoked = Look(gone.a, gone.b, gone.fresh, gone.grade, revoked=known_at)
    found = judge(measure(record.and_(revoked), as_of, known_at), book)
    assert found == judge(measure(record, as_of, known_at), book)


@THOROUGH
@given(records, instants, st.booleans())
def test_nothing_changes_by_time_alone_before_the_next_due_second(
    record: Record, as_of: int, confirm: bool
) -> None:
    record = Record(
        tuple(post for post in record.posts if post.first < as_of),
        record.looks,
        record.excuses,
        record.opened,
        record.registered,
    )
    book = rulebook(confirm=confirm)
    now = judge(measure(record, as_of), book)
    until = LAST + 12 if now.next_at is None else now.next_at
    for later in range(as_of + 1, min(until, LAST + 12)):
        then = judge(measure(record, later), book)
        assert answer(then)[:3] == answer(now)[:3], later


@THOROUGH
@given(records, instants)
def test_the_missing_stretches_are_what_no_sufficient_look_covered(
    record: Record, as_of: int
) -> None:
    book = rulebook()
    found = judge(measure(record, as_of), book)
    seen = [look for look in record.looks if look.grade >= book.least_grade]
    for a, b in found.missing:
        assert a < b
        assert not any(look.a <= second < look.b for look in seen for second in range(a, b))
