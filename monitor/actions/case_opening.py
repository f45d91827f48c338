"""生成整改单: from what fails of an account, or from what a person registers by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import case_merging, case_moving, case_terms
from monitor.actions.case_moving import Doing, Hand, House
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent, once
from monitor.coordinate.case import open_case
from monitor.domain.account import Account, Kind
from monitor.domain.case import Move, Problem, Reason, Side, Source, State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.unit import Unit
from monitor.record import accounts, audit, case_facts, cases, photos, units
from monitor.record.case_facts import Frozen
from monitor.record.cases import Kept, Moved, Opened, Place
from monitor.record.store import Reading, Store, Writing

MOST: Final = 200
KINDS: Final = (
    *("内容不更新", "不互动无服务", "无服务", "不互动", "未备案", "更名未备案", "多头"),
    *("表述错误", "失管", "其他"),
)
"""What a person may register by hand."""
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of the problems at once when their cases are opened; None: nothing yet."""

    move: Move | None = None
    said: str = ""
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """人工登记问题: of an account, by whom it was found, and what. `scan` is a picture or PDF."""

    account_id: int
    source: Source
    kind: str
    said: str
    link: str = ""
    scan: bytes = field(default=b"", repr=False)


@needs(Permission.VERIFY)
def open_found(
    store: Store,
    actor: Person,
    account_ids: tuple[int, ...],
    verdict: Verdict,
    sent: Sent,
    house: House,
) -> tuple[int, ...]:
    """Open a case of each account with everything that fails of it, all or none; the case ids.

    An account with a live case keeps that one, and the verdict is said of it. InputError where
    nothing fails; Conflict where the same findings were found 不属实 before.
    """
    if not 0 < len(account_ids) <= MOST:
        raise InputError(f"请选择1至{MOST}个账号", "账号")
    refuse_marked({"说明": verdict.said})
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.VERIFY)

        def work() -> Mapping[str, Any]:
            known = _Known(tx, person)
            return {"ids": [_found(tx, known, each, verdict, house) for each in account_ids]}

        return tuple(once(tx, person, sent, work)["ids"])


@needs(Permission.VERIFY)
def register(store: Store, actor: Person, told: Registered, sent: Sent, house: House) -> int:
    """A case of what a person tells, or one more line of the account's live case; its id. Conflict
    where that case was put to the unit already."""
    said = _said(told)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.VERIFY)

        def work() -> Mapping[str, Any]:
            place = _Known(tx, person).place(told.account_id)
            scan = ""
            if told.scan and house.files is not None:
                scan = photos.keep_scan(house.files, told.scan)
            given = {"kind": told.kind, "link": told.link, "scan": scan, "said": said}
            live = _live(tx, place, told.account_id)
            if live is not None:
                return {"id": _added(tx, person, live, given, told)}
            facts = case_facts.canonical(
                {"account_id": told.account_id, "registered_at": tx.second, **given}
            )
            frozen = Frozen((Problem(told.kind, said),), facts.facts, facts.sha256)
            return {"id": _open(tx, person, place, frozen, told.source).id}

        return int(once(tx, person, sent, work)["id"])


class _Known:
    """The registry as it stands, read once for all the accounts of a form."""

    def __init__(self, tx: Reading, person: Person) -> None:
        self.person = person
        self._accounts = {each.id: each for each in accounts.all_accounts(tx)}
        self._units = units.all_units(tx)
        self._by_code = {each.code: each for each in self._units}

    def place(self, account_id: int) -> Place:
        """Whose case it would be; Forbidden where the account is none of the person's."""
        account: Account | None = self._accounts.get(account_id)
        unit: Unit | None = None if account is None else self._by_code.get(account.unit_code)
        if account is None or unit is None or account.kind is not Kind.OFFICIAL:
            raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新后重试")
        if not scopes.covers(self.person.scope, unit.path, unit.line):
            raise Forbidden("没有这个账号,或不在本人管理范围内", "", "请刷新后重试")
        office = case_terms.office(self.person, unit, self._units)
        if unit.id is None:
            raise Forbidden("主办单位不在机构表里", unit.name, "请先导入机构表")
        return Place(office.desk_id, unit.id, account_id, office.transit_id)


