"""What a 规则试算 found, drawn: who comes and goes, where, how much work, and in past quarters."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dashboard import markup, say
from dashboard.markup import Card
from monitor.domain.instants import shanghai_day
from monitor.domain.whatif import AXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.domain.whatif import Comparison, Shift, Tried

HEADS: Final = ("现行", "试算", "进入", "退出")


def show(found: Tried) -> None:
    """Cards, the classes, the places by each axis, and the quarters' ends."""
    now, *past = found.comparisons
    markup.show(
        markup.note(f"现行：{found.before}；试算：{found.after}。"),
        markup.note(f"截至{say.moment(now.as_of)}，共{now.accounts:,}个账号。"),
        markup.cards(
            (
                Card("结论有变", f"{now.moved:,}", "个账号"),
                Card("新增不合格", f"{now.failing.enter:,}", f"不再不合格 {now.failing.leave:,}"),
                Card("新增整改单", f"{now.workload:,}", "已有在办整改单的不重复计"),
            )
        ),
        markup.table(("分级或规则", *HEADS), _rows(now.classes)),
    )
    for axis in AXES:
        moved = {name: each for name, each in now.places[axis].items() if each.enter or each.leave}
        if moved:
            markup.show(markup.table((f"不合格（按{axis}）", *HEADS), _rows(moved)))
    markup.show(
        markup.table(("季度末", "账号", "结论有变", *HEADS), [_quarter(each) for each in past]),
        markup.note("季度末各列为不合格账号数；当时台账里还没有账号的，账号数为0。"),
    )


def _rows(shifts: Mapping[str, Shift]) -> list[list[str]]:
    return [[name, *_figures(each)] for name, each in shifts.items()]


def _figures(each: Shift) -> tuple[str, ...]:
    return tuple(f"{value:,}" for value in (each.before, each.after, each.enter, each.leave))


def _quarter(each: Comparison) -> list[str]:
    last = shanghai_day(each.as_of) - timedelta(days=1)
    return [last.isoformat(), f"{each.accounts:,}", f"{each.moved:,}", *_figures(each.failing)]
