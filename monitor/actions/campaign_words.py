"""A campaign by field, as its form shows it and two writers compare it, and back."""

import re
from collections.abc import Mapping
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import (
    FACTS,
    Aim,
    Change,
    Comments,
    Content,
    Facts,
    File,
    Kind,
    Order,
)
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute, typed_minute

JOIN: Final = "、"
KIND, TITLE, ORDER, BRIEF, BODY = "类型", "标题", "首发方式", "任务说明", "发布内容"
DOCUMENT, LINKS, TAGS, CHANGES = "解读文件", "官方链接", "话题", "可改动"
COMMENTS, WHY, EMBARGO, DUE = "评论设置", "评论设置的理由", "不早于", "截止时间"
CONTACT, FIRST, GAP, AMENDS = "联系人", "首发单位", "批次间隔", "所更正的协同"
REGIONS, LEVELS, LINES, WHERE = "市州", "单位层级", "警种条线", "平台"
ONLY, REACH = "只要", "粉丝不少于"
FILES: Final = "附件"
"""One a line: sha256, bytes, name."""
MAIN, KEY, HEALTHY = "主账号", "重点账号", "无疑似问题"
TEXT: Final = "文案·"
LISTS: Final = frozenset({CHANGES, REGIONS, LEVELS, LINES, WHERE, ONLY})
"""Fields that hold several words."""
SHA256: Final = re.compile(r"[0-9a-f]{64}")
PROVINCE: Final = "省级"


def empty(kind: Kind, order: Order, due: int) -> dict[str, str]:
    """A new form."""
    return words_of(Content(kind, "", order, "", "", due=due))


def words_of(content: Content) -> dict[str, str]:
    """A campaign by field; a list's words are joined."""
    texts = dict(content.texts)
    return {
        KIND: content.kind.value,
        TITLE: content.title,
        ORDER: content.order.value,
        FIRST: content.first,
        GAP: str(content.gap or ""),
        AMENDS: str(content.amends or ""),
        BRIEF: content.brief,
        DOCUMENT: content.document,
        **dict(zip(FACTS, _facts(content.facts), strict=True)),
        BODY: content.body,
        **{f"{TEXT}{name}": texts.get(each, "") for each, name in PLATFORMS.items()},
        LINKS: "\n".join(content.links),
        TAGS: " ".join(content.tags),
        CHANGES: JOIN.join(content.changes),
        COMMENTS: content.comments.value,
        WHY: content.comments_why,
        EMBARGO: "" if content.embargo is None else say_minute(content.embargo),
        DUE: say_minute(content.due) if content.due else "",
        CONTACT: content.contact,
        FILES: "\n".join(map(file_line, content.files)),
        **_aim_words(content.aim),
    }


def content_of(words: Mapping[str, str]) -> Content:
    """A campaign out of its fields; InputError where a number or an instant cannot be read."""
    said = {name: text.strip() for name, text in words.items()}
    texts = {each: said.get(f"{TEXT}{name}", "") for each, name in PLATFORMS.items()}
    return Content(
        kind=Kind(said[KIND]),
        title=said[TITLE],
        order=Order(said[ORDER]),
        brief=said[BRIEF],
        body=said[BODY],
        facts=Facts(*(said[name] for name in FACTS)),
        texts=tuple((each, text) for each, text in texts.items() if text),
        links=tuple(said[LINKS].split()),
        tags=tuple(each for each in re.split(r"[\s#＃]+", said[TAGS]) if each),  # noqa: RUF001
        changes=tuple(Change(each) for each in said[CHANGES].split(JOIN) if each),
        comments=Comments(said[COMMENTS]),
        comments_why=said[WHY],
        document=said[DOCUMENT] if said[KIND] == Kind.POLICY else "",
        embargo=moment(EMBARGO, said[EMBARGO]),
        due=moment(DUE, said[DUE]) or 0,
        contact=said[CONTACT],
        aim=aim_of(words),
        first=said[FIRST] if said[ORDER] == Order.PLACE else "",
        gap=_number(GAP, said[GAP]) if said[ORDER] == Order.BATCHES else 0,
        files=files_of(said.get(FILES, "")),
        amends=_number(AMENDS, said[AMENDS]) or None if said[KIND] == Kind.CORRECTION else None,
    )


def file_line(file: File) -> str:
    """A file as a line of its field."""
    return f"{file.sha256} {file.size} {file.name}"


def files_of(text: str) -> tuple[File, ...]:
    """The files of a field, each once; InputError where a line is none of ours."""
    found: dict[str, File] = {}
    for line in text.splitlines():
        digest, _, rest = line.partition(" ")
        size, _, name = rest.partition(" ")
        if not (SHA256.fullmatch(digest) and size.isdecimal() and name.strip()):
            raise InputError("附件清单有误", FILES, "请移除后重新添加")
        found.setdefault(digest, File(name.strip(), digest, int(size)))
    return tuple(found.values())


def aim_of(words: Mapping[str, str]) -> Aim:
    """Whom the fields aim at; regions are codes, the province's own accounts ''."""
    said = {name: text.strip() for name, text in words.items()}
    ids = {name: each for each, name in PLATFORMS.items()}
    only = said[ONLY].split(JOIN)
    regions = _split(said[REGIONS])
    return Aim(
        regions=tuple("" if each == PROVINCE else each for each in regions),
        lines=_split(said[LINES]),
        levels=_split(said[LEVELS]),
        platforms=tuple(ids[each] for each in _split(said[WHERE]) if each in ids),
        main=MAIN in only or said[ORDER] == Order.MAIN,
        key=KEY in only,
        healthy=HEALTHY in only,
        reach=_number(REACH, said[REACH]),
    )


def _aim_words(aim: Aim) -> dict[str, str]:
    chosen = ((MAIN, aim.main), (KEY, aim.key), (HEALTHY, aim.healthy))
    return {
        REGIONS: JOIN.join(each or PROVINCE for each in aim.regions),
        LEVELS: JOIN.join(aim.levels),
        LINES: JOIN.join(aim.lines),
        WHERE: JOIN.join(PLATFORMS.get(each, each) for each in aim.platforms),
        ONLY: JOIN.join(name for name, on in chosen if on),
        REACH: str(aim.reach or ""),
    }


def _facts(facts: Facts) -> tuple[str, ...]:
    return facts.time, facts.place, facts.people, facts.amount, facts.progress


def _split(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.split(JOIN) if each)


def _number(name: str, text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004
        raise InputError(f"“{text}”不是整数", name)
    return int(text)


def moment(name: str, text: str) -> int | None:
    """An instant somebody typed into a field; None for an empty one, InputError for nonsense."""
    if not text:
        return None
    try:
        return typed_minute(text)
    except ValueError:
        raise InputError(f"“{text}”读不懂", name, "应为 2026-11-26 18:00") from None
