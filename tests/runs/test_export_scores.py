"""考核结果 exported: both tables, cell by cell what the page shows, within scope and audited."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from monitor.actions import exporting, scorecards
from monitor.actions.exporting import Wanted
from monitor.actions.sending import Sent
from monitor.collect.loop import EventLoop
from monitor.domain.assessment import State
from monitor.domain.errors import InputError
from monitor.domain.person import Role
from monitor.record import units
from monitor.record.store import Store
from monitor.report import scorecard_tables
from monitor.runs import export, export_asked, jobs
from monitor.runs.export import Request
from monitor.runs.parts import Parts
from tests.builders import T
from tests.conftest import StandingClock
from tests.filled import Filled, fill_store
from tests.filled_assessment import NAMES, an_assessment
from tests.runs.exporting_office import enrol, own_data

VOLATILE = ("导出时间", "导出人", "佐证链接")


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock, tmp_path: Path) -> Parts:
    return own_data(sqlite_store, clock, tmp_path)


@pytest.fixture
def made(parts: Parts) -> Filled:
    return fill_store(parts.store)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def same(row: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in row.items() if name not in VOLATILE}


def test_the_command_writes_both_tables_as_the_page_has_them(
    parts: Parts, made: Filled, tmp_path: Path
) -> None:
    key = an_assessment(parts.store, made)
    office = enrol(parts, "office", Role.ASSESSOR, "/")
    target = tmp_path / "考核.csv"
    count = export.run(parts, Request("assessment"), target)
    shown = scorecards.sheet(parts.store, office, key)
    first = rows(target.read_bytes())
    second = rows((tmp_path / "考核-评分明细.csv").read_bytes())
    assert count == len(first) + len(second)
    assert [each["机构代码"] for each in first] == [
        str(each["机构代码"]) for each in scorecards.results(shown)
    ]
    assert {each["结果校验码"] for each in first} == {"7f3a" * 16}
    _, page = scorecards.files(parts.store, office, key, ".csv", parts.desk.url)
    assert [same(each) for each in second] == [same(each) for each in rows(page)]
    for row, told in zip(first, scorecard_tables.results(shown).named, strict=True):
        said = {name: "" if cell is None else f"{cell}" for name, cell in told.items()}
        numbers = {name for name, cell in told.items() if isinstance(cell, float | int)}
        for name in set(said) - set(VOLATILE):
            if name in numbers:
                assert float(row[name]) == pytest.approx(float(said[name]))
            else:
                assert row[name] == said[name]
    assert all(f"assessing?id={key}&unit=" in each["佐证链接"] for each in second)
    note = (tmp_path / "考核.说明.txt").read_text("utf-8-sig")
    assert "7f3a" * 16 in note


def test_who_asks_on_screen_gets_a_workbook_of_his_own_units_and_the_audit_says_so(
    parts: Parts, made: Filled
) -> None:
    an_assessment(parts.store, made)
    city = enrol(parts, "city", Role.LIAISON, made.paths["荆州市公安局"])
    wanted = Wanted("assessment", ".xlsx", "核对本市结果")
    job = exporting.export_now(parts.store, city, parts.vault(), wanted, Sent("export", "k"))
    with EventLoop() as loop:
        jobs.run(parts, loop)
    [path] = export_asked.folder(parts.local_dir, job).glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", "单位考核结果", "评分明细"]
    table = list(book["单位考核结果"].values)
    place, by = table[0].index("单位"), table[0].index("导出人")
    names = {row[place] for row in table[1:]}
    assert names == {name for name in NAMES if made.paths[name].startswith(city_path(made))}
    assert {row[by] for row in table[1:]} == {"city某"}
    audit = T["audit"]
    with parts.store.reading() as tx:
        told = tx.conn.execute(select(audit).where(audit.c.action == "导出")).mappings().all()
    assert [(row["actor_id"], row["object_id"]) for row in told] == [(city.id, "assessment")]


def city_path(made: Filled) -> str:
    return made.paths["荆州市公安局"]


@pytest.mark.parametrize("state", [State.RUNNING, State.FIRST])
def test_a_unit_exports_nothing_that_was_not_told_to_it(
    parts: Parts, made: Filled, state: State
) -> None:
    an_assessment(parts.store, made, state)
    with parts.store.reading() as tx:
        wanted = made.units["荆州市公安局"]
        scope = next(each.code for each in units.all_units(tx) if each.id == wanted)
    with pytest.raises(InputError, match="还没有可导出的考核结果"):
        export.build(parts, Request("assessment", scope=scope))


def test_a_period_without_a_result_is_named(parts: Parts, made: Filled) -> None:
    an_assessment(parts.store, made)
    with pytest.raises(InputError, match="还没有可导出"):
        export.build(parts, Request("assessment", period="2020Q1"))
    with pytest.raises(InputError, match="没有这个期间"):
        export.build(parts, Request("assessment", period="上季度"))
