"""协同告知: all one person has to publish, or to stop, in one message and a text for a group."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.campaign import Kind, TaskState
from monitor.domain.campaign_rules import Audience
from monitor.domain.instants import shanghai
from monitor.domain.letter import Letter
from monitor.domain.notice import Asked, Matter, Post, What
from monitor.report import campaign_text, group_text, wording

HEADS: Final = {
    What.STOPPED: "紧急停发",
    What.CANCELLED: "撤销通知",
    What.LIFTED: "解除停发",
    What.CHANGED: "任务变动",
    What.ISSUED: "协同发布",
    What.TURN: "请跟进发布",
    What.REMIND: "协同催办",
    What.INVITED: "自愿参与",
}
ASKS: Final = {
    What.STOPPED: "请立即停止发布以下账号的任务,等候通知;已经发出的另行通知。",
    What.CANCELLED: "这项任务已撤销,以下账号不再发布。",
    What.LIFTED: "停发已解除,以下账号可按原要求发布。",
    What.CHANGED: "以下账号的任务有变动:",
    What.TURN: "首发已经发布,或已到本批时间,请以下账号发布:",
    What.REMIND: "以下账号尚未看到发布,请尽快办理:",
}
VOLUNTEERS: Final = {
    What.STOPPED: "已紧急停发,请单独告知受邀自愿参与的民警本人暂不发布。",
    What.CANCELLED: "已撤销,请单独告知受邀自愿参与的民警本人不再发布。",
    What.LIFTED: "停发已解除,请单独告知受邀自愿参与的民警本人。",
    What.INVITED: "如有民警个人账号受邀,名单在“民警个人账号”页,请单独转告本人,不在群里点名:"
    + wording.NOTE_VOLUNTARY,
}
"""What is said of invitations. No officer is named: who left meanwhile is in no message."""
FOOT: Final = "已发布的由系统自动识别,无需回复;也可回链接。"
CALM: Final = frozenset({What.STOPPED, What.CANCELLED})
"""Told of these nobody has anything to publish."""
TO_PUBLISH: Final = frozenset({What.ISSUED, What.TURN, What.LIFTED})
Section = tuple[What, Asked, Sequence[Matter]]
"""Tasks of one campaign, or its invitations, told for one reason."""


def compose(post: Post, desk_url: str) -> Letter:
    """One message with everything: what must not be published on top, then what is due first."""
    sections = list(_sections(post.matters))
    lines = ["\n".join(_section(each, post.hears, desk_url)) for each in sections]
    text = "\n\n".join([*lines, *_texts(sections), *_foot(sections)])
    return Letter(subject(sections), text + "\n", group_text=group(sections))


def _foot(sections: Sequence[Section]) -> Iterator[str]:
    if any(not _voluntary(each) for each in sections):
        yield wording.NOTE_CAMPAIGN


def _voluntary(section: Section) -> bool:
    return section[2][0].voluntary


def letters(post: Post, desk_url: str, most: int | None = None) -> tuple[Letter, ...]:
    """One message for a person; for a group, whose robot takes `most` bytes at a time, as many as
    its accounts need: a section or an account stands whole in one of them."""
    if most is None:
        return (compose(post, desk_url),)
    sections = list(_sections(post.matters))
    about = subject(sections)
    return tuple(
        Letter(about, text + "\n", group_text=text)
        for section in sections
        for text in _portions(section, desk_url, most)
    )


def _portions(section: Section, desk_url: str, most: int) -> Iterator[str]:
    what, asked, matters = section
    head = f"【{HEADS[what]}】《{_title(asked)}》{_brief(what, asked, matters)}"
    said = "".join(f"\n{each}" for each in dict.fromkeys(each.said for each in matters))
    calm = "" if what in CALM else f"\n{FOOT}"
    foot = f"{calm}\n{desk_url}/campaigns?id={asked.campaign_id}"
    first = _cut(f"{head}{said.rstrip()}", most // 2)
    lines = [f"\n{_line(what, each)}" for each in matters]
    room = most - _bytes(foot) - _bytes(f"{KEYWORD} {SEVERAL.format(99, 99)}")
    parts = list(_filled(first, lines, room))
    for number, part in enumerate(parts, 1):
        mark = SEVERAL.format(number, len(parts)) if len(parts) > 1 else ""
        text = f"{mark}{part}{foot if number == len(parts) else ''}"
        yield text if KEYWORD in text else f"{KEYWORD} {text}"


SEVERAL: Final = "({}/{})"
KEYWORD: Final = "协同"
"""Stands in everything a robot says: a group may let nothing else through."""


def _filled(head: str, lines: Sequence[str], room: int) -> Iterator[str]:
    """`head` and lines in as few pieces as hold them, none over `room` bytes."""
    piece = head
    for line in lines:
        whole = _cut(line, room // 2)
        if _bytes(piece) + _bytes(whole) > room:
            yield piece
            piece = ""
        piece += whole if piece else whole.lstrip()
    yield piece


def _cut(text: str, most: int) -> str:
    """At most so many bytes of a text; what is left out is marked."""
    if _bytes(text) <= most:
        return text
    return text.encode()[: most - _bytes("…")].decode(errors="ignore") + "…"


def _bytes(text: str) -> int:
    return len(text.encode())


def subject(sections: Sequence[Section]) -> str:
    """`【协同发布】年底防骗提示(3个账号,11月26日18:00前)`; of several, how many."""
    what, asked, matters = sections[0]
    tasks = sum(not each.voluntary for _, _, every in sections for each in every)
    if not tasks:
        return f"【{HEADS[What.INVITED]}】{_title(asked)}"
    if len(sections) == 1:
        until = "" if what in CALM else f",{_until(matters)}前"
        return f"【{HEADS[what]}】{_title(asked)}({len(matters)}个账号{until})"
    return f"【{HEADS[what]}】等{len(sections)}项,{tasks}个账号"


def group(sections: Sequence[Section]) -> str:
    """At most 450 characters to paste into a group; an account stands whole or is counted."""
    tasks = [each for each in sections if not _voluntary(each)]
    head = "".join(
        f"【{HEADS[what]}】《{_title(asked)}》{_brief(what, asked, matters)}"
        for what, asked, matters in tasks
    )[: group_text.LONGEST // 2]
    lines = [
        f"{each.unit_name}“{each.account}”({_platform(each.platform)});"
        for _, _, matters in tasks
        for each in matters
    ]
    calm = all(what in CALM for what, _, _ in tasks)
    foot = "" if calm else FOOT
    return group_text.listing(head, lines, "个账号", foot + _apart(sections))


def _apart(sections: Sequence[Section]) -> str:
    """What is said of invitations, of the most pressing campaign, whole."""
    asked = [each for each in sections if _voluntary(each)]
    if not asked:
        return ""
    what, of, _ = asked[0]
    return f"【{HEADS[What.INVITED]}】《{_title(of)}》{VOLUNTEERS[what]}"


def _sections(matters: Iterable[Matter]) -> Iterator[Section]:
    """Matters by what is told and of which campaign, the most pressing first."""
    order = list(What)
    found: dict[tuple[bool, int, int, int], list[Matter]] = {}
    for each in sorted(matters, key=lambda each: (each.due, each.path, each.account)):
        due = each.due if each.what is What.REMIND else 0
        key = (each.voluntary, order.index(each.what), due, each.asked.campaign_id)
        found.setdefault(key, []).append(each)
    for _, mine in sorted(found.items()):
        yield mine[0].what, mine[0].asked, mine


def _section(section: Section, hears: Audience, desk_url: str) -> Iterator[str]:
    what, asked, matters = section
    content = asked.content
    if _voluntary(section):
        yield f"【{HEADS[What.INVITED]}】《{_title(asked)}》 {asked.number}"
        yield from dict.fromkeys(each.said for each in matters if each.said)
        yield VOLUNTEERS[what]
        yield f"名单:{desk_url}/officers"
        return
    yield f"【{HEADS[what]}】《{_title(asked)}》 {asked.number} {content.kind}"
    yield from dict.fromkeys(each.said for each in matters if each.said)
    yield _ask(what, asked, matters, hears)
    yield from (f"{place}){_line(what, each)}" for place, each in enumerate(matters, 1))
    if what in TO_PUBLISH:
        yield from _terms(asked)
    yield f"联系人:{content.contact}"
    yield f"办理:{desk_url}/campaigns?id={asked.campaign_id}&tab=tasks"


def _ask(what: What, asked: Asked, matters: Sequence[Matter], hears: Audience) -> str:
    if what is not What.ISSUED:
        return ASKS[what]
    done = "更正或撤稿" if asked.content.kind is Kind.CORRECTION else "发布"
    passed = "请转办并督促" if hears is Audience.CITY else "请"
    signs = any(each.state is TaskState.TO_SIGN for each in matters)
    return f"{passed}以下账号于{_until(matters)}前{done}{',先签收' if signs else ''}:"


def _terms(asked: Asked) -> Iterator[str]:
    content = asked.content
    yield f"要求:{content.brief}"
    yield f"首发方式:{content.order};{'、'.join(content.changes) or '不得改动'};{content.comments}"
    if content.document:
        yield f"解读文件:{content.document}"
    if content.links:
        yield f"官方链接:{' '.join(content.links)}"


def _line(what: What, each: Matter) -> str:
    whose = f"{each.unit_name}“{each.account}”({_platform(each.platform)})"
    if what in (What.STOPPED, What.CANCELLED, What.CHANGED):
        return whose
    turn = ",待首发后发布" if each.opens is None else ""
    if each.opens is not None and each.opens > each.asked.issued_at and what is What.ISSUED:
        turn = f",{_moment(each.opens)}起发布"
    return f"{whose},{_moment(each.due)}截止{turn}"


def _texts(sections: Sequence[Section]) -> Iterator[str]:
    """The text to publish, once a campaign, and those made for the platforms a person has."""
    for what, asked, matters in sections:
        if what not in TO_PUBLISH or matters[0].voluntary:
            continue
        yield f"《{_title(asked)}》发布内容:\n{asked.content.body}"
        mine = {each.platform for each in matters}
        for platform, text in asked.content.texts:
            if platform in mine:
                yield f"{_platform(platform)}文案:\n{text}"


def _brief(what: What, asked: Asked, matters: Sequence[Matter]) -> str:
    if what in CALM:
        return ASKS[what]
    done = "更正或撤稿" if asked.content.kind is Kind.CORRECTION else "发布"
    return f"请于{_until(matters)}前{done},联系人:{asked.content.contact}。"


def _until(matters: Sequence[Matter]) -> str:
    return _moment(min(each.due for each in matters))


def _moment(second: int) -> str:
    """`11月26日18:00`."""
    when = shanghai(second)
    return f"{when.month}月{when.day}日{when:%H:%M}"


def _title(asked: Asked) -> str:
    return f"{campaign_text.marked(asked.content)}{asked.content.title}"


def _platform(platform: str) -> str:
    return PLATFORMS.get(platform, platform)
