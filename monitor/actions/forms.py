"""分发—回收: forms are sent to the units of a level; what comes back is recognised and merged."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import burden, permitting
from monitor.actions.sending import Sent, once
from monitor.collect import form_file, ledger
from monitor.collect.files import heap
from monitor.collect.files.grid import LIMITS, Limits
from monitor.domain.burden import Sort
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.form import Form, FormState, Round
from monitor.domain.judged import Registered
from monitor.domain.loading import LedgerDiff
from monitor.domain.person import Permission, Person
from monitor.domain.scope import Scope
from monitor.domain.unit import Level
from monitor.record import accounts, audit, forms, ledgers, remembered, units
from monitor.record.store import Reading, Store, Writing
from monitor.report import form_package, reminder

LEVELS: Final = {Level.PREFECTURE.value: "每个市州局一份", Level.COUNTY.value: "每个县级局一份"}
LONGEST_TITLE: Final = 40
TOKEN_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class NewRound:
    """A distribution to be sent: its title, to the units of which level, due when (seconds)."""

    title: str
    level: str
    due_at: int


@dataclass(frozen=True, slots=True)
class Status:
    """One distribution and its forms within somebody's reach, with text for the group."""

    sent: Round
    forms: tuple[Form, ...]
    group_text: str

    def count(self, state: FormState) -> int:
        """How many forms stand so."""
        return sum(each.state is state for each in self.forms)


@dataclass(frozen=True, slots=True)
class Returned:
    """One file of a heap: whose form it is, what merging it would do, and why it cannot be."""

    file: str
    sha256: str = ""
    form: Form | None = None
    diff: LedgerDiff | None = None
    accounts: int = 0
    problems: tuple[str, ...] = ()
    seen: str = field(default="", repr=False)


@needs(Permission.SEND_FORMS)
def send(
    store: Store, actor: Person | None, new: NewRound, sent: Sent | None = None
) -> tuple[int, bytes]:
    """Begin a distribution: its id, and the zip with a pre-filled workbook for every unit. The same
    form `sent` again is the same distribution; at the machine itself there is no form."""
    title = new.title.strip()
    if not title or len(title) > LONGEST_TITLE or not title.isprintable():
        raise InputError(f"名称应为1到{LONGEST_TITLE}个字", title, "例如 2026年11月台账核对")
    refuse_marked({"名称": title})
    if new.level not in LEVELS:
        raise InputError("不能按这个层级分发", new.level, f"可选:{'、'.join(LEVELS)}")
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.SEND_FORMS)
        work = partial(_begun, tx, person, replace(new, title=title))
        done = work() if person is None or sent is None else once(tx, person, sent, work)
    round_id = int(done["round_id"])
    return round_id, _packed(store, actor, round_id)


def _begun(tx: Writing, person: Person | None, new: NewRound) -> Mapping[str, Any]:
    """A round of forms to every unit of the level within reach, unless that were too many."""
    if new.due_at <= tx.second:
        raise InputError("截止时间应在现在之后", "", "请重新选择截止时间")
    chosen = [
        each
        for each in units.all_units(tx)
        if each.level.value == new.level and _covers(permitting.reach(person), each.path)
    ]
    if not chosen:
        raise InputError("范围内没有这一层级的单位", new.level, "请先导入单位")
    by = None if person is None else person.id
    round_id = forms.open_round(tx, new.title, new.level, new.due_at, by)
    tokens = {each.id: secrets.token_hex(TOKEN_BYTES) for each in chosen if each.id}
    forms.add(tx, round_id, tokens)
    burden.keep_within(tx, Sort.FORM, tokens)
    audit.add(tx, by, "分发表格", "form_round", str(round_id), f"{len(tokens)}份")
    return {"round_id": round_id}


@needs(Permission.SEND_FORMS)
def package(store: Store, actor: Person | None, round_id: int) -> bytes:
    """The zip of a distribution, made again for a download that is audited; the tokens stay."""
    amount = len(status(store, actor, round_id).forms)
    if not amount:
        raise InputError("范围内没有这次分发的表格", str(round_id), "请联系分发的单位")
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.SEND_FORMS)
        by = None if person is None else person.id
        audit.add(tx, by, "下载表格", "form_round", str(round_id), f"{amount}份")
    return _packed(store, person, round_id)


def _packed(store: Store, actor: Person | None, round_id: int) -> bytes:
    """The forms within reach, with what the registry says now."""
    found = status(store, actor, round_id)
    with store.reading() as tx:
        every = units.all_units(tx)
        by_code = {each.code: each for each in every}
        known = [Registered(each, by_code[each.unit_code]) for each in accounts.all_accounts(tx)]
    return form_package.render(found.sent, found.forms, known, every)


@needs(Permission.SEND_FORMS, audited=False)
def status(store: Store, actor: Person | None, round_id: int | None = None) -> Status:
    """A distribution, the newest unless named; InputError where there is none."""
    scope = permitting.reach(actor)
    with store.reading() as tx:
        known = forms.rounds(tx)
        sent = next((each for each in known if round_id in (None, each.id)), None)
        if sent is None:
            raise InputError("没有这次分发", str(round_id or ""), "请先分发表格")
        found = [each for each in forms.of_round(tx, sent.id) if _covers(scope, each.path)]
    return Status(sent, tuple(found), reminder.compose(sent, found))


@needs(Permission.SEND_FORMS, audited=False)
def rounds(store: Store, actor: Person | None) -> list[Round]:
    """All distributions with a form within reach, the newest first."""
    scope = permitting.reach(actor)
    with store.reading() as tx:
        seen = {each.round_id for each in forms.of_round(tx, None) if _covers(scope, each.path)}
        return [each for each in forms.rounds(tx) if each.id in seen]


