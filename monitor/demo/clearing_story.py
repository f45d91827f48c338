"""A 清理排查 under way in the demonstration: ordered a while ago, most answered, many checked."""

from collections.abc import Mapping
from typing import Final

from monitor.actions import clearing, clearing_lines, people
from monitor.actions.clearing import Due, Going, NewClearing
from monitor.actions.clearing_lines import MOST, Checking, Filling, Said
from monitor.actions.sending import Sent
from monitor.demo.province import Province
from monitor.domain.clearing import Answer, Move
from monitor.domain.instants import DAY, to_second
from monitor.runs import query
from monitor.runs.parts import Parts

TITLE: Final = "公安政务新媒体全面清理排查(演示)"
WORDS: Final = "逐个核对名称、主办单位、状态和管理员,不再维护的提出关停或合并。"
AGO: Final = 9
DAYS: Final = (2, 12, 22, 37)
TRUE: Final = Said(Answer.TRUE)
CHANGED: Final = Said(Answer.CHANGE, "绑定管理员已调整,待变更(演示)")
CLOSING: Final = Said(Answer.CLOSE, "无专职运维力量,内容并入上级主账号(演示)")
LOST: Final = Said(Answer.LOST, "口令遗失,正在找回(演示)")


def fill(parts: Parts, province: Province, editor: str) -> None:
    """Answered by the office for the units, checked at the machine itself; only invented stations
    and teams want to close an account or have lost one."""
    now = to_second(parts.now())
    by = people.person_called(parts.store, editor, now)
    due = Due(*(now + days * DAY for days in DAYS))
    new = NewClearing("", TITLE, WORDS, due, ordered_at=now - AGO * DAY)
    key = clearing.deploy(parts.store, by, new, Sent("demo-clearing", "deploy"))
    said = _said(parts, province, key)
    for at, some in enumerate(_chunks(said)):
        lines = query.clearing_lines(parts, key)
        versions = {line: lines[line].version for line in some}
        sent = Sent("demo-clearing", f"answer-{at}")
        clearing_lines.answer(parts.store, by, Filling(key, some, versions), sent)
    passed = {line: said[line] for line in said if line % 3}
    for at, some in enumerate(_chunks(passed)):
        lines = query.clearing_lines(parts, key)
        versions = {line: lines[line].version for line in some}
        sent = Sent("demo-clearing", f"check-{at}")
        checking = Checking(key, versions, Move.CONFIRM)
        clearing_lines.check(parts.store, None, checking, sent)
    going = Going(key, 0, Move.TO_CHECK)
    clearing.move_on(parts.store, by, going, Sent("demo-clearing", "go"))


def _said(parts: Parts, province: Province, key: int) -> dict[int, Said]:
    """What is said of each line; every seventh was not answered yet."""
    ids = query.account_ids(parts)
    invented = {
        ids[each.world.platform, each.world.uid]
        for each in province.residents
        if not each.seat.real and (each.world.platform, each.world.uid) in ids
    }
    lines = query.clearing_lines(parts, key)
    return {
        number: _word(number, invented=line.account_id in invented)
        for number, line in lines.items()
        if number % 7
    }


def _word(number: int, *, invented: bool) -> Said:
    if invented and number % 9 == 0:
        return LOST if number % 2 else CLOSING
    return CHANGED if number % 11 == 0 else TRUE


def _chunks(said: Mapping[int, Said]) -> list[dict[int, Said]]:
    every = list(said.items())
    return [dict(every[at : at + MOST]) for at in range(0, len(every), MOST)]
