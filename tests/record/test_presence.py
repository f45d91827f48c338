"""Whether a page stands: the newest word of whoever could tell, as known at an instant."""

from dataclasses import replace

import pytest

from monitor.domain.collecting import ErrorClass, PassOutcome, Route
from monitor.domain.facts import Presence
from monitor.domain.instants import DAY
from monitor.domain.numbers import Provenance
from monitor.domain.patrol import OWN_GRADE, Look, Seen
from monitor.record import harvests, looks
from monitor.record.looks import Witness
from monitor.record.store import Store
from tests.record.builders import INTERFACE, facts_of, harvest, registry, stamp

NOON = 1_795_320_000
FEED = Route("wechat", "feed", Provenance.FEED, 0, 26)


def looked(store: Store, key: int, seen: Seen, at: int, grade: int = 3) -> None:
    with store.writing() as tx:
        look = Look(key, at, at, seen, empty=seen is Seen.OK)
        looks.save(tx, "wechat", look, Witness(grade, 7, f"{seen}{at}"))


def told_gone(store: Store, key: int, at: int, route: Route = INTERFACE) -> None:
    broken = harvest(key, route=route)
    times = {"started_at": at, "ended_at": at}
    gone = replace(broken, outcome=PassOutcome.FAILED, error=ErrorClass.GONE, **times)
    harvests.save(store, gone, None)


def presence(store: Store, key: int, at: int = NOON, known_at: int = 1 << 61) -> Presence | None:
    return facts_of(store, key, at, known_at).presence


@pytest.mark.parametrize(
    ("seen", "stands"),
    [(Seen.OK, True), (Seen.NOT_FOUND, False), (Seen.DEREGISTERED, False), (Seen.RENAMED, True)],
)
def test_the_newest_look_that_could_tell_is_told(store: Store, seen: Seen, stands: bool) -> None:
    (key,) = registry(store)
    assert presence(store, key) is None
    looked(store, key, Seen.DEREGISTERED, NOON - 9 * DAY, OWN_GRADE)
    looked(store, key, seen, NOON - 5 * DAY)
    looked(store, key, Seen.UNREACHABLE, NOON - DAY)
    told = presence(store, key)
    assert told == Presence(NOON - 5 * DAY, stands, seen.value, Provenance.PATROL, 3)
    before = presence(store, key, NOON - 5 * DAY)
    assert before is not None
    assert (before.at, before.grade) == (NOON - 9 * DAY, OWN_GRADE)


def test_an_interface_that_knows_no_account_says_so_until_it_reads_one_again(store: Store) -> None:
    (key,) = registry(store)
    harvests.save(store, harvest(key), None)
    told_gone(store, key, NOON - 3 * DAY, FEED)
    assert presence(store, key) is None
    told_gone(store, key, NOON - 3 * DAY)
    known_then = stamp(store)
    gone = presence(store, key)
    assert gone is not None
    assert (gone.stands, gone.said, gone.source) == (False, "查无此账号", Provenance.INTERFACE)
    read = replace(harvest(key), started_at=NOON - DAY, ended_at=NOON - DAY)
    harvests.save(store, read, None)
    back = presence(store, key)
    assert back is not None
    assert (back.stands, back.at) == (True, NOON - DAY)
    assert presence(store, key, known_at=known_then) == gone
