"""The buttons of a case that are mine, with the fields each needs, sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import case_merge, data, markup
from dashboard.form_sheet import once
from monitor.actions import case_terms, casework
from monitor.actions.case_moving import Doing, House
from monitor.actions.case_terms import Paths
from monitor.domain.account import State as Standing
from monitor.domain.case import Move, Side, State
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.domain.case_rules import CaseRules
    from monitor.record.screens.cases import CaseLine

SAID: Final = "case_said"
REASONED: Final = frozenset({Move.DISMISS, Move.UPHOLD, Move.AMEND})
TIMED: Final = frozenset({Move.SUBMIT, Move.ASK_TIME})
SELDOM: Final = frozenset({Move.RECOVERED})
"""Not offered here: new posts mark it."""
ACTIONS: Final = {
    Permission.VERIFY: casework.verify,
    Permission.ASSIGN_CASE: casework.decide,
    Permission.TRANSIT_CASE: casework.pass_on,
    Permission.RECTIFY: casework.put_right,
}
KINDS: Final = ("png", "jpg", "jpeg", "pdf")


def house(visit: Visit) -> House:
    """The office's data sheets, and where files handed in with a move are kept."""
    return House(visit.data_dir, visit.data_dir / "local" / "case_files")


def paths(line: CaseLine) -> Paths:
    """Where the parties stand."""
    return Paths(line.desk_path, line.unit_path, line.transit_path)


def show(visit: Visit, line: CaseLine) -> None:
    """One choice, its fields, one button; nothing where it is nobody's turn here."""
    offered, others = _offered(visit, line)
    if not offered:
        return
    st.subheader("办理", anchor=False)
    key = f"case_{line.kept.id}_{line.kept.version}"
    chosen = st.radio(
        "办理事项",
        range(len(offered)),
        format_func=lambda place: offered[place][0].value,
        index=_first(line, offered),
        horizontal=True,
        key=f"{key}_move",
    )
    if chosen is None:
        return
    move, side = offered[chosen]
    into = case_merge.choose(line, others, key) if move is Move.MERGE else None
    _form(visit, line, (move, side), into, key)


def _offered(visit: Visit, line: CaseLine) -> tuple[list[tuple[Move, Side]], tuple[CaseLine, ...]]:
    """The buttons that are mine, and the cases this one may be merged into."""
    buttons = case_terms.buttons(visit.person, line.kept.case, paths(line))
    offered = [each for each in buttons if each[0] not in SELDOM]
    if (Move.SHUT, Side.DESK) in offered and not _closed(visit, line):
        offered.remove((Move.SHUT, Side.DESK))
    others = case_merge.candidates(visit, line) if (Move.MERGE, Side.DESK) in offered else ()
    return [each for each in offered if others or each[0] is not Move.MERGE], others


def _closed(visit: Visit, line: CaseLine) -> bool:
    """Whether the account was closed already: else its registering ends the case by itself."""
    if not (visit.may(Permission.APPLY) or visit.may(Permission.CONFIRM)):
        return False
    found = data.read(visit, data.lives.one, visit.now, line.kept.place.account_id)
    return found is not None and found.state in {Standing.CLOSED, Standing.REMOVED}


def _form(
    visit: Visit, line: CaseLine, chosen: tuple[Move, Side], into: int | None, key: str
) -> None:
    """The fields of one move and its button."""
    move, side = chosen
    with st.form(f"{key}_form", border=True):
        markup.show(markup.unclassified())
        given = _fields(visit, line, move, key)
        given |= {} if into is None else {"into": into}
        given["said"] = st.text_area("说明", key=f"{key}_said_{move.name}", height=90)
        dropped = st.file_uploader(
            "附件(截图、扫描件，可不选)",
            type=list(KINDS),
            accept_multiple_files=True,
            key=f"{key}_files",
        )
        files = tuple((each.name, each.getvalue()) for each in dropped or ())
        if st.form_submit_button(move.value, type="primary"):
            doing = Doing(move, ((line.kept.id, line.kept.version),), files=files, **given)
            press(visit, side, doing, key)


def press(visit: Visit, side: Side, doing: Doing, form: str) -> None:
    """Send it once; what is wrong is said, what went through is told on the next run."""
    action = ACTIONS[case_terms.permission(doing.move, side)]
    if once(
        form,
        lambda sent: action(visit.store, visit.person, doing, sent, house(visit)),
        doing.move.name,
    ):
        st.session_state[SAID] = f"已办理：{doing.move}。"
        st.rerun()


def _first(line: CaseLine, offered: list[tuple[Move, Side]]) -> int:
    """The button one most likely came for: after 属实 it is 提请审核."""
    moves = [move for move, _ in offered]
    unchecked = any(each.confirmed is None for each in line.kept.case.problems)
    if line.kept.case.state is State.UNVERIFIED and not unchecked and Move.SUBMIT in moves:
        return moves.index(Move.SUBMIT)
    likely = (Move.UPHOLD, Move.GRANT, Move.CLOSE, Move.HAND_IN, Move.FORWARD)
    return next((moves.index(each) for each in likely if each in moves), 0)


def _fields(visit: Visit, line: CaseLine, move: Move, key: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    problems, rules = line.kept.case.problems, case_terms.rules(visit.data_dir)
    if move in (Move.CONFIRM, Move.DISMISS) and len(problems) > 1:
        names = {each: problem.kind for each, problem in enumerate(problems)}
        given["number"] = st.selectbox(
            "问题",
            [None, *names],
            format_func=lambda place: "全部" if place is None else names[place],
            key=f"{key}_number",
        )
    if move in REASONED:
        given["reason"] = st.selectbox("原因", list(rules.reasons), key=f"{key}_reason")
    if move is Move.SUBMIT:
        proposed = rules.measures.index(rules.measure(problems, line.kept.nth))
        given["measure"] = st.selectbox(
            "处置措施", list(rules.measures), index=proposed, key=f"{key}_measure"
        )
    if move in TIMED:
        given |= _time(rules, line, move, key)
    return given


def _time(rules: CaseRules, line: CaseLine, move: Move, key: str) -> dict[str, int]:
    """The time as the office set it for these problems, to be altered by whoever asks."""
    given = rules.term(line.kept.case.problems)
    if move is Move.SUBMIT and given.hours:
        hours = st.number_input("小时(个)", 1, value=given.hours, step=1, key=f"{key}_hours")
        return {"days": given.days, "hours": int(hours)}
    days = st.number_input(
        "工作日(个)", 1, rules.most_days, value=given.days, step=1, key=f"{key}_days"
    )
    return {"days": int(days)}
