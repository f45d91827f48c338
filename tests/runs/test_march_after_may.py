"""March after May: a transfer, another rulebook, late data change no byte of what was concluded."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.actions import bulletins as acting
from monitor.actions import setting_up
from monitor.actions.sending import Sent
from monitor.domain.instants import DAY, to_second
from monitor.record import accounts, bulletins
from monitor.record.bulletins import Kept
from monitor.runs import query
from tests.actions.test_casework import to_the_unit
from tests.builders import a_post, a_unit
from tests.runs.test_bulletins import Desk, desk, enrol, four

__all__ = ["desk", "enrol", "four"]


def transferred(desk: Desk) -> None:
    """The account goes to another unit."""
    with desk.four.store.writing() as tx:
        a_unit(tx, "公安县公安局", "991022000000", 1)
        (mine,) = [each for each in accounts.all_accounts(tx) if each.id == desk.four.account]
        accounts.save(tx, [replace(mine, unit_code="991022000000")])


def another_rulebook(desk: Desk) -> None:
    """The office chooses another standard."""
    head = desk.four.people["editor"]
    setting_up.choose_standards(desk.four.store, head, desk.parts.data_dir, "gb2019", "mh2025")


def late_data(desk: Desk) -> None:
    """A post of the time that was judged turns up."""
    with desk.four.store.writing() as tx:
        a_post(tx, desk.four.account, tx.second - 70 * DAY)


def said(desk: Desk, as_of: datetime, known_at: datetime) -> bytes:
    document = query.judgements(desk.parts, as_of, known_at, None)
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize("cause", [transferred, another_rulebook, late_data])
def test_what_was_judged_named_and_printed_keeps_its_bytes_and_a_correction_stands_beside(
    desk: Desk, cause: Callable[[Desk], None]
) -> None:
    march = desk.clock()
    desk.clock.move(seconds=1)
    judged = said(desk, march, march)
    case = to_the_unit(desk.four)
    desk.clock.move(days=7)
    made = desk.draft()
    desk.issue(desk.sign(made))
    printed = desk.word(made), desk.word(made, public=True)
    desk.clock.move(days=60)
    cause(desk)
    desk.clock.move(hours=1)
    if cause is not another_rulebook:  # what was in force then: tests/runs/test_books.py
        assert said(desk, march, march) == judged
    after = desk.four.case(case.id)
    assert (after.facts, after.sha256) == (case.facts, case.sha256)
    which = desk.again(made)
    words = ("情况有变,现予说明。", "某某,027-00000000")
    amended = acting.amend(
        desk.four.store,
        desk.four.people["editor"],
        (which.id, which.version),
        words,
        Sent("amend", "k"),
        desk.house,
    )
    with desk.four.store.reading() as tx:
        correction = bulletins.get(tx, amended)
    assert isinstance(correction, Kept)
    assert correction.amends_id == made.id
    assert (desk.word(made), desk.word(made, public=True)) == printed


def test_late_data_is_seen_once_it_is_known(desk: Desk) -> None:
    march = desk.clock() - timedelta(hours=1)
    desk.clock.move(seconds=1)
    before = said(desk, march, desk.clock())
    with desk.four.store.writing() as tx:
        a_post(tx, desk.four.account, to_second(march) - DAY)
    desk.clock.move(seconds=1)
    assert said(desk, march, desk.clock()).count(b"\xe7\x9d\xa1\xe7\x9c\xa0") < before.count(
        b"\xe7\x9d\xa1\xe7\x9c\xa0"
    ), "one silence fewer"
