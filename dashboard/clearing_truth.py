"""台账真实性: n right of N checked with its interval, by place and unit, down to the accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, links, markup, say
from dashboard.markup import Card
from monitor.actions import ledger_truth, truth_papers
from monitor.domain.errors import SentinelError
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission
from monitor.domain.truth import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.ledger_truth import Weighed
    from monitor.domain.truth import Score

OWN: Final = "省厅本级"
LISTED: Final = 100
COLUMNS: Final = ("台账账号", "已核查", "属实", "有出入", "未核查", "真实率", "抽查一致")
BASIS: Final = (
    "真实率=属实÷已核查，括号内为95%置信区间；未核查的不算属实，也不算有出入。"
    "依据为近一年的抽查、上级巡查和单位核对，以最新的第三方所见为准，单位自认有出入的从其所认；"
    "台账更正以后待再核。一次打不开不算，连续两次才算。"
)


def show(visit: Visit) -> None:
    """The whole scope, then places and units, then the accounts of the unit the address names."""
    found = ledger_truth.weighed(data.read(visit, data.truths.entries, visit.now))
    if not found:
        markup.show(markup.empty("台账里尚无账号", ("请先导入账号台账。",)))
        return
    score = ledger_truth.scored(found)
    markup.show(markup.cards(_cards(score)))
    markup.show(markup.note(BASIS))
    _files(visit)
    places = ledger_truth.by(found, lambda each: each.region)
    if len(places) > 1:
        rows = [[_place(code, some), *_cells(some)] for code, some in places.items()]
        markup.show(markup.table(("市州", *COLUMNS), rows, lesser={"抽查一致"}))
    _unit(found)


def _files(visit: Visit) -> None:
    """Made when it is asked for: fetching it is audited."""
    if not visit.may(Permission.EXPORT):
        return
    if not st.button("生成导出文件", key="truth_files"):
        return
    try:
        files = truth_papers.download(visit.store, visit.person)
    except SentinelError as refused:
        st.error(str(refused))
        return
    name, day = truth_papers.NAME, shanghai_day(visit.now)
    left, right = st.columns(2)
    left.download_button("下载工作簿（Excel）", files.book, f"{name}-{day}.xlsx", on_click="ignore")
    right.download_button("下载逐个账号（CSV）", files.text, f"{name}-{day}.csv", on_click="ignore")


def line(visit: Visit) -> None:
    """One line for other pages, with the way here."""
    found = ledger_truth.weighed(data.read(visit, data.truths.entries, visit.now))
    if found:
        way = markup.link("台账真实性", links.to(links.CLEARING, part="truth"))
        markup.show(markup.note(markup.joined(way, _told(ledger_truth.scored(found)), by="：")))


def _told(score: Score) -> str:
    return (
        f"共{score.asked:,}个账号，已核查{score.checked:,}个，其中属实{score.right:,}个"
        f"{_interval(score)}，未核查{score.unknown:,}个"
    )


def _interval(score: Score) -> str:
    if score.low is None or score.high is None:
        return ""
    return f"（{say.percent(score.low)}—{say.percent(score.high)}）"


def _cards(score: Score) -> tuple[Card, ...]:
    told = f"{score.right:,} / {score.checked:,} {_interval(score)}"
    return (
        Card("真实率", say.percent(score.share), told if score.checked else "尚无核查"),
        Card("有出入", f"{score.wrong:,}", "台账与所见不一致"),
        Card("未核查", f"{score.unknown:,}", f"共{score.asked:,}个账号"),
        Card("抽查一致", f"{score.same:,}", f"以抽查为准的{score.spotted:,}个"),
        Card("仅有单位核对", f"{score.own:,}", f"已核查的{score.checked:,}个中"),
    )


def _place(code: str, some: Sequence[Weighed]) -> Cell:
    name = some[0].entry.region_name or OWN
    return markup.link(name, links.to(links.CLEARING, part="truth", place=code or "0"))


def _cells(some: Sequence[Weighed]) -> list[Cell]:
    score = ledger_truth.scored(some)
    share = markup.joined(say.percent(score.share), markup.faint(_interval(score)))
    return [
        *(f"{each:,}" for each in (score.asked, score.checked, score.right, score.wrong)),
        f"{score.unknown:,}",
        share,
        f"{score.same:,} / {score.spotted:,}" if score.spotted else say.NONE,
    ]


def _unit(found: Sequence[Weighed]) -> None:
    place = filters.said("place")
    some = [each for each in found if place in ("", each.entry.region or "0")]
    units = ledger_truth.by(some, lambda each: each.unit_id)
    with st.expander(f"各单位（{len(units):,}个单位）", expanded=bool(place)):
        rows = []
        for key, mine in sorted(units.items(), key=lambda pair: -_wrong(pair[1])):
            href = links.to(links.CLEARING, part="truth", place=place, of=key)
            rows.append([markup.link(mine[0].entry.unit_name, href), *_cells(mine)])
        columns = ("单位", *COLUMNS)
        markup.show(markup.table(columns, rows[: 2 * LISTED], lesser={"抽查一致"}))
    chosen = filters.said("of")
    mine = [each for each in some if chosen in ("", str(each.entry.unit_id))]
    _accounts([each for each in mine if chosen or each.found.verdict is Verdict.WRONG])


def _wrong(some: Sequence[Weighed]) -> int:
    return sum(each.found.verdict is Verdict.WRONG for each in some)


def _accounts(some: Sequence[Weighed]) -> None:
    st.subheader(f"逐个账号（{len(some):,}个）", anchor=False)
    if not some:
        markup.show(markup.note("没有有出入的账号。点单位名称，列出该单位的全部账号。"))
        return
    columns = ("账号", "主办单位", "台账状态", "核查结果", "依据", "核查时间", "出入")
    markup.show(markup.table(columns, [_row(each) for each in some[:LISTED]]))
    if len(some) > LISTED:
        markup.show(markup.note(f"共{len(some):,}个，此处列出前{LISTED}个，选择单位可看其余。"))


def _row(each: Weighed) -> list[Cell]:
    entry, found = each.entry, each.found
    name = markup.link(entry.known.name, links.account(entry.account_id))
    return [
        markup.joined(name, markup.faint(say.platform(entry.platform))),
        entry.unit_name,
        entry.known.state.value,
        found.verdict.value,
        found.basis.value or say.NONE,
        say.moment(found.at),
        found.said or say.NONE,
    ]
