"""关停合并建议 with their reasons: for a person to take or leave, nothing follows by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import data, links, markup, say
from monitor.actions import lifecycle

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit


def show(visit: Visit) -> None:
    """One line an account; its page has the buttons."""
    found = data.read(visit, data.advising.weighed, visit.now)
    advised = [(each, lifecycle.advised(each.known)) for each in found]
    rows: list[list[str | Html]] = [
        [
            markup.joined(
                markup.link(each.name, links.account(each.account_id)),
                markup.faint(say.platform(each.platform)),
            ),
            each.unit_name,
            each.state,
            told.advice.value,
            "；".join(told.reasons),
        ]
        for each, told in advised
        if told is not None
    ]
    if not rows:
        markup.show(markup.empty("没有关停合并建议", ("长期未更新、多头、失管的账号列在这里。",)))
        return
    lead = f"建议{len(rows)}项，仅供参考：系统不自动办理，由人核实后在账号页申请关停或变更。"
    markup.show(markup.note(lead))
    markup.show(markup.table(("账号", "主办单位", "状态", "建议", "理由"), rows))
    basis = "超过90天未更新、粉丝不足500人、失管超过180天为本厅设定，无全国统一标准。"
    markup.show(markup.note(basis))
