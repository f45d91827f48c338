"""发: letters leave by their channel, each claimed first, so that no two processes send one."""

import logging
from datetime import datetime

from monitor.deliver import codec, dispatch
from monitor.deliver.channel import CHANNELS, Means, SmtpSettings
from monitor.deliver.robot import ROBOTS
from monitor.domain.errors import CannotRun, DeliveryError
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import office_settings, outbox, robots
from monitor.runs import frame
from monitor.runs.digest import CHANNEL
from monitor.runs.parts import MailBox, Parts

LOG = logging.getLogger(__name__)
OWNER = "scheduler"
LEASE_SECONDS = 300


def run(parts: Parts) -> RunReport | None:
    """Send what is due; writes a row of the run log only where there was something to send."""
    now = to_second(parts.now())
    outbox.lost(parts.store, now)
    with parts.store.reading() as tx:
        only = _within(parts) if office_settings.trial_until(tx, now) is not None else None
        if not outbox.waiting(tx, now, only):
            return None
    return frame.run(parts, "send", lambda _under: _send_all(parts, only))


def _within(parts: Parts) -> outbox.Only:
    """What may leave in a trial period: mail to the department's own recipients."""
    return outbox.Only(CHANNEL, parts.mail.recipients if parts.mail is not None else ())


def _send_all(parts: Parts, only: outbox.Only | None) -> RunReport:
    sent = failed = 0
    while (claimed := outbox.claim(parts.store, OWNER, LEASE_SECONDS, only)) is not None:
        if _send(parts, claimed):
            sent += 1
        else:
            failed += 1
    outcome = RunOutcome.PARTIAL if failed else RunOutcome.DONE
    return RunReport(outcome, {"送达": sent, "未送达": failed})


def _send(parts: Parts, claimed: outbox.Claimed) -> bool:
    """True where the letter left; otherwise the row says why and when it is tried again."""
    try:
        receipt = deliver(parts, claimed, parts.now())
    except DeliveryError as error:
        told = f"{error}(编号 {error.code})"
        if claimed.once and error.unknown:
            LOG.warning("不知是否送达: %s", told)
            outbox.unknown(parts.store, claimed.id, told)
            return False
        retry = dispatch.retry_at(to_second(parts.now()), claimed.attempts, error)
        LOG.warning("送达失败: %s", told)
        outbox.failed(parts.store, claimed.id, told, retry)
        return False
    outbox.sent(parts.store, claimed.id, receipt)
    return True


def deliver(parts: Parts, claimed: outbox.Claimed, at: datetime) -> str:
    """Hand one letter to its channel; the receipt it gave."""
    means = _robot(parts, claimed) if claimed.channel in ROBOTS else Means(smtp=_smtp(parts.mail))
    try:
        channel = CHANNELS.get(claimed.channel)(means)
    except CannotRun as error:
        its = error.explained
        raise DeliveryError(its.what, its.where, its.remedy) from error
    letter = codec.decode(claimed.body)
    return channel.deliver(letter, claimed.recipient, claimed.dedupe_key, at)


def _robot(parts: Parts, claimed: outbox.Claimed) -> Means:
    """A robot's own means, opened only now."""
    robot_id, vault = int(claimed.recipient.rpartition(":")[2]), parts.vault()
    with parts.store.reading() as tx:
        found = robots.opened(tx, vault, robot_id)
    if found is None:
        where, remedy = "群机器人", "请改用其他方式转告"
        raise DeliveryError("这个机器人已被撤下", where, remedy, permanent=True)
    home = {"home": parts.robots.get(claimed.channel, "")}
    return Means(options={claimed.channel: {**found, **home}})


def _smtp(mail: MailBox | None) -> SmtpSettings:
    if mail is None:
        raise DeliveryError("没有设置邮件服务器", "设置项 mail", "请在 sentinel.toml 中填写")
    return SmtpSettings(
        host=mail.host,
        sender=mail.sender,
        port=mail.port,
        security=mail.security,
        username=mail.username,
        password=mail.password,
        timeout_seconds=mail.timeout_seconds,
    )