@needs(Permission.SEND_FORMS, audited=False)
def look(
    store: Store,
    actor: Person | None,
    dropped: Sequence[tuple[str, bytes]],
    largest: int = LIMITS.bytes,
) -> tuple[Returned, ...]:
    """What a heap of returned files, or zips of them, would do; nothing is written."""
    scope = permitting.reach(actor)
    limits = Limits(bytes=largest)
    unpacked = heap.unpack([heap.Dropped(name, content) for name, content in dropped], limits)
    refused = [Returned(each.explained.where, problems=(str(each),)) for each in unpacked.refused]
    with store.reading() as tx:
        desk = _Desk(tx, scope)
    found = [desk.take(each.path, each.content, limits) for each in unpacked.files]
    return (*refused, *_one_each(found))


@needs(Permission.SEND_FORMS)
def save(store: Store, actor: Person | None, looked: Sequence[Returned]) -> tuple[Returned, ...]:
    """Write down what was looked at: forms without problems are merged, others are 有误.

    Each form is one transaction, whole or not at all: one that cannot be merged any more, say
    because the registry changed since, is given back with the reason and holds up no other. Files
    whose form is not known are left out.
    """
    done: list[Returned] = []
    for each in looked:
        if each.form is None:
            continue
        try:
            _save_one(store, actor, each, each.form)
        except (Conflict, InputError) as error:
            done.append(replace(each, problems=(str(error),)))
        else:
            done.append(each)
    return tuple(done)


def _save_one(store: Store, actor: Person | None, each: Returned, form: Form) -> None:
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.SEND_FORMS)
        if not _covers(permitting.reach(person), form.path):
            raise Forbidden("超出本人管理范围", form.unit_name, "请联系上级办理")
        if each.diff is not None and not each.problems:
            if _basis(tx, form) != each.seen:
                raise Conflict(
                    "台账在您核对之后又有变化,本表未合并", each.file, "请重新核对后再合并"
                )
            ledgers.enter(tx, each.diff, ledger.attested)
        forms.returned(tx, form, each.file, each.sha256, each.accounts, each.problems)
        by = None if person is None else person.id
        told = FormState.FAULTY if each.problems else FormState.RETURNED
        audit.add(tx, by, "回收表格", "form", str(form.id), told.value)


def _basis(tx: Reading, form: Form) -> str:
    """What the registry holds below a form's unit: the same while nothing there changed."""
    codes = {each.code for each in units.all_units(tx) if each.path.startswith(form.path)}
    own = [each for each in accounts.all_accounts(tx) if each.unit_code in codes]
    return sha256(repr(own).encode("utf-8", "surrogatepass")).hexdigest()


class _Desk:
    """All that is needed to recognise and check returned forms, read once."""

    def __init__(self, tx: Reading, scope: Scope) -> None:
        self.learnt = remembered.all_of(tx, ledger.KIND)
        self.units = units.all_units(tx)
        self.known = accounts.all_accounts(tx)
        self.rounds = {each.id: each for each in forms.rounds(tx)}
        self.forms = [each for each in forms.of_round(tx, None) if _covers(scope, each.path)]
        newest = max((each.round_id for each in self.forms), default=0)
        self.current = [each for each in self.forms if each.round_id == newest]
        self.basis = {each.id: _basis(tx, each) for each in self.current}

    def take(self, name: str, content: bytes, limits: Limits) -> Returned:
        """One file."""
        given = Returned(name, sha256(content).hexdigest())
        try:
            read = form_file.read(content, name, self.learnt, limits)
        except InputError as error:
            return replace(given, form=self._by_name(name), problems=(str(error),))
        if not read.token:
            form = form_file.whose(read, self.current, self.units)
            if form is None:
                told = "认不出是哪个单位的表(隐藏编号缺失)。请在文件名中写明单位,或用下发的原表填写"
                return replace(given, problems=(told,))
            return self._checked(given, form, read.ledger)
        form = next((each for each in self.forms if each.token == read.token), None)
        if form is None:
            return replace(given, problems=("表的编号不在已分发的表中,或不属于本人管理范围",))
        if form.id not in self.basis:
            return self._outdated(given, form)
        return self._checked(given, form, read.ledger)

    def _by_name(self, name: str) -> Form | None:
        found = [each for each in self.current if each.unit_name in name]
        return found[0] if len(found) == 1 else None

    def _outdated(self, given: Returned, form: Form) -> Returned:
        """An earlier form: it is told of, and counts as faulty for the unit's present one."""
        sent = self.rounds[form.round_id]
        now = next((each for each in self.current if each.unit_id == form.unit_id), None)
        told = f"这是以前下发的“{sent.title}”,不是最近一次的表。请用最近一次下发的表填写"
        return replace(given, form=now, problems=(told,))

    def _checked(self, given: Returned, form: Form, file: ledger.LedgerFile) -> Returned:
        within = Scope(frozenset({form.path}))
        diff = ledger.compare(file, self.known, self.units, within=within)
        return replace(
            given,
            form=form,
            diff=diff,
            accounts=len(file.rows),
            problems=tuple(str(each) for each in diff.problems),
            seen=self.basis[form.id],
        )


def _one_each(found: Sequence[Returned]) -> list[Returned]:
    """Two files of one form: which of them is meant, only a person knows."""
    first: dict[int, str] = {}
    good: list[Returned] = []
    for each in found:
        earlier = first.setdefault(each.form.id, each.file) if each.form else each.file
        if earlier != each.file:
            told = f"与“{earlier}”是同一单位的表,请只留一份"
            good.append(replace(each, form=None, diff=None, problems=(told,)))
        else:
            good.append(each)
    return good


def _covers(scope: Scope, path: str) -> bool:
    return scopes.covers(Scope(scope.paths), path, "")
