"""Papers of cases: issued under a number with what they say frozen, made again when fetched."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from monitor.access import permissions, scopes
from monitor.access.declared import needs
from monitor.actions import case_moving, case_terms
from monitor.actions.case_moving import House
from monitor.actions.case_terms import Paths
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent, once
from monitor.collect import shelf
from monitor.coordinate import case_papers as papers
from monitor.domain.account import PLATFORMS, Account
from monitor.domain.case import Case
from monitor.domain.case_letter import Matter, Told
from monitor.domain.case_rules import Paper
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import say_minute, shanghai_day
from monitor.domain.person import Permission, Person
from monitor.record import accounts, audit, case_facts, case_papers, cases, photos, units
from monitor.record.case_papers import Issued
from monitor.record.cases import Kept
from monitor.record.store import Reading, Store, Writing
from monitor.report import case_letter, word_file

LONGEST: Final = 500
PAPERS: Final = "文书"
ABSENT: Final = ("没有这份文书,或不在本人管理范围内", "", "请刷新后重试")


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper of a case `(id, version)`: which, whom to call, and what the office adds."""

    case: tuple[int, int]
    kind: Paper
    contact: str
    said: str = ""


@needs(Permission.VERIFY)
def issue(store: Store, actor: Person, asked: Asked, sent: Sent, house: House) -> int:
    """Issue a paper under the next number; its id. Conflict where the case may not have it."""
    said = _said(asked)
    name = f"{asked.kind}.docx"
    template = shelf.template(house.data_dir, name)
    word_file.check(template, case_letter.values(case_letter.SAMPLE), name)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.VERIFY)

        def work() -> Mapping[str, Any]:
            kept = _mine(tx, person, asked)
            return {"id": _issue(tx, person, kept, said, (house, template))}

        return int(once(tx, person, sent, work)["id"])


@needs(Permission.SEE_CASES)
def word(store: Store, actor: Person, paper_id: int, house: House) -> tuple[str, bytes]:
    """A paper as a Word file, name and bytes: the same bytes whenever it is fetched."""
    with store.reading() as tx:
        paper = case_papers.get(tx, paper_id)
    content = b"" if paper is None else _made(paper, house)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_CASES)
        kept = None if paper is None else cases.get(tx, paper.case_id)
        if paper is None or kept is None or not case_moving.seen_by(tx, person, kept):
            raise Forbidden(*ABSENT)
        audit.add(tx, person.id, f"下载{paper.kind}", "case", str(kept.id), paper.number)
    return f"{paper.kind}-{paper.number}.docx", content


def offered(
    person: Person, case: Case, paths: Paths, issued: Sequence[Issued]
) -> tuple[Paper, ...]:
    """The papers a person may issue of a case now."""
    reach = permissions.reach(person, Permission.VERIFY)
    if not paths.desk or not scopes.covers(reach, paths.desk, ""):
        return ()
    return papers.writable(case, [each.kind for each in issued])


def _said(asked: Asked) -> Asked:
    if not asked.contact.strip():
        raise InputError("请写明联系人及电话", "联系人及电话")
    if max(len(asked.contact), len(asked.said)) > LONGEST:
        raise InputError(f"内容超过{LONGEST}字", "说明", "请精简后再出具")
    refuse_marked({"联系人及电话": asked.contact, "说明": asked.said})
    return Asked(asked.case, asked.kind, asked.contact.strip(), asked.said.strip())


def _mine(tx: Writing, person: Person, asked: Asked) -> Kept:
    """The case where it may have this paper, and the person works for the office that runs it."""
    kept = cases.get(tx, asked.case[0])
    if kept is None or not scopes.covers(person.scope, case_moving.paths_of(tx, kept).desk, ""):
        raise Forbidden("没有这件整改单,或不在本人管理范围内", "", "请刷新后重试")
    if kept.version != asked.case[1]:
        raise Conflict("这件整改单刚被别人办理过", kept.number, "请刷新后再办")
    issued = [each.kind for each in case_papers.of_case(tx, kept.id)]
    if asked.kind not in papers.writable(kept.case, issued):
        raise Conflict(f"现在不能出具{asked.kind}", kept.number, "请刷新后再看")
    return kept


