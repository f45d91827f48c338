"""值班表 and 联络员台账: a file is looked at, then kept; a liaison hands over."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import handing_over, permitting
from monitor.collect import roster_file
from monitor.collect.files.grid import Limits
from monitor.collect.roster_file import RosterFile, RosterRow, key_of
from monitor.domain.contact import ContactKind, OwnerKind, masked, normalised
from monitor.domain.duty import Duty, Liaison, Part, Phones, Roster
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.loading import RowProblem
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.record import audit, contacts, rosters, units
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

__all__ = [
    "COLUMNS",
    "Asked",
    "HandOver",
    "Looked",
    "confirm",
    "hand_over",
    "look",
    "save",
]

COLUMNS: Final = roster_file.COLUMNS
LARGEST: Final = 10_000_000
LONGEST_NAME: Final = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """A file of one of the two rosters."""

    roster: Roster
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a roster file would do: entries by what becomes of them, and the rows refused."""

    added: tuple[Duty | Liaison, ...]
    changed: tuple[Duty | Liaison, ...]
    unchanged: int
    problems: tuple[RowProblem, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class HandOver:
    """Who leaves (as he stood at `version`), his last day, who takes over and from when."""

    liaison_id: int
    version: int
    last_day: date
    first_day: date
    name: str
    post: str = ""
    badge: str = ""
    phones: Phones = field(default_factory=Phones)


@needs(Permission.MANAGE_PEOPLE, audited=False)
def look(store: Store, actor: Person | None, asked: Asked) -> Looked:
    """Read a file and hold it against what there is; nothing is written.

    InputError where it is no such table.
    """
    with store.reading() as tx:
        return _look(tx, _read(tx, asked), permitting.reach(actor))


@needs(Permission.MANAGE_PEOPLE)
def save(
    store: Store,
    actor: Person | None,
    vault: Vault,
    asked: Asked,
    seen: str,
    *,
    skip_bad_rows: bool = False,
) -> Looked:
    """Keep a file that was looked at, all of it or, with `skip_bad_rows`, its good rows.

    Conflict where it would do something else than what was `seen`; InputError where rows are
    refused and not to be skipped. Nothing is kept then.
    """
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.MANAGE_PEOPLE)
        file = _read(tx, asked)
        looked = _look(tx, file, permitting.reach(person))
        if looked.fingerprint != seen:
            raise Conflict(f"{asked.roster}在您核对之后又有变化,未保存", asked.name, "请重新核对")
        if looked.problems and not skip_bad_rows:
            raise InputError(
                f"有{len(looked.problems)}行有误,未保存任何内容,第一处:{looked.problems[0]}",
                asked.name,
                "请修改后重新导入,或选择先保存无误的行",
            )
        refused = {(each.sheet, each.row) for each in looked.problems}
        for each in file.rows:
            if (each.sheet, each.row) not in refused:
                _keep(tx, vault, each)
        by = None if person is None else person.id
        told = f"新增{len(looked.added)},变更{len(looked.changed)},有误{len(looked.problems)}"
        digest = sha256(asked.content).hexdigest()[:16]
        audit.add(tx, by, f"导入{asked.roster}", "roster", digest, told)
    return looked


@needs(Permission.MANAGE_PEOPLE)
def hand_over(store: Store, actor: Person | None, vault: Vault, new: HandOver) -> int:
    """A liaison's last day, and his successor in the same unit and part; the successor's id.

    The hand-over waits to be confirmed. InputError where days or name are unfit; Conflict where
    the liaison changed since.
    """
    name = new.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"接替人姓名应为1到{LONGEST_NAME}个字", "", "请填写接替人姓名")
    if new.first_day <= new.last_day:
        raise InputError("接替日期应在离岗日期之后", str(new.first_day), "请重新选择日期")
    for kind, value in (
        (ContactKind.OFFICE, new.phones.office),
        (ContactKind.MOBILE, new.phones.mobile),
    ):
        if value.strip():
            normalised(kind, value)
    with store.writing(durable=True) as tx:
        person, old = _known(tx, actor, new.liaison_id)
        if new.last_day.isoformat() < old.since:
            raise InputError("离岗日期早于任职日期", str(new.last_day), "请重新选择日期")
        rosters.end(tx, new.liaison_id, new.version, new.last_day.isoformat())
        successor = Liaison(
            old.unit_code, name, new.badge, new.post, Part(old.part), new.first_day.isoformat()
        )
        key = rosters.keep_liaison(tx, vault, successor, new.phones)
        rosters.follow(tx, key, new.liaison_id)
        audit.add(tx, person, "联络员交接", "liaison", str(new.liaison_id), f"接替编号{key}")
    return key


