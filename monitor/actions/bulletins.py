"""通报 on screen: asked for, put up for approval, issued under its number, fetched, put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, needs
from monitor.actions import approval_terms as terms
from monitor.actions import bulletin_issuing
from monitor.actions.case_moving import House
from monitor.actions.permitting import office, permit_person, reach
from monitor.actions.sending import Sent, key_of, once
from monitor.collect import shelf
from monitor.domain.approval import Approval
from monitor.domain.bulletin import DECIMALS, SUBJECT, Base, Sort, reported
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.manuscript import SUBJECT as TEXT_SUBJECT
from monitor.domain.manuscript import Text
from monitor.domain.person import Permission, Person
from monitor.record import approvals, audit, bulletins, jobs, manuscripts, photos, units
from monitor.record.approvals import Subject
from monitor.record.bulletins import Kept
from monitor.record.store import Store, Writing
from monitor.report import bulletin, correction, public_version, word_file

JOB: Final = "bulletin"
"""The kind of job that makes a draft."""
LONGEST: Final = 1000
LARGEST_SAMPLE: Final = 100_000
ABSENT: Final = ("没有这份通报,或不在本人管理范围内", "", "请刷新后重试")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draft of a period: how its rate is counted, and what the office adds by hand. Without an
    `addressee` it goes to those below the office. `topics` are the next month's, for a monthly
    hint; `sample` is a size, 0 for none."""

    period: str
    addressee: str
    contact: str
    good: str = ""
    topics: str = ""
    base: Base = Base.DECIDED
    decimals: int = 1
    sample: int = 0


@needs(Permission.VERIFY, reach=Reach.SELF)
def ask(store: Store, actor: Person, wanted: Wanted, sent: Sent) -> int:
    """Have a draft made of all the actor's office answers for; the job's id."""
    arguments = _checked(wanted)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.VERIFY)
        unit = office(tx, person, "通报和提示")

        def work() -> Mapping[str, Any]:
            key = key_of(str(person.id), sent)
            job_id = jobs.ask(tx, JOB, arguments | {"unit_id": str(unit.id)}, key, person.id)
            audit.add(tx, person.id, "生成通报草稿", "job", str(job_id), wanted.period)
            return {"job_id": job_id}

        return int(once(tx, person, sent, work)["job_id"])


@needs(Permission.VERIFY)
def submit(store: Store, actor: Person, which: tuple[int, int], sent: Sent) -> int:
    """Put a draft `(id, version)` up for approval as it is frozen; the approval's id. The writer
    then names who signs it, as with every text."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.VERIFY)
        return int(once(tx, person, sent, lambda: _submitted(tx, person, which))["id"])


@needs(Permission.ASSIGN_CASE)
def issue(store: Store, actor: Person, which: tuple[int, int], sent: Sent, house: House) -> str:
    """Issue what was approved: the gate once more, the number, and 已通报 on its cases. Conflict
    names every case that may not be named any more; nothing is written then."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.ASSIGN_CASE)

        def work() -> Mapping[str, Any]:
            kept = mine(tx, person, *which)
            return {"number": bulletin_issuing.issue(tx, person, kept, house)}

        return str(once(tx, person, sent, work)["number"])


@needs(Permission.VERIFY)
def amend(
    store: Store,
    actor: Person,
    which: tuple[int, int],
    said: tuple[str, str],
    sent: Sent,
    house: House,
) -> int:
    """A correction `(what, contact)` beside an issued bulletin, which stays as it is; its id."""
    words = tuple(each.strip() for each in said)
    if not all(words) or max(map(len, words)) > LONGEST:
        raise InputError("请写明更正的内容和联系人", "更正", f"各不超过{LONGEST}字")
    refuse_marked({"更正内容": words[0], "联系人": words[1]})
    template = shelf.template(house.data_dir, f"{Sort.CORRECTION}.docx")
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.VERIFY)

        def work() -> Mapping[str, Any]:
            kept = mine(tx, person, *which)
            if kept.issued_at is None or kept.sort is not Sort.QUARTER:
                raise Conflict("还没有印发的通报不用更正", kept.period, "请重新生成草稿")
            values = correction.values(bulletins.content(tx, kept)["within"], kept.number, words)
            drafted = bulletins.Drafted(
                kept.unit_id,
                Sort.CORRECTION,
                kept.period,
                {"within": values, "public": public_version.of_correction(values), "dropped": []},
                photos.keep_template(house.folder(SUBJECT), template),
                (tx.second, tx.stamp),
                by=person.id,
                amends_id=kept.id,
            )
            made = bulletins.draft(tx, drafted)
            audit.add(tx, person.id, "拟写通报更正", "bulletin", str(made), kept.number)
            return {"id": made}

        return int(once(tx, person, sent, work)["id"])


