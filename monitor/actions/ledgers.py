"""台账导入: a ledger is looked at as often as needed, and saved as it was seen or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from monitor.access.declared import needs
from monitor.actions import permitting
from monitor.collect import ledger, ledger_header
from monitor.collect.files.grid import Limits
from monitor.collect.ledger_header import DOT, FIELDS, OWN, SKIP, Shape
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import Conflict, InputError
from monitor.domain.loading import LedgerDiff
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Level
from monitor.record import accounts, audit, ledgers, remembered, units
from monitor.record.store import Reading, Store

__all__ = ["MEANINGS", "OWN", "Asked", "Looked", "Shape", "fingerprint", "look", "places", "save"]

LARGEST: Final = 50_000_000
_OF_GROUP: Final = ("账号名称", "账号ID", "主页链接")
MEANINGS: Final = (
    OWN,
    SKIP,
    *FIELDS,
    *(f"{label}{DOT}{each}" for label in PLATFORMS.values() for each in _OF_GROUP),
)
"""All that a column can be said to mean."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, what a person said of its headers (signature -> title -> meaning), and whose it is.

    `unit_code` '' is everything the person may act upon.
    """

    name: str
    content: bytes = field(repr=False)
    chosen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unit_code: str = ""
    largest: int = LARGEST


@dataclass(frozen=True, slots=True)
class Looked:
    """What a ledger says and what saving it would do. `diff` is None while a header is unknown."""

    shapes: tuple[Shape, ...]
    diff: LedgerDiff | None = None
    notes: tuple[str, ...] = ()
    fingerprint: str = ""


@needs(Permission.IMPORT_LEDGER, audited=False)
def look(store: Store, actor: Person | None, asked: Asked) -> Looked:
    """Read a ledger and hold it against the registry; nothing is written."""
    with store.reading() as tx:
        learnt = _learnt(tx, asked)
    sheets = ledger.opened(asked.content, asked.name, Limits(bytes=asked.largest))
    shapes = tuple(ledger.shapes(sheets, asked.name, learnt))
    if all(each.missing or each.guessed for each in shapes):
        return Looked(shapes)
    file = ledger.read_sheets(sheets, asked.name, learnt)
    with store.reading() as tx:
        diff = _compare(tx, actor, file, asked.unit_code)
    return Looked(shapes, diff, file.notes, fingerprint(diff))


@needs(Permission.IMPORT_LEDGER)
def save(
    store: Store,
    actor: Person | None,
    asked: Asked,
    seen: str,
    *,
    skip_bad_rows: bool = False,
) -> LedgerDiff:
    """Enter a ledger that was looked at: all of it or, with `skip_bad_rows`, its good rows.

    `seen` is the fingerprint of what was looked at: Conflict where it would do something else now.
    InputError where rows are refused and not to be skipped. Nothing is saved then. What a person
    said of its headers is remembered.
    """
    with store.reading() as tx:
        learnt = _learnt(tx, asked)
    limits = Limits(bytes=asked.largest)
    file = ledger.read(asked.content, asked.name, limits, learnt)
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.IMPORT_LEDGER)
        diff = _compare(tx, person, file, asked.unit_code)
        if fingerprint(diff) != seen:
            raise Conflict("台账在您核对之后又有变化,未保存", asked.name, "请重新核对后再保存")
        if diff.problems and not skip_bad_rows:
            raise InputError(
                f"台账有{len(diff.problems)}处有误,未保存任何内容,第一处:{diff.problems[0]}",
                asked.name,
                "请修改后重新导入,或选择先保存无误的行",
            )
        ledgers.enter(tx, diff, ledger.attested)
        by = None if person is None else person.id
        for signature, meanings in asked.chosen.items():
            remembered.remember(tx, ledger.KIND, signature, meanings, by)
        told = f"新增{len(diff.added)},变更{len(diff.changed)},有误{len(diff.problems)}"
        audit.add(tx, by, "导入台账", "ledger", sha256(asked.content).hexdigest()[:16], told)
    return diff


@needs(Permission.IMPORT_LEDGER, audited=False)
def places(store: Store, actor: Person | None) -> dict[str, str]:
    """Organ code -> name of the cities within reach, for one of which a ledger may speak."""
    scope = permitting.reach(actor)
    with store.reading() as tx:
        return {
            each.code: each.name
            for each in units.all_units(tx)
            if each.level is Level.PREFECTURE
            and any(each.path.startswith(path) for path in scope.paths)
        }


def fingerprint(diff: LedgerDiff) -> str:
    """The same for the same consequences."""
    return sha256(repr(diff).encode("utf-8", "surrogatepass")).hexdigest()


def _learnt(tx: Reading, asked: Asked) -> ledger_header.Learnt:
    return {**remembered.all_of(tx, ledger.KIND), **asked.chosen}


def _compare(
    tx: Reading, actor: Person | None, file: ledger.LedgerFile, unit_code: str
) -> LedgerDiff:
    """Without a city named, absent accounts are those of the file's units only."""
    within = permitting.extent(tx, actor, unit_code)
    everything = within.paths == frozenset({"/"})
    known, every = accounts.all_accounts(tx), units.all_units(tx)
    return ledger.compare(file, known, every, within=None if everything else within)
