"""启用向导: its steps, the bar that shows how far each is, and the way from one to the next."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, links
from dashboard.markup import Html
from monitor.actions import setting_up
from monitor.domain.errors import SentinelError
from monitor.domain.office import Progress, Step

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.page import Visit
    from monitor.domain.office import Office

END: Final = "end"
TITLES: Final = {
    Step.OFFICE: "本单位与部署方式",
    Step.UNITS: "单位树",
    Step.LEDGER: "台账导入",
    Step.PEOPLE: "人员与联络员",
    Step.SOURCES: "数据来源",
    Step.STANDARDS: "认定标准",
    Step.TRIAL: "首次巡查与试运行",
}
MARKS: Final = {Progress.DONE: "已办", Progress.LATER: "稍后", Progress.OPEN: "未办"}
KINDS: Final = {Progress.DONE: "done", Progress.LATER: "later", Progress.OPEN: "open"}
MESSAGE: Final = "wizard_message"


def bar(office: Office, here: Step | None) -> Html:
    """The seven steps with how far each is; each leads to itself."""
    inside = "".join(_step(number, each, office, here) for number, each in enumerate(Step, 1))
    return Html(f'<nav class="ms-steps" aria-label="启用步骤"><ol>{inside}</ol></nav>')


def _step(number: int, step: Step, office: Office, here: Step | None) -> str:
    progress = office.steps.get(step, Progress.OPEN)
    current = ' aria-current="step"' if step is here else ""
    href = escape(links.to(links.SETTING_UP, step=step.value), quote=True)
    return (
        f'<li class="ms-step ms-{KINDS[progress]}"><a href="{href}" target="_self"{current}>'
        f"<b>{number}</b><span>{escape(TITLES[step])}</span><i>{MARKS[progress]}</i></a></li>"
    )


def heading(step: Step) -> str:
    """`第3步 台账导入`."""
    return f"第{list(Step).index(step) + 1}步 {TITLES[step]}"


def go(step: Step | None, message: str = "") -> None:
    """On to a step, or to the end; a message is shown there."""
    if message:
        st.session_state[MESSAGE] = message
    st.query_params["step"] = step.value if step is not None else END
    st.rerun()


def told() -> None:
    """What the step before left to say, once."""
    afterwards.said(MESSAGE)


def after(step: Step) -> Step | None:
    """The step behind one; None behind the last."""
    every = list(Step)
    place = every.index(step) + 1
    return every[place] if place < len(every) else None


def later(visit: Visit, step: Step) -> None:
    """The button 稍后再做."""
    if st.button("稍后再做", key=f"later_{step.value}"):
        setting_up.put_off(visit.store, visit.person, step)
        go(after(step))


def tried(work: Callable[[], object]) -> bool:
    """Do what was asked for; trouble a person can mend is said where he stands."""
    try:
        work()
    except SentinelError as error:
        refused(error)
        return False
    return True


def refused(error: SentinelError) -> None:
    """Say in Chinese what was refused and what to do."""
    said = error.explained
    where = f"({said.where})" if said.where else ""
    st.error(f"{said.what}{where}。{said.remedy}")