@needs(Permission.MANAGE_PEOPLE)
def confirm(
    store: Store,
    actor: Person | None,
    liaison_id: int,
    version: int,
    seen: Collection[int] | None = None,
) -> int:
    """交接确认: the successor has everything, and stands in the ledger in the leaver's place; how
    many accounts. Conflict where he, or the accounts that were `seen`, changed since."""
    with store.writing(durable=True) as tx:
        person, known = _known(tx, actor, liaison_id)
        if known.predecessor is None or known.confirmed_at is not None:
            raise Conflict("没有待确认的交接", known.name, "请刷新后重试")
        rosters.confirm(tx, liaison_id, version)
        old = rosters.liaison(tx, known.predecessor)
        changed = 0 if old is None else handing_over.take_over(tx, person, old, known, seen)
        audit.add(tx, person, "交接确认", "liaison", str(liaison_id), f"台账变更{changed}个账号")
    return changed


def _known(tx: Writing, actor: Person | None, liaison_id: int) -> tuple[int | None, Liaison]:
    person = permitting.permit(tx, actor, Permission.MANAGE_PEOPLE)
    found = rosters.liaison(tx, liaison_id)
    if found is None or not _within(permitting.reach(person), found.path):
        raise Forbidden("超出本人管理范围", "", "请联系上级办理")
    return (None if person is None else person.id), found


def _within(scope: Scope, path: str) -> bool:
    return path != "" and scopes.covers(Scope(scope.paths), path, "")


def _read(tx: Reading, asked: Asked) -> RosterFile:
    every = units.all_units(tx)
    limits = Limits(bytes=LARGEST)
    return roster_file.read(asked.roster, asked.content, asked.name, every, limits)


def _look(tx: Reading, file: RosterFile, scope: Scope) -> Looked:
    paths = {each.code: each.path for each in units.all_units(tx)}
    kept = {key_of(each): each for each in _kept(tx, file.roster)}
    shown = _shown(tx, file.roster)
    problems = list(file.problems)
    added: list[Duty | Liaison] = []
    changed: list[Duty | Liaison] = []
    unchanged = 0
    for row in file.rows:
        known = kept.get(key_of(row.entry))
        if not _within(scope, paths[row.entry.unit_code]):
            told = RowProblem(
                row.sheet, row.row, "单位", row.entry.unit_code, "本人管理范围内的单位"
            )
            problems.append(told)
        elif known is None:
            added.append(row.entry)
        elif _says(known) != _says(row.entry) or not shown[key_of(known)] >= _masks(row):
            changed.append(row.entry)
        else:
            unchanged += 1
    told_of = (tuple(added), tuple(changed), unchanged, tuple(problems))
    # Of the numbers only their digest: what was looked at is kept, and nothing repeats them.
    numbers = [(each.phones.duty, each.phones.office, each.phones.mobile) for each in file.rows]
    print_of = sha256(repr((told_of, sha256(repr(numbers).encode()).hexdigest())).encode())
    return Looked(*told_of, print_of.hexdigest())


def _kept(tx: Reading, roster: Roster) -> list[Duty] | list[Liaison]:
    return rosters.duties(tx) if roster is Roster.DUTY else rosters.liaisons(tx)


def _shown(tx: Reading, roster: Roster) -> dict[tuple[str, ...], frozenset[tuple[str, str]]]:
    """The masked numbers of every entry. A number that differs elsewhere is kept all the same."""
    kind = OwnerKind.DUTY if roster is Roster.DUTY else OwnerKind.LIAISON
    every = _kept(tx, roster)
    found = contacts.of_many(tx, kind, [each.id for each in every if each.id is not None])
    return {
        key_of(each): frozenset((one.kind.value, one.masked) for one in found.get(each.id or 0, ()))
        for each in every
    }


def _masks(row: RosterRow) -> frozenset[tuple[str, str]]:
    said = {
        ContactKind.DUTY: row.phones.duty,
        ContactKind.OFFICE: row.phones.office,
        ContactKind.MOBILE: row.phones.mobile,
    }
    return frozenset((kind.value, masked(kind, value)) for kind, value in said.items() if value)


def _says(entry: Duty | Liaison) -> tuple[str, ...]:
    if isinstance(entry, Duty):
        return entry.leader, entry.officer, entry.backup, entry.remark
    return entry.badge, entry.post, entry.part.value, entry.until


def _keep(tx: Writing, vault: Vault, row: RosterRow) -> None:
    if isinstance(row.entry, Duty):
        rosters.keep_duty(tx, vault, row.entry, row.phones)
    else:
        rosters.keep_liaison(tx, vault, row.entry, row.phones)
