"""认定标准, revisions: begun from a copy, compared, tried, made final by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, links, markup, say, standard_form, standard_lines
from dashboard.form_sheet import FormSheet, once
from dashboard.page import vault
from dashboard.tried import show as show_tried
from monitor.actions import standard_sheets as sheets
from monitor.actions import standards as acting
from monitor.actions import trying
from monitor.actions.standards import Copy, Pressed
from monitor.domain.person import Permission
from monitor.domain.running import JobState
from monitor.domain.standard import State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from dashboard.standard_lines import Sheet
    from monitor.actions.sending import Sent
    from monitor.domain.standard import Draft
    from monitor.record.screens.standards import Held, Written

BASE: Final = "以哪一份为底"
TITLE: Final = "标准名称"
OURS: Final = "benting"
"""What the office's own revisions are called in commands and files."""
PAGE: Final = "standards"
TONES: Final = {State.FINAL: "正常", State.DROPPED: "不纳入", State.RETURNED: "不合格"}
OPEN_STATES: Final = (State.DRAFT, State.RETURNED)
SHOWN: Final = 30


def every(visit: Visit, history: Sequence[Held]) -> None:
    """The list, and the form that begins one."""
    found = data.read(visit, data.standards.drafts)
    if not found:
        todo = (
            "在下面选一份标准作底，起草修订。",
            "改好后与现行标准对比，做规则试算。",
            "提请定稿，由另一位科室负责人定稿；自生效日起用。",
        )
        markup.show(markup.empty("还没有修订过", todo))
    else:
        columns = ("标准", "状态", "起草", "最近改动")
        markup.show(markup.table(columns, [_row(each) for each in found]))
    _begin(visit, history)


def _row(each: Written) -> tuple[Cell, ...]:
    draft = each.draft
    return (
        markup.link(_called(draft), links.to(PAGE, id=draft.id)),
        _badge(draft),
        each.drafter,
        say.moment(each.changed_at),
    )


def _called(draft: Draft) -> str:
    return standard_lines.called(draft.text)


def _badge(draft: Draft) -> markup.Html:
    return markup.badge(TONES.get(draft.state, "提醒"), draft.state.value)


def _bases(visit: Visit, history: Sequence[Held]) -> dict[str, str]:
    """What may be copied: the office's own that were final, then the presets; titles by name."""
    own = {
        f"{each.term.name}@{each.term.version}": standard_lines.called(each.text)
        for each in history
        if not each.term.upper
    }
    shipped = {
        name: standard_lines.called(text)
        for name, text in sheets.presets(visit.data_dir).items()
        if not sheets.kept(text).upper
    }
    mine = {key: title for key, title in own.items() if key.partition("@")[0] not in shipped}
    return mine | shipped


def _begin(visit: Visit, history: Sequence[Held]) -> None:
    bases = _bases(visit, history)
    first = next((key for key in bases if "@" in key), standard_lines.OWN_DEFAULT)
    with st.expander("起草修订"):
        sheet = FormSheet(visit, "standards-new", {BASE: first, TITLE: "本厅口径"})
        sheet.begin()
        st.selectbox(
            BASE,
            list(bases),
            format_func=lambda key: bases[key],
            filter_mode=None,
            **sheet.field(BASE),
        )
        markup.show(markup.unclassified())
        st.text_input(TITLE, max_chars=acting.LONGEST_TITLE, **sheet.field(TITLE))
        st.caption("上级口径不能修订。起草只是一份草稿，不影响现行标准。")
        if st.button("起草", type="primary", key="standards-begin"):
            _send(visit, sheet)


def _send(visit: Visit, sheet: FormSheet) -> None:
    said = sheet.words()
    made: list[int] = []

    def work(sent: Sent) -> None:
        base = said[BASE]
        name = base.partition("@")[0] if "@" in base else OURS
        copy = Copy(base, name, said[TITLE])
        made.append(acting.begin(visit.store, visit.person, visit.data_dir, copy, sent))

    if sheet.send(work):
        st.query_params.from_dict({"id": str(made[0])})
        st.rerun()


def compare(visit: Visit, history: Sequence[Held]) -> None:
    """Any two: what is in force, what was, drafts, presets."""
    every = _all(visit, history)
    keys = list(every)
    left, right = st.columns(2)
    one = left.selectbox(
        "一份",
        keys,
        format_func=lambda key: every[key].called,
        key="standards-left",
        filter_mode=None,
    )
    other = right.selectbox(
        "另一份",
        keys,
        index=min(1, len(keys) - 1),
        format_func=lambda key: every[key].called,
        key="standards-right",
        filter_mode=None,
    )
    before, after = every[one], every[other]
    found = sheets.compared(before.text, after.text)
    markup.show(standard_lines.differing(found, before.called, after.called))


def _all(visit: Visit, history: Sequence[Held]) -> dict[str, Sheet]:
    """Every rulebook there is to compare, what is in force first, each once."""
    now = standard_lines.present(visit, history, upper=False)
    found = {now.text: standard_lines.Sheet(f"{now.called}（现行）", now.text)}
    drafts = [each.draft for each in data.read(visit, data.standards.drafts)][:SHOWN]
    for draft in drafts:
        told = standard_lines.Sheet(f"{_called(draft)}（{draft.state}）", draft.text)
        found.setdefault(draft.text, told)
    texts = [each.text for each in history] + list(sheets.presets(visit.data_dir).values())
    for text in texts:
        found.setdefault(text, standard_lines.Sheet(standard_lines.called(text), text))
    return {str(number): each for number, each in enumerate(found.values())}


