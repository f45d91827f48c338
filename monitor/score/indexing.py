"""An index of each account from what was measured, or the sentence that says what is missing."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pandas as pd

from monitor.domain.account import PLATFORMS
from monitor.domain.assessed import Fact, Listed
from monitor.domain.measuring import Ingredients
from monitor.domain.scheme import Cause
from monitor.score.index import DAYS, Index

ENOUGH: Final = 0.8
"""The share of works whose numbers must all be known."""
UNREGISTERED: Final = "QQ公众号"
PEOPLE_ONLY: Final = "微信接口只给阅读人数,阅读次数须导入后台导出或购买数据"


def facts(
    index: Index, days: int, told: Sequence[Ingredients], roster: Sequence[Listed]
) -> Iterator[Fact]:
    """The index of every account of its platform over so many days, and of each unit without one
    that it does not apply."""
    rows = [{DAYS: float(days), **each.totals} for each in told]
    frame = pd.DataFrame(rows, columns=list(index.inputs), dtype=float)
    for each, found in zip(told, index.of(frame), strict=True):
        yield _fact(index, each, float(found))
    there = {each.unit for each in told}
    cause = Cause.NOT_APPLICABLE.value
    note = f"没有{PLATFORMS.get(index.platform, UNREGISTERED)}账号"
    for unit in roster:
        if unit.unit not in there:
            yield Fact(unit.unit, index.key, cause=cause, note=note)


def _fact(index: Index, each: Ingredients, found: float) -> Fact:
    coverage = each.whole / each.works if each.works else each.seen
    said: dict[str, Any] = {"samples": each.whole, "coverage": coverage}
    where = (each.unit, index.key, each.account, index.platform)
    gap = _gap(index, each)
    if gap:
        return Fact(*where, cause=Cause.SYSTEM.value, note=gap, **said)
    if each.whole < each.works:
        said["note"] = f"{each.works}条作品中{each.whole}条数据齐全,按这些计"
    return Fact(*where, value=found, **said)


def _gap(index: Index, each: Ingredients) -> str:
    """What is missing; '' where the index stands."""
    if each.whole < ENOUGH * each.works:
        name, number = min(each.known.items(), key=lambda one: one[1])
        said = f"{each.works}条作品中{number}条有{name}的数据"
        people = index.platform == "wechat" and name == "阅读数" and not number
        return f"{said};{PEOPLE_ONLY}" if people else said
    if each.seen is not None and each.seen < ENOUGH:
        return "统计期内数据不完整"
    lost = [name for name in index.inputs if name != DAYS and each.totals.get(name) is None]
    return f"期初或期末没有{'、'.join(lost)}" if lost else ""
