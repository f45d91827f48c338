"""Moving cases: the one way every button of a case goes, several at once or none at all."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from monitor.access import scopes
from monitor.actions import burden, case_closing, case_merging, case_terms
from monitor.actions.case_terms import Paths
from monitor.actions.permitting import permit_person
from monitor.actions.sending import Sent, once
from monitor.coordinate.case import follow
from monitor.coordinate.case_moves import Act
from monitor.domain.burden import Sort
from monitor.domain.case import Measure, Move, Reason, Side, State
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Permission, Person
from monitor.record import audit, burdens, case_checks, case_facts, case_looks, cases, photos
from monitor.record.cases import Kept, Moved
from monitor.record.store import Store, Writing

LONGEST: Final = 1000
MOST: Final = 200
MOST_FILES: Final = 10


@dataclass(frozen=True, slots=True)
class House:
    """The office's data sheets, and the folder where files are kept."""

    data_dir: Path
    files: Path | None = None

    def folder(self, what: str) -> Path:
        """The folder where files are kept; InputError where `what` needs one and there is none."""
        if self.files is None:
            raise InputError("本机没有存放附件的目录", what, "请联系系统管理员")
        return self.files


@dataclass(frozen=True, slots=True)
class Doing:
    """One button pressed on cases `(id, version)`, and what goes with it. `number` names a problem
    of a single case (0 is the first), None all of them; `days` are working days, `hours` go
    before them."""

    move: Move
    cases: tuple[tuple[int, int], ...]
    said: str = ""
    number: int | None = None
    reason: Reason | None = None
    measure: Measure | None = None
    days: int = 0
    hours: int = 0
    into: int | None = None
    files: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is: the actor as the records know him now, his right and his side."""

    person: Person
    side: Side
    right: Permission


def move(
    hand: tuple[Side, Permission],
    store: Store,
    actor: Person,
    doing: Doing,
    sent: Sent,
    house: House,
) -> tuple[int, ...]:
    """Make a move on all the cases named, or on none; their ids.

    Forbidden on a side or a case that is not the actor's; Conflict where a case moved on meanwhile.
    """
    _check(doing)
    files = _kept(doing, house)
    with store.writing(durable=True) as tx:
        side, right = hand
        person = permit_person(tx, actor, right)
        mine = Hand(person, side, right)

        def work() -> Mapping[str, Any]:
            for case_id, version in doing.cases:
                kept = one(tx, mine, doing, (case_id, version), house, files)
                done = (doing.move, doing.said)
                case_closing.follow(tx, person, kept.place.account_id, done, house.data_dir)
            return {"ids": [case_id for case_id, _ in doing.cases]}

        return tuple(once(tx, person, sent, work)["ids"])


def one(
    tx: Writing,
    hand: Hand,
    doing: Doing,
    which: tuple[int, int],
    house: House,
    files: tuple[Mapping[str, Any], ...] = (),
) -> Kept:
    """Make a move on one case inside a transaction; the case as it was before."""
    kept = _mine(tx, hand, doing.move, which)
    made(tx, hand, doing, kept, house, files)
    return kept


def made(
    tx: Writing,
    hand: Hand,
    doing: Doing,
    kept: Kept,
    house: House,
    files: tuple[Mapping[str, Any], ...] = (),
) -> None:
    """Make a move on a case whose turn it is, whoever's right it follows from."""
    _in_time(tx, kept, doing, house)
    act = _act(tx, hand, doing, kept, house)
    after = follow(kept.case, act, tx.second)
    if doing.move is Move.MERGE:
        case_merging.absorb(tx, kept, doing.into, (hand.person.id, doing.said))
    _put_right(tx, kept, doing, house)
    if not cases.put(tx, kept, after, case_terms.due_at(house.data_dir, after, tx.second)):
        raise Conflict("这件整改单刚被别人办理过", kept.number, "请刷新后再办")
    moved = Moved(
        doing.move, hand.side, hand.person.id, tx.acting.behalf, doing.said, _given(doing)
    )
    cases.attach(tx, kept.id, cases.note(tx, kept, after, moved), files)
    _not_too_often(tx, kept, doing.move)
    if after.state is State.CLOSED and after.looks_again_at is not None:
        case_looks.expect(tx, kept.id, after.looks_again_at)
    reason = doing.reason.value if doing.reason is not None else ""
    audit.add(tx, hand.person.id, f"整改·{doing.move}", "case", str(kept.id), reason)


