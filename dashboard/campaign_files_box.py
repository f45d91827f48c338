"""附件 of a campaign: added and taken away while it is written, fetched by whom it is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, uploads
from monitor.actions import campaign_files, campaign_words
from monitor.actions.campaign_words import FILES
from monitor.domain.errors import InputError, SentinelError

if TYPE_CHECKING:
    from dashboard.form_sheet import FormSheet
    from dashboard.page import Visit
    from monitor.domain.campaign import File
    from monitor.record.screens.campaigns import Line

TOLD: Final = (
    "图片10 MB、视频（MP4）50 MB、Word和PDF 20 MB以内，最多10个；"
    "与文稿一起审批，换一个附件，已有签字作废。"
)
KILO: Final = 1000
MEGA: Final = 1_000_000


def edit(visit: Visit, sheet: FormSheet) -> None:
    """The files so far, and a box for more."""
    try:
        files = campaign_words.files_of(sheet.words()[FILES])
    except InputError as wrong:
        st.error(str(wrong))
        files = ()
    with st.expander(f"附件（{len(files)}个）", expanded=bool(files)):
        markup.show(markup.note(TOLD), markup.unclassified())
        for each in files:
            _kept(sheet, files, each)
        key = f"{sheet.form}#files-{len(files)}"
        dropped = uploads.several("添加图片、视频、Word", key, campaign_files.KINDS)
        if dropped and st.button("添加附件", key=f"{sheet.form}#add"):
            _add(visit, sheet, files, dropped)


def show(visit: Visit, line: Line) -> None:
    """The files of a campaign with their hashes, to be fetched."""
    for each in line.kept.content.files:
        markup.show(markup.note(f"{_told(each)}，校验码{each.sha256}"))
        made = partial(_fetch, visit, line.kept.id, each.sha256)
        st.download_button(
            f"下载附件（{each.name}）", made, each.name, on_click="ignore", key=each.sha256
        )


def _kept(sheet: FormSheet, files: tuple[File, ...], each: File) -> None:
    left, right = st.columns([4, 1])
    left.caption(_told(each))
    if right.button("移除", key=f"{sheet.form}#drop-{each.sha256[:12]}"):
        _put(sheet, tuple(other for other in files if other != each))


def _add(
    visit: Visit, sheet: FormSheet, files: tuple[File, ...], dropped: list[tuple[str, bytes]]
) -> None:
    try:
        more = [
            campaign_files.keep(visit.store, visit.person, name, content, visit.data_dir)
            for name, content in dropped
        ]
    except SentinelError as refused:
        st.error(str(refused))
        return
    _put(sheet, (*files, *more))


def _put(sheet: FormSheet, files: tuple[File, ...]) -> None:
    sheet.put(FILES, "\n".join(map(campaign_words.file_line, files)))
    st.rerun()


def _fetch(visit: Visit, campaign_id: int, digest: str) -> bytes:
    return campaign_files.fetch(visit.store, visit.person, campaign_id, digest, visit.data_dir)[1]


def _told(file: File) -> str:
    large = f"{file.size / MEGA:.1f} MB" if file.size >= MEGA else f"{file.size // KILO + 1} KB"
    return f"{file.name}（{large}）"
