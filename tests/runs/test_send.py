"""Letters leave once, wait when the mail server is down, and say why in the outbox."""

from dataclasses import replace

import pytest

from monitor.deliver import codec
from monitor.domain.letter import Letter
from monitor.record import outbox
from monitor.record.store import Store
from monitor.runs import send, setup
from monitor.runs.parts import MailBox, Parts
from tests.conftest import StandingClock
from tests.deliver.letters import Mailbox, a_server
from tests.service.parts import some_parts

LETTER = Letter("周报", "正文\n", "<p>正文</p>", "群消息")


def laid_out(parts: Parts, *keys: str) -> None:
    with parts.store.writing(durable=True) as tx:
        for key in keys:
            outbox.put(tx, "email", key, "desk@example.org", codec.encode(LETTER), tx.second)


def states(parts: Parts) -> list[tuple[str, int]]:
    with parts.store.reading() as tx:
        rows = tx.conn.exec_driver_sql("SELECT state, attempts FROM outbox ORDER BY id")
        return [(row[0], row[1]) for row in rows]


@pytest.fixture
def parts(store: Store, clock: StandingClock) -> Parts:
    box = MailBox("127.0.0.1", 1, "none", "office@example.org", ("desk@example.org",))
    return setup.ready(some_parts(store, clock, mail=replace(box, timeout_seconds=5)))


def at(parts: Parts, port: int) -> Parts:
    assert parts.mail is not None
    return replace(parts, mail=replace(parts.mail, port=port))


def test_where_nothing_waits_the_run_log_stays_quiet(parts: Parts) -> None:
    assert send.run(parts) is None


def test_every_letter_leaves_once(parts: Parts) -> None:
    laid_out(parts, "a", "b", "a")
    mailbox = Mailbox()
    with a_server(mailbox) as smtp:
        report = send.run(at(parts, smtp.port))
        assert send.run(at(parts, smtp.port)) is None
    assert report is not None
    assert report.counts == {"送达": 2, "未送达": 0}
    assert len(mailbox.messages()) == 2


def test_a_server_that_is_down_delays_the_letter_and_says_so(
    parts: Parts, clock: StandingClock
) -> None:
    laid_out(parts, "a")
    report = send.run(parts)
    assert report is not None
    assert report.counts == {"送达": 0, "未送达": 1}
    assert send.run(parts) is None
    with parts.store.reading() as tx:
        (error,) = tx.conn.exec_driver_sql("SELECT error FROM outbox").one()
    assert "编号" in error
    clock.move(days=1)
    mailbox = Mailbox()
    with a_server(mailbox) as smtp:
        send.run(at(parts, smtp.port))
    assert len(mailbox.messages()) == 1
    assert states(parts)[0][1] == 2


def test_a_letter_refused_for_good_is_not_tried_again(parts: Parts, clock: StandingClock) -> None:
    laid_out(parts, "a")
    mailbox = Mailbox(answers={"RCPT": "550 no such user"})
    with a_server(mailbox) as smtp:
        send.run(at(parts, smtp.port))
        clock.move(days=30)
        assert send.run(at(parts, smtp.port)) is None
    assert mailbox.messages() == []


def test_without_a_mail_server_the_letter_waits_with_a_remedy(parts: Parts) -> None:
    laid_out(parts, "a")
    send.run(replace(parts, mail=None))
    with parts.store.reading() as tx:
        (error,) = tx.conn.exec_driver_sql("SELECT error FROM outbox").one()
    assert "sentinel.toml" in error
