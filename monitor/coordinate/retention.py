"""How long each kind of data is kept, read strictly from its data sheet."""

from collections.abc import Mapping
from typing import Any, Final

from monitor.domain.retention import Kept, Kind, Manner, Retention
from monitor.domain.sheet import MOST, Part

FLOORS: Final[Mapping[str, tuple[int, str]]] = {
    "attempt": (180, "登录记录属网络日志,至少留存六个月"),
    "session": (180, "登录记录属网络日志,至少留存六个月"),
    "run": (180, "运行记录属网络日志,至少留存六个月"),
    "typed_reason": (1095, "事由在三年内要备审计查询"),
    "officer_paper": (1095, "个人信息处理的依据至少保存三年"),
    "post_obs": (400, "一年内的数据要能重新计算"),
    "account_obs": (400, "一年内的数据要能重新计算"),
}
"""Less than that no sheet may say, whatever the office wishes."""


def parse(
    mapping: Mapping[str, Any], where: str, lines: Mapping[str, int], sha256: str
) -> Retention:
    """What a sheet lays down; InputError names line, item and what was expected.

    `lines` gives the line of each path (`kinds[0].days`), as the sheet was written.
    """
    sheet = Part(mapping, "", where, lines)
    found = Retention(
        version=sheet.whole("version", 1, 1_000_000),
        sha256=sha256,
        source=sheet.text("source"),
        rank=sheet.rank(),
        kinds=_kinds(sheet),
        kept=tuple(map(_kept, sheet.parts("kept"))),
    )
    _each_table_once(sheet, found)
    sheet.done()
    return found


def _kinds(sheet: Part) -> tuple[Kind, ...]:
    found: list[Kind] = []
    for number, part in enumerate(sheet.parts("kinds")):
        kind = _kind(part)
        for name, value in (("key", kind.key), ("name", kind.name)):
            if any(value == getattr(each, name) for each in found):
                raise sheet.wrong(f"kinds[{number}].{name}", f"“{value}”写了两次")
        found.append(kind)
    return tuple(found)


def _kind(part: Part) -> Kind:
    key = part.text("key")
    low, why = FLOORS.get(key, (1, ""))
    days = part.whole("days", 1, MOST)
    if days < low:
        raise part.wrong("days", f"不能少于{low}天", why)
    found = Kind(
        key=key,
        name=part.text("name"),
        tables=_tables(part) if part.raw("tables") is not None else (),
        days=days,
        since=part.text("since"),
        manner=part.word("manner", Manner),
        spares=part.text("spares") if part.raw("spares") is not None else "",
        source=part.text("source"),
        rank=part.rank(),
    )
    if not found.tables and found.manner is not Manner.FILE:
        raise part.wrong("tables", "应写明数据在哪张表", "只有“只清文件”可以不写")
    part.done()
    return found


def _kept(part: Part) -> Kept:
    found = Kept(_tables(part), part.text("why"))
    part.done()
    return found


def _tables(part: Part) -> tuple[str, ...]:
    names = part.listed("tables")
    if not all(isinstance(each, str) and each.strip() for each in names):
        raise part.wrong("tables", "应为表名的列表")
    return tuple(names)


def _each_table_once(sheet: Part, found: Retention) -> None:
    """A table is either cleared, by one kind or several, or kept, for one reason."""
    cleared = {table for each in found.kinds for table in each.tables}
    seen: set[str] = set()
    for number, kept in enumerate(found.kept):
        for table in kept.tables:
            if table in seen:
                raise sheet.wrong(f"kept[{number}].tables", f"里“{table}”写了两次")
            if table in cleared:
                raise sheet.wrong(
                    f"kept[{number}].tables", f"里“{table}”又写在 kinds 中", "一张表只能写在一处"
                )
            seen.add(table)
