"""The stand-in's comments and menu: pages of what citizens wrote, and the leaves people may tap."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.wechat_cube import COUNTED, grown, msgid
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import DAY, HOUR, MINUTE, day_end, shanghai_day

MOST_ASKED: Final = 50
LEAVES_A_BUTTON: Final = 5
MOST_BUTTONS: Final = 3
WORDS: Final = ("请问周末能办理吗", "支持", "辛苦了", "需要带什么材料")


def comment_page(
    world: World, account: WorldAccount, body: dict[str, Any], at: int
) -> dict[str, Any]:
    """Comments `begin` .. `begin + count` of one post, as they stood at second `at`."""
    number, index, begin, count = (
        _number(body, name) for name in ("msg_data_id", "index", "begin", "count")
    )
    if count >= MOST_ASKED:
        raise Refusal(88010, "count range error")
    if not account.comments_open:
        raise Refusal(88000, "without comment privilege")
    post = _find(world, account, f"{number}_{index + 1}", at)
    comments = [each for each in _comments(post, at) if each["create_time"] <= at]
    page = comments[begin : begin + count]
    return {"errcode": 0, "errmsg": "ok", "total": len(comments), "comment": page}


def menu(account: WorldAccount) -> dict[str, Any]:
    """The menu as it stands: buttons of one leaf each, or of up to five where there are many."""
    leaves: list[dict[str, Any]] = [
        {"type": "view", "name": name, "url": url} for name, url in account.menu
    ]
    if len(leaves) > MOST_BUTTONS:
        groups = [
            leaves[at : at + LEAVES_A_BUTTON] for at in range(0, len(leaves), LEAVES_A_BUTTON)
        ]
        leaves = [
            {"name": f"栏目{number}", "sub_button": {"list": group}}
            for number, group in enumerate(groups[:MOST_BUTTONS], start=1)
        ]
    return {"is_menu_open": int(bool(leaves)), "selfmenu_info": {"button": leaves}}


def autoreply(account: WorldAccount) -> dict[str, Any]:
    """What answers by itself: a greeting for new followers, and a word for who asks for a topic."""
    if not account.menu:
        return {"is_add_friend_reply_open": 0, "is_autoreply_open": 0}
    rule = {
        "rule_name": "办事",
        "create_time": 1_700_000_000,
        "reply_mode": "reply_all",
        "keyword_list_info": [{"type": "text", "match_mode": "contain", "content": "办事"}],
        "reply_list_info": [{"type": "text", "content": "请点下方菜单办理"}],
    }
    return {
        "is_add_friend_reply_open": 1,
        "is_autoreply_open": 1,
        "add_friend_autoreply_info": {"type": "text", "content": "欢迎关注(演示)"},
        "keyword_autoreply_info": {"list": [rule]},
    }


def _number(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Refusal(47001)
    return value


def _find(world: World, account: WorldAccount, wanted: str, at: int) -> WorldPost:
    for post in world.posts(account, at - (COUNTED + 1) * DAY, at):
        gone = post.deleted_at is not None and post.deleted_at <= at
        if msgid(post) == wanted and not gone:
            return post
    raise Refusal(88001, "msg_data is not exists")


def _comments(post: WorldPost, at: int) -> Iterator[dict[str, Any]]:
    """All comments, oldest first. Documents show `reply` as an object, samples as a list: both."""
    for number in range(post.comments):
        written = _written_at(post, number)
        comment: dict[str, Any] = {
            "user_comment_id": number + 1,
            "create_time": written,
            "content": WORDS[number % len(WORDS)],
            "comment_type": 0,
        }
        # Spread evenly: the answered ones are those at which the quota grows by one.
        answered_so_far = number * post.replies // post.comments
        answered = (number + 1) * post.replies // post.comments > answered_so_far
        if answered and written + HOUR <= at:
            reply = {"content": "您好,请携带身份证", "create_time": written + HOUR}
            comment["reply"] = [reply] if number % 2 else reply
        yield comment


def _written_at(post: WorldPost, number: int) -> int:
    """When a comment came: on the day whose count first exceeds its number."""
    days = next(day for day in range(COUNTED + 1) if grown(post.comments, day) > number)
    last = day_end(shanghai_day(post.published_at) + timedelta(days=days))
    return min(post.published_at + days * DAY + (number % 60 + 1) * MINUTE, last)
