"""Files of objections and their answers to fetch, and the sealed number of who raised one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, reveal_box
from dashboard.page import vault
from monitor.actions import objecting
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.domain.assessment_kept import KeptObjection
    from monitor.record.screens.assessing import Said

PLAIN: Final = "application/octet-stream"
SHOWN: Final = 12
"""So much of a hash is shown."""
NOTE: Final = "附件按上传时的原样下载，校验值用来核对是不是同一个文件；下载记入审计。"


def show(visit: Visit, found: Sequence[Said]) -> None:
    """A button for each file, objection by objection."""
    some = [each for each in found if each.kept.files or each.kept.answer_files]
    if not some:
        return
    total = sum(len(each.kept.files) + len(each.kept.answer_files) for each in some)
    with st.expander(f"佐证和答复附件（{total}个文件）"):
        markup.show(markup.note(NOTE))
        for each in some:
            _of(visit, each)


def _of(visit: Visit, each: Said) -> None:
    markup.show(markup.note(f"{each.unit_name} {each.kept.indicator}"))
    with st.container(horizontal=True):
        for digest in dict.fromkeys((*each.kept.files, *each.kept.answer_files)):
            name = objecting.called(each.kept, digest)
            st.download_button(
                f"下载{name}（校验值 {digest[:SHOWN]}）",
                partial(_fetched, visit, each.kept, digest),
                f"{name}{objecting.ending(visit.data_dir, digest)}",
                PLAIN,
                on_click="ignore",
                key=f"plea-file-{each.kept.id}-{digest}",
            )


def _fetched(visit: Visit, kept: KeptObjection, digest: str) -> bytes:
    return objecting.evidence(visit.store, visit.person, visit.data_dir, kept.id, digest)[1]


def phones(visit: Visit, found: Sequence[Said]) -> None:
    """A number is shown for a minute, to whoever answers objections and says why he calls."""
    if not (visit.may(Permission.REVEAL) and visit.may(Permission.ASSESS)):
        return
    known = {
        phone.id: f"{each.unit_name} {each.kept.indicator} {phone.kind.value} {phone.masked}"
        for each in found
        for phone in each.phones
    }
    if known:
        reveal_box.draw(visit, known, vault)