@needs(Permission.SEE_CASES)
def word(
    store: Store, actor: Person, bulletin_id: int, house: House, *, public: bool = False
) -> tuple[str, bytes]:
    """A bulletin as a Word file, name and bytes: the same bytes whenever it is fetched."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_CASES)
        kept = mine(tx, person, bulletin_id)
        if public and "public" not in bulletins.content(tx, kept):
            raise InputError("考核结果没有公开版", kept.number, "请下载内部版")
        values = bulletin_issuing.values(tx, kept, public=public)
        told = "公开版" if public else "内部版"
        audit.add(tx, person.id, f"下载{kept.sort}", "bulletin", str(kept.id), told)
    name = f"{kept.sort}-{kept.number or f'{kept.period}草稿'}{'-公开版' if public else ''}.docx"
    place = photos.find(house.folder(SUBJECT), kept.template)
    if place is None:
        raise InputError("生成时所用的模板不在本机", kept.period, "请从备份恢复 data/local")
    return name, word_file.fill(place.read_bytes(), values, name)


def mine(tx: Writing, person: Person, bulletin_id: int, version: int | None = None) -> Kept:
    """A bulletin of an office within the person's reach, at the version he saw."""
    kept = bulletins.get(tx, bulletin_id)
    unit = None if kept is None else units.by_id(tx, kept.unit_id)
    if kept is None or unit is None or not scopes.covers(reach(person), unit.path, unit.line):
        raise Forbidden(*ABSENT)
    if version is not None and kept.version != version:
        raise Conflict("这份通报刚被别人办理过", kept.period, "请刷新后再办")
    return kept


def _checked(wanted: Wanted) -> dict[str, str]:
    typed = {
        "主送": wanted.addressee,
        "联系人及电话": wanted.contact,
        "工作成效": wanted.good,
        "下月重点": wanted.topics,
    }
    for name, text in typed.items():
        if len(text) > LONGEST:
            raise InputError(f"{name}超过{LONGEST}字", name, "请精简后再生成")
    refuse_marked(typed)
    if not wanted.contact.strip():
        raise InputError("请写明联系人及电话", "通报")
    if wanted.decimals not in DECIMALS or not 0 <= wanted.sample <= LARGEST_SAMPLE:
        raise InputError("小数位数为0、1或2,抽查数不小于0", "口径")
    if (wanted.base is Base.SAMPLED) != bool(wanted.sample):
        raise InputError("以抽查数为分母时要写抽查数,不抽查时写0", "抽查数")
    return {
        "period": reported(wanted.period).code,
        "addressee": wanted.addressee.strip(),
        "contact": wanted.contact.strip(),
        "good": wanted.good.strip(),
        "topics": wanted.topics.strip(),
        "base": wanted.base.value,
        "decimals": str(wanted.decimals),
        "sample": str(wanted.sample),
    }


def _submitted(tx: Writing, person: Person, which: tuple[int, int]) -> Mapping[str, Any]:
    kept = mine(tx, person, *which)
    unit = units.by_id(tx, kept.unit_id)
    done = kept.manuscript_id is not None or kept.issued_at is not None
    if done or unit is None or kept.sort is Sort.MONTH:
        raise Conflict("已经送审,或不需要审批", kept.period, "请刷新后再看")
    within = bulletins.content(tx, kept)["within"]
    body = correction.text(within) if kept.sort is Sort.CORRECTION else bulletin.text(within)
    text = Text(SUBJECT, within["标题"], f"{body}\n数据校验值:{kept.sha256}")
    manuscript_id = manuscripts.add(tx, kept.unit_id, person.id, text)
    subject = Subject(
        TEXT_SUBJECT, manuscript_id, kept.unit_id, text.title, SUBJECT, terms.LEVELS[unit.level]
    )
    approval_id = approvals.begin(tx, subject, Approval(person.id, text.sha256))
    if not bulletins.submitted(tx, kept, manuscript_id):
        raise Conflict("这份通报刚被别人办理过", kept.period, "请刷新后再办")
    audit.add(tx, person.id, "通报送审", "bulletin", str(kept.id), str(approval_id))
    return {"id": approval_id}
