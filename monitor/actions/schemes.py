"""考核方案: copied, edited as text with faults by line, sent out for comment, and put in force."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, free, needs
from monitor.actions.permitting import permit_house
from monitor.actions.scorecards import scheme_of
from monitor.actions.sending import Sent, once, overtaken
from monitor.collect import shelf
from monitor.coordinate import assessing as machine
from monitor.domain.assessment import Act, Asked, Move, Side, Standing, State
from monitor.domain.assessment_kept import SchemeRevision
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import day_start
from monitor.domain.person import Permission, Person
from monitor.domain.scheme import Scheme
from monitor.record import audit, schemes
from monitor.record.schemes import Sheet
from monitor.record.store import Reading, Store, Writing
from monitor.score import scheme as schemes_read

REMEDY: Final = "考核方案由省厅拟定和印发"
MATTER: Final = "scheme_revision"
TEXT: Final = "方案文字"
LONGEST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button on a revision as somebody saw it."""

    revision_id: int
    version: int
    move: Move
    why: str = ""


@free("随软件提供的方案,任何人都可以看")
def shipped(data_dir: Path) -> dict[str, str]:
    """Titles of the schemes that ship, by file name without its ending."""
    found = {}
    for path in sorted((data_dir / "schemes").glob("*.yaml")):
        mapping = shelf.read(path).mapping
        found[path.stem] = f"{mapping.get('title', path.stem)}(第{mapping.get('version', 1)}版)"
    return found


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def begin(store: Store, actor: Person, data_dir: Path, base: str, sent: Sent) -> int:
    """拟定修订 as a copy of a shipped scheme, or of a kept one by `key@number`; its id."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            text = _base(tx, data_dir, base)
            mapping = shelf.parse(text.encode(), base).mapping
            key = str(mapping["name"])
            number = max(schemes.next_number(tx, key), int(mapping["version"]) + 1)
            made = shelf.write({**mapping, "version": number}, text)
            scheme = _read(made, base)
            sheet = Sheet(key, number, scheme.title, made, day_start(scheme.valid_from), base)
            row = schemes.enter(tx, sheet, by=by)
            audit.add(tx, by, "拟定考核方案", MATTER, str(row), f"第{number}版")
            return {"id": row}

        return int(once(tx, actor, sent, work)["id"])


def _base(tx: Reading, data_dir: Path, base: str) -> str:
    key, _, number = base.partition("@")
    if number.isdecimal():
        kept = schemes.find(tx, key, int(number))
        if kept is not None:
            return kept.text
    elif key in shipped(data_dir):
        return shelf.read(data_dir / "schemes" / f"{key}.yaml").text
    raise InputError("没有这个考核方案", base, "请从列表中选择")


def _read(text: str, name: str) -> Scheme:
    page = shelf.parse(text.encode(), name)
    return schemes_read.parse(page.mapping, name, shelf.lines(page.text), page.sha256)


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def save_text(store: Store, actor: Person, revision_id: int, text: str, sent: Sent) -> None:
    """保存 the sheet; InputError names the line of a fault, Overtaken where another saved."""
    refuse_marked({TEXT: text})
    if len(text) > LONGEST:
        raise InputError("方案文字太长", TEXT, "请精简后再保存")
    scheme = _read(text, "方案")
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            kept = _kept(tx, revision_id)
            if kept.state is not State.DRAFTING:
                raise Conflict(f"方案现为“{kept.state}”,不能修改", kept.name, "请先退回修改")
            overtaken(sent, kept.name, {TEXT: text}, {TEXT: kept.text}, kept.version)
            if (scheme.name, scheme.version) != (kept.key, kept.number):
                told = f"应为 {kept.key}、第{kept.number}版"
                raise InputError("方案的代号和版本不能改", told, "需要另一份时,请另行拟定")
            since = day_start(scheme.valid_from)
            new = {"text": text, "name": scheme.title, "valid_from": since}
            _changed(tx, kept, kept.state, **new)
            audit.add(tx, by, "修改考核方案", MATTER, str(kept.id), f"第{kept.number}版")
            return {"id": kept.id}

        once(tx, actor, sent, work)


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def press(store: Store, actor: Person, pressed: Pressed, sent: Sent) -> str:
    """征求意见, or 退回修改 with the reason; the state it led to."""
    return _press(store, actor, (Permission.ASSESS, Side.OFFICE), pressed, sent)


@needs(Permission.SETTLE, reach=Reach.HOUSE)
def put_in_force(store: Store, actor: Person, pressed: Pressed, sent: Sent) -> str:
    """印发方案 by another person than wrote it: it binds periods that begin from its day on."""
    return _press(store, actor, (Permission.SETTLE, Side.HEAD), pressed, sent)


def _press(
    store: Store, actor: Person, who: tuple[Permission, Side], pressed: Pressed, sent: Sent
) -> str:
    refuse_marked({"理由": pressed.why})
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, who[0], REMEDY) or 0

        def work() -> Mapping[str, Any]:
            kept = _kept(tx, pressed.revision_id)
            if kept.version != pressed.version:
                raise Conflict("这份方案刚被别人改过", kept.name, "请刷新后再看")
            since = _since(kept).isoformat()
            given = {str(Asked.WHY): pressed.why, str(Asked.VALID_FROM): since}
            act = Act(pressed.move, by, who[1], tx.second, given=given)
            standing = Standing(kept.state, by=kept.submitted_by)
            after = machine.step(standing, act).state
            _apart(kept, by, after)
            _changed(tx, kept, after, **_signed(after, by))
            audit.add(tx, by, f"考核方案·{pressed.move}", MATTER, str(kept.id), after.value)
            return {"state": after.value}

        return str(once(tx, actor, sent, work)["state"])


def _apart(kept: SchemeRevision, by: int, after: State) -> None:
    if after is State.IN_FORCE and by in {kept.author_id, kept.submitted_by}:
        raise Forbidden("不能印发本人拟定的方案", kept.name, "请由另一位同事办理")


_SIGNED: Final[Mapping[State, Callable[[int], dict[str, Any]]]] = {
    State.CONSULTING: lambda by: {"submitted_by": by},
    State.IN_FORCE: lambda by: {"approver_id": by},
}


def _signed(after: State, by: int) -> dict[str, Any]:
    return _SIGNED[after](by) if after in _SIGNED else {}


def _since(kept: SchemeRevision) -> date:
    return scheme_of(kept).valid_from


def _changed(tx: Writing, kept: SchemeRevision, after: State, **values: Any) -> None:
    if not schemes.change(tx, kept, after, **values):
        raise Conflict("这份方案刚被别人改过", kept.name, "请刷新后再看")


def _kept(tx: Reading, revision_id: int) -> SchemeRevision:
    kept = schemes.get(tx, revision_id)
    if kept is None:
        raise InputError("没有这份考核方案", str(revision_id), "请从列表重新打开")
    return kept
