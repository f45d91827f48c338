"""视频号 by the assistant interface: followers and live streams. No interface lists its films."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, record, rows, text, unix, whole
from monitor.collect.cursor import Depth, ListPage, one_pass, walk_cursor
from monitor.collect.errors import LATER, REMEDIES, PlatformError, malformed, refused
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.vault import Token, bearing
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers, Provenance
from monitor.domain.post import LIVE_STREAM, SeenPost
from monitor.domain.sighting import AccountSighting

LIVES: Final = "/channels/finderlive/get_finder_live_data_list"
ATTRIBUTES: Final = "/channels/finderlive/get_finder_attr_by_appid"
KEYS: Final = "请账号管理员核对视频号助手接口的AppID和AppSecret,并在「采集-授权」重新登记"
STALE: Final = frozenset({40001, 40014, 42001})
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    -1: (ErrorClass.RETRY, "视频号系统繁忙", LATER),
    40001: (ErrorClass.REAUTHORISE, "视频号不认可访问令牌", KEYS),
    40013: (ErrorClass.REAUTHORISE, "AppID无效", KEYS),
    40014: (ErrorClass.REAUTHORISE, "视频号不认可访问令牌", KEYS),
    40125: (ErrorClass.REAUTHORISE, "AppSecret无效", KEYS),
    42001: (ErrorClass.REAUTHORISE, "访问令牌已过期且续不上", KEYS),
    45009: (ErrorClass.QUOTA, "今日接口调用次数已用尽", REMEDIES[ErrorClass.QUOTA]),
    48001: (
        ErrorClass.NO_PERMISSION,
        "该视频号没有这项接口权限",
        REMEDIES[ErrorClass.NO_PERMISSION],
    ),
}


class Channels:
    """One account read with the key of its assistant. Its films come by file (作品导出)."""

    name = "channels"
    title = "视频号助手"
    base_url = "https://api.weixin.qq.com"
    serves = frozenset({"channels"})
    secret_names = ("appid", "secret")
    shared_names = ()
    allowances = (Allowance(Per.TOKEN, 6000, Window.HOUR),)
    unconfirmed = (
        "粉丝数与助手页面可能相差数个",
        "直播接口只含已开通留资等组件的直播",
        "没有任何接口列出短视频,作品须由助手后台导出后导入",
    )

    def route(self, platform: str) -> Route:
        """Live streams only: they prove that somebody was there, and nothing about films."""
        return Route(platform, "assistant", Provenance.INTERFACE, grade=0, fresh_hours=26)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: live streams, then followers."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        depth = Depth.of(gathered, line, whole_list=False)
        reading = _Reading(gathered, line, depth.until)
        walk = partial(walk_cursor, gathered, depth, reading.page)
        return await one_pass(gathered, line, walk, reading.followers)


@dataclass
class _Reading:
    """One pass over one account, from second `since` on."""

    gathered: Gathered
    line: Line
    since: int

    async def page(self, buffer: str | None) -> ListPage:
        """Live streams behind a buffer the platform gave."""
        body = {
            "start_time": self.since,
            "end_time": self.gathered.started_at,
            "last_buffer": buffer or "",
        }
        document = await self._call(LIVES, body)
        where = _label(LIVES)
        posts = tuple(
            _live(each, self.gathered.started_at, where) for each in rows(document, "item", where)
        )
        more = document.get("continue_flag") is True
        return ListPage(posts, next=text(document, "last_buffer", where) if more else None)

    async def followers(self) -> None:
        """Followers, and what the account is called."""
        where, at = _label(ATTRIBUTES), self.gathered.started_at
        said = record((await self._call(ATTRIBUTES, {})).get("finder_attr"), where)
        numbers = AccountNumbers(followers=whole(said, "fans_count", where))
        self.gathered.accounts.append(AccountObservation(at, numbers, "累计"))
        name = text(said, "nickname", where)
        self.gathered.sighting = AccountSighting(at, exists=True, name=name)

    async def _call(self, path: str, body: Mapping[str, object]) -> Document:
        return await bearing(
            self._token,
            lambda token: self._ask(path, body, token),
            lambda error: error.errcode in STALE,
        )

    async def _ask(self, path: str, body: Mapping[str, object], token: str) -> Document:
        query = {"access_token": token}
        request = http.Request("POST", path, _label(path), query=query, body=body)
        return await self.line.ask(request, _read)

    async def _token(self, stale: str) -> str:
        secrets = self.gathered.target.secrets
        if not all(secrets.get(name) for name in ("appid", "secret")):
            what = "该视频号尚未登记AppID和AppSecret"
            raise PlatformError(ErrorClass.REAUTHORISE, what, "", KEYS)
        return await self.line.token(
            "access", self._fresh, target=self.gathered.target, stale=stale
        )

    async def _fresh(self) -> Token:
        secrets, path = self.gathered.target.secrets, "/cgi-bin/stable_token"
        body = {
            "grant_type": "client_credential",
            "appid": secrets["appid"],
            "secret": secrets["secret"],
            "force_refresh": False,
        }
        request = http.Request("POST", path, _label(path), body=body)
        answer = await self.line.ask(request, _read)
        token, life = text(answer, "access_token", path), whole(answer, "expires_in", path)
        if not token or life is None:
            raise malformed("平台没有给出访问令牌", _label(path))
        return Token(token, self.line.second + life)


def _live(item: Document, at: int, where: str) -> SeenPost:
    native_id = text(item, "export_id", where)
    if not native_id:
        raise malformed("直播缺少 export_id", where)
    began = unix(item, "live_start_time", where)
    return SeenPost(
        native_id=native_id,
        published_from=began,
        published_until=began,
        observed_at=at,
        title="视频号直播",
        form=LIVE_STREAM,
        numbers=PostNumbers(
            readers=whole(item, "total_audience_count", where),
            likes=whole(item, "total_cheer_count", where),
            comments=whole(item, "total_comment_count", where),
            shares=whole(item, "forward_count", where),
        ),
    )


def _label(path: str) -> str:
    return f"视频号接口 {path.rpartition('/')[2]}"


def _read(answer: http.Answer) -> Document:
    """The answer, unless `errcode` (a number, or a number in quotes) says that it is none."""
    document = http.document(answer)
    value = document.get("errcode")
    code = value if value == -1 else whole(document, "errcode", answer.label)
    if not isinstance(code, int) or code == 0:
        return document
    raise refused(CODES, code, answer.label, "视频号返回了未知错误")


READERS.add("channels", Channels())
