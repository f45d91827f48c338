"""异议: raised by a unit within 结果反馈, answered by the office, taken back by who raised it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, needs
from monitor.actions.assessing import REMEDY, ask_again
from monitor.actions.permitting import permit_house, permit_person, reach
from monitor.actions.sending import Sent, key_of, once
from monitor.coordinate import objecting as machine
from monitor.domain.assessed import Line, Listed
from monitor.domain.assessment import Answer, Objection, Plea, Say
from monitor.domain.assessment_kept import Assessment, KeptObjection
from monitor.domain.classified import refuse_marked
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.record import assessed, assessments, audit, contacts, objections, photos
from monitor.record.contacts import Given
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

MATTER: Final = "assessment_objection"
FOLDER: Final = "objections"
MOST_FILES: Final = 5


@dataclass(frozen=True, slots=True)
class Raising:
    """What a unit (its code) holds against one line (its id), the points it asks for, pictures or
    scans that show it, and whom to call."""

    assessment_id: int
    unit: str
    indicator: str
    words: str
    wanted: float
    files: tuple[bytes, ...] = field(default=(), repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Answering:
    """采纳 with the points granted, or 不采纳, of an objection as it was seen; files show why."""

    objection_id: int
    version: int
    say: Say
    words: str
    granted: float | None = None
    files: tuple[bytes, ...] = field(default=(), repr=False)


@needs(Permission.OBJECT)
def raise_objection(
    store: Store, actor: Person, vault: Vault, data_dir: Path, raising: Raising, sent: Sent
) -> int:
    """提出异议 against a line of a unit within reach; the id. The contact is sealed."""
    refuse_marked({"异议内容": raising.words})
    files = _keep(data_dir, raising.files, "佐证")
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.OBJECT)

        def work() -> Mapping[str, Any]:
            return {"id": _raised(tx, person, vault, raising, files)}

        return int(once(tx, person, sent, work)["id"])


def _keep(data_dir: Path | None, files: Sequence[bytes], what: str) -> list[str]:
    """The hashes of files, each kept once; they are no part of the transaction."""
    if len(files) > MOST_FILES:
        raise InputError(f"{what}最多{MOST_FILES}个文件", what, "请合并后再上传")
    if data_dir is None:
        return []
    return [photos.keep_scan(data_dir / "local" / FOLDER, each) for each in files]


def _raised(tx: Writing, person: Person, vault: Vault, raising: Raising, files: list[str]) -> int:
    kept, listed = _of_mine(tx, person, raising)
    line = _line(tx, raising)
    held = machine.raised(
        Objection(
            raising.indicator,
            raising.words,
            own_points(line),
            raising.wanted,
            line.most,
            person.id,
        ),
        kept.state,
        tx.second,
        kept.feedback_until,
    )
    where = (kept.id, listed.unit_id, raising.indicator)
    key = objections.raised(tx, where, held.words, held.wanted, files, person.id)
    if raising.phone.strip():
        owner = Owner(OwnerKind.OBJECTION, key)
        contacts.put(tx, vault, [Given(owner, ContactKind.OFFICE, raising.phone)])
    audit.add(tx, person.id, "考核·提出异议", MATTER, str(key), raising.indicator)
    return key


def _of_mine(tx: Reading, person: Person, raising: Raising) -> tuple[Assessment, Listed]:
    """The assessment and the unit on its roster; Forbidden where the unit is not within reach."""
    kept = assessments.get(tx, raising.assessment_id)
    rows = [] if kept is None else assessed.roster(tx, kept.id)
    found = next((each for each in rows if each.unit == raising.unit), None)
    if kept is None or found is None or not scopes.covers(reach(person), found.path, ""):
        raise Forbidden("没有这次考核,或单位不在本人范围内", raising.unit, "请从列表重新打开")
    mine = objections.of_assessment(tx, kept.id)
    if any(_waits(each, found, raising.indicator) for each in mine):
        raise Conflict("这一项已有一件异议待复核", raising.indicator, "请等答复,或先撤回")
    return kept, found


def _waits(each: KeptObjection, unit: Listed, indicator: str) -> bool:
    same = each.unit_id == unit.unit_id and each.indicator == indicator
    return same and each.state is Plea.RAISED


def own_points(line: Line) -> float | None:
    """The points of a line as the scheme has them, before weights are spread: what is asked for and
    granted is on the same scale. None where it is not scored."""
    return None if line.share is None else round(line.share * line.most, 2)


def _line(tx: Reading, raising: Raising) -> Line:
    lines = assessed.lines(tx, raising.assessment_id, raising.unit)
    found = next((each for each in lines if each.indicator == raising.indicator), None)
    if found is None:
        raise InputError("没有这项指标", raising.indicator, "请从列表中选择")
    return found


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def answer(
    store: Store, actor: Person, answering: Answering, sent: Sent, data_dir: Path | None = None
) -> str:
    """采纳 or 不采纳, with the reason; where it stands then. What is upheld is scored again.
    Files of the answer are kept below `data_dir`."""
    refuse_marked({"答复说明": answering.words})
    files = _keep(data_dir, answering.files, "附件")
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY) or 0

        def work() -> Mapping[str, Any]:
            seen, kept = _seen(tx, answering.objection_id, answering.version)
            told = Answer(answering.say, by, answering.words, answering.granted)
            after = machine.answered(_held(tx, seen), kept.state, told)
            granted = answering.granted if after.plea is Plea.UPHELD else None
            _decided(tx, seen, after, (by, after.answer), (granted, files))
            if after.plea is Plea.UPHELD:
                ask_again(tx, kept.id, by, key_of(str(actor.id), sent))
            return {"state": after.plea.value}

        return str(once(tx, actor, sent, work)["state"])


@needs(Permission.OBJECT)
def withdraw(store: Store, actor: Person, objection_id: int, version: int, sent: Sent) -> str:
    """撤回异议 by who raised it; where it stands then."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.OBJECT)

        def work() -> Mapping[str, Any]:
            seen, kept = _seen(tx, objection_id, version)
            rows = {each.unit_id: each for each in assessed.roster(tx, kept.id)}
            if not scopes.covers(reach(person), rows[seen.unit_id].path, ""):
                raise Forbidden("这件异议不在本人范围内", str(objection_id))
            after = machine.answered(_held(tx, seen), kept.state, Answer(Say.WITHDRAW, person.id))
            _decided(tx, seen, after, (person.id, ""), (None, ()))
            return {"state": after.plea.value}

        return str(once(tx, person, sent, work)["state"])


