"""册: units and accounts enter the registry from files, compared before anything is saved."""

from pathlib import Path

from monitor.collect import ledger, shelf, units_file
from monitor.collect.files.grid import Limits
from monitor.domain.errors import InputError
from monitor.domain.loading import LedgerDiff
from monitor.domain.running import RunOutcome, RunReport
from monitor.domain.unit import Unit
from monitor.record import accounts, ledgers, remembered, units
from monitor.runs import files, frame
from monitor.runs.parts import Parts


def import_units(parts: Parts, path: Path, *, dry_run: bool = False) -> list[Unit]:
    """Units of a YAML, CSV or XLSX file; saved whole or not at all."""
    content = files.read(path, parts.largest_file)
    if path.suffix in {".yaml", ".yml"}:
        found = units_file.read(shelf.read(path).mapping)
    else:
        found = units_file.read_table(content, path.name)
    if not dry_run:
        save_units(parts, found, path.name)
    return found


def save_units(parts: Parts, found: list[Unit], name: str) -> RunReport | None:
    """Enter units under a row of the run log; unchanged ones write nothing."""

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing() as tx:
            changed = units.save(tx, found)
        return RunReport(RunOutcome.DONE, {"单位": len(found), "新增或变更": changed})

    return frame.run(parts, "units-import", work, {"file": name})


def compare(parts: Parts, content: bytes, name: str) -> LedgerDiff:
    """A ledger held against the registry; nothing is written."""
    with parts.store.reading() as tx:
        learnt = remembered.all_of(tx, ledger.KIND)
    read = ledger.read(content, name, Limits(bytes=parts.largest_file), learnt)
    with parts.store.reading() as tx:
        return ledger.compare(read, accounts.all_accounts(tx), units.all_units(tx))


def import_accounts(
    parts: Parts, content: bytes, name: str, *, skip_bad_rows: bool = False
) -> LedgerDiff:
    """Enter a ledger: all of its rows or, with `skip_bad_rows`, all of the good ones.

    InputError where rows are refused and not to be skipped; nothing is saved then.
    """
    diff = compare(parts, content, name)
    if diff.problems and not skip_bad_rows:
        raise InputError(
            f"台账有{len(diff.problems)}行有误,未保存任何内容,第一处:{diff.problems[0]}",
            name,
            "请修改后重新导入;或加 --skip-bad-rows 先保存无误的行",
        )

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing() as tx:
            ledgers.enter(tx, diff, ledger.attested)
        counts = {
            "新增": len(diff.added),
            "变更": len(diff.changed),
            "无变化": len(diff.unchanged),
            "上次有本次没有": len(diff.absent),
            "有误": len(diff.problems),
        }
        outcome = RunOutcome.PARTIAL if diff.problems else RunOutcome.DONE
        return RunReport(outcome, counts)

    frame.run(parts, "accounts-import", work, {"file": name})
    return diff


def has_accounts(parts: Parts) -> bool:
    """True where the registry holds an account."""
    with parts.store.reading() as tx:
        return bool(accounts.all_accounts(tx))


def unit_path(parts: Parts, code: str) -> str:
    """The path of the unit with an organ code, '/' for the whole province ('')."""
    if not code:
        return "/"
    with parts.store.reading() as tx:
        found = [each.path for each in units.all_units(tx) if each.code == code]
    if not found:
        raise InputError(f"没有机构代码为“{code}”的单位", remedy="请先导入单位")
    return found[0]


def unit_paths(parts: Parts) -> dict[str, str]:
    """The path of every unit by its organ code."""
    with parts.store.reading() as tx:
        return {each.code: each.path for each in units.all_units(tx)}
