"""The fault table: what may go wrong between us and a platform, when, and what must come of it.

Every registered reader is tried against every line. Whatever the line: no post is lost or doubled,
coverage stands only where it is true, and no account is judged worse than before the fault.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any, Final

from aiohttp import web

from monitor.domain.collecting import PassOutcome
from monitor.domain.instants import to_second
from tests.demo.small_world import EARLY, SmallWorld, a_post
from tests.kits.bench import BENCHES
from tests.kits.platform_server import Handler, Trial, answers, breaks_off, hangs_up

BROKEN: Final = "不作数"
"""Failed where nothing was read before the fault, incomplete where something was."""
WHOLE: Final = PassOutcome.COMPLETE.value
PART: Final = PassOutcome.PARTIAL.value
DRIP: Final = 0.02
"""Seconds a slow server takes for one byte; `test_http` tries the deadline of a whole answer."""
HALF_A_DAY: Final = 43_200

Change = Callable[["Scene", web.Request, Handler], Any]


@dataclass
class Scene:
    """What a fault may touch: the world, the trial's clock, and what was answered so far."""

    trial: Trial
    world: SmallWorld
    asked: int = 0
    struck: int = 0
    first: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """One line: its name for the page, and the outcome where it strikes the list.

    `end` is the outcome (BROKEN, WHOLE or PART), from the start and midway, of every reader whose
    bench names no other. Midway a list that is read first is read already: then the pass is whole,
    and tells what is missing beside it. `why` says in one sentence why this and nothing else.
    `daily` lines run in every test run, all of them in the deep one; `anew`: tried on a reading
    from the beginning, that has pages to turn.
    """

    name: str
    change: Change
    end: str
    why: str
    daily: bool = False
    anew: bool = False


def says(spoil: Callable[[web.Request], Any]) -> Change:
    """A fault that answers in the platform's place."""

    async def change(_: Scene, request: web.Request, __: Handler) -> web.StreamResponse:
        answer: web.StreamResponse = await spoil(request)
        return answer

    return change


