"""《信息发布审批单》 as a page to print: what was signed is filled in, the rest blank to sign."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dashboard import links, markup
from dashboard.markup import Html
from monitor.actions import approval_papers

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.approving import Shown


def show(visit: Visit, shown: Shown) -> None:
    """The form on one A4 side; the frame around it is not printed."""
    back = links.to(links.APPROVING, id=shown.line.approval_id)
    values = approval_papers.values(visit.store, visit.person, shown.line.approval_id)
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(str(text)) or '&nbsp;'}</td></tr>"
        for name, text in values.items()
        if name not in {"单位"}
    )
    markup.show(
        markup.back("返回", back),
        markup.note("按 Ctrl+P 打印；手机请用“下载审批单”。"),
        Html(
            f'<div class="ms-print"><h2>信息发布审批单</h2><p>{escape(str(values["单位"]))}</p>'
            f"<table>{rows}</table></div>"
        ),
    )