def _check(doing: Doing) -> None:
    if not 0 < len(doing.cases) <= MOST:
        raise InputError(f"请选择1至{MOST}件整改单", "整改单")
    if len(doing.said) > LONGEST:
        raise InputError(f"说明超过{LONGEST}字", "说明", "请精简,细节可放在附件里")
    refuse_marked({"说明": doing.said})


def _kept(doing: Doing, house: House) -> tuple[Mapping[str, Any], ...]:
    """The files stored, under their hashes."""
    if len(doing.files) > MOST_FILES:
        raise InputError(f"附件超过{MOST_FILES}个", "附件")
    if not doing.files:
        return ()
    folder = house.folder("附件")
    return tuple(
        {
            "name": Path(name).name[:120],
            "kind": Path(name).suffix.lower()[:10],
            "size": len(content),
            "sha256": photos.keep_scan(folder, content),
        }
        for name, content in doing.files
    )


def _mine(tx: Writing, hand: Hand, move: Move, which: tuple[int, int]) -> Kept:
    kept = cases.get(tx, which[0])
    absent = Forbidden("没有这件整改单,或不在本人管理范围内", "", "请刷新后重试")
    if kept is None or case_terms.permission(move, hand.side) is not hand.right:
        raise absent
    paths = paths_of(tx, kept)
    if not case_terms.covers(hand.person, move, hand.side, paths.of(hand.side)):
        raise absent
    if kept.version != which[1]:
        raise Conflict("这件整改单刚被别人办理过", kept.number, "请刷新后再办")
    return kept


def paths_of(tx: Writing, kept: Kept) -> Paths:
    """Where the parties of a case stand now."""
    place = kept.place
    found = cases.unit_paths(tx, (place.desk_id, place.unit_id, place.transit_id), tx.second)
    transit = "" if place.transit_id is None else found.get(place.transit_id, "")
    return Paths(found.get(place.desk_id, ""), found.get(place.unit_id, ""), transit)


def seen_by(tx: Writing, person: Person, kept: Kept) -> bool:
    """Whether a case is one of those a person's scope shows: by its unit, or its office."""
    paths = paths_of(tx, kept)
    return any(each and scopes.covers(person.scope, each, "") for each in (paths.unit, paths.desk))


def _act(tx: Writing, hand: Hand, doing: Doing, kept: Kept, house: House) -> Act:
    looked = case_facts.looked_at(tx, kept.place.account_id)
    rules = case_terms.rules(house.data_dir)
    return Act(
        move=doing.move,
        person=hand.person.id,
        side=hand.side,
        words=doing.said,
        number=doing.number,
        reason=doing.reason,
        measure=doing.measure,
        days=doing.days,
        hours=doing.hours,
        looked_at=case_terms.recent(house.data_dir, looked, tx.second),
        into=doing.into,
        most_days=rules.most_days,
        again_at=tx.second + rules.look_again_days * DAY,
    )


def _in_time(tx: Writing, kept: Kept, doing: Doing, house: House) -> None:
    """An appeal comes within its working days; later there is 情况说明."""
    until = case_terms.appeal_until(house.data_dir, kept.case)
    if doing.move is Move.APPEAL and until is not None and until < tx.second:
        days = case_terms.rules(house.data_dir).appeal_days
        raise Conflict(
            f"申请复核应在收到后{days}个工作日内提出", kept.number, "可写“情况说明”,由承办处室研究"
        )


def _put_right(tx: Writing, kept: Kept, doing: Doing, house: House) -> None:
    """Before 销号 the machine looks itself; a person may overrule it, and says why."""
    if doing.move is not Move.CLOSE or doing.said.strip():
        return
    for each in case_checks.measured(tx, kept, case_terms.rules(house.data_dir), tx.second):
        if each.met is False:
            raise InputError(
                f"自动复查:{each.told},未达销号条件",
                kept.number,
                "如确已整改到位,请写明理由后再销号",
            )


def _not_too_often(tx: Writing, kept: Kept, move: Move) -> None:
    """A reminder counts against the week's cap of its case."""
    if move is Move.REMIND:
        reached = {kept.place.unit_id, kept.place.transit_id or kept.place.unit_id}
        burden.keep_within(tx, Sort.URGE, reached, {f"{burdens.URGED}:{kept.id}"})


def _given(doing: Doing) -> dict[str, Any]:
    """The plain values beside the words."""
    values = {key: value for key, value in asdict(doing).items() if value not in (None, 0, "", ())}
    return {
        key: values[key]
        for key in ("number", "reason", "measure", "days", "hours", "into")
        if key in values
    }
