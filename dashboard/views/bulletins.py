"""通报: who may be named now and who may not yet, drafts and what was issued, each on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import bulletin_form, bulletin_sheet, data, house, links, markup, say
from dashboard.markup import Card
from dashboard.page import LEAVING, Visit, fragment, page
from monitor.actions import bulletins as acting
from monitor.actions.bulletin_issuing import sifted
from monitor.domain.bulletin import Sort, last_ended, period_of
from monitor.domain.person import Permission
from monitor.domain.running import JobState

if TYPE_CHECKING:
    from dashboard.markup import Cell
    from monitor.domain.bulletin import Candidate, Gate
    from monitor.record.screens.bulletins import BulletinLine
    from monitor.record.screens.working import JobLine

ENDED: Final = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
SHOWN: Final = 50
JOBS: Final = 3


@page(
    "bulletins",
    title="通报",
    icon=":material/campaign:",
    section=LEAVING,
    order=15,
    permission=Permission.SEE_CASES,
)
def bulletins(visit: Visit) -> None:
    """The gate, the form and the list; or the one bulletin the address names."""
    markup.style()
    wanted = links.number(st.query_params.to_dict(), "id")
    if wanted is not None:
        bulletin_sheet.show(visit, wanted)
        return
    st.title("通报", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    lines = data.read(visit, data.bulletins.listing, visit.now)
    found = _gate(visit)
    _cards(lines, found)
    if visit.may(Permission.VERIFY):
        bulletin_form.show(visit)
        _jobs(visit)
    _drafts(lines)
    _entering(found)
    _dropped(found)


def _gate(visit: Visit) -> Gate:
    """The gate as it stands now, of whatever the next bulletin might name."""
    since = last_ended(Sort.QUARTER, visit.now).since
    every = data.read(visit, data.bulletins.candidates, visit.now)
    some = [each for each in every if each.over_at is None or each.over_at >= since]
    return sifted(some, visit.now, visit.data_dir)


def _cards(lines: tuple[BulletinLine, ...], found: Gate) -> None:
    drafts = sum(each.kept.issued_at is None for each in lines)
    markup.show(
        markup.cards(
            (
                Card("草稿", f"{drafts:,}", "尚未编号印发"),
                Card("可入通报", f"{len(found.entering):,}", "已核实、告知满3个工作日、无复核"),
                Card("因程序未满不能入", f"{len(found.dropped):,}", "逐件原因见下"),
            )
        )
    )


def _jobs(visit: Visit) -> None:
    mine = _mine(visit)
    _wait(visit, sum(each.state in ENDED for each in mine))
    for each in mine:
        if each.state == JobState.FAILED:
            house.line(each, visit)


@fragment(run_every="3s")
def _wait(visit: Visit, ended: int) -> None:
    """How far a draft has come; drawn anew once one has ended."""
    mine = _mine(visit)
    if sum(each.state in ENDED for each in mine) != ended:
        st.rerun()
    for each in mine:
        if each.state not in ENDED:
            house.line(each, visit)


def _mine(visit: Visit) -> list[JobLine]:
    lines = data.read(visit, data.working.asked_by, visit.person.id, limit=SHOWN)
    return [each for each in lines if each.kind == acting.JOB][:JOBS]


def _drafts(lines: tuple[BulletinLine, ...]) -> None:
    st.subheader("草稿和已印发", anchor=False)
    if not lines:
        steps = ("按“生成草稿”选择期间。", "看过谁能入、谁不能入，再送审；签发后编号印发。")
        markup.show(markup.empty("还没有通报或提示", steps))
        return
    columns = ("期间", "种类", "文号", "入通报", "不能入", "进展", "拟写时间")
    markup.show(markup.table(columns, [_row(each) for each in lines], lesser={"拟写时间"}))


def _row(each: BulletinLine) -> tuple[Cell, ...]:
    kept = each.kept
    quarter = kept.sort is Sort.QUARTER
    return (
        markup.link(period_of(kept.period).said, links.to("bulletins", id=kept.id)),
        markup.joined(kept.sort.value, markup.faint(each.unit_name)),
        kept.number or say.NONE,
        f"{kept.entering}件" if quarter else say.NONE,
        f"{kept.dropped}件" if quarter else say.NONE,
        bulletin_sheet.standing(each),
        markup.whole(say.short(kept.drafted_at)),
    )


def _entering(found: Gate) -> None:
    st.subheader(f"现在可入通报({len(found.entering)}件)", anchor=False)
    if not found.entering:
        markup.show(markup.note("没有。核实、交办并告知单位满3个工作日后会出现在这里。"))
        return
    rows = [(*_who(each), each.case.state.value) for each in found.entering[:SHOWN]]
    markup.show(markup.table(("整改单", "账号", "单位", "问题", "状态"), rows, lesser={"状态"}))
    _more(len(found.entering))


def _dropped(found: Gate) -> None:
    st.subheader(f"因程序未满不能入({len(found.dropped)}件)", anchor=False)
    if not found.dropped:
        markup.show(markup.note("没有。"))
        return
    rows = [(*_who(each.candidate), "；".join(each.reasons)) for each in found.dropped[:SHOWN]]
    markup.show(markup.table(("整改单", "账号", "单位", "问题", "原因"), rows))
    _more(len(found.dropped))


def _who(each: Candidate) -> tuple[Cell, ...]:
    kinds = [one.kind for one in each.case.problems if one.confirmed is not False]
    unsure = "" if any(one.confirmed for one in each.case.problems) else "疑似"
    return (
        markup.link(each.number, links.case(each.case_id)),
        markup.joined(each.account, markup.faint(each.platform)),
        markup.joined(each.unit, markup.faint(each.place)),
        unsure + "、".join(kinds),
    )


def _more(total: int) -> None:
    if total > SHOWN:
        markup.show(markup.note(f"另有{total - SHOWN}件，全部见草稿或整改页。"))
