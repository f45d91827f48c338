"""Mail: an office without a mail server works, and is told what does not reach anybody."""

from collections.abc import Iterator

from monitor.runs.checking import Bed, Check, family, fine, unset


@family("20-mail")
def mail(bed: Bed) -> Iterator[Check]:
    """No office fails for want of mail."""
    box = bed.parts.mail
    if box is None:
        what = "没有设置邮件,周报、提醒和授权到期通知都不会发出,只能预览或复制到群"
        yield unset("邮件", what, "需要发送的,在 sentinel.toml 设置 [mail]")
    elif not box.recipients:
        what = f"邮件服务器 {box.host}:{box.port} 已设置,但周报没有收件人"
        yield unset("邮件", what, "需要发送的,在 [mail] 设置 recipients")
    else:
        yield fine("邮件", f"{box.host}:{box.port}")
