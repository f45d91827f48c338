"""启用向导: from an empty store to the first patrol in seven steps, each of which may wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, links, markup, say, wizard, wizard_decisions, wizard_files
from dashboard.markup import Html
from dashboard.page import PAGES, SETTINGS, Visit, page
from monitor.actions import setting_up as deciding
from monitor.domain.office import Progress, Step
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.domain.office import Office

DRAWN: Final[dict[Step, Callable[[Visit, Office], None]]] = {
    Step.OFFICE: wizard_decisions.office,
    Step.UNITS: wizard_files.units,
    Step.LEDGER: wizard_files.ledger,
    Step.PEOPLE: wizard_files.people,
    Step.SOURCES: wizard_decisions.sources,
    Step.STANDARDS: wizard_decisions.standards,
    Step.TRIAL: wizard_decisions.trial,
}
PATROL_PAGE: Final = "patrol"


@page(
    "setting_up",
    title="启用向导",
    icon=":material/rocket_launch:",
    section=SETTINGS,
    order=10,
    permission=Permission.SET_UP,
)
def setting_up(visit: Visit) -> None:
    """The step the address names, else the first nobody dealt with, else how far the office is."""
    markup.style()
    st.title("启用向导", anchor=False)
    if "/" not in visit.scope.paths:
        markup.show(_not_yours(visit))
        return
    office = deciding.office(visit.store)
    here = _here(office)
    markup.show(wizard.bar(office, here))
    wizard.told()
    if here is None:
        _end(visit, office)
        return
    st.subheader(wizard.heading(here), anchor=False)
    DRAWN[here](visit, office)
    wizard.later(visit, here)


def _not_yours(visit: Visit) -> Html:
    if visit.scope.empty:
        return markup.unscoped()
    return markup.empty("启用向导由省厅办理", ("请联系省厅的编辑或科室负责人。",))


def _here(office: Office) -> Step | None:
    said = st.query_params.get("step", "")
    if said == wizard.END:
        return None
    named = next((each for each in Step if each.value == said), None)
    return named or office.next_step


def _end(visit: Visit, office: Office) -> None:
    """What can be told, what must be patrolled, how long that takes: computed, not remembered."""
    markup.show(Html(f'<p class="ms-lead">{_summary(visit, office)}</p>'))
    waiting = [each for each in Step if office.steps.get(each) is not Progress.DONE]
    if waiting:
        todo = [
            markup.link(wizard.heading(each), links.to(links.SETTING_UP, step=each.value))
            for each in waiting
        ]
        markup.show(markup.empty("还有步骤未办，随时可以补上", todo))
    st.subheader("首次巡查", anchor=False)
    if office.patrol_due is not None:
        markup.show(markup.note(f"请各市州于{office.patrol_due}前完成。"))
    markup.show(wizard_decisions.patrol_table(visit))
    if any(each.slug == PATROL_PAGE for each in PAGES):
        markup.show(markup.note(markup.link("去巡查", f"/{PATROL_PAGE}")))


def _summary(visit: Visit, office: Office) -> str:
    since = visit.now
    seen = data.read(visit, data.overview.overview, visit.now, since)
    shares = data.read(visit, data.patrol.shares, visit.now)
    patrol = sum(each.accounts for each in shares)
    places = len({each.region for each in shares})
    seconds = sum(each.seconds for each in shares)
    told = [
        f"已建账号 {say.number(seen.filed, ' 个')}",
        f"可认定 {say.number(seen.decided, ' 个')}",
    ]
    each_place = (
        f"，预计每市州 {wizard_decisions.minutes(-(-seconds // places))} 分钟" if places else ""
    )
    told.append(f"本周需巡查 {say.number(patrol, ' 个')}{each_place}")
    until = office.trial_at(visit.now)
    told.append(f"试运行至 {until}" if until is not None else "未设试运行")
    return "；".join(told)
