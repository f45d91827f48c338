"""周报: the week's digest composed to be looked at, copied into the group and handed on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, filters, house, markup
from dashboard.page import LEAVING, Visit, fragment, page
from monitor.actions import ask as asking
from monitor.actions import ledgers
from monitor.domain import letter
from monitor.domain.instants import MINUTE, shanghai_day
from monitor.domain.iso_week import say_week
from monitor.domain.person import Permission
from monitor.domain.running import JobState

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.record.screens.working import JobLine

WEEKS: Final = 8
GROUP_TEXT: Final = "群消息.txt"
UNIT_TEXTS: Final = {
    "市州周报文本.txt": "市州文本",
    "县区周报文本.txt": "县区文本",
    "市州提醒文本.txt": "市州提醒",
    "县区提醒文本.txt": "县区提醒",
}
KINDS: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".html": "text/html",
    ".csv": "text/csv",
}


@page(
    "weekly",
    title="周报",
    icon=":material/mail:",
    section=LEAVING,
    order=10,
    permission=Permission.EXPORT,
)
def weekly(visit: Visit) -> None:
    """Pick a week, have it composed, look at it; nothing leaves the house from here."""
    st.title("周报", anchor=False)
    if "/" not in visit.scope.paths:
        if not _of_city(visit):
            return
    else:
        _of_province(visit)
    found = _newest(visit)
    _wait(visit, found.job_id if found else 0)
    if found is None:
        markup.show(
            markup.empty(
                "尚未生成预览",
                (
                    "选择一周，按“生成预览”。只生成，不发送。",
                    "每周一8:00发周报、周四9:00发提醒：省厅发给设置的收件人，"
                    "市州、县区的周报发给登记了邮箱的本单位人员；没有邮箱的，从这里复制到工作群。",
                ),
            )
        )
        return
    _show(visit, found)


def _of_city(visit: Visit) -> bool:
    """A city's own digest, its figures and nobody else's; False where there is nothing to ask."""
    places = ledgers.places(visit.store, visit.person)
    if not places:
        told = ("需要本市州的周报，请与省厅宣传处联系。",)
        markup.show(markup.empty("全省周报由省厅生成", told))
        return False
    if visit.trial_until is not None:
        told = ("试运行结束后，可在这里生成本市州的周报。",)
        markup.show(markup.empty("试运行期间，结果只供省厅内部核对", told))
        return False
    left, middle, right, _ = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    with left:
        week = _week(visit)
    code = middle.selectbox(
        "市州", list(places), format_func=lambda each: places[each], filter_mode=None
    )
    if right.button("生成预览", type="primary", width="stretch"):
        key = f"preview-{visit.session.id}-{week}-{code}-{visit.now // MINUTE}"
        asking.preview_unit(visit.store, visit.person, key, week, code or "")
        st.toast("已排队，生成后本页会更新。")
    return True


def _of_province(visit: Visit) -> None:
    """The whole province's digest, or Thursday's reminder, asked for."""
    left, right, third, _ = st.columns([2, 1, 1, 1], vertical_alignment="bottom")
    with left:
        week = _week(visit)
    digest = right.button("生成预览", type="primary", width="stretch")
    thursday = third.button("周四提醒", width="stretch")
    if digest or thursday:
        week = _name(_monday(visit)) if thursday else week
        key = f"preview-{visit.session.id}-{week}-{thursday}-{visit.now // MINUTE}"
        asking.preview_now(visit.store, visit.person, key, week, thursday=thursday)
        st.toast("已排队，生成后本页会更新。")


def _week(visit: Visit) -> str:
    """The week before this one, or another of the last ones, out of the address."""
    monday = _monday(visit)
    last, *others = (_name(monday - timedelta(weeks=back)) for back in (1, 0, *range(2, WEEKS)))
    options = {each: say_week(each) for each in others}
    return filters.choose("周次", "week", options, say_week(last)) or last


def _monday(visit: Visit) -> date:
    today = shanghai_day(visit.now)
    return today - timedelta(days=today.weekday())


def _name(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"


def _newest(visit: Visit) -> JobLine | None:
    """The newest preview this person asked for that is ready."""
    lines = data.read(visit, data.working.asked_by, visit.person.id, limit=50)
    return next(
        (each for each in lines if each.kind == asking.PREVIEW and each.state == JobState.DONE),
        None,
    )


@fragment(run_every="3s")
def _wait(visit: Visit, shown: int) -> None:
    """How far it has come; the page is drawn anew once there is something newer to show."""
    lines = data.read(visit, data.working.asked_by, visit.person.id, limit=50)
    mine = [each for each in lines if each.kind == asking.PREVIEW]
    if mine and mine[0].state == JobState.DONE and mine[0].job_id > shown:
        st.rerun()
    for each in mine[:1]:
        if each.state != JobState.DONE:
            house.line(each, visit)


def _show(visit: Visit, job: JobLine) -> None:
    """The text for the group, the chart, the letter as text, and every file to take along."""
    files = _files(visit.data_dir / "local" / "previews" / str(job.job_id))
    if not files:
        markup.show(markup.empty("预览已清理", ("请重新生成。",)))
        return
    group = files.pop(GROUP_TEXT, None)
    if group is not None:
        st.subheader("复制到工作群", anchor=False)
        st.code(group.read_text("utf-8-sig"), language=None, wrap_lines=True)
    _units(files)
    for path in (each for each in files.values() if each.suffix == ".png"):
        st.image(path.read_bytes())
    for path in (each for each in files.values() if each.suffix == ".txt"):
        st.subheader("正文", anchor=False)
        st.code(path.read_text("utf-8-sig"), language=None, wrap_lines=True)
    st.subheader("附件与邮件", anchor=False)
    for name, path in files.items():
        if path.suffix in KINDS:
            st.download_button(
                f"下载 {name}",
                path.read_bytes,
                file_name=name,
                mime=KINDS[path.suffix],
                on_click="ignore",
                key=f"weekly-{job.job_id}-{name}",
            )


def _units(files: dict[str, Path]) -> None:
    """The texts for prefectures and counties, taken out of the files."""
    for name, label in UNIT_TEXTS.items():
        path = files.pop(name, None)
        texts = {} if path is None else letter.split(path.read_text("utf-8-sig"))
        if texts:
            _unit(label, texts)


def _unit(label: str, texts: dict[str, str]) -> None:
    """The text for one prefecture or county, to be copied into its group."""
    st.subheader(label, anchor=False)
    names = list(texts)
    chosen = st.selectbox(f"选择{label[:2]}", names, key=f"weekly-{label}")
    st.code(texts[chosen or names[0]], language=None, wrap_lines=True)


def _files(place: Path) -> dict[str, Path]:
    """The preview's files by name; it lies in one folder named by its subject."""
    return {path.name: path for path in sorted(place.glob("*/*")) if path.is_file()}
