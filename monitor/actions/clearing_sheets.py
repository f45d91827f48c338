"""自查表.xlsx of a 清理排查: what is still to be answered goes out and comes back filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.access.declared import needs
from monitor.actions import clearing_lines
from monitor.actions.clearing_lines import MOST, Filling, Said
from monitor.actions.permitting import permit_reading, reach
from monitor.actions.sending import Sent
from monitor.collect import clearing_sheet
from monitor.domain.account import PLATFORMS
from monitor.domain.clearing import NEEDS_NOTE, Answer
from monitor.domain.clearing_sheet import ANSWER, FILLED, KNOWN, LINE, TOKEN, VERSION, SheetRow
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.record.screens import clearings
from monitor.record.screens.clearings import UNDONE, Shown, Wanted
from monitor.record.store import Store
from monitor.report import form_workbook
from monitor.report.form_workbook import FormSheet
from monitor.report.table import Table

NOTES: Final = (
    "1. 台账已有的内容不用再填:与实际相符的选“属实”,不符的选情况并写明说明。",
    "2. 暂不填的留空,可以分几次交回;不要增删列,不要改动隐藏的列。",
    "3. 填好后在清理排查页的“自查”交回;交回前账号已在系统里填过的,以系统里的为准。",
)
TOLD: Final = 5
"""So many wrong rows are named at once."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: what to call the file, its bytes, and how many accounts it asks about."""

    name: str
    content: bytes
    lines: int


@needs(Permission.REPORT, audited=False)
def make(store: Store, actor: Person, clearing_id: int, unit_id: int = 0) -> Book:
    """The 自查表 of a unit (0: of all within reach), of what nobody answered yet; InputError where
    nothing is left."""
    with store.reading() as tx:
        person, now = permit_reading(tx, actor, Permission.REPORT, store.clock())
        waiting: list[Shown] = []
        while len(waiting) < MOST:
            wanted = Wanted(unit_id, UNDONE, skip=len(waiting))
            rows = clearings.lines(tx, reach(person), now, clearing_id, wanted).rows
            if not rows:
                break
            waiting += rows
    if not waiting:
        raise InputError("没有等自查的账号", "自查表", "都已填报,或不在本人管理范围内")
    asked = waiting[:MOST]
    table = Table("自查表", (*KNOWN, *FILLED), tuple(map(_cells, asked)))
    heading = f"清理排查自查表——{asked[0].unit_name if unit_id else f'{len(asked)}个账号'}"
    form = FormSheet(
        heading,
        f"{TOKEN}{clearing_id}",
        table,
        NOTES,
        {ANSWER: tuple(each.value for each in Answer)},
        frozenset({LINE, VERSION}),
    )
    return Book(f"{heading}.xlsx", form_workbook.render(form), len(asked))


@needs(Permission.REPORT)
def take(store: Store, actor: Person, clearing_id: int, file: tuple[str, bytes], sent: Sent) -> int:
    """Enter a returned sheet `(name, bytes)`, all rows that were filled in or none; how many.

    InputError names the rows that cannot be read; Conflict where somebody answered meanwhile.
    """
    name, content = file
    returned = clearing_sheet.read(content, name)
    if returned.clearing_id != clearing_id:
        raise InputError("这是另一次清理排查的自查表", name, "请在那一次的页面交回")
    wrong = [told for each in returned.rows if (told := _wrong(each))]
    twice = len(returned.rows) - len({each.line_id for each in returned.rows})
    wrong += [f"有{twice}行重复"] if twice else []
    if wrong:
        more = f"等{len(wrong)}处" if len(wrong) > TOLD else ""
        raise InputError(f"{';'.join(wrong[:TOLD])}{more}", name, "请改正后再交")
    if not returned.rows:
        raise InputError("表里还没有填自查情况", name, "请逐个选择自查情况后再交")
    return clearing_lines.answer(store, actor, _filling(clearing_id, returned.rows), sent)


def _filling(clearing_id: int, rows: Iterable[SheetRow]) -> Filling:
    said = {each.line_id: Said(Answer(each.answer), each.note) for each in rows}
    return Filling(clearing_id, said, {each.line_id: each.version for each in rows})


def _wrong(each: SheetRow) -> str:
    at = f"第{each.row}行“{each.account}”"
    if each.line_id < 0 or each.version < 0:
        return f"{at}的行号被改动过"
    if each.answer not in set(Answer):
        return f"{at}没有“{each.answer}”这一项" if each.answer else f"{at}没有选自查情况"
    if Answer(each.answer) in NEEDS_NOTE and not each.note:
        return f"{at}选{each.answer}须写说明"
    return ""


def _cells(each: Shown) -> tuple[str, ...]:
    platform = PLATFORMS.get(each.platform, each.platform)
    known = (str(each.line_id), str(each.version), each.unit_name, platform, each.name)
    return (*known, each.registered, each.line.answer or "", each.line.note)
