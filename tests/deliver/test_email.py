"""Letters over a real SMTP server: what arrives, and what is said when nothing does."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from monitor.deliver.channel import CHANNELS, Means, SmtpSettings
from monitor.domain.errors import CannotRun, DeliveryError
from tests.deliver.letters import AT, NAMES, PNG, SUBJECT, Mailbox, _signs_in, a_letter, a_server

TO = "office@example.cn"


def send(settings: SmtpSettings, to: str = TO, key: str = "digest/2026-W47/all") -> str:
    return CHANNELS.get("email")(Means(smtp=settings)).deliver(a_letter(), to, key, AT)


def refused(settings: SmtpSettings, to: str = TO) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(settings, to)
    return caught.value


@contextmanager
def a_box(**answers: str) -> Iterator[tuple[Mailbox, SmtpSettings]]:
    mailbox = Mailbox(answers=answers)
    with a_server(mailbox) as settings:
        yield mailbox, settings


def test_a_letter_arrives_whole_with_its_picture_and_three_chinese_files() -> None:
    with a_box() as (mailbox, settings):
        receipt = send(settings)
    (message,) = mailbox.messages()
    assert message["Subject"] == SUBJECT
    assert message["Message-ID"] == receipt
    assert message["To"].addresses[0].addr_spec == TO
    assert message["From"].addresses[0].display_name == "省厅宣传处(演示)"
    assert message["Date"].datetime == AT
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == a_letter().text.splitlines()
    assert "cid:places" in html.get_content()
    files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert tuple(files) == NAMES
    assert files[NAMES[0]].startswith("﻿列")


def test_the_parts_are_nested_as_mail_programs_expect() -> None:
    with a_box() as (mailbox, settings):
        send(settings)
    (message,) = mailbox.messages()
    assert message.get_content_type() == "multipart/mixed"
    alternative = next(message.iter_parts())
    assert alternative.get_content_type() == "multipart/alternative"
    plain, related = alternative.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert related.get_content_type() == "multipart/related"
    html, picture = related.iter_parts()
    assert html.get_content_type() == "text/html"
    assert picture["Content-ID"] == "<places>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content() == PNG


def test_programs_that_look_for_the_name_in_the_content_type_find_it_there() -> None:
    with a_box() as (mailbox, settings):
        send(settings)
    (message,) = mailbox.messages()
    assert [part.get_param("name") for part in message.iter_attachments()] == list(NAMES)
    raw = mailbox.accepted[0].original_content or b""
    assert max(len(line) for line in raw.splitlines()) <= 100


def test_a_letter_sent_again_has_the_same_id_and_another_has_another() -> None:
    with a_box() as (_, settings):
        first, again, other = send(settings), send(settings), send(settings, key="digest/2026-W48")
    assert first == again != other


def test_a_refused_recipient_is_permanent_and_names_what_the_server_said() -> None:
    with a_box(RCPT="550 no such mailbox") as (mailbox, settings):
        error = refused(settings)
    assert error.permanent
    assert "收件地址被拒收:550 no such mailbox" in error.explained.what
    assert error.explained.remedy == "请核对收件人邮箱"
    assert not mailbox.accepted


def test_a_greylisting_server_is_tried_again() -> None:
    with a_box(RCPT="451 greylisted, try later") as (_, settings):
        assert not refused(settings).permanent


@pytest.mark.parametrize(("answer", "permanent"), [("554 spam", True), ("452 disk full", False)])
def test_a_letter_sent_back_is_permanent_by_5xx_and_temporary_by_4xx(
    answer: str, permanent: bool
) -> None:
    with a_box(DATA=answer) as (_, settings):
        error = refused(settings)
    assert error.permanent is permanent
    assert f"邮件被退回:{answer}" in error.explained.what


def test_a_server_that_is_down_is_named_and_tried_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    error = refused(SmtpSettings("127.0.0.1", "desk@example.cn", port=port, security="none"))
    assert not error.permanent
    assert error.explained.what == "连接不上邮件服务器"
    assert f"127.0.0.1:{port}" in error.explained.where


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_server_that_hangs_up_midway_is_tried_again(step: str) -> None:
    with a_box() as (mailbox, settings):
        mailbox.hangs_up_at = step
        error = refused(settings)
    assert not error.permanent
    assert error.explained.what == "邮件服务器中途断开连接"


def test_a_server_that_hangs_up_after_accepting_has_got_the_letter() -> None:
    with a_box() as (mailbox, settings):
        mailbox.hangs_up_at = "QUIT"
        assert send(settings)
    assert len(mailbox.accepted) == 1


def test_a_server_that_never_answers_is_given_up_in_time() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        settings = SmtpSettings("127.0.0.1", "a@b.cn", port, "none", timeout_seconds=0.2)
        error = refused(settings)
    assert not error.permanent
    assert error.explained.what == "邮件服务器超时未应答"


def test_a_wrong_password_is_permanent_and_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="monitor")
    options = {"authenticator": _signs_in, "auth_require_tls": False}
    with a_server(Mailbox(), **options) as settings:
        wrong = replace(settings, username="desk", password="hunter2")
        error = refused(wrong)
    assert error.permanent
    assert "邮箱登录被拒" in error.explained.what
    assert "hunter2" not in f"{error} {error!r} {wrong!r} {caplog.text}"


def test_the_right_password_is_let_in() -> None:
    mailbox = Mailbox()
    options = {"authenticator": _signs_in, "auth_require_tls": False}
    with a_server(mailbox, **options) as settings:
        assert send(replace(settings, username="desk", password="right"))
    assert len(mailbox.accepted) == 1


def test_a_server_without_encryption_is_not_trusted_where_it_is_asked_for() -> None:
    with a_server(Mailbox()) as settings:
        starttls = refused(replace(settings, security="starttls"))
        tls = refused(replace(settings, security="ssl"))
    assert starttls.permanent
    assert tls.permanent
    assert "加密" in starttls.explained.what
    assert "加密" in tls.explained.what


@pytest.mark.parametrize("to", ["", "nobody", "a@", "@b.cn", "a@b.cn\r\nBcc: c@d.cn", "张三@b.cn"])
def test_an_address_no_server_would_take_is_refused_before_connecting(to: str) -> None:
    error = refused(SmtpSettings("127.0.0.1", "desk@example.cn", port=9, security="none"), to)
    assert error.permanent
    assert "不是有效的邮箱地址" in error.explained.what


def test_a_machine_without_a_mail_server_says_where_to_set_one() -> None:
    with pytest.raises(CannotRun, match="没有设置邮件服务器"):
        CHANNELS.get("email")(Means())


def test_an_unknown_kind_of_encryption_is_refused_by_name() -> None:
    with pytest.raises(CannotRun, match="可选:ssl、starttls、none"):
        CHANNELS.get("email")(Means(smtp=SmtpSettings("h", "a@b.cn", security="tls")))
