"""合并办理: choose the case this one goes into, and see the lines it would have then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data, markup
from monitor.actions import case_merging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.record.screens.cases import CaseLine


def candidates(visit: Visit, line: CaseLine) -> tuple[CaseLine, ...]:
    """The live cases of the same unit and office that would take this one."""
    wanted = data.cases.Wanted(unit=line.kept.place.unit_id)
    found = data.read(visit, data.cases.listing, visit.now, wanted).rows
    return tuple(each for each in found if case_merging.fits(line.kept, each.kept))


def choose(line: CaseLine, others: Sequence[CaseLine], key: str) -> int:
    """The id of the case chosen; under it what it would hold."""
    by_id = {each.kept.id: each for each in others}
    chosen = st.selectbox(
        "并入",
        list(by_id),
        format_func=lambda each: f"{by_id[each].kept.number} {by_id[each].name}",
        key=f"{key}_into",
    )
    other = by_id[chosen or next(iter(by_id))]
    rows = [(other.name, each.kind, each.sentence) for each in other.kept.case.problems]
    rows += [(line.name, each.kind, each.sentence) for each in line.kept.case.problems]
    markup.show(
        markup.note(f"合并后 {other.kept.number} 共{len(rows)}项问题，本单转为已合并："),
        markup.table(("账号", "问题", "依据"), rows),
    )
    return other.kept.id