def rewrites(rewrite: Callable[[Any], Any]) -> Change:
    """A fault that changes the platform's own JSON; what is no JSON passes as it is."""

    async def change(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
        answer = await handler(request)
        body = answer.body if isinstance(answer, web.Response) else None
        try:
            document = json.loads(bytes(body)) if isinstance(body, bytes | bytearray) else None
        except ValueError:
            document = None
        if document is None:
            scene.struck -= 1
            return answer
        return web.json_response(rewrite(document))

    return change


async def drips(request: web.Request) -> web.StreamResponse:
    """A byte now and then, and never a word."""
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(40):
        await response.write(b" ")
        await asyncio.sleep(DRIP)
    return response


async def never(_: web.Request) -> web.StreamResponse:
    """No answer within any patience."""
    await asyncio.sleep(2)
    return web.Response()


async def repeats(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
    """The first answer of each path again and again: a repeated page and a cursor loop in one."""
    if request.path not in scene.first:
        answer = await handler(request)
        if isinstance(answer, web.Response) and isinstance(answer.body, bytes | bytearray):
            scene.first[request.path] = bytes(answer.body)
        return answer
    return web.Response(body=scene.first[request.path], content_type="application/json")


async def deletes(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
    """The owner deletes the newest post while the list is read."""
    answer = await handler(request)
    posts = scene.world.written[scene.trial.bench.account.uid]
    if scene.asked == scene.trial.bench.midway + 1 and posts:
        gone = max(posts, key=lambda post: post.published_at)
        left = [post for post in posts if post is not gone]
        scene.world.written = {scene.trial.bench.account.uid: left}
    return answer


async def foresees(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
    """A post whose time has not come yet leads the list."""
    uid = scene.trial.bench.account.uid
    at = to_second(scene.trial.now()) + EARLY
    scene.world.early = {uid: a_post(999, "2026-11-30 09:00", native_id="999", published_at=at)}
    answer: web.StreamResponse = await handler(request)
    return answer


async def expires(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
    """The platform refuses the token once, as one that has run out; a new one is good."""
    uid = scene.trial.bench.account.uid
    scene.world.befall(uid, "expired" if scene.struck == 1 else "")
    answer: web.StreamResponse = await handler(request)
    return answer


def befalls(trouble: str) -> Change:
    """From now on the account itself is in trouble."""

    async def change(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
        scene.world.befall(scene.trial.bench.account.uid, trouble)
        answer: web.StreamResponse = await handler(request)
        return answer

    return change


async def behind(scene: Scene, request: web.Request, handler: Handler) -> web.StreamResponse:
    """The platform's clock shows half a day less than ours: ours runs ahead."""
    answer = await handler(request)
    theirs = scene.trial.now().timestamp() - HALF_A_DAY
    answer.headers["Date"] = format_datetime(
        scene.trial.now().fromtimestamp(theirs, scene.trial.now().tzinfo), usegmt=True
    )
    return answer


def strings(value: Any) -> Any:
    """Every whole number as a string."""
    if isinstance(value, dict):
        return {key: strings(each) for key, each in value.items()}
    if isinstance(value, list):
        return [strings(each) for each in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def emptied(value: Any) -> Any:
    """Every list empty."""
    if isinstance(value, dict):
        return {key: emptied(each) for key, each in value.items()}
    return [] if isinstance(value, list) else value


def doubled(value: Any) -> Any:
    """Every list of objects said twice."""
    if isinstance(value, dict):
        return {key: doubled(each) for key, each in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return value + value
    return value


def listed(value: Any) -> Any:
    """The object inside a list."""
    return [value]


LATER_TROUBLE: Final = "没有读完整,本轮不作数"
TABLE: Final = (
    Fault("超时", says(never), BROKEN, LATER_TROUBLE),
    Fault("连接被重置", says(hangs_up), BROKEN, LATER_TROUBLE, daily=True),
    Fault("答到一半断开", says(breaks_off), BROKEN, LATER_TROUBLE),
    Fault("一个字节一个字节地慢答", says(drips), BROKEN, LATER_TROUBLE),
    Fault("服务器错误(500)", says(answers(500, b"{}")), BROKEN, LATER_TROUBLE),
    Fault("暂停服务(503)", says(answers(503, b"{}")), BROKEN, LATER_TROUBLE),
    Fault("请求过多(429),未说等多久", says(answers(429, b"{}")), BROKEN, LATER_TROUBLE),
    Fault(
        "请求过多(429),要求明天再来",
        says(answers(429, b"{}", retry_after="86400")),
        BROKEN,
        "照平台要求不再追问",
        daily=True,
    ),
    Fault("返回网页", says(answers(200, b"<html>login</html>")), BROKEN, LATER_TROUBLE),
    Fault("半个JSON", says(answers(200, b'{"list": [{"a": 1')), BROKEN, LATER_TROUBLE),
    Fault("空答复", says(answers(200, b"")), BROKEN, LATER_TROUBLE),
    Fault("数字写成文字", rewrites(strings), WHOLE, "读得懂就照读,读不懂就不作数"),
    Fault("对象外多一层列表", rewrites(listed), BROKEN, LATER_TROUBLE),
    Fault(
        "有过作品后返回空列表",
        rewrites(emptied),
        WHOLE,
        "与已知作品不符的不完整;只问一段时间的,待对照账号证实,不得据此认定",
        daily=True,
    ),
    Fault(
        "同一页反复返回(游标绕圈)", repeats, PART, "翻页绕圈即停;只有一页的列表不受影响", anew=True
    ),
    Fault("作品编号重复", rewrites(doubled), WHOLE, "重复的作品只记一次", daily=True, anew=True),
    Fault("翻页时删除作品", deletes, WHOLE, "列表移动后重读一次", anew=True),
    Fault("作品的发布时间在将来", foresees, WHOLE, "还没到时间的作品不采信,别的照读"),
    Fault("令牌中途过期一次", expires, WHOLE, "能续期的续期后读完,不能的请人重新授权", daily=True),
    Fault("本机时钟快半天", behind, WHOLE, "覆盖只到平台的时间为止", daily=True),
)
"""What every reader is tried against."""

ACCOUNT_TROUBLES: Final = {
    "unauthorized": "权限被收回",
    "expired": "令牌中途失效",
    "revoked": "授权被取消",
    "quota": "额度用尽",
    "gone": "账号已不存在",
    "delay": "平台数据未生成",
}
"""Troubles of the account itself; each bench says which its platform knows and how they end."""

HEAD: Final = """# What may go wrong, and what must come of it

Written from `table.py` and the readers' benches; a test keeps it current. Every registered reader
is tried against every line, from the start of a pass and midway, in front of its stand-in server,
through the store and the judge. Whatever the line: no post is lost or doubled, coverage stands only
where it is true, and no account is judged worse than before the fault.
不作数: failed where nothing was read before, incomplete where something was, and nothing claimed.
Midway, a reader that has its list by then ends whole and tells what is missing beside it.
The lines marked 每次 run in every test run, all of them with `make deep`.

| 故障 | 结果 | 理由 | 每次 |
| --- | --- | --- | --- |
"""
MORE: Final = """
What ends otherwise, by the protocol of the platform:

| 平台 | 故障 | 从头 | 中途 |
| --- | --- | --- | --- |
{others}

Troubles of the account itself, from the start and midway, end as the reader's bench names them, and
claim nothing that was not read: {troubles}.
A silence after weeks of broken passes is unknown: nobody fails for it.
"""


def page() -> str:
    """The table for people."""
    rows = [
        f"| {fault.name} | {fault.end} | {fault.why} | {'是' if fault.daily else ''} |"
        for fault in TABLE
    ]
    others = [
        f"| {name} | {fault.name} | {' | '.join(ends)} |"
        for name in BENCHES.names()
        for fault in TABLE
        if (ends := BENCHES.get(name).endings.get(fault.name))
    ]
    more = MORE.format(others="\n".join(others), troubles="、".join(ACCOUNT_TROUBLES.values()))
    return HEAD + "\n".join(rows) + "\n" + more
