"""Douyin's way of answering: 200 with a code in two places, and tokens that are renewed in time."""

from collections.abc import Mapping
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, record, text, whole
from monitor.collect.errors import LATER, REMEDIES, PlatformError, malformed, refused
from monitor.collect.platform import Line
from monitor.collect.vault import Token, bearing
from monitor.domain.collecting import ErrorClass, Target
from monitor.domain.instants import DAY

AGREE: Final = "请账号管理员在「采集-授权」用该抖音账号重新扫码授权"
KEYS: Final = "请系统管理员核对抖音应用的client_key和client_secret"
RIGHTS: Final = "请系统管理员在抖音开放平台为应用申请该能力,或改用后台导出文件导入"
RENEWALS: Final = 5
"""How often a refresh token is made longer before its owner must agree anew."""
RENEW_WITHIN: Final = 14 * DAY
"""What is left of a refresh token's life when it is made longer."""
EARLY: Final = 3 * DAY
"""An access token of fifteen days is replaced after twelve."""
A_RENEWAL: Final = 30 * DAY - RENEW_WITHIN
STALE: Final = frozenset({28001003, 28001008, 2190002, 2190008, 10008})
_REAUTHORISE, _RETRY = ErrorClass.REAUTHORISE, ErrorClass.RETRY
_NO_PERMISSION, _BLOCKED = ErrorClass.NO_PERMISSION, ErrorClass.BLOCKED
_QUOTA, _GONE = ErrorClass.QUOTA, ErrorClass.GONE
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    28001005: (_RETRY, "抖音系统繁忙", LATER),
    28001006: (_RETRY, "抖音网络出错", LATER),
    2100004: (_RETRY, "抖音系统繁忙", LATER),
    10020: (_REAUTHORISE, "授权续期次数已用完", AGREE),
    28001003: (_REAUTHORISE, "抖音不认可访问令牌", AGREE),
    2190002: (_REAUTHORISE, "抖音不认可访问令牌", AGREE),
    28001008: (_REAUTHORISE, "访问令牌已过期且续不上", AGREE),
    2190008: (_REAUTHORISE, "访问令牌已过期且续不上", AGREE),
    10008: (_REAUTHORISE, "访问令牌已过期且续不上", AGREE),
    10010: (_REAUTHORISE, "抖音授权已到期或被取消", AGREE),
    10007: (_REAUTHORISE, "授权码已过期或用过", AGREE),
    28001015: (_REAUTHORISE, "授权的不是这个抖音账号", AGREE),
    28001012: (_NO_PERMISSION, "账号没有授予这项权限,或已取消授权", AGREE),
    28001014: (_NO_PERMISSION, "抖音应用没有这项能力", RIGHTS),
    28001018: (_NO_PERMISSION, "抖音应用没有这项能力", RIGHTS),
    2100007: (_NO_PERMISSION, "抖音应用没有这项权限", RIGHTS),
    28001016: (_BLOCKED, "抖音应用已被封禁", REMEDIES[_BLOCKED]),
    28001019: (_BLOCKED, "抖音应用的这项能力已被封禁", REMEDIES[_BLOCKED]),
    28001052: (_BLOCKED, "抖音风控限制", REMEDIES[_BLOCKED]),
    2100009: (_BLOCKED, "抖音账号被封禁", REMEDIES[_BLOCKED]),
    28001046: (_BLOCKED, "抖音账号被封禁", REMEDIES[_BLOCKED]),
    28001045: (_GONE, "抖音账号已注销", REMEDIES[_GONE]),
    28003017: (_QUOTA, "抖音接口调用额度已用完", REMEDIES[_QUOTA]),
    2190001: (_QUOTA, "抖音接口调用额度已用完", REMEDIES[_QUOTA]),
    28003018: (_RETRY, "抖音接口调用过于频繁", LATER),
    10003: (_REAUTHORISE, "抖音应用的client_key不对", KEYS),
    10013: (_REAUTHORISE, "抖音应用的client_secret不对", KEYS),
}