def _found(tx: Writing, known: _Known, account_id: int, verdict: Verdict, house: House) -> int:
    place = known.place(account_id)
    live = cases.live_of(tx, [account_id]).get(account_id)
    kept = cases.get(tx, live) if live is not None else None
    if kept is None:
        frozen = case_facts.freeze(tx, account_id, tx.second)
        if not frozen.problems:
            raise InputError("没有需要核实的问题", f"账号{account_id}", "请刷新列表后再试")
        _not_again(tx, account_id, frozen)
        kept = _open(tx, known.person, place, frozen, Source.SYSTEM)
    if verdict.move is not None:
        doing = Doing(verdict.move, ((kept.id, kept.version),), verdict.said, reason=verdict.reason)
        hand = Hand(known.person, Side.DESK, Permission.VERIFY)
        case_moving.one(tx, hand, doing, (kept.id, kept.version), house)
    elif live is not None:
        raise Conflict("该账号已有在办的整改单", kept.number, "请打开这件整改单办理")
    return kept.id


def _open(tx: Writing, person: Person, place: Place, frozen: Frozen, source: Source) -> Kept:
    case = open_case(frozen.problems, transit=place.transit_id is not None)
    opened = Opened(source.value, frozen.facts, frozen.sha256, person.id)
    kept = cases.begin(tx, place, opened, case)
    audit.add(tx, person.id, "生成整改单", "case", str(kept.id), source.value)
    return kept


def _live(tx: Reading, place: Place, account_id: int) -> Kept | None:
    """The account's live case, which takes one more line; Conflict where it takes none."""
    live = cases.live_of(tx, [account_id]).get(account_id)
    kept = None if live is None else cases.get(tx, live)
    if kept is None:
        return None
    if kept.case.state not in case_merging.TAKES or kept.place.desk_id != place.desk_id:
        raise Conflict("该账号已有在办的整改单", kept.number, "请在这件整改单里一并办理")
    return kept


def _added(
    tx: Writing, person: Person, kept: Kept, given: Mapping[str, str], told: Registered
) -> int:
    """Several problems of one account are one case: one more line, and the move that says so."""
    after = case_merging.merged(kept.case, (Problem(told.kind, given["said"]),))
    if not cases.put(tx, kept, after, kept.due_at):
        raise Conflict("这件整改单刚被别人办理过", kept.number, "请刷新后再办")
    told_from = {"from": told.source.value, **given}
    moved = Moved(Move.MERGE, Side.DESK, person.id, None, given["said"], told_from)
    cases.note(tx, kept, after, moved)
    audit.add(tx, person.id, "整改·合并办理", "case", str(kept.id), told.source.value)
    return kept.id


def _not_again(tx: Reading, account_id: int, frozen: Frozen) -> None:
    """The very findings that were found 不属实 are not put to the unit a second time."""
    last = cases.last_of(tx, account_id)
    if last is None or last.case.state is not State.UNFOUNDED:
        return
    before = {each.finding_id for each in last.case.problems}
    if all(each.finding_id in before for each in frozen.problems):
        raise Conflict("这些问题已核实为不属实", last.number, "结论或数据有变化后再核实")


def _said(told: Registered) -> str:
    said = told.said.strip()
    if not said:
        raise InputError("请写明发现了什么问题", "问题说明")
    if len(said) > LONGEST or len(told.link) > LONGEST:
        raise InputError(f"问题说明或链接超过{LONGEST}字", "问题说明", "请精简后再提交")
    if told.kind not in KINDS:
        raise InputError("请选择问题类别", "问题类别")
    if told.link and not told.link.startswith(("http://", "https://")):
        raise InputError("链接应以 http:// 或 https:// 开头", "链接")
    refuse_marked({"问题说明": said, "链接": told.link})
    return said
