"""Robots 群机器人: what every robot's channel needs, and one conversation over HTTP.

A robot's service cannot tell a message sent twice: whatever may have arrived is said to be unknown
(`DeliveryError.unknown`) and is not sent again by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from monitor.domain.errors import CannotRun, DeliveryError, InputError
from monitor.domain.letter import Letter
from monitor.registry import Registry

PATIENCE: Final = 10.0
"""Seconds to wait for a robot's service."""
OK: Final = 200
BUSY: Final = frozenset({429, 503})
"""Statuses by which a service says that it took nothing and may be asked again."""
BROKEN_FROM: Final = 500
AGAIN: Final = "系统会自动重试"
LOOK: Final = "请到群里看是否已收到,再选“已送达”或“重发”"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of robot. `home` is how its address begins as its service shows it ('' where the
    settings name it), `most` the bytes of text one message may hold, `sealed_half` what its sealed
    second half is called, '' where there is none."""

    name: str
    title: str
    home: str
    most: int
    sealed_half: str = ""


ROBOTS: Final[Registry[Sort]] = Registry("monitor.deliver.channels")
"""Sorts of robots by the channel they leave by; a file in `channels` adds one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one robot is: the whole address, and its secret."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


def home_of(sort: Sort, base_url: str = "") -> str:
    """How the addresses that are asked begin: the service's own, or those of the server the
    settings name in its place; '' where neither is known."""
    if not base_url or not sort.home:
        return base_url or sort.home
    real = urlsplit(sort.home)
    asked = f"?{real.query}" if real.query else ""
    return f"{base_url.rstrip('/')}{real.path}{asked}"


def token_of(sort: Sort, address: str, home: str) -> str:
    """What of an address, as the service shows it, is this robot's own; InputError for another.

    `home` is how addresses of the sort begin here; nothing is ever sent anywhere else.
    """
    typed = address.strip()
    if not home:
        raise InputError(
            "还没有允许的接口地址", sort.title, f"请先在 sentinel.toml 的 robots.{sort.name} 写明"
        )
    if not typed.startswith(home):
        raise InputError(f"地址应以 {home} 开头", "机器人地址", "请从群机器人设置页完整复制")
    token = typed.removeprefix(home)
    plain = token.isascii() and token.isprintable() and not set(token) & set(" #@\\\"'<>")
    if not plain or ".." in token or (sort.home and not token.replace("-", "").isalnum()):
        raise InputError("地址不完整或带有多余的字", "机器人地址", "请从群机器人设置页完整复制")
    return token


def place_of(sort: Sort, means: Mapping[str, str] | None) -> Place:
    """Where to send, from a robot's means; CannotRun where none were entered."""
    if not means or not means.get("home"):
        raise CannotRun(f"没有登记{sort.title}机器人", "群机器人", "请系统管理员在“群机器人”页登记")
    return Place(f"{means['home']}{means.get('token', '')}", means.get("secret", ""))


def words(sort: Sort, letter: Letter, recipient: str) -> str:
    """The text to send; DeliveryError, for good, where one message cannot hold it."""
    if any(char in recipient for char in "\r\n"):
        raise _refused(sort, "机器人名称不对", "请在“群机器人”页核对")
    text = letter.group_text or letter.text
    if not text.strip() or len(text.encode()) > sort.most:
        raise _refused(sort, f"内容为空或超过{sort.most}字节", "请在原页面重新生成后发送")
    return text


def _refused(sort: Sort, what: str, remedy: str) -> DeliveryError:
    return DeliveryError(what, f"{sort.title}机器人", remedy, permanent=True)


def ask(
    sort: Sort, place: Place, body: bytes, headers: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """What a robot's service answered; DeliveryError says whether it may have arrived nonetheless.

    Nothing of the address is repeated in an error: it is the right to send.
    """
    where = f"{sort.title}机器人"
    try:
        with httpx.Client(trust_env=False, follow_redirects=False, timeout=PATIENCE) as client:
            answer = client.post(place.url, content=body, headers={**JSON, **(headers or {})})
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise DeliveryError("连接不上机器人服务", where, AGAIN) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        what = "发出后没有等到回执,不知是否送达"
        raise DeliveryError(what, where, LOOK, unknown=True) from error
    return _read(answer, where)


JSON: Final = {"Content-Type": "application/json; charset=utf-8"}


def _read(answer: httpx.Response, where: str) -> Mapping[str, Any]:
    status = answer.status_code
    if status in BUSY:
        raise DeliveryError(f"机器人服务暂不接收({status})", where, AGAIN)
    if OK < status < BROKEN_FROM and not answer.is_success:
        remedy = "请核对机器人地址后重新登记"
        raise DeliveryError(f"机器人服务不接收({status})", where, remedy, permanent=True)
    if not answer.is_success:
        what = f"机器人服务出错({status}),不知是否送达"
        raise DeliveryError(what, where, LOOK, unknown=True)
    try:
        found = answer.json() if answer.content else {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise DeliveryError("回执读不懂,不知是否送达", where, LOOK, unknown=True)
    return found


def settle(sort: Sort, code: Any, codes: Mapping[int, tuple[str, bool]]) -> str:
    """The receipt where the service says 0; else DeliveryError by its code: `codes` give what it
    means and whether trying again helps. A code nobody knows is final: it said no."""
    if code == 0:
        return f"{sort.title}机器人已接收"
    what, again = codes.get(code, ("不接收", False)) if isinstance(code, int) else ("不接收", False)
    remedy = AGAIN if again else "请核对机器人的地址、密钥和安全设置后重新发送"
    told = f"{what}(代码 {code})" if isinstance(code, int) else what
    raise DeliveryError(told, f"{sort.title}机器人", remedy, permanent=not again)
