"""WeChat's way of answering: tokens, the error in a 200, and what each error code means."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, text, whole
from monitor.collect.errors import LATER, REMEDIES, PlatformError, malformed
from monitor.collect.platform import Line
from monitor.domain.collecting import ErrorClass, Target

STALE: Final = frozenset({40001, 40014, 42001})
"""Codes a fresh token mends: another process may have renewed ours, or it ran out mid-pass."""
NOT_READY: Final = 61503
MINUTE: Final = 60.0
KEYS: Final = "请账号管理员在公众平台「开发接口管理」核对AppID和AppSecret,并在「采集-授权」重新登记"
WHITELIST: Final = "请账号管理员在公众平台「开发接口管理」把本机出口地址加入IP白名单"
VERIFY: Final = "请账号管理员完成微信认证以开通接口权限;开通前请改用「内容分析」导出文件导入"
TICKET: Final = "系统已请微信重新推送;半小时仍未恢复,请系统管理员检查授权事件接收URL能否从外网打开"
SCAN: Final = "请账号管理员重新扫码授权"

CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    -1: (ErrorClass.RETRY, "微信系统繁忙", LATER),
    40001: (ErrorClass.REAUTHORISE, "微信不认可访问令牌", KEYS),
    40013: (ErrorClass.REAUTHORISE, "AppID无效", KEYS),
    40014: (ErrorClass.REAUTHORISE, "微信不认可访问令牌", KEYS),
    40125: (ErrorClass.REAUTHORISE, "AppSecret无效", KEYS),
    40164: (ErrorClass.BLOCKED, "本机出口地址不在该公众号的IP白名单内", WHITELIST),
    41001: (ErrorClass.REAUTHORISE, "请求缺少访问令牌", KEYS),
    42001: (ErrorClass.REAUTHORISE, "访问令牌已过期且续不上", KEYS),
    45009: (ErrorClass.QUOTA, "该公众号今日接口调用次数已用尽", REMEDIES[ErrorClass.QUOTA]),
    45011: (ErrorClass.RETRY, "调用过于频繁", LATER),
    48001: (ErrorClass.NO_PERMISSION, "该公众号没有这项接口权限", VERIFY),
    48004: (ErrorClass.BLOCKED, "该公众号的接口已被封禁", REMEDIES[ErrorClass.BLOCKED]),
    50002: (ErrorClass.BLOCKED, "该公众号受到限制", REMEDIES[ErrorClass.BLOCKED]),
    61005: (ErrorClass.RETRY, "微信推送的票据已过期", TICKET),
    61006: (ErrorClass.RETRY, "微信不认可推送的票据", TICKET),
    61009: (ErrorClass.REAUTHORISE, "授权码无效或已用过", SCAN),
    61010: (ErrorClass.REAUTHORISE, "授权码已过期", SCAN),
    61003: (ErrorClass.REAUTHORISE, "该公众号已取消授权", SCAN),
    61004: (ErrorClass.BLOCKED, "本机出口地址未登记", WHITELIST),
    61007: (ErrorClass.NO_PERMISSION, "该公众号没有授予这项权限", SCAN),
    61023: (ErrorClass.REAUTHORISE, "授权已失效", SCAN),
    61501: (ErrorClass.MALFORMED, "微信认为查询日期超出范围", "请信息中心校准本机时钟后重试"),
    NOT_READY: (ErrorClass.RETRY, "微信当日数据尚未生成", LATER),
}
ADDRESS: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


Fresh = Callable[[str], Awaitable[str]]
"""Gives the token to ask with; the one that was just refused, or '', goes in."""


class Api:
    """One account's calls; a stale token is renewed once a call."""

    def __init__(self, line: Line, fresh: Fresh) -> None:
        self._line = line
        self._fresh = fresh
        self._token = ""

    async def call(
        self,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        tolerated: Collection[int] = (),
    ) -> Document:
        """The answer of `path` (POST with a body, else GET); a tolerated code is left in it."""
        if not self._token:
            self._token = await self._fresh("")
        try:
            return await ask(self._line, path, body, tolerated, token=self._token)
        except PlatformError as error:
            if error.errcode not in STALE:
                raise
        self._token = await self._fresh(self._token)
        return await ask(self._line, path, body, tolerated, token=self._token)


def own_token(line: Line, target: Target) -> Fresh:
    """The token of an account's own key.

    stable_token in normal mode gives every caller the same token until shortly before its end, so
    that nothing here locks out another system of the office.
    """
    keys = {name: target.secrets.get(name, "") for name in ("appid", "secret")}

    async def fresh(_: str) -> str:
        if not all(keys.values()):
            raise PlatformError(
                ErrorClass.REAUTHORISE, "该公众号尚未登记AppID和AppSecret", "", KEYS
            )
        path = "/cgi-bin/stable_token"
        body = {"grant_type": "client_credential", **keys, "force_refresh": False}
        return said(await ask(line, path, body), "access_token", path)

    return fresh


async def ask(
    line: Line,
    path: str,
    body: Mapping[str, object] | None,
    tolerated: Collection[int] = (),
    *,
    token: str = "",
) -> Document:
    """The answer of one address; PlatformError by consequence of its errcode."""

    def read(answer: http.Answer) -> Document:
        document = http.document(answer)
        _check(document, answer.label, tolerated)
        return document

    request = http.Request(
        method="GET" if body is None else "POST",
        url=path,
        label=_label(path),
        query={"access_token": token} if token else {},
        body=body,
    )
    return await line.ask(request, read)


def said(document: Document, name: str, path: str) -> str:
    """A secret word of an answer, which must be there."""
    value = document.get(name)
    if not isinstance(value, str) or not value:
        raise malformed(f"微信没有给出 {name}", _label(path))
    return value


def _label(path: str) -> str:
    return f"微信接口 {path.rpartition('/')[2]}"


def _check(document: Document, label: str, tolerated: Collection[int]) -> None:
    """Raise what `errcode` means; WeChat answers 200 whatever happened."""
    value = document.get("errcode")
    code = (
        value if value == -1 and not isinstance(value, bool) else whole(document, "errcode", label)
    )
    if not isinstance(code, int) or code == 0 or code in tolerated:
        return
    unknown = (ErrorClass.MALFORMED, "微信返回了未知错误", REMEDIES[ErrorClass.MALFORMED])
    error, what, remedy = CODES.get(code, unknown)
    where = f"{label},错误码 {code}"
    seen_as = (
        ADDRESS.search(text(document, "errmsg", label)) if error is ErrorClass.BLOCKED else None
    )
    if seen_as:
        where = f"{where},出口地址 {seen_as.group()}"
    wait = MINUTE if code == 45011 else None  # noqa: PLR2004  # the limit is per minute
    raise PlatformError(error, what, where, remedy, wait=wait, errcode=code)
