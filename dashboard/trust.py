"""采集: 来源与等级, what each kind of source proves and what each route is worth today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say
from dashboard.markup import Html
from monitor.actions import grading
from monitor.domain.instants import DAY
from monitor.domain.numbers import Provenance

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.domain.source import Source
    from monitor.record.screens.grades import RouteLine

GRADES: Final = {
    4: "4 接口或完整导出",
    3: "3 上级或第三人巡查",
    2: "2 校准合格的购买数据",
    1: "1 单位自认",
    0: "0 只作更新的证据",
}


def show(visit: Visit) -> None:
    """The kinds of source, then the routes whose word was measured or lowered."""
    st.subheader("来源与等级", anchor=False)
    found = grading.kinds(visit.data_dir)
    columns = ("来源", "证明有更新", "证明未更新", "可否单独通报", "等级", "有效期")
    markup.show(markup.table(columns, [_kind(each) for each in found.kinds.values()]))
    lines = data.read(visit, data.grades.grades)
    told = [
        each for each in lines if each.ceiling is not None or each.source == Provenance.PURCHASED
    ]
    if not told:
        markup.show(markup.note("没有被降级或校准过的采集路线。"))
        return
    columns = ("平台", "来源", "现行等级", "召回率", "测至", "说明")
    rows = [_route(each, grading.of(found, each.source), visit.now) for each in told]
    markup.show(markup.table(columns, rows))


def _kind(each: Source) -> list[str | Html]:
    fresh = f"{each.fresh_hours}小时"
    return [each.label, each.posted, each.silent, each.alone, GRADES[each.grade], fresh]


def _route(each: RouteLine, kind: Source | None, now: int) -> list[str | Html]:
    top = kind.grade if kind is not None else 0
    grade = top if each.ceiling is None else min(top, each.ceiling)
    measured = each.measured_until
    stale = measured is not None and now - measured > grading.QUARTER_DAYS * DAY
    share = each.found / each.known if each.known and each.found is not None else None
    return [
        say.platform(each.platform),
        each.source,
        GRADES[grade],
        say.percent(share),
        markup.joined(say.moment(measured)[:10], markup.badge("提醒", "应复测") if stale else ""),
        each.reason or say.NONE,
    ]
