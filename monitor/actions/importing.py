"""数据导入: files dropped on the screen are looked at, shown, and saved by a job."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_house, permit_person
from monitor.actions.sending import Sent, key_of, once
from monitor.collect import returned_kind
from monitor.collect.files import drafting, heap, load, match, whose
from monitor.collect.files.drafting import LABELS, Draft
from monitor.collect.files.grid import Limits
from monitor.collect.files.heap import Dropped
from monitor.collect.returned_kind import Returning
from monitor.domain.account import Account
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.loading import LoadedFile
from monitor.domain.person import Permission, Person
from monitor.record import accounts, audit, jobs, owners, units
from monitor.record.store import Reading, Store, Writing

__all__ = [
    "LABELS",
    "Confirmed",
    "Draft",
    "Dropped",
    "Looked",
    "Opened",
    "Place",
    "look",
    "make_layout",
    "open_all",
    "save",
]

LOAD: Final = "load"


@dataclass(frozen=True, slots=True)
class Place:
    """Where layouts lie and uploads wait, and how large a file may be."""

    data_dir: Path
    largest: int

    @property
    def layouts(self) -> tuple[Path, Path]:
        """Those of the product, then the office's own."""
        return self.data_dir / "layouts", self.own_layouts

    @property
    def own_layouts(self) -> Path:
        """Where layouts made on screen go."""
        return self.data_dir / "local" / "layouts"

    @property
    def uploads(self) -> Path:
        """Where files wait for their job."""
        return self.data_dir / "local" / "uploads"


@dataclass(frozen=True, slots=True)
class Opened:
    """One file as read; `file` is None where it was refused, and `head` are then its first rows
    where it is a table at all. `form`: it is one of our own forms, taken in on its own."""

    path: str
    content: bytes = field(repr=False)
    file: LoadedFile | None
    refusal: str = ""
    head: tuple[tuple[str, ...], ...] = ()
    form: Returning = Returning.NONE


@dataclass(frozen=True, slots=True)
class Looked:
    """What saving a file would do. `accounts` are the ids it would write to and their names.

    `nameless`: the file names no account; `candidates` are then those it may be of, `why` says how
    one was told. `unknown` stand in no ledger, or not in the person's scope.
    """

    accounts: Mapping[int, str]
    unknown: tuple[str, ...]
    nameless: bool
    candidates: Mapping[int, str]
    why: str = ""
    period: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a person said of a file: the account where it names none, and the first and last day
    (ISO) of its period where the file was confirmed to hold all of it."""

    picked: int | None = None
    covers: tuple[str, str] | None = None


def open_all(dropped: Iterable[Dropped], place: Place, now: datetime) -> list[Opened]:
    """Read every file and every member of an archive; a refused one says why."""
    limits = Limits(bytes=place.largest)
    found = heap.unpack(dropped, limits)
    refused = [Opened(each.explained.where, b"", None, str(each)) for each in found.refused]
    return [*(_open(each, place, now, limits) for each in found.files), *refused]


def _open(each: Dropped, place: Place, now: datetime, limits: Limits) -> Opened:
    name = each.path.rsplit("/", 1)[-1]
    form = returned_kind.kind(each.content, name, limits)
    if form:
        return Opened(each.path, each.content, None, f"填好的{form},在下方核对保存", form=form)
    try:
        file = load.read(each.content, name, None, place.layouts, now, limits)
    except InputError as error:
        return Opened(each.path, each.content, None, str(error), _head(each, limits))
    return Opened(each.path, each.content, file)


def _head(each: Dropped, limits: Limits) -> tuple[tuple[str, ...], ...]:
    try:
        return drafting.head(each.content, each.path, limits)
    except InputError:
        return ()


@needs(Permission.IMPORT_DATA, audited=False)
def look(store: Store, actor: Person, opened: Opened, picked: int | None = None) -> Looked:
    """Whose the file is and what it would write, within the person's scope; nothing is saved."""
    if opened.file is None:
        raise InputError("文件没有读成", opened.path, opened.refusal)
    with store.reading() as tx:
        mine = _mine(tx, actor)
        owner = _owner(tx, opened, mine, picked)
    return _looked(opened.file, mine, owner)


def _looked(file: LoadedFile, mine: Sequence[Account], owner: whose.Whose) -> Looked:
    nameless = match.nameless(file)
    candidates = {each.id: each.name for each in mine if each.platform == file.platform and each.id}
    period = _period(file)
    if nameless and owner.account is None:
        return Looked({}, (), nameless, candidates, period=period)
    matched, unknown = match.match(file, mine, owner.account)
    return Looked(
        accounts={each.id: each.name for each in mine if each.id in matched and each.id},
        unknown=tuple(each.name or each.uid for each in unknown),
        nameless=nameless,
        candidates=candidates if nameless else {},
        why=owner.why,
        period=period,
    )


