"""comment/list and get_current_selfmenu_info: does the account answer, and what does it offer?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median_low
from typing import Final

from monitor.collect.answers import Document, record, rows, text, whole
from monitor.collect.errors import malformed
from monitor.domain.service import Function, SeenService
from monitor.domain.service_link import Offered

COMMENTS: Final = "微信接口 list"
AUTO_REPLY: Final = "微信接口 get_current_autoreply_info"
MENU: Final = "微信接口 get_current_selfmenu_info"
SERVICE_WORDS: Final = (
    "办事",
    "服务",
    "报警",
    "举报",
    "预约",
    "户政",
    "户籍",
    "出入境",
    "车管",
    "查询",
    "办理",
)
ENQUIRY_WORDS: Final = ("咨询", "留言", "信箱", "客服", "互动", "问答", "投诉")
DEEPEST_MENU: Final = 4


@dataclass
class Replies:
    """Pages of one post's comments. `told` is WeChat's other total, given where it lists none."""

    seen: set[int] = field(default_factory=set)
    answered_at: list[int] = field(default_factory=list)
    waits: list[tuple[int, int]] = field(default_factory=list)
    total: int = 0
    told: int | None = None

    def take(self, document: Document) -> int:
        """Enter a page and return how many comments it held; a page seen before is a loop."""
        page = rows(document, "comment", COMMENTS)
        self.total = _needed(document, "total", COMMENTS)
        self.told = whole(document, "comment_cnt", COMMENTS)
        for comment in page:
            identity = whole(comment, "user_comment_id", COMMENTS)
            if identity is None or identity in self.seen:
                raise malformed("评论列表重复或缺少 user_comment_id", COMMENTS)
            self.seen.add(identity)
            self._note(comment)
        return len(page)

    def by(self, second: int) -> int | None:
        """How many comments the owner had answered by `second`; None where WeChat hid the list."""
        if len(self.seen) < max(self.total, self.told or 0):
            return None
        return sum(at <= second for at in self.answered_at)

    def wait_by(self, second: int) -> int | None:
        """The median time to an answer of those given by `second`; None where there was none."""
        known = [wait for at, wait in self.waits if at <= second]
        return median_low(known) if known and self.by(second) is not None else None

    def _note(self, comment: Document) -> None:
        """`reply` is an object by the documents, a list of one in the samples; both are read."""
        reply = comment.get("reply")
        if isinstance(reply, list):
            reply = reply[0] if reply else None
        if not reply:
            return
        at = whole(record(reply, COMMENTS), "create_time", COMMENTS)
        asked_at = whole(comment, "create_time", COMMENTS)
        if at:
            self.answered_at.append(at)
        if at and asked_at:
            self.waits.append((at, max(0, at - asked_at)))


def offered(document: Document, at: int) -> list[SeenService]:
    """What the menu offers: services, links to them, and a way to ask.

    Names count together with the button they stand under: 「办事服务」 makes 「户口」 a service.
    """
    opened, leaves = _menu(document)
    service = [leaf for leaf in leaves if _says(leaf, SERVICE_WORDS)]
    found = {
        Function.SERVICE_MENU: service,
        Function.SERVICE_LINK: [leaf for leaf in service if leaf.leads],
        Function.MENU_ENQUIRY: [leaf for leaf in leaves if _says(leaf, ENQUIRY_WORDS)],
    }
    return [
        SeenService(function, bool(those), at, measured=True, detail=_names(those, opened=opened))
        for function, those in found.items()
    ]


def entries(document: Document) -> tuple[Offered, ...]:
    """The service entries of the menu with their addresses, '' where one leads to no page."""
    _, leaves = _menu(document)
    mine = [leaf for leaf in leaves if _says(leaf, SERVICE_WORDS)]
    return tuple(dict.fromkeys(Offered(leaf.path, leaf.url) for leaf in mine))


def _menu(document: Document) -> tuple[bool, list["_Leaf"]]:
    opened = _needed(document, "is_menu_open", MENU) == 1
    menu = record(document.get("selfmenu_info") or {}, MENU)
    return opened, list(_leaves(menu)) if opened else []


def answers_itself(document: Document, at: int) -> SeenService:
    """Whether the account answers by itself: a greeting, a word for everything, or by keyword."""
    opened = {
        "关注回复": _needed(document, "is_add_friend_reply_open", AUTO_REPLY) == 1,
        "消息回复": _needed(document, "is_autoreply_open", AUTO_REPLY) == 1,
    }
    detail = "、".join(name for name, works in opened.items() if works) or "未开启自动回复"
    works = any(opened.values())
    return SeenService(Function.AUTO_REPLY, works, at, measured=True, detail=detail)


def _needed(document: Document, field_name: str, where: str) -> int:
    """A count that must be there: an empty answer must not read as 'offers nothing'."""
    value = whole(document, field_name, where)
    if value is None:
        raise malformed(f"缺少字段 {field_name}", where)
    return value


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A menu entry by its path; `leads` to a page or a mini programme, `url` the page's address."""

    path: str
    leads: bool
    url: str = ""


def _leaves(menu: Document, above: str = "", depth: int = 0) -> Iterator[_Leaf]:
    if depth >= DEEPEST_MENU:
        raise malformed("菜单层级过深", MENU)
    field_name = "list" if above else "button"
    if field_name not in menu:
        return
    for button in rows(menu, field_name, MENU):
        path = f"{above}/{text(button, 'name', MENU)}".lstrip("/")
        below = button.get("sub_button")
        if below:
            yield from _leaves(record(below, MENU), path or "-", depth + 1)
        else:
            kind = text(button, "type", MENU)
            url = text(button, "url", MENU) if kind == "view" else ""
            yield _Leaf(path, kind in ("view", "miniprogram"), url)


def _says(leaf: _Leaf, words: tuple[str, ...]) -> bool:
    return any(word in leaf.path for word in words)


def _names(leaves: list[_Leaf], *, opened: bool) -> str:
    if not opened:
        return "未开启自定义菜单"
    return "、".join(leaf.path for leaf in leaves)[:200] or "菜单中没有相应条目"
