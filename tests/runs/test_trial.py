"""试运行: nothing is told outward, and what is made within it says so."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.actions import setting_up
from monitor.deliver import codec
from monitor.domain.letter import Letter
from monitor.record import office_settings, outbox
from monitor.record.store import Store
from monitor.runs import books, digest, export, send, setup
from monitor.runs.parts import MailBox, Parts
from tests.conftest import StandingClock
from tests.deliver.letters import Mailbox, a_server
from tests.filled import fill_store
from tests.service.parts import some_parts

LETTER = Letter("通知", "正文\n", "<p>正文</p>", "群消息")
OWN, FOREIGN = "desk@example.org", "county@example.org"


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    box = MailBox("127.0.0.1", 1, "none", "office@example.org", (OWN,), timeout_seconds=5)
    return setup.ready(some_parts(sqlite_store, clock, mail=box))


def begin(parts: Parts) -> None:
    setting_up.begin_trial(parts.store, None, date(2026, 12, 23))


def test_letters_to_others_are_held_until_the_trial_is_over(
    parts: Parts, clock: StandingClock
) -> None:
    begin(parts)
    with parts.store.writing(durable=True) as tx:
        for channel, to in (("email", OWN), ("email", FOREIGN), ("folder", OWN)):
            outbox.put(tx, channel, f"{channel}/{to}", to, codec.encode(LETTER), tx.second)
    mailbox = Mailbox()
    with a_server(mailbox) as smtp:
        assert parts.mail is not None
        there = replace(parts, mail=replace(parts.mail, port=smtp.port))
        report = send.run(there)
        assert report is not None
        assert report.counts == {"送达": 1, "未送达": 0}
        assert send.run(there) is None
        clock.move(days=32)
        with parts.store.reading() as tx:
            assert outbox.waiting(tx, int(clock().timestamp())) == 2


def test_the_digest_and_every_table_say_that_it_is_a_trial(parts: Parts, tmp_path: Path) -> None:
    fill_store(parts.store)
    before = digest.compose(parts, "2026-W47", "")
    assert "试运行" not in before.text
    begin(parts)
    letter = digest.compose(parts, "2026-W47", "")
    for said in (letter.text, letter.html, letter.group_text):
        assert "试运行" in said
    export.run(parts, export.Request("problems"), tmp_path / "问题清单.csv")
    beside = (tmp_path / "问题清单.说明.txt").read_text("utf-8-sig")
    assert "试运行(至12月23日),结果仅供内部核对" in beside


def test_the_offices_choices_stand_before_the_settings(parts: Parts) -> None:
    assert books.own_name(parts) == "hubei-default"
    with parts.store.writing() as tx:
        office_settings.put(tx, office_settings.RULEBOOKS, {"own": "gb2019", "upper": ""}, None)
        office_settings.put(tx, office_settings.OFFICE, {"name": "某处", "deployment": "丙"}, None)
    assert books.own_name(parts) == "gb2019"
    assert books.open_books(parts).own.name == "gb2019"
    assert books.open_books(parts).upper.name == "gb2019"
    assert digest.gather(parts, date(2026, 11, 16), "").office == "某处"
