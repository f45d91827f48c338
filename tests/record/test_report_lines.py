"""Report lines: versions supersede, two editors are told, and only a link moves a bound."""

import pytest

from monitor.domain.instants import HOUR
from monitor.domain.report_line import NEWEST, POSTS, URL, ReportLine, StopReason
from monitor.record import report_lines, report_proofs
from monitor.record.report_lines import Author, Entry, Outcome
from monitor.record.store import Store
from tests.conftest import NOW
from tests.record.builders import account, facts_of, post, registry, rows, save

WEEK = "2026-W47"
SECOND = int(NOW.timestamp())
ANYBODY = Author()


def put(store: Store, key: int, sending: str, version: int, posts: str, submit: bool) -> Outcome:
    line = ReportLine(key, WEEK, posts=int(posts)) if submit else None
    with store.writing() as tx:
        entry = Entry(key, WEEK, {POSTS: posts}, version, line)
        return report_lines.save(tx, [entry], ANYBODY, sending)


def test_a_draft_counts_for_nothing_and_a_submission_stands(store: Store) -> None:
    (key,) = registry(store)
    assert put(store, key, "a", 0, "3", False).written == (key,)
    with store.reading() as tx:
        assert report_lines.submitted(tx, WEEK, [key]) == {}
        assert report_lines.standing(tx, WEEK, [key])[key].words == {POSTS: "3"}
    put(store, key, "b", 1, "3", True)
    put(store, key, "c", 2, "4", False)
    with store.reading() as tx:
        assert report_lines.submitted(tx, WEEK, [key])[key].line.posts == 3
        assert report_lines.standing(tx, WEEK, [key])[key].words == {POSTS: "4"}
        assert report_lines.before(tx, "2026-W48", [key]) == {key: {POSTS: "3"}}
        assert report_lines.before(tx, WEEK, [key]) == {}


def line_of(key: int, week: str, version: int, posts: int, *, submit: bool = True) -> Entry:
    line = ReportLine(key, week, posts=posts) if submit else None
    return Entry(key, week, {POSTS: str(posts)}, version, line)


def test_last_weeks_line_is_the_newest_submitted_one_of_each_account(store: Store) -> None:
    one, other, silent = registry(store, account(), account("乙", "u2"), account("丙", "u3"))
    sent = [
        line_of(one, "2026-W45", 0, 5),
        line_of(one, "2026-W46", 0, 6),
        line_of(one, "2026-W46", 1, 7),
        line_of(one, "2026-W47", 0, 8, submit=False),
        line_of(other, "2025-W52", 0, 1),
        line_of(other, "2026-W48", 0, 9),
    ]
    for number, each in enumerate(sent):
        with store.writing() as tx:
            report_lines.save(tx, [each], ANYBODY, str(number))
    with store.reading() as tx:
        every = [one, other, silent]
        last = report_lines.before(tx, "2026-W48", every)
        assert last == {one: {POSTS: "7"}, other: {POSTS: "1"}}
        assert report_lines.before(tx, "2026-W46", every) == {one: {POSTS: "5"}, other: last[other]}
        assert report_lines.before(tx, "2026-W48", [other]) == {other: {POSTS: "1"}}
        assert report_lines.before(tx, "2026-W48", []) == {}


def test_more_accounts_than_one_statement_takes_are_all_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = registry(store, *(account(f"甲{n}", f"u{n}") for n in range(5)))
    with store.writing() as tx:
        entries = [line_of(key, "2026-W45", 0, key) for key in keys]
        report_lines.save(tx, entries, ANYBODY, "k")
    monkeypatch.setattr(report_lines, "AT_ONCE", 2)
    with store.reading() as tx:
        found = report_lines.before(tx, WEEK, keys)
    assert found == {key: {POSTS: str(key)} for key in keys}


def test_the_weeks_of_an_account_are_read_the_newest_first_and_no_more(store: Store) -> None:
    (key,) = registry(store)
    for n in range(40, 47):
        with store.writing() as tx:
            report_lines.save(tx, [line_of(key, f"2026-W{n}", 0, n)], ANYBODY, str(n))
    with store.reading() as tx:
        weeks = [each.line.week for each in report_lines.of_account(tx, key, 3)]
    assert weeks == ["2026-W46", "2026-W45", "2026-W44"]


def test_the_same_sending_twice_is_one_version(store: Store) -> None:
    (key,) = registry(store)
    for _ in range(3):
        outcome = put(store, key, "a", 0, "3", True)
        assert not outcome.clashes
    assert rows(store, "SELECT version FROM report_line") == [(1,)]


