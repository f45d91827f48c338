"""留存: who answers for the data holds some of it back from the purge, and another lets it go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, free, needs
from monitor.actions.permitting import permit_house
from monitor.actions.sending import Sent, once
from monitor.collect import shelf
from monitor.coordinate import retention
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY, day_start, to_second
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label
from monitor.domain.retention import Covers, Hold, Kind, Retention
from monitor.record import audit, holds, purging, reasons
from monitor.record.purge_targets import targets
from monitor.record.purging import Due, Purging
from monitor.record.store import Reading, Store
from monitor.record.vault import Vault

__all__ = ["GROUND", "RELEASED", "Covers", "Due", "Placing", "lift", "place", "preview", "sheet"]

GROUND: Final = Field(Label.GROUND, 4, 300, "写清因何留存,如哪起案件、哪次检查")
RELEASED: Final = Field(Label.GROUND, 4, 300, "写清为何不再需要留存")
SHEET: Final = "retention.yaml"
OURS: Final = "留存由省厅登记和解除"


@dataclass(frozen=True, slots=True)
class Placing:
    """A hold as it is asked for: `called` names the unit, account or case; both days are of the
    data's own time, the last one included."""

    kind: str
    covers: Covers
    called: str
    reason: str
    since: date | None = None
    until: date | None = None


@free("what is kept for how long is no secret")
def sheet(data_dir: Path) -> Retention:
    """The sheet of retention."""
    return _sheet(data_dir)


@lru_cache(maxsize=4)
def _sheet(data_dir: Path) -> Retention:
    page = shelf.read(data_dir / SHEET)
    return retention.parse(page.mapping, SHEET, shelf.lines(page.text), page.sha256)


@needs(Permission.RETAIN, reach=Reach.HOUSE)
def place(
    store: Store, actor: Person, vault: Vault, data_dir: Path, asked: Placing, sent: Sent
) -> int:
    """登记留存: in force at once; its number. InputError names what cannot be understood."""
    words = GROUND.checked(asked.reason)
    since = day_start(asked.since) if asked.since else None
    until = day_start(asked.until) + DAY if asked.until else None
    if since is not None and until is not None and until <= since:
        raise InputError("数据时间的止日早于起日", "数据时间", "请改正后重试")
    rules = _sheet(data_dir)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.RETAIN, OURS)

        def work() -> Mapping[str, Any]:
            subject = _subject(tx, rules, asked)
            why = reasons.keep(tx, vault, GROUND.label, words)
            hold = Hold(asked.kind, asked.covers, subject, since, until)
            key = holds.place(tx, hold, why.id, by or 0)
            audit.add(tx, by, "登记留存", "data_hold", str(key), str(why))
            return {"id": key}

        return int(once(tx, actor, sent, work)["id"])


@needs(Permission.RETAIN, reach=Reach.HOUSE)
def lift(
    store: Store, actor: Person, vault: Vault, which: tuple[int, int], reason: str, sent: Sent
) -> None:
    """解除留存 as somebody saw it (`which`: id and version), by another person than placed it."""
    words = RELEASED.checked(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.RETAIN, OURS)

        def work() -> Mapping[str, Any]:
            kept = holds.get(tx, which[0])
            if kept is not None and kept.placed_by in (by, tx.acting.behalf):
                raise Forbidden("登记人不能解除自己登记的留存", "留存", "请由另一人解除")
            why = reasons.keep(tx, vault, RELEASED.label, words)
            holds.lift(tx, which, why.id, by or 0)
            audit.add(tx, by, "解除留存", "data_hold", str(which[0]), str(why))
            return {"id": which[0]}

        once(tx, actor, sent, work)


@needs(Permission.RETAIN, reach=Reach.HOUSE, audited=False)
def preview(store: Store, actor: Person, data_dir: Path) -> list[tuple[Kind, Due]]:
    """What a purge would take now, kind by kind; nothing is changed."""
    rules = _sheet(data_dir)
    now = to_second(store.clock())
    found = []
    for kind in rules.kinds:
        asked = Purging(kind, rules, now, data_dir / "local")
        with store.reading() as tx:
            found.append((kind, purging.due(tx, asked)))
    return found


def _subject(tx: Reading, rules: Retention, asked: Placing) -> int:
    """The id of what a hold covers, 0 for the house; InputError where nothing or several fit."""
    if asked.kind and asked.kind not in rules.by_key:
        raise InputError("没有这类数据", "数据种类", "请从列表中选择")
    if asked.covers is Covers.HOUSE:
        return 0
    target = targets(sqlite=tx.sqlite).get(asked.kind)
    if asked.kind and (target is None or not target.placed):
        name = rules.by_key[asked.kind].name
        raise InputError(f"“{name}”分不清是哪个单位或账号的", "范围", "请把范围选为“全部”")
    found = holds.named(tx, asked.covers, asked.called.strip())
    if len(found) != 1:
        told = "没有找到" if not found else "不止一个叫"
        raise InputError(
            f"{told}“{asked.called.strip()}”", asked.covers.value, _REMEDY[asked.covers]
        )
    return found[0]


_REMEDY: Final = {
    Covers.UNIT: "请填12位机构代码或单位全称",
    Covers.ACCOUNT: "请填账号全称;重名的填账号ID",
    Covers.CASE: "请填整改单页面地址中 id= 后面的数字",
}
