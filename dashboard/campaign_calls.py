"""联系催办: the units that have not published yet, whom to call there, and what to paste."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import campaign_board, data, filters, links, markup, reveal_box, say
from dashboard.page import vault
from monitor.actions import campaign_terms
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.domain.contact import Contact
    from monitor.domain.duty import Liaison
    from monitor.record.screens.campaign_board import TaskLine
    from monitor.record.screens.campaigns import Line

    Book = Mapping[str, tuple[Liaison, ...]]

SIZE: Final = 50
COLUMNS: Final = ("单位", "未发布账号", "情况", "联络员", "电话")
LESSER: Final = frozenset({"情况"})
NOBODY: Final = "未登记联络员"


def show(visit: Visit, line: Line) -> None:
    """The list of one 市州 or of all, the form that reveals a number, the text for a group."""
    regions = data.read(visit, data.campaign_board.regions, visit.now, line.kept.id)
    region = filters.choose("市州", "region", regions)
    wanted = data.campaign_board.Wanted(campaign=line.kept.id, region=region, missing=True)
    found = data.read(visit, data.campaign_board.tasks, visit.now, wanted)
    if not found:
        why = "免发和无法核验的不在这里催办。" if line.tasks else "下达后再看。"
        markup.show(markup.empty("没有未发布的账号", (why,)))
        return
    every = _by_unit(found)
    here = (filters.page_number(len(every), SIZE) - 1) * SIZE
    shown = every[here : here + SIZE]
    book, phones = _book(visit)
    called = [campaign_terms.nearest(book, tasks[0].path) for tasks in shown]
    rows = [_row(visit, *pair, phones) for pair in zip(shown, called, strict=True)]
    told = f"{len(every):,}个单位、{len(found):,}个账号轮到发布而未发布；免发、无法核验的不在此列。"
    markup.show(markup.note(told), markup.table(COLUMNS, rows, lesser=LESSER))
    filters.pager(len(every), SIZE)
    _reveal(visit, called, phones)
    campaign_board.urging(visit, line, found, region)


def _by_unit(found: Iterable[TaskLine]) -> list[list[TaskLine]]:
    """The tasks of each unit; who has most to do is on top."""
    units: dict[int, list[TaskLine]] = {}
    for each in found:
        units.setdefault(each.kept.unit_id, []).append(each)
    return sorted(units.values(), key=lambda tasks: (-len(tasks), tasks[0].path))


def _book(visit: Visit) -> tuple[Book, Mapping[int, tuple[Contact, ...]]]:
    """Who serves where, and his masked phones by his id; nothing for whom it is no matter."""
    if not visit.may(Permission.SEE_PEOPLE):
        return {}, {}
    people = data.read(visit, data.duty.liaisons, visit.now)
    book = campaign_terms.directory((each.liaison for each in people), shanghai_day(visit.now))
    return book, {each.liaison.id: each.phones for each in people if each.liaison.id is not None}


def _row(
    visit: Visit,
    tasks: Sequence[TaskLine],
    called: Sequence[Liaison],
    phones: Mapping[int, tuple[Contact, ...]],
) -> tuple[Cell, ...]:
    first = tasks[0]
    due = min(each.kept.task.due for each in tasks)
    place = say.place(first.region_name, first.county_name)
    names = [
        markup.joined(
            markup.link(each.name, links.account(each.kept.account_id)),
            markup.faint(say.platform(each.platform)),
            by=" ",
        )
        for each in tasks
    ]
    told = [_named(each, first.path) for each in called] or [NOBODY]
    numbers = [
        " ".join(phone.masked for phone in phones.get(each.id or 0, ())) or say.NONE
        for each in called
    ]
    return (
        markup.joined(first.unit_name, markup.faint(place)),
        markup.joined(*names),
        f"超时{say.stretch(visit.now - due)}"
        if due < visit.now
        else f"还剩{say.stretch(due - visit.now)}",
        markup.joined(*told),
        markup.joined(*numbers) if numbers else say.NONE,
    )


def _named(each: Liaison, path: str) -> str:
    """Whom to call, and where he sits if it is not the unit itself."""
    return each.name if each.path == path else f"{each.name}（{each.unit_name}）"


def _reveal(
    visit: Visit, called: Iterable[Sequence[Liaison]], phones: Mapping[int, tuple[Contact, ...]]
) -> None:
    """The numbers of those on this page, for whoever may see them and says why."""
    known = {
        phone.id: f"{each.unit_name} {each.name} {phone.kind.value} {phone.masked}"
        for some in called
        for each in some
        for phone in phones.get(each.id or 0, ())
    }
    if known and visit.may(Permission.REVEAL):
        reveal_box.draw(visit, known, vault)
