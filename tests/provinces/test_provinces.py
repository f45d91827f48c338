"""Generated provinces: nobody is accused wrongly, and what can be proven is."""

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from monitor.domain.finding import Judgement, Outcome
from monitor.domain.rulebook import Rulebook
from monitor.record.store import Store, open_store
from monitor.runs import books
from monitor.runs.evaluate import evaluate
from tests import generated
from tests.provinces.living import Clock, Life, lived
from tests.provinces.story import DAY, FIRST, HOUR, Resident, at, told
from tests.provinces.walk import Paper, Row, Standard, Walk

IN_A_STORE = 20
STORES = generated.PROVINCES // IN_A_STORE if generated.DEEP else 5
"""A hundred provinces, or ten thousand."""
INSTANTS = ((30, 40), (52, 70), (68, 70), (70, 70))
"""Days judged, and the day up to which evidence counts."""
FLOOR = (FIRST - 60 * DAY) // HOUR
BEGINNING = -(1 << 40)
EXCUSED = "停更报批"


@pytest.fixture(scope="module", params=range(STORES))
def life(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Life]:
    path = tmp_path_factory.mktemp("provinces") / "store.db"
    shutil.copy(sqlite_template, path)
    clock = Clock()
    store: Store = open_store(f"sqlite:///{path}", clock)
    with lived(told(request.param, IN_A_STORE), store, clock) as life:
        yield life
        generated.lived["provinces"] += IN_A_STORE
    store.close()


class Record:
    """What a store holds, read plainly, as it was known at a stamp."""

    def __init__(self, life: Life, known: int) -> None:
        self.known = known
        with life.parts.store.reading() as tx:
            self.conn = tx.conn
            self.ceilings = dict(
                self._all(
                    "SELECT route_id, ceiling FROM route_ceiling WHERE recorded_at <= :known"
                    " ORDER BY recorded_at"
                )
            )
            self.coverage = self._by_account(
                "SELECT c.account_id, c.a, c.b, c.grade, c.fresh_s, c.looked_at, r.confirm_s,"
                " c.route_id FROM coverage c JOIN route r ON r.id = c.route_id"
                " WHERE c.recorded_at <= :known AND NOT EXISTS (SELECT 1 FROM coverage_revocation v"
                " WHERE v.coverage_id = c.id AND v.recorded_at <= :known)"
            )
            self.posts = self._by_account(
                "SELECT account_id, published_from, published_until FROM post"
                " WHERE recorded_at <= :known AND superseded_at > :known"
            )

    def _all(self, asked: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.conn.execute(text(asked), {"known": self.known})]

    def _by_account(self, asked: str) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = {}
        for key, *values in self._all(asked):
            found.setdefault(key, []).append(tuple(values))
        return found

    def paper(self, each: Resident, book: Rulebook) -> Paper:
        """What stands of one account for one standard."""
        rows = []
        ends = {until for _, until in self.posts.get(each.id, ())}
        for a, b, grade, fresh, looked, confirm, route in self.coverage.get(each.id, ()):
            worth = min(grade, self.ceilings.get(route, grade))
            if a < b and worth >= book.least_grade:
                first = max(-(-a // HOUR), FLOOR)
                if first >= b // HOUR and a - 1 in ends:
                    # Somebody looked within the hour of the post he saw: the rest of it was seen.
                    first = a // HOUR
                rows.append(Row(first, b // HOUR, fresh // HOUR, looked, confirm))
        excused = frozenset[int]()
        if each.excuse is not None and EXCUSED in book.excused_kinds:
            excused = frozenset(range(each.excuse[0] // HOUR, each.excuse[1] // HOUR))
        posts = [(a // HOUR, b // HOUR) for a, b in self.posts.get(each.id, ())]
        opened = each.opened // HOUR, (each.opened + DAY - 1) // HOUR
        return Paper(rows, posts, opened, excused, bool(posts))


def standard(book: Rulebook) -> Standard:
    """The numbers of a rulebook in days."""
    classes = [(c.name, c.over_seconds // DAY, c.outcome.value) for c in book.classes]
    never = book.never_updated
    return Standard(classes, book.confirm, None if never is None else never.over_seconds // DAY)


def judged(life: Life, day: int, known: int) -> list[tuple[Rulebook, dict[int, Judgement]]]:
    """Both standards' judgements of all accounts."""
    opened = books.open_books(life.parts)
    with life.parts.store.reading() as tx:
        found = evaluate(tx, opened, at(day, 10), known)
    own = {facts.account_id: mine for facts, mine, _ in found}
    upper = {facts.account_id: theirs for facts, _, theirs in found}
    return [(opened.own, own), (opened.upper, upper)]


def new(each: Resident, book: Rulebook, now: int) -> bool:
    """Whether its age alone keeps it out."""
    grace = book.grace
    return grace is not None and now <= each.opened + DAY - 1 + grace.seconds


@pytest.mark.parametrize(("day", "until"), INSTANTS)
def test_what_is_judged_is_what_a_naive_walk_says(life: Life, day: int, until: int) -> None:
    now, known = at(day, 10), at(until, 10) * 1_000_000
    record = Record(life, known)
    for book, found in judged(life, day, known):
        for each in life.story.residents:
            got = found[each.id]
            if each.opened >= now or new(each, book, now):
                assert got.outcome is Outcome.NOT_COUNTED
            else:
                outcome, name, cutoff = Walk(
                    record.paper(each, book), standard(book), now // HOUR
                ).answer()
                told_at = None if got.cutoff is None else got.cutoff // HOUR
                assert (got.outcome.value, got.status, told_at) == (outcome, name, cutoff), each
            generated.lived.update(("judged", got.outcome.value))


@pytest.mark.parametrize(("day", "until"), INSTANTS)
def test_nobody_is_convicted_who_posted(life: Life, day: int, until: int) -> None:
    """By what really stood on the page while somebody looked, whatever the store says."""
    for book, found in judged(life, day, at(until, 10) * 1_000_000):
        for each in life.story.residents:
            got = found[each.id]
            if got.outcome is Outcome.FAIL:
                assert got.cutoff is not None
                stood = each.stood(life.story.down_on, at(until, 10))
                before = [p.published_at for p in stood if p.published_at < got.cutoff]
                last = max([each.opened, *before])
                excused = 0
                if each.excuse is not None and EXCUSED in book.excused_kinds:
                    a, b = max(each.excuse[0], last), min(each.excuse[1], got.cutoff)
                    excused = max(0, b - a)
                wrong = got.cutoff - last - excused <= book.least_failing_limit
                generated.lived["posted"] += wrong
                assert not wrong, each


def test_every_kind_of_answer_occurs(life: Life) -> None:
    found = Counter(
        got.outcome.value
        for day, until in INSTANTS
        for _, answers in judged(life, day, at(until, 10) * 1_000_000)
        for got in answers.values()
    )
    assert {"正常", "提醒", "不合格", "暂不作认定", "不纳入"} == set(found), found


def test_every_look_tells_the_truth(life: Life) -> None:
    """What a look covers and still stood when it was taken is known."""
    record = Record(life, 1 << 61)
    for each in life.story.residents:
        stretches = [(a, b) for a, b in record.posts.get(each.id, ())]
        for a, b, _, _, looked, *_ in record.coverage.get(each.id, ()):
            for post in each.standing(looked):
                if a <= post.published_at < b:
                    assert any(x <= post.published_at <= y for x, y in stretches), (each, post)
