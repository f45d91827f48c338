"""Channel email 邮件: a letter over SMTP; every refusal says whether trying again helps."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from typing import Final

from monitor.deliver.channel import CHANNELS, Means, SmtpSettings
from monitor.deliver.message import address, build
from monitor.domain.errors import CannotRun, DeliveryError
from monitor.domain.letter import Letter

NAME: Final = "email"
PERMANENT_FROM: Final = 500
SECURITIES: Final = ("ssl", "starttls", "none")
SERVER: Final = "邮件服务器"
ON_MAIL: Final = "请核对 sentinel.toml 的 [mail]"


class Email:
    """Sends by the office's own mail server."""

    name = NAME

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Send to one address; the receipt is the Message-ID. DeliveryError if it did not leave."""
        message = build(letter, self._settings.sender, recipient, dedupe_key, at)
        try:
            self._send(message, address(recipient, "收件地址").addr_spec)
        except (smtplib.SMTPException, OSError) as error:
            raise self._explain(error) from error
        return str(message["Message-ID"])

    def _send(self, message: EmailMessage, to: str) -> None:
        sender = address(self._settings.sender, "发件地址").addr_spec
        server = self._connect()
        try:
            self._sign_in(server)
            server.send_message(message, sender, [to])
        except BaseException:
            server.close()
            raise
        _leave(server)

    def _connect(self) -> smtplib.SMTP:
        its = self._settings
        if its.security == "ssl":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(
                its.host, its.port, timeout=its.timeout_seconds, context=context
            )
        return smtplib.SMTP(its.host, its.port, timeout=its.timeout_seconds)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        its = self._settings
        if its.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if its.username:
            server.login(its.username, its.password)

    def _explain(self, error: Exception) -> DeliveryError:
        """What went wrong in the office's words; what the server said, never what we told it."""
        where = f"{SERVER} {self._settings.host}:{self._settings.port}"
        what, remedy, permanent = _class_of(error)
        return DeliveryError(what, where, remedy, permanent=permanent)


def open_channel(means: Means) -> Email:
    """The channel; CannotRun where no mail server is set or its settings make no sense."""
    if means.smtp is None:
        raise CannotRun("没有设置邮件服务器", "设置项 mail", "请在 sentinel.toml 中填写 [mail]")
    if means.smtp.security not in SECURITIES:
        raise CannotRun(
            f"加密方式“{means.smtp.security}”不认识",
            "设置项 mail.security",
            "可选:ssl、starttls、none",
        )
    return Email(means.smtp)


CHANNELS.add(NAME, open_channel)


def _leave(server: smtplib.SMTP) -> None:
    """Say good-bye. The letter is accepted by now: trouble here must not send it again."""
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _class_of(error: Exception) -> tuple[str, str, bool]:
    """(what, remedy, permanent)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return f"收件地址被拒收:{_said(code, words)}", "请核对收件人邮箱", code >= PERMANENT_FROM
    if isinstance(error, smtplib.SMTPResponseException):
        return _refused(error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "邮件服务器不支持所设的加密或登录方式", f"{ON_MAIL} security", True
    if isinstance(error, ssl.SSLError):
        return "与邮件服务器的加密连接未能建立", f"{ON_MAIL} security、port 和证书", True
    return _broken(error)


def _refused(error: smtplib.SMTPResponseException) -> tuple[str, str, bool]:
    """The server answered, and said no: by 4xx for now, by 5xx for good."""
    said = _said(error.smtp_code, error.smtp_error)
    permanent = error.smtp_code >= PERMANENT_FROM
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"邮箱登录被拒:{said}", f"{ON_MAIL} 用户名和授权码", permanent
    remedy = "请按服务器说明处理后重新发送" if permanent else "系统会自动重试"
    return f"邮件被退回:{said}", remedy, permanent


def _broken(error: Exception) -> tuple[str, str, bool]:
    """The connection failed: nobody refused anything, so it is tried again."""
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "邮件服务器超时未应答", "系统会自动重试;持续出现请检查网络", False
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "邮件服务器中途断开连接", "系统会自动重试", False
    return "连接不上邮件服务器", f"系统会自动重试;持续出现{ON_MAIL} host、port 和网络", False


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
