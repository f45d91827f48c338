"""Marks of secrecy 密级标志: a text that bears one, or an incident's internal number, stops here.

Only what works as a mark stops a text: 机密 and 绝密 but inside other words (手机密码), 秘密 with
its star, behind 密级, in brackets or alone on its line. 保守国家秘密 is a topic and passes.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from monitor.domain.errors import InputError

UNCLASSIFIED: Final = "本系统为非涉密系统,严禁存储、处理、传输国家秘密和警务工作秘密。"
SAME_AS: Final = str.maketrans("機祕絕級★☆✩✪⭐✭✮*", "机秘绝级★★★★★★★★")
TERM: Final = r"(?:★?(?:长期|\d{1,2}[年月日]|[一二三四五六七八九十]{1,3}年)?)"
MARKS: Final = (
    re.compile(r"绝密(?![码切钥])" + TERM),
    re.compile(r"(?<![司])机密(?![码切钥文集闭封布匙])" + TERM),
    re.compile(r"秘密★" + TERM),
    re.compile(r"密级[:为是]?(?:秘密|机密|绝密)"),
    re.compile(r"[(\[【〔<《]秘密" + TERM + r"[)\]】〕>》]"),
    re.compile(r"内部警情(?:编号)?[:为]?[A-Za-z]?\d{4,}|内部警情编号"),
    re.compile(r"(?:警情|接警单?|处警单?|报警|案件)编?号[:为是]?[A-Za-z]?\d{8,}"),
    re.compile(r"(?<![0-9A-Za-z])[AJaj]\d{22}(?!\d)"),
)
"""The last: a case or incident number, A or J before an organ's twelve digits and ten more."""
ALONE: Final = re.compile(r"(?:秘密|工作秘密|警务工作秘密)" + TERM)
HIDDEN: Final = frozenset({"Cf", "Cc", "Mn", "Me", "Zs", "Zl", "Zp"})
FILLERS: Final = frozenset("·・•_-—–~|/\\,。、.'\"`^+=")


def mark_in(text: str) -> str:
    """The first mark in a text as it was understood, '' where there is none.

    Full-width signs, spaces, invisible signs and signs put between the characters do not hide it.
    """
    lines = [_bare(line) for line in text.splitlines()]
    found = next((line for line in lines if ALONE.fullmatch(line)), "")
    if found:
        return found
    whole = "".join(lines)
    hits = (pattern.search(whole) for pattern in MARKS)
    return next((hit.group() for hit in hits if hit is not None), "")


def refuse_marked(said: Mapping[str, str]) -> None:
    """Go on only where no text bears a mark; `said` are texts by the name of their field.

    InputError names the field and the mark, and repeats nothing else of the text.
    """
    for name, text in said.items():
        mark = mark_in(text)
        if mark:
            raise InputError(
                f"文中有“{mark}”字样,未提交",
                name,
                f"{UNCLASSIFIED}请删去涉密内容,按保密规定另行办理",
            )


def _bare(line: str) -> str:
    """One line in one width, without what cannot be seen and what is put between characters."""
    flat = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", line))
    kept = (sign for sign in flat if unicodedata.category(sign) not in HIDDEN)
    return "".join(sign for sign in kept if sign not in FILLERS).translate(SAME_AS)
