"""freepublish/batchget of the stand-in: what was 发表 without a notification, the newest first."""

from html import escape
from typing import Any, Final

from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.shown import standing
from monitor.demo.servers.wechat_cube import msgid
from monitor.demo.world import World, WorldAccount, WorldPost

MOST: Final = 20
DIGEST: Final = 54
"""So many characters of a text are its digest where nobody wrote one."""


def page(world: World, account: WorldAccount, body: dict[str, Any], at: int) -> dict[str, Any]:
    """One page of an account's published articles; Refusal for a size it does not take."""
    offset, count = body.get("offset"), body.get("count")
    if not isinstance(offset, int) or not isinstance(count, int) or not 0 < count <= MOST:
        raise Refusal(40097)
    posts = [each for each in standing(world, account, at) if not each.notified]
    shown = posts[offset : offset + count]
    whole = body.get("no_content") != 1
    items = [_item(each, whole=whole) for each in shown]
    return {"total_count": len(posts), "item_count": len(shown), "item": items}


def _item(post: WorldPost, *, whole: bool) -> dict[str, Any]:
    number, _, index = msgid(post).partition("_")
    article = {
        "title": post.title,
        "author": "",
        "digest": post.text[:DIGEST],
        "content_source_url": "",
        "thumb_media_id": "",
        "show_cover_pic": 0,
        "need_open_comment": 1,
        "only_fans_can_comment": 0,
        "url": f"http://mp.weixin.qq.com/s?__biz=demo&mid={number}&idx={index}&sn=demo#rd",
        "is_deleted": False,
    }
    if whole:
        lines = [f"<p><span>{escape(each)}</span></p>" for each in post.text.split("\n")]
        article["content"] = f"<section>{''.join(lines)}</section>"
    return {
        "article_id": f"demo-{msgid(post)}",
        "content": {"news_item": [article]},
        "update_time": post.published_at,
    }
