"""书面催补: units are asked in writing, by numbered letters, for what a result lacks of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, needs
from monitor.actions import acknowledging, approval_terms, permitting, receipt_door, scorecards
from monitor.actions.assessing import REMEDY
from monitor.actions.permitting import permit_house, permit_person
from monitor.actions.receipt_kinds.owing import task
from monitor.actions.sending import Sent, once
from monitor.collect import shelf
from monitor.coordinate import deadline
from monitor.domain.assessment import State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import period_of
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.owing import NAME, Letter, Owed
from monitor.domain.person import Permission, Person
from monitor.record import (
    ask_letters,
    assessments,
    audit,
    case_facts,
    photos,
    receipt_links,
    schemes,
    units,
)
from monitor.record.ask_letters import Written
from monitor.record.store import Reading, Store, Writing
from monitor.report import ask_letter, word_file

MATTER: Final = "ask_letter"
FOLDER: Final = "case_files"
LONGEST: Final = 200
MOST: Final = 150
"""Units that are asked at once."""
ABSENT: Final = ("没有这份催补函,或不在本人管理范围内", "", "请刷新后重试")


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom (codes of units) to ask for all that a result lacks of them and nobody asked for yet;
    how they may give it, and whom to call."""

    assessment_id: int
    units: tuple[str, ...]
    way: str
    contact: str


