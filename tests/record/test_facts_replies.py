"""How comments were answered, against an oracle that spells out every answer."""

from dataclasses import dataclass
from statistics import median_low

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.domain.facts import Replies
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.domain.numbers import PostNumbers, Provenance
from monitor.record import facts
from monitor.record.due import due_accounts
from monitor.record.store import Store
from tests.record.builders import EXPORT, INTERFACE, LATEST, account, post, registry, save, stamp
from tests.record.judgements import AS_OF, evaluate, keep_books

NOW = 400 * DAY
SMALL = st.none() | st.integers(0, 4)


@dataclass(frozen=True)
class Word:
    """What one pass says of one post."""

    name: int
    age: int
    seen: int
    comments: int | None
    replies: int | None
    wait: int | None
    exported: bool


WORDS = st.builds(
    Word,
    name=st.integers(0, 3),
    age=st.sampled_from([1, DAY, 9 * DAY, 10 * DAY, 10 * DAY + 1, 40 * DAY]),
    seen=st.integers(-3, 2),
    comments=SMALL,
    replies=SMALL,
    wait=st.none() | st.integers(0, 9),
    exported=st.booleans(),
)


def say(store: Store, key: int, word: Word, first: int) -> None:
    numbers = PostNumbers(
        comments=word.comments, replies=word.replies, reply_seconds=word.wait, reads=word.seen + 9
    )
    seen = post(f"p{word.name}", first, observed_at=NOW + word.seen, numbers=numbers)
    save(store, key, seen, route=EXPORT if word.exported else INTERFACE)


def expected(words: list[Word], firsts: dict[int, int], days: int) -> Replies | None:
    """Post by post, the newest word that tells both; each answer as heavy as the next one."""
    inside = {name for name, first in firsts.items() if NOW - days * DAY <= first < NOW}
    told: dict[int, Word] = {}
    for word in words:
        both = word.comments is not None and word.replies is not None
        if word.name in inside and both and word.seen < 0:
            old = told.get(word.name)
            if old is None or word.seen >= old.seen:
                told[word.name] = word
    waits = [
        each.wait
        for each in told.values()
        for _ in range(each.replies or 0)
        if each.wait is not None
    ]
    sources = {
        Provenance.EXPORT if each.exported else Provenance.INTERFACE for each in told.values()
    }
    return (
        None
        if not inside
        else Replies(
            days,
            len(inside),
            len(told),
            sum(each.comments or 0 for each in told.values()),
            sum(each.replies or 0 for each in told.values()),
            median_low(waits) if waits else None,
            min((firsts[name] for name in told), default=None),
            tuple(each for each in Provenance if each in sources),
        )
    )


def measured(store: Store, key: int, known_at: int = LATEST) -> tuple[Replies, ...]:
    with store.reading() as tx:
        [alone] = facts.measure(tx, NOW, known_at, [key], (10, 30, 10))
        among = {each.account_id: each for each in facts.measure(tx, NOW, known_at, None, (10, 30))}
    assert among[key] == alone
    return alone.replies


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, max_size=7, unique_by=lambda word: (word.name, word.seen)))
def test_what_is_measured_is_what_an_oracle_counts_and_an_old_known_at_repeats(
    store: Store, words: list[Word]
) -> None:
    registry(store)
    (key,) = registry(store, account(uid=f"u{stamp(store)}", name=f"n{stamp(store)}"))
    firsts: dict[int, int] = {}
    remembered = []
    for count, word in enumerate(words, 1):
        say(store, key, word, firsts.setdefault(word.name, NOW - word.age))
        told = measured(store, key)
        oracle = [expected(words[:count], firsts, days) for days in (10, 30)]
        assert told == tuple(each for each in oracle if each is not None)
        remembered.append((stamp(store), told))
    for known_at, told in remembered:
        assert measured(store, key, known_at) == told


def test_the_median_wait_weighs_each_post_by_its_answers(store: Store) -> None:
    (key,) = registry(store)
    for name, (wait, replies) in enumerate(((1, 1), (5, 1), (9, 3))):
        say(store, key, Word(name, DAY, -1, 4, replies, wait, exported=False), NOW - DAY)
    assert [each.wait for each in measured(store, key)] == [9, 9]


def test_where_no_rulebook_asks_nothing_is_measured(store: Store) -> None:
    (key,) = registry(store)
    say(store, key, Word(0, DAY, -1, 4, 2, 9, exported=False), NOW - DAY)
    with store.reading() as tx:
        assert facts.measure(tx, NOW, LATEST, [key])[0].replies == ()
    assert measured(store, key)[0].replies == 2


def test_new_answers_make_an_account_due_only_where_a_rulebook_asks(store: Store) -> None:
    ids = keep_books(store)
    (key,) = registry(store)
    numbers = PostNumbers(comments=4, replies=0)
    save(store, key, post("p", AS_OF - DAY, observed_at=AS_OF - 9, numbers=numbers))
    evaluate(store, ids, key, Outcome.OK, next_at=AS_OF + 99 * DAY)
    more = PostNumbers(comments=4, replies=3)
    save(store, key, post("p", AS_OF - DAY, observed_at=AS_OF - 5, numbers=more))
    with store.reading() as tx:
        assert due_accounts(tx, AS_OF) == []
        assert due_accounts(tx, AS_OF, (1, 30)) == [key]
