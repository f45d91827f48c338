"""A ledger dropped: whose it is, what its columns mean, what saving it would change.

The page 台账导入 and the step of the 启用向导 both show this.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import differences, uploads
from monitor.actions import ledgers
from monitor.domain.errors import SentinelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.page import Visit
    from monitor.actions.ledgers import Asked, Looked, Shape
    from monitor.domain.loading import LedgerDiff

CHOSEN: Final = "ledger_chosen"
LOOKED: Final = "ledger_looked"


def take(visit: Visit) -> LedgerDiff | None:
    """One file at a time; what was entered, in the run in which a person had it saved."""
    dropped = uploads.one("台账文件", "ledger_file")
    if dropped is None:
        return None
    asked = _asked(visit, *dropped)
    try:
        looked = _looked(visit, asked)
    except SentinelError as error:
        st.error(str(error))
        return None
    for shape in looked.shapes:
        _columns(shape)
    if looked.diff is None:
        st.warning("表头没有完全认出。请在上面指明各列含义，至少要有平台、账号名称、主办单位。")
        return None
    for each in looked.notes:
        st.caption(each)
    differences.show(looked.diff)
    return _save(visit, asked, looked, looked.diff)


def told(done: LedgerDiff) -> str:
    """What was saved, in words."""
    return f"已保存：新增{len(done.added):,}个，变更{len(done.changed):,}个。"


def _asked(visit: Visit, name: str, content: bytes) -> Asked:
    """The file with what was said of it so far."""
    chosen: Mapping[str, Mapping[str, str]] = st.session_state.get(CHOSEN, {})
    places = ledgers.places(visit.store, visit.person)
    near = next((code for code, place in places.items() if place[:2] in name), "")
    codes = ["", *places]
    unit = st.selectbox(
        "这份台账是谁的",
        codes,
        index=codes.index(near),
        format_func=lambda code: places.get(code, "本人范围内全部单位"),
        key=f"ledger_unit_{sha256(content).hexdigest()[:8]}",
        help="选了某个市州，就只更新该市州的账号，其他市州的行会列为有误。",
        filter_mode=None,
    )
    return ledgers.Asked(name, content, chosen, unit or "", visit.largest_file)


def _looked(visit: Visit, asked: Asked) -> Looked:
    """Read once for the same file and the same choices: a ledger of a province takes seconds."""
    digest = sha256(asked.content).hexdigest()
    key = (digest, repr(sorted(asked.chosen.items())), asked.unit_code, visit.person.id)
    before = st.session_state.get(LOOKED)
    if before is not None and before[0] == key:
        kept: Looked = before[1]
        return kept
    with st.spinner("正在读取并核对"):
        looked = ledgers.look(visit.store, visit.person, asked)
    st.session_state[LOOKED] = (key, looked)
    return looked


def _columns(shape: Shape) -> None:
    """What each column means, with a drop-down to correct it."""
    where = f"工作表“{shape.sheet}”" if shape.sheet else "本表"
    open_it = not shape.whole
    with (
        st.expander(f"{where}：表头在第{shape.top + 1}行，各列对应", expanded=open_it),
        st.form(f"columns_{shape.signature}", border=False),
    ):
        if shape.guessed:
            st.caption("标“待确认”的列只是相近，请核对后确认。")
        said: dict[str, str] = {}
        grid = st.columns(3)
        for place, title in enumerate(shape.titles):
            if not title or title in said:
                continue
            doubt = "（待确认）" if place in shape.guessed else ""
            said[title] = grid[len(said) % 3].selectbox(
                f"{title}{doubt}",
                ledgers.MEANINGS,
                index=ledgers.MEANINGS.index(_known(shape.meanings[place])),
                key=f"meaning_{shape.signature}_{place}",
            )
        st.form_submit_button("按此对应", on_click=_choose, args=(shape,))


def _known(meaning: str) -> str:
    return meaning if meaning in ledgers.MEANINGS else ledgers.OWN


def _choose(shape: Shape) -> None:
    """Keep what the person says of this header; it is remembered when the ledger is saved."""
    meanings = {
        title: st.session_state[f"meaning_{shape.signature}_{place}"]
        for place, title in enumerate(shape.titles)
        if f"meaning_{shape.signature}_{place}" in st.session_state
    }
    st.session_state[CHOSEN] = {**st.session_state.get(CHOSEN, {}), shape.signature: meanings}


def _save(visit: Visit, asked: Asked, looked: Looked, diff: LedgerDiff) -> LedgerDiff | None:
    skip = False
    if diff.problems:
        skip = st.checkbox("有误的行先不保存，保存其余各行", key="ledger_skip")
    entered = len(diff.added) + len(diff.changed)
    nothing = entered == 0 and not asked.chosen
    stopped = nothing or (bool(diff.problems) and not skip)
    if nothing:
        st.caption("没有需要保存的内容。")
    if not st.button("确认保存", type="primary", disabled=stopped, key="ledger_save"):
        return None
    try:
        done = ledgers.save(
            visit.store, visit.person, asked, looked.fingerprint, skip_bad_rows=skip
        )
    except SentinelError as error:
        st.session_state.pop(LOOKED, None)
        st.error(str(error))
        return None
    for key in (LOOKED, CHOSEN):
        st.session_state.pop(key, None)
    return done
