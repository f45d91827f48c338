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

    from monitor.domain.forecast import Backtest
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
        markup.note(_right(found.backtest)),
    )


def _right(found: Backtest) -> str:
    """How often the forecast of days to breach was right; with its n, and what it has to beat."""
    head = "按账号自己的发布节奏预计7天内会不会超期，用过去核对："
    if not found.n:
        return f"{head}还没有足够的完整数据可以核对（n=0）。"
    hit, wrong = say.percent(found.hit_rate), say.percent(found.false_alarm_rate)
    ran_out = found.hit + found.missed
    return (
        f"{head}命中率{hit}（{found.hit}/{ran_out}），"
        f"误报率{wrong}（{found.false_alarm}/{found.hit + found.false_alarm}），n={found.n}；"
        f"只看剩余天数、凡可能超期都提醒的误报率为{say.percent(found.bare_rate)}。"
        "只计这段时间数据完整的账号。"
    )


def _rows(shifts: Mapping[str, Shift]) -> list[list[str]]:
    return [[name, *_figures(each)] for name, each in shifts.items()]


def _figures(each: Shift) -> tuple[str, ...]:
    return tuple(f"{value:,}" for value in (each.before, each.after, each.enter, each.leave))


def _quarter(each: Comparison) -> list[str]:
    last = shanghai_day(each.as_of) - timedelta(days=1)
    return [last.isoformat(), f"{each.accounts:,}", f"{each.moved:,}", *_figures(each.failing)]
