"""规则试算's papers: the movers as a table, and the counts as a text a screen reads back."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from monitor.domain.forecast import Backtest
from monitor.domain.instants import say_minute
from monitor.domain.rulebook import Rulebook
from monitor.domain.whatif import Comparison, Move, Shift, Tried
from monitor.report.table import Table, build

COLUMNS: Final = (
    *("监测时间点", "账号", "平台", "主办单位", "市州", "层级"),
    *("现行结论", "现行分级和规则", "试算结论", "试算分级和规则"),
)


def movers(name: str, titles: tuple[str, str], moves: Iterable[tuple[int, Move]]) -> Table:
    """One row per account and instant (seconds) at which the two rulebooks differ."""
    notes = (
        f"现行标准:{titles[0]};试算标准:{titles[1]}。",
        "只列两种标准结论不同的账号。试算不改动任何结论,不发送任何消息。",
    )
    return build(name, COLUMNS, [_row(as_of, each) for as_of, each in moves], notes)


def _row(as_of: int, each: Move) -> dict[str, str]:
    place = each.place
    said = (
        *(say_minute(as_of), place.name, place.platform, place.unit),
        *(place.on("市州"), place.on("层级")),
        *(each.before.verdict, "、".join(each.before.classes)),
        *(each.after.verdict, "、".join(each.after.classes)),
    )
    return dict(zip(COLUMNS, said, strict=True))


def encode(tried: Tried) -> str:
    """The counts as a text."""
    return json.dumps(asdict(tried), ensure_ascii=False)


def decode(text: str) -> Tried:
    """The counts a text holds."""
    said = json.loads(text)
    found = tuple(_comparison(each) for each in said["comparisons"])
    return Tried(said["before"], said["after"], found, Backtest(**said["backtest"]))


def _comparison(said: Mapping[str, Any]) -> Comparison:
    places = {axis: _shifts(found) for axis, found in said["places"].items()}
    read = {
        "failing": Shift(**said["failing"]),
        "classes": _shifts(said["classes"]),
        "places": places,
    }
    return Comparison(**{**said, **read})


def _shifts(said: Mapping[str, Mapping[str, int]]) -> dict[str, Shift]:
    return {name: Shift(**each) for name, each in said.items()}


def titled(book: Rulebook) -> str:
    """`本厅口径(benting)第2版`: what a trial calls a rulebook."""
    return f"{book.title}({book.name})第{book.version}版"
