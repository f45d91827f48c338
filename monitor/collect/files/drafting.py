"""Drafting: a table nobody knew, mapped by hand, becomes a layout of the office's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

from monitor.collect.files import layout_sheet, sheets
from monitor.collect.files.grid import LIMITS, Limits
from monitor.collect.files.values import text_of
from monitor.domain.errors import InputError

LABELS: Final[Mapping[str, str]] = {
    "title": "标题",
    "published": "发布时间",
    "native_id": "作品ID",
    "url": "作品链接",
    "form": "体裁",
    "stat_date": "统计日期",
    "account_name": "账号名称",
    "account_id": "账号ID",
    "readers": "阅读人数",
    "reads": "阅读次数",
    "plays": "播放次数",
    "likes": "点赞",
    "recommends": "在看推荐",
    "comments": "评论",
    "shares": "转发分享次数",
    "sharers": "分享人数",
    "favourites": "收藏",
    "coins": "投币",
    "danmaku": "弹幕",
    "replies": "回复数",
    "account.followers": "粉丝数",
    "account.messages": "私信数",
}
"""What a column may become, in the words of the screen."""
SHOWN_ROWS: Final = 8
SHOWN_COLUMNS: Final = 40
OWN_GRADE: Final = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person says of an unknown table: `fields` are places (0 is column A) and what they
    become; `complete` where the file lists every post of its period."""

    title: str
    platform: str
    header_row: int
    fields: Mapping[int, str]
    complete: bool = False


def head(content: bytes, name: str, limits: Limits = LIMITS) -> tuple[tuple[str, ...], ...]:
    """The first rows of the first table as texts, for a person to look at."""
    rows = sheets.read(content, name, limits)[0].rows[:SHOWN_ROWS]
    return tuple(tuple(text_of(cell) for cell in row[:SHOWN_COLUMNS]) for row in rows)


def layout_of(draft: Draft, titles: Sequence[str]) -> dict[str, Any]:
    """The document of the layout; InputError where the strict reading of layouts refuses it."""
    if not draft.title.strip():
        raise InputError("版式没有名称", "版式名称", "请起一个看得懂的名称,如 百家号图文")
    chosen = {place: aim for place, aim in sorted(draft.fields.items()) if aim}
    blank = [place for place in chosen if place >= len(titles) or not titles[place].strip()]
    if blank:
        raise InputError("所选的列没有表头", f"第{blank[0] + 1}列", "请核对表头在第几行")
    words = [titles[place] for place in chosen]
    key = sha256("|".join([draft.platform, *words]).encode()).hexdigest()[:8]
    document = {
        "name": f"own-{draft.platform}-{key}",
        "title": draft.title.strip(),
        "platform": draft.platform,
        "source": "本单位按文件对应",
        "complete": draft.complete,
        "grade": OWN_GRADE if draft.complete else 0,
        "header": {"words": words, "within": draft.header_row + SHOWN_ROWS},
        "columns": [_column(aim, titles[place]) for place, aim in chosen.items()],
    }
    layout_sheet.parse(document, draft.title)
    return document


def write(folder: Path, document: Mapping[str, Any]) -> Path:
    """Put a layout on the shelf in one step: a reader sees all of it or nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{document['name']}.yaml"
    text = yaml.safe_dump(dict(document), allow_unicode=True, sort_keys=False)
    waiting = path.with_suffix(".new")
    waiting.write_text(f"# 由数据导入页对应生成。\n{text}", "utf-8")
    return waiting.replace(path)


def _column(aim: str, title: str) -> dict[str, Any]:
    column: dict[str, Any] = {"names": [title], "field": aim}
    return column | {"required": True} if aim in {"title", "published"} else column