def _issue(
    tx: Writing, person: Person, kept: Kept, asked: Asked, made_of: tuple[House, bytes]
) -> int:
    house, template = made_of
    rules = case_terms.rules(house.data_dir)
    number = case_papers.next_number(tx, kept, asked.kind, rules.words[asked.kind])
    amends = _amended(tx, kept, asked.kind)
    matter = _matter(tx, kept, asked, house, (number.text, amends.number if amends else ""))
    digest = photos.keep_template(house.folder(PAPERS), template)
    frozen = case_facts.canonical(case_letter.values(matter) | {"模板": digest})
    by: dict[str, Any] = {"issued_by": person.id, "amends_id": amends.id if amends else None}
    values = {"facts": frozen.facts, "sha256": frozen.sha256, "template": digest}
    paper_id = case_papers.issue(tx, kept, asked.kind, number, values | by)
    audit.add(tx, person.id, f"出具{asked.kind}", "case", str(kept.id), number.text)
    return paper_id


def _amended(tx: Reading, kept: Kept, kind: Paper) -> Issued | None:
    """What a correction puts right: the weightiest paper that left the house."""
    if kind is not Paper.CORRECTION:
        return None
    there = {each.kind: each for each in case_papers.of_case(tx, kept.id)}
    return next((there[each] for each in papers.CORRECTED if each in there), None)


def _matter(
    tx: Writing, kept: Kept, asked: Asked, house: House, numbers: tuple[str, str]
) -> Matter:
    rules, place, case = case_terms.rules(house.data_dir), kept.place, kept.case
    names = {each.id: each.name for each in units.all_units(tx)}
    account = _account(tx, place.account_id)
    due = case_terms.due_at(house.data_dir, case, tx.second)
    if due is None and case.term is not None and not case.term.ran:
        due = case_terms.begun(house.data_dir, case, tx.second)
    told = tuple(
        Told(each.kind, each.sentence, rules.of(each.kind).source)
        for each in case.problems
        if each.confirmed is not False or asked.kind is Paper.CORRECTION
    )
    return Matter(
        number=numbers[0],
        day=shanghai_day(tx.second),
        office=names.get(place.desk_id, ""),
        unit=names.get(place.unit_id, ""),
        account=account.name,
        uid=account.uid or "",
        platform=PLATFORMS.get(account.platform, account.platform),
        problems=told,
        contact=asked.contact,
        due=shanghai_day(due) if due is not None else None,
        hours=case.term.hours if case.term is not None else 0,
        appeal_days=rules.appeal_days,
        last_post=_last_post(kept),
        said=asked.said,
        amends=numbers[1],
        case_number=kept.number,
        measure=case.measure.value if case.measure is not None else "",
    )


def _account(tx: Reading, account_id: int) -> Account:
    found = accounts.by_id(tx, account_id)
    if found is None:
        raise InputError("台账里没有这个账号了", str(account_id), "请先核对台账")
    return found


def _last_post(kept: Kept) -> str:
    post = json.loads(kept.facts).get("last_post")
    if not post:
        return "未见任何作品"
    return f"{say_minute(post['published_until'])} {post['url']}".strip()


def _made(paper: Issued, house: House) -> bytes:
    """The paper out of its frozen text and the template it was issued with."""
    if sha256(paper.facts.encode()).hexdigest() != paper.sha256:
        raise Conflict("文书的内容与出具时的校验值不符", paper.number, "请联系系统管理员核查")
    kept = photos.find(house.folder(PAPERS), paper.template)
    if kept is None:
        raise InputError("出具时所用的模板不在本机", paper.number, "请从备份恢复 data/local")
    return word_file.fill(kept.read_bytes(), json.loads(paper.facts), paper.number)
