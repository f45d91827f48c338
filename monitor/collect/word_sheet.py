"""The shipped words, strictly from their YAML, and the office's own list from a table."""

import re
from pathlib import Path
from typing import Any, Final

from monitor.collect import shelf
from monitor.collect.files import header, sheets, values
from monitor.collect.files.grid import Limits, is_blank
from monitor.domain.errors import InputError
from monitor.domain.words import LONGEST, MOST, SHORTEST, Word, plainly

SHIPPED: Final = Path("words") / "traps.yaml"
WORD, CATEGORY = "词", "类别"
NAMES: Final = {WORD: (WORD, "词语", "敏感词"), CATEGORY: (CATEGORY, "分类", "类型")}
UNSORTED: Final = "本单位词表"
WITHIN: Final = 6
LARGEST: Final = 5_000_000
Patterns = dict[str, tuple[re.Pattern[str], ...]]


def shipped(data_dir: Path) -> tuple[tuple[Word, ...], Patterns, str]:
    """Words, patterns by category, and the hash of the sheet; InputError names what is wrong."""
    page = shelf.read(data_dir / SHIPPED)
    words = [
        Word(_checked(text, SHIPPED.name), category)
        for category, texts in _texts(page.mapping, "words")
        for text in texts
    ]
    patterns = {
        category: tuple(_pattern(each) for each in texts)
        for category, texts in _texts(page.mapping, "patterns")
    }
    return tuple(words), patterns, page.sha256


def _texts(mapping: dict[str, Any], key: str) -> list[tuple[str, list[str]]]:
    given = mapping.get(key, {})
    lists = given.items() if isinstance(given, dict) else []
    good = all(
        isinstance(texts, list) and all(isinstance(t, str) for t in texts) for _, texts in lists
    )
    if not isinstance(given, dict) or not good:
        raise InputError(f"{key} 应为“类别: 文字列表”", SHIPPED.name, "请从安装包恢复 data/words")
    return [(str(category), texts) for category, texts in lists]


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise InputError(f"词式写法有误:{text}", SHIPPED.name, "请改正后重试") from error


def read(content: bytes, name: str) -> tuple[Word, ...]:
    """The office's own list: columns 词 and 类别. InputError names the first row that is wrong."""
    found: dict[str, Word] = {}
    for sheet in sheets.read(content, name, Limits(bytes=LARGEST)):
        head = _header(sheet.rows[:WITHIN], name)
        if head is None:
            continue
        first, places = head
        for number, row in enumerate(sheet.rows[first + 1 :], start=first + 2):
            if is_blank(row):
                continue
            said = [values.text_of(row[places[each]]) if each in places else "" for each in NAMES]
            word = _checked(said[0], f"{name} 第{number}行")
            found.setdefault(plainly(word), Word(word, said[1][:LONGEST] or UNSORTED))
    if not found:
        raise InputError("没有找到词表(须有“词”一列)", name, "列名为:词、类别")
    if len(found) > MOST:
        raise InputError(f"词表超过{MOST}个词", name, "请只留下确需提示的词")
    return tuple(found.values())


def _header(rows: Any, name: str) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(rows):
        places = header.exact([values.text_of(cell) for cell in row], NAMES, name)
        if WORD in places:
            return number, places
    return None


def _checked(text: str, where: str) -> str:
    if not SHORTEST <= len(plainly(text)) <= LONGEST:
        raise InputError(f"词应为{SHORTEST}到{LONGEST}个字", where, "单个字会处处提示,请写完整的词")
    return text
