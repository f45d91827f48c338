"""What can go wrong while reading a platform: classed by consequence, explained in Chinese."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from monitor.domain.collecting import ErrorClass
from monitor.domain.errors import SentinelError


class PlatformError(SentinelError):
    """A platform did not give what was asked of it.

    `wait` are the seconds the platform itself asked us to stay away, None where it named none.
    `errcode` is the platform's own code, None where the trouble lies below its protocol. Neither
    the message nor the representation ever holds an address with its query: tokens travel there.
    """

    def __init__(
        self,
        error: ErrorClass,
        what: str,
        where: str = "",
        remedy: str = "",
        *,
        wait: float | None = None,
        errcode: int | None = None,
    ) -> None:
        super().__init__(what, where, remedy)
        self.error = error
        self.wait = wait
        self.errcode = errcode


LATER: Final = "系统会在下一轮采集自动重试;连续两天失败请信息中心检查外网出口"
NETWORK: Final = "请信息中心检查本机外网出口、代理和认证网页,确认能打开平台接口地址"
CHANGED: Final = "本轮不作数;若连续出现,请把本提示交系统维护人员核对平台接口是否变更"

REMEDIES: Final[Mapping[ErrorClass, str]] = MappingProxyType(
    {
        ErrorClass.RETRY: LATER,
        ErrorClass.REAUTHORISE: "请账号管理员在「采集-授权」重新登记该账号的授权",
        ErrorClass.NO_PERMISSION: "请账号管理员在平台后台开通权限,或改用后台导出文件导入",
        ErrorClass.GONE: "请账号主办单位核对账号是否已注销,并更新台账",
        ErrorClass.BLOCKED: "请账号管理员登录平台后台查看限制原因并申诉",
        ErrorClass.MALFORMED: CHANGED,
        ErrorClass.QUOTA: "明日零点后自动恢复;如经常用尽,请系统管理员调低采集频次",
    }
)
"""Who can do what, by consequence, where the platform's code says nothing better."""


Meaning = tuple[ErrorClass, str, str]
"""Of a platform's own code: its consequence, what it says, and who can do what."""


def refused(known: Mapping[int, Meaning], code: int, where: str, unknown: str) -> PlatformError:
    """What a platform's own code means; MALFORMED in the words `unknown` where nobody told."""
    error, what, remedy = known.get(code, (ErrorClass.MALFORMED, unknown, CHANGED))
    return PlatformError(error, what, f"{where},错误码 {code}", remedy, errcode=code)


def malformed(what: str, where: str) -> PlatformError:
    """The platform answered something its own documents do not allow."""
    return PlatformError(ErrorClass.MALFORMED, what, where, CHANGED)