def read(answer: http.Answer) -> Document:
    """`data` of an answer; PlatformError where either of its two codes tells an error."""
    document = http.document(answer)
    data = record(document.get("data"), answer.label)
    extra = document.get("extra")
    codes = [whole(data, "error_code", answer.label)]
    if isinstance(extra, dict):
        codes.append(whole(extra, "error_code", answer.label))
    known = [code for code in codes if code is not None]
    if not known:
        raise malformed("缺少字段 error_code", answer.label)
    code = next((each for each in known if each), 0)
    if code:
        raise refused(CODES, code, answer.label, "抖音返回了未知错误")
    return data


class Owner:
    """Calls of one account, with the access token all processes share."""

    def __init__(self, line: Line, target: Target) -> None:
        self._line = line
        self._target = target
        self.open_id = target.secrets.get("open_id", "")

    async def get(self, path: str, query: Mapping[str, str]) -> Document:
        """`data` of one address; a stale token is renewed once."""
        return await bearing(
            self._token,
            lambda token: self._ask(path, query, token),
            lambda error: error.errcode in STALE,
        )

    async def _ask(self, path: str, query: Mapping[str, str], token: str) -> Document:
        request = http.Request(
            "GET",
            path,
            _label(path),
            query={"open_id": self.open_id, **query},
            headers={"access-token": token},
        )
        return await self._line.ask(request, read)

    async def _token(self, stale: str) -> str:
        secrets = self._target.secrets
        if not all(secrets.get(name) for name in ("open_id", "refresh_token", "client_key")):
            raise PlatformError(ErrorClass.REAUTHORISE, "该抖音账号尚未授权", "", AGREE)
        return await self._line.token("access", self._fetch, target=self._target, stale=stale)

    async def _fetch(self) -> Token:
        secrets: Mapping[str, str] = self._target.secrets
        refreshed = await self._refresh(secrets["refresh_token"])
        left = whole(refreshed, "refresh_expires_in", "抖音接口 refresh_token")
        if left is not None and left < RENEW_WITHIN and _renewals(secrets) < RENEWALS:
            await self._line.renew(self._target, secrets, self._longer)
        token = text(refreshed, "access_token", "抖音接口 refresh_token")
        lasts = whole(refreshed, "expires_in", "抖音接口 refresh_token")
        if not token or not lasts:
            raise malformed("抖音没有给出访问令牌或有效期", "抖音接口 refresh_token")
        return Token(token, self._line.second + max(lasts - EARLY, lasts // 2))

    async def _refresh(self, refresh: str) -> Document:
        form = {
            "client_key": self._target.secrets["client_key"],
            "grant_type": "refresh_token",
            "refresh_token": refresh,
        }
        return await post(self._line, "/oauth/refresh_token/", form)

    async def _longer(self, stands: Mapping[str, str]) -> Mapping[str, str]:
        """A refresh token with thirty more days; each owner's agreement gives five of them."""
        form = {"client_key": stands["client_key"], "refresh_token": stands["refresh_token"]}
        where = "抖音接口 renew_refresh_token"
        document = await post(self._line, "/oauth/renew_refresh_token/", form)
        longer, lasts = text(document, "refresh_token", where), whole(document, "expires_in", where)
        if not longer or not lasts:
            raise malformed("抖音没有给出新的更新令牌", where)
        times = _renewals(stands) + 1
        until = self._line.second + lasts + (RENEWALS - times) * A_RENEWAL
        fresh = {"refresh_token": longer, "renewals": str(times)}
        await self._line.keep(self._target, fresh, until)
        return fresh


async def post(line: Line, path: str, form: Mapping[str, str]) -> Document:
    """`data` a form is answered with."""
    return await line.ask(http.Request("POST", path, _label(path), form=form), read)


def person_must_renew(second: int, refresh_lasts: int) -> int:
    """The second by which an owner must agree anew, with all renewals still to come."""
    return second + refresh_lasts + RENEWALS * A_RENEWAL


def _renewals(secrets: Mapping[str, str]) -> int:
    times = secrets.get("renewals", "0")
    return int(times) if times.isascii() and times.isdecimal() else 0


def _label(path: str) -> str:
    return f"抖音接口 {path.strip('/').rpartition('/')[2]}"