def one(visit: Visit, written: Written | None) -> None:
    """One revision: where it stands, what it changes, what a trial found, and its form."""
    markup.show(markup.back("返回修订列表", links.to(PAGE, tab="drafts")))
    if written is None:
        markup.show(markup.empty("没有这份修订", ("请从列表重新打开。",)))
        return
    draft = written.draft
    st.title(_called(draft), anchor=False)
    afterwards.show("standards")
    markup.show(markup.note(markup.joined(_badge(draft), _told(written), by=" ")))
    if draft.state is State.RETURNED:
        told = data.read(visit, data.standards.draft, draft.id, vault())
        words = told.words if told is not None else ""
        st.warning(f"{written.decider}退回：{words or '（理由已过保存期限）'}")
    _buttons(visit, draft)
    _compared(visit, draft)
    _tried(visit, draft)
    if draft.state in OPEN_STATES:
        standard_form.show(visit, draft)
    else:
        with st.expander("全文"):
            markup.show(standard_lines.table(sheets.lines(draft.text)))


def _told(written: Written) -> str:
    draft = written.draft
    begins = sheets.kept(draft.text).valid_from
    said = [f"{written.drafter}起草", f"拟自{begins}起生效"]
    if draft.state is State.WAITING:
        said.append(f"{written.submitter}提请定稿")
    if draft.state is State.FINAL:
        said = [f"{written.drafter}起草", f"{written.decider}定稿", f"自{begins}起生效"]
    return "，".join([*said, f"最近改动{say.moment(written.changed_at)}"]) + "。"


def _buttons(visit: Visit, draft: Draft) -> None:
    both = st.container(horizontal=True)
    store, person, place = visit.store, visit.person, visit.data_dir
    seen = Pressed(draft.id, draft.edits)
    if draft.state in OPEN_STATES:
        if both.button("提请定稿", type="primary", key="standards-submit"):
            _press(draft, "submit", lambda sent: acting.submit(store, person, place, seen, sent))
        if both.button("作废", key="standards-drop"):
            _press(draft, "drop", lambda sent: acting.drop(store, person, seen, sent))
    elif draft.state is State.WAITING and visit.may(Permission.FINALISE):
        if both.button("定稿", type="primary", key="standards-final"):
            _press(draft, "final", lambda sent: acting.finalise(store, person, place, seen, sent))
        _return(visit, draft)
    elif draft.state is State.WAITING:
        markup.show(markup.note("等另一位科室负责人定稿；其间不能改动。"))


SAID: Final = {
    "submit": "已提请定稿，由另一位科室负责人办理。",
    "drop": "已作废；草稿仍留在列表里。",
    "final": "已定稿，自生效日起用；此前的日子仍按当时的标准。",
    "back": "已退回修改。",
}


def _press(draft: Draft, part: str, work: Callable[[Sent], object]) -> None:
    if once(f"standard-{draft.id}", work, f"{part}-{draft.edits}"):
        afterwards.tell("standards", SAID[part])


def _return(visit: Visit, draft: Draft) -> None:
    with st.expander("退回修改"):
        markup.show(markup.unclassified())
        why = st.text_input("理由", max_chars=acting.BACK.longest, key="standards-why")
        if st.button("退回修改", key="standards-back"):
            seen = Pressed(draft.id, draft.edits, why)
            _press(
                draft,
                "back",
                lambda sent: acting.send_back(visit.store, visit.person, vault(), seen, sent),
            )


def _compared(visit: Visit, draft: Draft) -> None:
    """What it changes of what is in force, and of what it was copied from."""
    now = standard_lines.present(visit, standard_lines.past(visit), upper=False)
    st.subheader("与现行标准对比", anchor=False)
    found = sheets.compared(now.text, draft.text)
    markup.show(standard_lines.differing(found, f"现行：{now.called}", "本修订"))
    if draft.base_text != now.text:
        with st.expander(f"与底稿对比（{standard_lines.called(draft.base_text)}）"):
            base = sheets.compared(draft.base_text, draft.text)
            markup.show(standard_lines.differing(base, "底稿", "本修订"))


def _tried(visit: Visit, draft: Draft) -> None:
    """规则试算 of just this text: who enters, who leaves, how much work, the last four quarters."""
    st.subheader("规则试算", anchor=False)
    if st.button("试算本修订", key="standards-try") and once(
        f"standard-{draft.id}", lambda sent: _ask(visit, draft, sent), f"try-{draft.edits}"
    ):
        st.toast("已排队，完成后在本页和“规则试算”页可看。")
    jobs = data.read(visit, data.working.asked_by, visit.person.id, limit=SHOWN)
    mine = [each for each in jobs if each.kind == trying.TRY and each.state == JobState.DONE]
    title = trying.titled(sheets.kept(draft.text))
    for each in mine:
        found = trying.result(visit.data_dir, each.job_id)
        if found is not None and found.after == title:
            told = f"试算于{say.moment(each.created_at)}，以当时保存的文字为准。"
            markup.show(markup.note(told))
            show_tried(found)
            return
    todo = ("看看谁会进入、谁会退出、要多开多少整改单，并按最近四个季度末重算。",)
    markup.show(markup.empty("还没有试算结果", todo))


def _ask(visit: Visit, draft: Draft, sent: Sent) -> int:
    wanted = trying.Wanted(draft.name, draft.text)
    return trying.try_out(visit.store, visit.person, visit.data_dir, wanted, sent)
