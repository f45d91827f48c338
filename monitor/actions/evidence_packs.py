"""核查佐证材料: made when somebody fetches it, of the instants a finding or a case stands on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions.permitting import permit_person, permit_reading
from monitor.collect import shelf
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.material import Material
from monitor.domain.person import Permission, Person
from monitor.domain.rulebook import Rulebook
from monitor.judge import rulebook as rulebooks
from monitor.judge.evaluate import fitted_to, judge
from monitor.judge.replies import windows
from monitor.record import audit, facts, material, photos
from monitor.record import rulebooks as kept
from monitor.record.screens import account as account_screen
from monitor.record.screens import cases as case_screen
from monitor.record.store import Reading, Store
from monitor.report.evidence_pack import Pack, Standard, build

PHOTOS: Final = "patrol"
MOST_PHOTOS: Final = 3
OWN, UPPER = "本厅口径", "上级口径"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which rule of which account, at which instants, by the rulebooks in which rows."""

    account_id: int
    rule: str
    as_of: int
    known_at: int
    rulebook_ids: tuple[int, ...]


@needs(Permission.EXPORT)
def of_finding(store: Store, actor: Person, account_id: int, rule: str, data_dir: Path) -> Pack:
    """The pack of what a rule found of an account, as it was judged last."""
    with store.reading() as tx:
        _, now = permit_reading(tx, actor, Permission.EXPORT, store.clock())
        found = account_screen.identity(tx, actor.scope, now, account_id)
        if found is None or found.day is None:
            told = "没有这项认定,或不在本人范围内"
            raise Forbidden(told, str(account_id), "请从列表重新打开")
        day = found.day
        books = (day["rulebook_id"], day["upper_rulebook_id"])
        pack = _pack(tx, _Asked(account_id, rule, day["as_of"], day["known_at"], books), data_dir)
    _note(store, actor, Permission.EXPORT, ("account", account_id), pack)
    return pack


@needs(Permission.SEE_CASES)
def of_case(store: Store, actor: Person, case_id: int, number: int, data_dir: Path) -> Pack:
    """The pack of the problem `number` (0 is the first) of a case, of the instants it was frozen
    at; InputError where a person registered the problem and nothing was measured."""
    with store.reading() as tx:
        _, now = permit_reading(tx, actor, Permission.SEE_CASES, store.clock())
        wanted = case_screen.Wanted(case=case_id, over=True)
        rows = case_screen.listing(tx, actor.scope, now, wanted).rows
        if not rows or not 0 <= number < len(rows[0].kept.case.problems):
            told = "没有这件整改单,或不在本人范围内"
            raise Forbidden(told, str(case_id), "请从列表重新打开")
        pack = _pack(tx, _frozen(tx, rows[0], number), data_dir)
    _note(store, actor, Permission.SEE_CASES, ("case", case_id), pack)
    return pack


def _frozen(tx: Reading, line: case_screen.CaseLine, number: int) -> _Asked:
    """What the facts of a case say it was measured by."""
    told = json.loads(line.kept.facts)
    problem = line.kept.case.problems[number]
    findings = told.get("findings", ())
    rule = next((each["rule"] for each in findings if each["id"] == problem.finding_id), "")
    if not rule:
        raise InputError("该问题由人工登记,没有系统比对的材料", problem.kind, "请查看登记时的附件")
    versions = sorted({(each["book"], each["book_version"]) for each in findings})
    books = [kept.find_version(tx, name, version) for name, version in versions]
    held = tuple(each for each in books if each is not None)
    account_id = line.kept.place.account_id
    return _Asked(account_id, rule, told["as_of"], told["known_at"], held)


def _pack(tx: Reading, asked: _Asked, data_dir: Path) -> Pack:
    """Measured and judged again at those instants: the rows decide, not what was remembered."""
    found = material.gather(tx, asked.account_id, asked.as_of, asked.known_at)
    books = [_book(tx, each) for each in asked.rulebook_ids]
    asks = windows([book for book, _ in books])
    measured = facts.measure(tx, asked.as_of, asked.known_at, [asked.account_id], asks)
    if found is None or not measured:
        told = "当时台账中尚无该账号,没有可导出的材料"
        raise InputError(told, str(asked.account_id), "请核对台账")
    standards = []
    for whole, text in books:
        book = fitted_to(whole, measured[0])
        title = UPPER if book.upper else OWN
        standards.append(Standard(title, book, text, judge(measured[0], book)))
    _found_by(asked.rule, standards)
    with_photos = replace(found, photos=_photos(found, data_dir / "local" / PHOTOS))
    return build(with_photos, asked.rule, sorted(standards, key=lambda each: each.title != OWN))


def _book(tx: Reading, rulebook_id: int) -> tuple[Rulebook, str]:
    text = kept.document(tx, rulebook_id)
    page = shelf.parse(text.encode(), f"认定标准{rulebook_id}")
    return rulebooks.parse(page.mapping, page.sha256, {}), text


def _found_by(rule: str, standards: Sequence[Standard]) -> None:
    if not any(one.rule == rule for each in standards for one in each.judgement.findings):
        raise InputError("该规则目前没有结论", rule, "请从账号页选择一项结论")


def _photos(found: Material, folder: Path) -> dict[str, bytes]:
    """The newest screenshots of what people saw."""
    digests = [row["photo"] for row in found.tables["looks"] if row["photo"]]
    paths = [photos.find(folder, digest) for digest in digests[-MOST_PHOTOS:]]
    return {path.name: path.read_bytes() for path in paths if path is not None}


def _note(
    store: Store, actor: Person, needed: Permission, what: tuple[str, int], pack: Pack
) -> None:
    """Who fetched which pack; the digest tells it from every other."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, needed)
        audit.add(tx, person.id, "导出佐证材料", what[0], str(what[1]), pack.digest)