def _seen(tx: Reading, objection_id: int, version: int) -> tuple[KeptObjection, Assessment]:
    seen = objections.get(tx, objection_id)
    kept = None if seen is None else assessments.get(tx, seen.assessment_id)
    if seen is None or kept is None:
        raise InputError("没有这件异议", str(objection_id), "请从列表重新打开")
    if seen.version != version:
        raise Conflict("这件异议刚被别人办理过", "", "请刷新后再看")
    return seen, kept


def _held(tx: Reading, seen: KeptObjection) -> Objection:
    """What was kept, with the line as it now stands."""
    code = {each.unit_id: each.unit for each in assessed.roster(tx, seen.assessment_id)}
    lines = assessed.lines(tx, seen.assessment_id, code[seen.unit_id])
    line = next(each for each in lines if each.indicator == seen.indicator)
    return Objection(
        seen.indicator,
        seen.words,
        own_points(line),
        seen.wanted or 0.0,
        line.most,
        seen.raised_by or 0,
        seen.state,
    )


def _decided(
    tx: Writing,
    seen: KeptObjection,
    after: Objection,
    said: tuple[int, str],
    given: tuple[float | None, Sequence[str]],
) -> None:
    """`given` are the points granted and the hashes of the answer's files."""
    if not objections.decide(tx, seen, after.plea, said, *given):
        raise Conflict("这件异议刚被别人办理过", "", "请刷新后再看")
    audit.add(tx, said[0], f"考核异议·{after.plea}", MATTER, str(seen.id), seen.indicator)


@needs(Permission.SEE_SCORES)
def evidence(
    store: Store, actor: Person, data_dir: Path, objection_id: int, digest: str
) -> tuple[str, bytes]:
    """A file that came with an objection or its answer by its hash, name and bytes, as it was
    handed in; Forbidden where the objection is not within reach."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_SCORES)
        held = objections.get(tx, objection_id)
        if held is None or not _covers(tx, person, held):
            raise Forbidden("没有这个附件,或不在本人范围内", "", "请从列表重新打开")
        name = called(held, digest)
        if not name:
            raise Forbidden("没有这个附件,或不在本人范围内", "", "请从列表重新打开")
        audit.add(tx, person.id, "下载异议附件", MATTER, str(held.id), digest[:16])
    place = photos.find(data_dir / "local" / FOLDER, digest)
    if place is None:
        raise InputError("附件不在本机", name, "请从备份恢复 data/local")
    return f"{name}{place.suffix}", place.read_bytes()


def _covers(tx: Reading, person: Person, held: KeptObjection) -> bool:
    rows = assessed.roster(tx, held.assessment_id)
    path = next((each.path for each in rows if each.unit_id == held.unit_id), "")
    return bool(path) and scopes.covers(person.scope, path, "")


def ending(data_dir: Path, digest: str) -> str:
    """`.pdf`, `.png` or `.jpg` of a file that is kept; '' where it is gone."""
    place = photos.find(data_dir / "local" / FOLDER, digest)
    return "" if place is None else place.suffix


def called(held: KeptObjection, digest: str) -> str:
    """`异议3佐证1`, `异议3答复附件1`; '' where the file came with neither."""
    for what, files in (("佐证", held.files), ("答复附件", held.answer_files)):
        if digest in files:
            return f"异议{held.id}{what}{files.index(digest) + 1}"
    return ""
