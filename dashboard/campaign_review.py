"""复盘: what a campaign came to, beside earlier ones and drills, and a Word file to take along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say
from dashboard.markup import Card
from monitor.actions import campaign_reviewing
from monitor.domain.errors import SentinelError
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.domain.campaign_review import Effect, Past, Review
    from monitor.record.screens.campaigns import Line

MADE: Final = "campaign_summary_{}"
LESSER: Final = frozenset({"下达", "九成用时"})
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(visit: Visit, line: Line) -> None:
    """Figures first, then their sentences, then the comparison and the file."""
    found = data.read(visit, data.campaign_review.material, visit.now, line.kept.id)
    if found is None:
        markup.show(markup.empty("下达后在这里复盘", ("截止后的数字最全，进行中也可以先看。",)))
        return
    review = campaign_reviewing.review(found, visit.now)
    markup.show(_cards(review), markup.pairs(campaign_reviewing.told(review)))
    st.subheader("与以往比较", anchor=False)
    rows = [_row(each, here=each is review.itself) for each in (review.itself, *review.beside)]
    markup.show(markup.table(campaign_reviewing.COLUMNS, rows, lesser=LESSER))
    markup.show(markup.note(campaign_reviewing.drills(review)))
    if visit.may(Permission.EXPORT):
        _paper(visit, line)


def _cards(review: Review) -> Html:
    itself = review.itself
    return markup.cards(
        (
            Card(
                "半数用时",
                campaign_reviewing.minutes(itself.median),
                f"九成{campaign_reviewing.minutes(itself.ninetieth)}",
            ),
            Card(
                "已发布",
                say.percent(itself.share),
                f"截止前{say.percent(itself.in_time)}，应发{itself.asked:,}个",
            ),
            Card("阅读播放", _times(review.reach), _covered(review.reach)),
            Card("互动", _times(review.response), _covered(review.response)),
        )
    )


def _times(found: Effect) -> str:
    return "暂不比较" if found.middle is None else f"平时的{found.middle:.2f}倍"


def _covered(found: Effect) -> str:
    return f"可比{found.measured:,}个/已发布{found.published:,}个"


def _row(past: Past, *, here: bool) -> tuple[markup.Cell, ...]:
    first, *rest = campaign_reviewing.cells(past)
    named = markup.joined(first, markup.faint("本次" if here else past.number))
    return (named, *rest)


def _paper(visit: Visit, line: Line) -> None:
    """Made when it is asked for: it is an export, and stands in the audit."""
    key = MADE.format(line.kept.id)
    if st.button("生成总结(Word)", key=f"{key}_make"):
        try:
            st.session_state[key] = campaign_reviewing.summary(
                visit.store, visit.person, line.kept.id, visit.data_dir
            )
        except SentinelError as error:
            st.error(str(error))
            return
    if key in st.session_state:
        name = f"协同发声总结-{line.kept.number}.docx"
        st.download_button(
            f"下载 {name}", st.session_state[key], file_name=name, mime=WORD, on_click="ignore"
        )