@dataclass(frozen=True, slots=True)
class Made:
    """A letter that was written, and the token of its receipt link: known only now."""

    asked: ask_letter.Asked
    letter_id: int
    token: str = field(repr=False)


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def ask(
    store: Store, actor: Person, key: bytes, data_dir: Path, asking: Asking, sent: Sent
) -> list[Made]:
    """编号并发出催补函, one to each unit; sent again, the same letters and no links.

    Conflict where nothing is missing that was not asked for, or the result is past 初评: what was
    told to units rests on what was frozen.
    """
    asking = _checked(asking)
    template = shelf.template(data_dir, ask_letter.PAPER)
    word_file.check(template, ask_letter.values(ask_letter.SAMPLE), ask_letter.PAPER)
    kept_as = photos.keep_template(data_dir / "local" / FOLDER, template)
    made: list[Made] = []
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            kept = _asked_of(tx, asking)
            owed = _owed(tx, kept, asking)
            terms = _Terms(kept, _days(tx, kept), data_dir, kept_as, by)
            made.extend(_written(tx, terms, asking, key, each) for each in owed)
            receipt_door.keep_within(
                tx, [(NAME, each.letter_id, each.asked.owed[0].unit_id) for each in made]
            )
            return {"letters": [each.letter_id for each in made]}

        once(tx, actor, sent, work)
    return made


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def withdraw(store: Store, actor: Person, letter_id: int, sent: Sent) -> None:
    """撤回催补: what the letter asked counts no more, and its link ends. The number stays used."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            letter = ask_letters.get(tx, letter_id)
            if letter is None:
                raise Forbidden(*ABSENT)
            if not ask_letters.withdraw(tx, letter):
                raise Conflict("这份催补函已经撤回", letter.number, "请刷新后再看")
            receipt_links.revoke(tx, NAME, letter.id)
            audit.add(tx, by, "考核·撤回催补", MATTER, str(letter.id), letter.number)
            return {}

        once(tx, actor, sent, work)


@needs(Permission.SEE_SCORES)
def word(store: Store, actor: Person, letter_id: int, data_dir: Path) -> tuple[str, bytes]:
    """A letter to a unit within reach as Word, name and bytes: the same whenever it is fetched."""
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_SCORES)
        letter = ask_letters.get(tx, letter_id)
        unit = None if letter is None else units.by_id(tx, letter.unit_id)
        if letter is None or unit is None or not scopes.covers(person.scope, unit.path, ""):
            raise Forbidden(*ABSENT)
        audit.add(tx, person.id, "下载催补函", MATTER, str(letter.id), letter.number)
    return f"催补函-{letter.number}.docx", _made(letter, data_dir)


def group_text(made: Made, base: str) -> str:
    """What to paste into a unit's group; `base` is the desk's address."""
    return ask_letter.group_text(made.asked, f"{base.rstrip('/')}/r/{made.token}")


@dataclass(frozen=True, slots=True)
class _Terms:
    kept: Assessment
    days: int
    data_dir: Path
    template: str
    by: int | None


def _checked(asking: Asking) -> Asking:
    said = {"补交方式": asking.way.strip(), "联系人及电话": asking.contact.strip()}
    for name, text in said.items():
        if not text:
            raise InputError(f"请写明{name}", name, "单位要知道怎么补、问谁")
        if len(text) > LONGEST:
            raise InputError(f"{name}超过{LONGEST}字", name, "请精简后再发出")
    refuse_marked(said)
    if not 0 < len(asking.units) <= MOST:
        raise InputError(f"请选择1至{MOST}个单位", "单位", "可以分几次发出")
    return Asking(asking.assessment_id, asking.units, *said.values())


def _asked_of(tx: Reading, asking: Asking) -> Assessment:
    kept = assessments.get(tx, asking.assessment_id)
    if kept is None:
        raise InputError("没有这次考核", str(asking.assessment_id), "请从列表重新打开")
    if kept.state is not State.FIRST:
        told = "反馈以后数据已经封存,催补不再影响本次结果"
        raise Conflict(told, kept.title, "请在初评阶段催补,或作更正单")
    return kept


def _days(tx: Reading, kept: Assessment) -> int:
    """Working days after which what was asked for and not given counts as evidenced only."""
    revision = schemes.get(tx, kept.scheme_revision_id)
    assert revision is not None, "a foreign key keeps it"
    return max(1, round(scorecards.scheme_of(revision).missing.asked_days))


def _owed(tx: Reading, kept: Assessment, asking: Asking) -> list[tuple[Owed, ...]]:
    """By unit, what is missing and was not asked for yet."""
    asked = {
        (letter.unit_id, account)
        for letter in ask_letters.of_period(tx, kept.period)
        for account in letter.accounts
        if letter.stands
    }
    found: dict[str, list[Owed]] = {}
    for each in ask_letters.lacking(tx, kept.id):
        if each.unit in asking.units and (each.unit_id, each.account_id) not in asked:
            found.setdefault(each.unit, []).append(each)
    if not found:
        raise Conflict("所选单位没有可催补的缺失数据,或已经催补过", kept.title, "请刷新后再看")
    return [tuple(each) for each in found.values()]


def _written(tx: Writing, terms: _Terms, asking: Asking, key: bytes, owed: Sequence[Owed]) -> Made:
    calendar = approval_terms.calendar(terms.data_dir)
    due = deadline.after_working_days(tx.second, terms.days, calendar).at
    number, office = ask_letters.next_number(tx), permitting.highest(tx, None)
    asked = ask_letter.Asked(
        number[2],
        shanghai_day(tx.second),
        "" if office is None else office.name,
        owed[0].unit_name,
        period_of(terms.kept.period).said,
        tuple(owed),
        shanghai_day(due),
        terms.days,
        asking.way,
        asking.contact,
    )
    frozen = case_facts.canonical(ask_letter.values(asked))
    accounts = tuple(each.account_id for each in owed)
    written = Written(owed[0].unit_id, accounts, frozen.facts, frozen.sha256, terms.template, due)
    made = ask_letters.issue(tx, terms.kept.period, number, written, terms.by)
    audit.add(tx, terms.by, "考核·书面催补", MATTER, str(made), number[2])
    found = task(tx, made)
    expires = acknowledging.expiry(found, tx.second) if found is not None else due
    link = (NAME, made, owed[0].unit_id)
    return Made(asked, made, receipt_door.issue(tx, key, link, expires, terms.by))


def _made(letter: Letter, data_dir: Path) -> bytes:
    if sha256(letter.facts.encode()).hexdigest() != letter.sha256:
        raise Conflict("催补函的内容与发出时的校验值不符", letter.number, "请联系系统管理员核查")
    place = photos.find(data_dir / "local" / FOLDER, letter.template)
    if place is None:
        raise InputError("发出时所用的模板不在本机", letter.number, "请从备份恢复 data/local")
    return word_file.fill(place.read_bytes(), json.loads(letter.facts), letter.number)