def test_who_comes_second_is_told_what_stands_and_nothing_is_overwritten(store: Store) -> None:
    (key,) = registry(store)
    put(store, key, "a", 0, "3", True)
    outcome = put(store, key, "b", 0, "5", True)
    assert outcome.written == ()
    assert outcome.clashes[key].words == {POSTS: "3"}
    assert outcome.clashes[key].version == 1
    assert put(store, key, "c", 1, "5", True).written == (key,)
    assert rows(store, "SELECT version, posts FROM report_line ORDER BY version") == [
        (1, 3),
        (2, 5),
    ]


def test_a_form_sent_from_an_old_page_with_other_words_clashes(store: Store) -> None:
    (key,) = registry(store)
    put(store, key, "a", 0, "3", True)
    assert put(store, key, "a", 0, "9", True).clashes[key].words == {POSTS: "3"}


def test_two_who_say_the_same_do_not_clash(store: Store) -> None:
    (key,) = registry(store)
    put(store, key, "a", 0, "3", False)
    assert put(store, key, "b", 0, "3", False).same == (key,)
    assert put(store, key, "c", 0, "3", True).written == (key,)


def prove(store: Store, line: ReportLine) -> report_proofs.Proven:
    with store.writing() as tx:
        return report_proofs.take(tx, [(line, "wechat")])


def linked(key: int, second: int) -> ReportLine:
    url = f"https://example.test/{second}"
    return ReportLine(key, WEEK, newest_from=second, newest_until=second, url=url)


def test_a_line_without_a_link_moves_no_bound(store: Store) -> None:
    (key,) = registry(store)
    before = facts_of(store, key, SECOND)
    day = SECOND - 86_400
    prove(store, ReportLine(key, WEEK, newest_from=day, newest_until=day, comments_open=True))
    after = facts_of(store, key, SECOND)
    assert (after.newest_from, after.coverage) == (before.newest_from, before.coverage)
    assert rows(store, "SELECT count(*) FROM post") == [(0,)]
    assert rows(store, "SELECT function, measured, source FROM service_check") == [
        ("评论留言", False, "单位填报")
    ]


def test_a_linked_post_counts_and_the_silence_after_it_at_grade_one(store: Store) -> None:
    (key,) = registry(store)
    day = SECOND - 5 * 86_400
    assert prove(store, linked(key, day)) == report_proofs.Proven(posts=1, covered=1)
    facts = facts_of(store, key, SECOND)
    assert facts.newest_from == day
    (row,) = facts.coverage
    assert (row.a, row.b, row.grade) == (day + 1, SECOND - 2 * HOUR, 1)
    assert row.source.value == "单位填报"


def test_a_post_of_minutes_ago_is_looked_at_and_proves_no_silence(store: Store) -> None:
    (key,) = registry(store)
    prove(store, linked(key, SECOND - 60))
    (row,) = facts_of(store, key, SECOND).coverage
    assert row.a == row.b


def test_the_same_link_reported_again_is_one_post(store: Store) -> None:
    (key,) = registry(store)
    day = SECOND - 5 * 86_400
    prove(store, linked(key, day))
    assert prove(store, linked(key, day)).posts == 0


def test_a_link_an_interface_knows_is_the_interfaces_post(store: Store) -> None:
    (key,) = registry(store)
    day = SECOND - 5 * 86_400
    url = f"https://example.test/{day}"
    save(store, key, post("p", day, url=url, observed_at=SECOND))
    assert prove(store, linked(key, day)).posts == 0
    assert rows(store, "SELECT count(*) FROM post_key") == [(1,)]


def test_a_units_word_does_not_put_better_eyes_out(store: Store) -> None:
    (key,) = registry(store)
    save(store, key, covers=(SECOND - 30 * 86_400, SECOND - HOUR))
    prove(store, linked(key, SECOND - 20 * 86_400))
    prove(store, linked(key, SECOND - 10 * 86_400))
    assert rows(
        store, "SELECT c.grade FROM coverage_revocation r JOIN coverage c ON c.id = r.coverage_id"
    ) == [(1,)]


@pytest.mark.parametrize("reason", list(StopReason))
def test_every_reason_comes_back_as_it_went_in(store: Store, reason: StopReason) -> None:
    (key,) = registry(store)
    line = ReportLine(key, WEEK, reason=reason, keeper="否", remark="换人", comments_open=False)
    with store.writing() as tx:
        report_lines.save(tx, [Entry(key, WEEK, {NEWEST: "", URL: ""}, 0, line)], ANYBODY, "k")
    with store.reading() as tx:
        assert report_lines.of_account(tx, key, 3)[0].line == line
