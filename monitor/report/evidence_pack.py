"""核查佐证材料: one zip that says what was found, on what rows, and how to work it out again.

The same material gives the same bytes, whenever it is made; its digest is that of its list of
hashes, which names every other file.
"""

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

from monitor.domain.finding import UPDATE_RULE, Judgement
from monitor.domain.instants import BEGINNING, OPEN, shanghai
from monitor.domain.material import Material, Row, called
from monitor.domain.rulebook import Rulebook, UpdateClass
from monitor.report import csv_file
from monitor.report.evidence_steps import steps
from monitor.report.table import Cell, Table

UNDATED: Final = (1980, 1, 1, 0, 0, 0)
MANIFEST: Final = "校验值.txt"
VERIFY: Final = files("monitor.report").joinpath("templates", "verify.py").read_bytes()
SHEETS: Final[Mapping[str, str]] = {
    "posts": "作品",
    "observations": "作品数据快照",
    "numbers": "账号数据快照",
    "coverage": "数据完整度",
    "passes": "采集轮次",
    "looks": "巡查与填报",
    "standings": "台账",
    "excuses": "停更说明",
    "services": "服务核查",
}
"""Kinds of rows and the name of their file."""
MICROS: Final = frozenset({"recorded_at", "revoked_at"})
SECONDS: Final = frozenset(
    {
        *("a", "b", "valid_from", "valid_until", "opened_from", "opened_until", "looked_at"),
        *("published_from", "published_until", "deleted_seen_at", "observed_at", "started_at"),
        *("ended_at", "reread_from", "looked_from", "looked_until", "newest_from"),
        *("newest_until", "second_from", "second_until", "checked_at"),
    }
)
_CANON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, indent=1).encode


@dataclass(frozen=True, slots=True)
class Standard:
    """One standard the account was judged by: its numbers, its text, and what came of it."""

    title: str
    rulebook: Rulebook
    document: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Pack:
    """The file and the digest by which it is known again."""

    name: str
    content: bytes
    digest: str


def build(material: Material, rule: str, standards: Sequence[Standard]) -> Pack:
    """The pack of what `rule` found of an account under each standard."""
    data = _data(material, rule, standards)
    members: dict[str, bytes] = {
        "说明.txt": _told(_readme(material, rule, standards)),
        "计算过程.txt": _told(steps(material, standards)),
        "数据.json": (_CANON(data) + "\n").encode(),
        "verify.py": VERIFY,
        **{f"认定标准-{each.title}.yaml": each.document.encode() for each in standards},
        **{
            f"{name}.csv": csv_file.render(_sheet(name, material.tables[kind]))
            for kind, name in SHEETS.items()
            if material.tables[kind]
        },
        **{f"截图-{name}": content for name, content in material.photos.items()},
    }
    manifest = "".join(
        f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(members.items())
    ).encode()
    digest = sha256(manifest).hexdigest()
    name = called(material.account["platform_name"], material.account["name"], rule)
    return Pack(name, _zipped({MANIFEST: manifest, **members}), digest)


def _zipped(members: Mapping[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, each in sorted(members.items()):
            pack.writestr(zipfile.ZipInfo(name, UNDATED), each, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _told(lines: Iterable[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _data(material: Material, rule: str, standards: Sequence[Standard]) -> dict[str, Any]:
    return {
        "format": 1,
        "rule": rule,
        "account": material.account,
        "as_of": material.as_of,
        "known_at": material.known_at,
        **material.tables,
        "rulebooks": {each.title: _numbers(each) for each in standards},
        "judged": {each.title: _judged(each.judgement) for each in standards},
    }


def _numbers(standard: Standard) -> dict[str, Any]:
    """What of a standard bears on silence, as plain numbers."""
    book = standard.rulebook
    never = book.never_updated
    return {
        "name": book.name,
        "version": book.version,
        "sha256": sha256(standard.document.encode()).hexdigest(),
        "classes": [_class(each) for each in book.classes],
        "never_updated": None if never is None else _class(never),
        "limit": book.least_failing_limit,
        "least_grade": book.least_grade,
        "confirm": book.confirm,
        "notified_only": book.notified_only,
        "excused_kinds": sorted(book.excused_kinds),
    }


def _class(each: UpdateClass) -> dict[str, Any]:
    return {"name": each.name, "over_seconds": each.over_seconds, "outcome": each.outcome.value}


def _judged(judgement: Judgement) -> dict[str, Any]:
    silence = [each for each in judgement.findings if each.rule == UPDATE_RULE]
    return {
        "outcome": judgement.outcome.value,
        "status": judgement.status,
        "status_max": judgement.status_max,
        "cutoff": judgement.cutoff,
        "silence_min": judgement.silence_min,
        "silence_max": judgement.silence_max,
        "eased": any("eased_from" in each.evidence for each in silence),
        "findings": [
            {
                "rule": each.rule,
                "version": each.version,
                "outcome": each.outcome.value,
                "sentence": each.sentence,
                "evidence": dict(each.evidence),
            }
            for each in judgement.findings
        ],
    }


def _sheet(name: str, rows: Sequence[Row]) -> Table:
    """Rows as a table; instants on a Shanghai clock."""
    columns = tuple(rows[0])
    cells = tuple(tuple(_cell(column, row[column]) for column in columns) for row in rows)
    return Table(name, columns, cells)


def _cell(column: str, value: Any) -> Cell:
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if column in MICROS and value < OPEN:
        return _instant(value // 1_000_000)
    if column in SECONDS:
        return _instant(value)
    return value if isinstance(value, str | int | float) else str(value)


def _instant(second: int) -> str:
    if second <= BEGINNING:
        return "不限"
    return "至今" if second >= OPEN else shanghai(second).strftime("%Y-%m-%d %H:%M:%S")


def _readme(material: Material, rule: str, standards: Sequence[Standard]) -> list[str]:
    account = material.account
    found = [
        f"{each.title}({each.rulebook.title},第{each.rulebook.version}版):{finding.sentence}"
        for each in standards
        for finding in each.judgement.findings
        if finding.rule == rule
    ]
    return [
        "核查佐证材料",
        "",
        f"账号:{account['name']}({account['platform_name']},账号ID {account['uid'] or '待补'})",
        f"主办单位:{account['unit_name']}({account['unit_code']})",
        f"监测时间点:{_instant(material.as_of)}",
        f"采集截止:{_instant(material.known_at // 1_000_000)}",
        f"规则:{rule}",
        *found,
        "",
        "“疑似问题”为系统初步比对结果,未经核实不得作为通报、考核依据。",
        "",
        "文件:数据.json 为全部原始记录;各 csv 为同样的记录,便于查看;计算过程.txt 逐步列出静默",
        "时长的计算;认定标准-*.yaml 为当时使用的标准全文;校验值.txt 为各文件的 SHA-256。",
        "自检:解压后在本文件夹运行 python3 verify.py(Python 3.10 或更新,不需要其他软件,不联网)。",
        "同一账号、同一监测时间点和采集截止,任何时候生成的材料逐字节相同。",
    ]