@needs(Permission.IMPORT_DATA)
def save(
    store: Store, actor: Person, opened: Opened, place: Place, key: str, said: Confirmed
) -> int:
    """Have a file saved that was looked at; the job's id. The same `key` twice is one job."""
    with store.writing(durable=True) as tx:
        by = permit_person(tx, actor, Permission.IMPORT_DATA)
        sent = Sent(LOAD, key)
        work = partial(_queued, tx, by, opened, place, (sent, said))
        return int(once(tx, by, sent, work)["job_id"])


def _queued(
    tx: Writing, by: Person, opened: Opened, place: Place, asked: tuple[Sent, Confirmed]
) -> Mapping[str, Any]:
    sent, said = asked
    mine = _mine(tx, by)
    owner = _owner(tx, opened, mine, said.picked)
    if opened.file is None or not (writes := _looked(opened.file, mine, owner).accounts):
        raise InputError("没有可以写入的账号", opened.path, "请先选定账号,或先把账号录入台账")
    arguments = _arguments(opened, place, owner, writes)
    if said.covers is not None:
        arguments["covers"] = "..".join(said.covers)
    if said.picked is not None:
        signature = whose.signature(opened.path, opened.file.platform)
        owners.remember(tx, signature, said.picked, by.id)
    job_id = jobs.ask(tx, LOAD, arguments, key_of(str(by.id), sent), by.id)
    audit.add(tx, by.id, "导入数据", "job", str(job_id), "")
    return {"job_id": job_id}


def _arguments(
    opened: Opened, place: Place, owner: whose.Whose, writes: Mapping[int, str]
) -> dict[str, str]:
    """What the job needs; the file itself waits beside the store under its hash."""
    name = sha256(opened.content).hexdigest()
    place.uploads.mkdir(parents=True, exist_ok=True)
    (place.uploads / name).write_bytes(opened.content)
    said = {"file": name, "path": opened.path, "accounts": ",".join(map(str, writes))}
    return said if owner.account is None else said | {"account": f"#{owner.account.id}"}


@needs(Permission.IMPORT_DATA, reach=Reach.HOUSE)
def make_layout(store: Store, actor: Person, opened: Opened, place: Place, draft: Draft) -> str:
    """Enter a layout for a table nobody knew; its name. It serves the whole house, so only who
    sees all of it may."""
    if not 0 < draft.header_row <= len(opened.head):
        raise InputError("表头不在所示的行里", opened.path, "请重新选择表头所在行")
    document = drafting.layout_of(draft, opened.head[draft.header_row - 1])
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.IMPORT_DATA, "新版式全省共用,由省厅建立")
        drafting.write(place.own_layouts, document)
        audit.add(tx, by, "建立导入版式", "layout", document["name"], "")
    return str(document["name"])


def _owner(tx: Reading, opened: Opened, mine: Sequence[Account], picked: int | None) -> whose.Whose:
    """As picked, as remembered, or as the names of file and folder say."""
    file = opened.file
    if file is None or not match.nameless(file):
        return whose.Whose(None)
    fitting = {each.id: each for each in mine if each.platform == file.platform}
    if picked is not None:
        if picked not in fitting:
            raise Forbidden("超出本人管理范围", "", "请从列表中选择账号")
        return whose.Whose(fitting[picked], "本次选定")
    before = owners.recall(tx, whose.signature(opened.path, file.platform))
    if before in fitting:
        return whose.Whose(fitting[before], "按上次的选择")
    return whose.guess(opened.path, file.platform, mine)


def _mine(tx: Reading, actor: Person) -> list[Account]:
    """The accounts of the person's scope, condition as in every list."""
    paths = {each.id: each for each in units.all_units(tx)}
    return [
        each
        for each in accounts.all_accounts(tx)
        if (unit := paths.get(each.unit_id)) is not None
        and (scopes.covers(actor.scope, unit.path, unit.line) or each.line in actor.scope.lines)
    ]


def _period(file: LoadedFile) -> tuple[int, int] | None:
    """The first and last second of what the file tells of."""
    seen = [
        *(
            (post.published_from, post.published_until)
            for each in file.accounts
            for post in each.posts
        ),
        *(
            (one.observed_at, one.observed_at)
            for each in file.accounts
            for one in each.observations
        ),
    ]
    return (min(a for a, _ in seen), max(b for _, b in seen)) if seen else None
