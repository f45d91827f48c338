"""考核得分明细 as a person may see it: one sheet for the screen, the files and the papers."""

from pathlib import Path
from typing import Final

from monitor.access import permissions
from monitor.access.declared import needs
from monitor.actions.permitting import permit_person, permit_reading
from monitor.collect import shelf
from monitor.domain.assessment_kept import Assessment, SchemeRevision
from monitor.domain.errors import Forbidden
from monitor.domain.person import Permission, Person
from monitor.domain.scheme import Scheme
from monitor.domain.scope import Scope
from monitor.record import assessments, audit, schemes
from monitor.record import results as results_kept
from monitor.record.store import Reading, Store
from monitor.report import (
    csv_file,
    raising,
    result_sheet,
    scorecard_paper,
    scorecard_tables,
    steady,
    word_file,
    xlsx_file,
)
from monitor.report.scorecard import Sheet
from monitor.report.table import Cell
from monitor.score import scheme as schemes_read
from monitor.score.catalogue import MEASUREMENTS

MATTER: Final = "assessment"
SYMBOLS: Final = {key: each.symbol for key, each in MEASUREMENTS.items()}
TRUTH: Final = scorecard_tables.TRUTH
STATUS: Final = scorecard_tables.LINE_COLUMNS[14]
GAIN: Final = "可提高总分"
MANUAL: Final = "人工"
Row = dict[str, Cell]
__all__ = [
    "GAIN",
    "STATUS",
    "SYMBOLS",
    "TRUTH",
    "Row",
    "Sheet",
    "advice",
    "files",
    "lines",
    "manual",
    "measures",
    "paper",
    "parts",
    "results",
    "scheme_of",
    "sheet",
    "steadiness",
    "whole",
]
WORD_NAME: Final = "{}-{}.docx"


@needs(Permission.SEE_SCORES, audited=False)
def sheet(store: Store, actor: Person, assessment_id: int) -> Sheet:
    """The result as far as somebody sees it: a unit its own and those below it once it was told;
    Forbidden where there is nothing of it for him."""
    with store.reading() as tx:
        person, now = permit_reading(tx, actor, Permission.SEE_SCORES, store.clock())
        scope = permissions.reach(person, Permission.SEE_SCORES)
        return _within(_sheet(tx, assessment_id, now, person.name), tx, assessment_id, scope)


@needs(Permission.SEE_SCORES)
def paper(
    store: Store, actor: Person, assessment_id: int, unit: str, data_dir: Path
) -> tuple[str, bytes]:
    """考核得分明细表 of one unit within reach as Word: its name and bytes."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_SCORES)
        whole = _sheet(tx, assessment_id, tx.second, person.name)
        found = _within(whole, tx, assessment_id, person.scope)
        if found.of(unit) is None:
            raise Forbidden("没有这个单位的结果,或不在本人范围内", unit, "请从列表重新打开")
        audit.add(tx, person.id, "下载考核得分明细表", MATTER, str(assessment_id), unit)
    values = scorecard_paper.card(found, unit)
    template = shelf.template(data_dir, scorecard_paper.CARD)
    name = WORD_NAME.format("考核得分明细表", found.name(unit))
    return name, word_file.fill(template, values, scorecard_paper.CARD)


@needs(Permission.EXPORT)
def files(
    store: Store, actor: Person, assessment_id: int, kind: str, desk_url: str = ""
) -> tuple[str, bytes]:
    """单位考核结果 and 评分明细 within reach, as one workbook (`.xlsx`) or the lines as `.csv`; a
    line links to its evidence where the desk's address is given."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        whole = _sheet(tx, assessment_id, tx.second, person.name, desk_url)
        found = _within(whole, tx, assessment_id, person.scope)
        made = (scorecard_tables.results(found), scorecard_tables.lines(found))
        told = f"{len(made[0].rows)}行、明细{len(made[1].rows)}行;校验码{found.checksum[:12]}"
        audit.add(tx, person.id, "导出考核结果", MATTER, str(assessment_id), told)
    if kind == ".csv":
        return f"评分明细{kind}", csv_file.render(made[1])
    return "单位考核结果.xlsx", xlsx_file.render(made, made[0].name)


def results(found: Sheet) -> list[Row]:
    """单位考核结果 row by row, as the file has it."""
    return [dict(each) for each in scorecard_tables.results(found).named]


def steadiness(found: Sheet) -> list[Row]:
    """排名稳定性 of each unit that has a place, by group, grade and code as the results are."""
    return steady.rows(found)


def lines(found: Sheet, unit: str) -> list[Row]:
    """评分明细 of one unit as the file has it, and by how much each line could raise its total."""
    total = found.of(unit)
    gains = {} if total is None else {each.id: each.gain for each in raising.of(found, total)}
    rows = [dict(each) for each in scorecard_tables.lines(found, unit).named]
    for each in rows:
        gain = gains.get(str(each["二级指标编号"]))
        each[GAIN] = None if gain is None else round(gain, 2)
    return rows


def advice(found: Sheet, unit: str) -> list[str]:
    """What would raise a unit's score most, in sentences."""
    total = found.of(unit)
    return scorecard_paper.advice([] if total is None else raising.of(found, total))


def parts(found: Sheet) -> tuple[str, ...]:
    """The names of the parts that have points."""
    return tuple(name for _, name in found.scored_parts)


def measures(found: Sheet, indicator: str) -> frozenset[str]:
    """The measurements a line rests on, what people give for it among them."""
    line = found.indicators.get(indicator)
    return frozenset() if line is None else frozenset(line.measures) | {f"{MANUAL}:{line.id}"}


def manual(found: Sheet) -> dict[str, str]:
    """What people score or enter, deductions, bonus and gates too: names by id."""
    return {key: f"{key} {name}" for key, name in found.scheme.by_hand(whole=True).items()}


def _within(found: Sheet, tx: Reading, assessment_id: int, scope: Scope) -> Sheet:
    """As much of a result as lies in a scope."""
    kept = _kept(tx, assessment_id)
    units = results_kept.seen(tx, kept, scope)
    if units is None:
        return found
    if not units:
        raise Forbidden("没有这次考核的结果,或还没有反馈", kept.title, "请从列表重新打开")
    return result_sheet.narrowed(found, units)


def whole(tx: Reading, assessment_id: int, now: int, name: str = "") -> Sheet:
    """The whole result, for who reaches the whole house; `now` in seconds is when it is made."""
    return _sheet(tx, assessment_id, now, name)


def kept_of(tx: Reading, assessment_id: int) -> Assessment:
    """One assessment; Forbidden where there is none."""
    return _kept(tx, assessment_id)


def _kept(tx: Reading, assessment_id: int) -> Assessment:
    kept = assessments.get(tx, assessment_id)
    if kept is None:
        raise Forbidden("没有这次考核,或不在本人范围内", str(assessment_id), "请从列表重新打开")
    return kept


def _sheet(tx: Reading, assessment_id: int, now: int, name: str, desk_url: str = "") -> Sheet:
    """The whole result, composed."""
    kept = _kept(tx, assessment_id)
    revision = schemes.get(tx, kept.scheme_revision_id)
    assert revision is not None, "a foreign key keeps it"
    found = results_kept.of(tx, kept, revision)
    return result_sheet.sheet(found, scheme_of(revision), SYMBOLS, (now, name), desk_url)


def scheme_of(revision: SchemeRevision) -> Scheme:
    """The scheme a revision states; InputError names the line of a fault."""
    page = shelf.parse(revision.text.encode(), revision.name)
    return schemes_read.parse(page.mapping, revision.name, shelf.lines(page.text), page.sha256)
