"""Weibo's way of answering: its envelope of errors under 400, 401 and 403, and what codes mean."""

from collections.abc import Mapping
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, text, whole
from monitor.collect.errors import LATER, REMEDIES, PlatformError, refused
from monitor.collect.platform import Line
from monitor.domain.collecting import ErrorClass

TOLD: Final = (400, 401, 403, 404)
"""Statuses under which Weibo tells its error codes."""
AGREE: Final = "请账号管理员在「采集-授权」点“重新授权”,用该微博账号登录并确认"
MORE_RIGHTS: Final = "请系统管理员在微博开放平台为应用申请该接口权限,或改用后台导出文件导入"
ADDRESS: Final = "一小时后自动恢复;如经常出现,请系统管理员调低采集频次"
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    10001: (ErrorClass.RETRY, "微博系统出错", LATER),
    10002: (ErrorClass.RETRY, "微博服务暂停", LATER),
    10003: (ErrorClass.RETRY, "微博内部服务出错", LATER),
    10004: (ErrorClass.BLOCKED, "微博限制本机出口地址", REMEDIES[ErrorClass.BLOCKED]),
    10005: (ErrorClass.NO_PERMISSION, "微博应用的接口级别不够", MORE_RIGHTS),
    10009: (ErrorClass.RETRY, "微博任务过多", LATER),
    10011: (ErrorClass.RETRY, "微博内部调用出错", LATER),
    10013: (ErrorClass.GONE, "微博用户不合法", REMEDIES[ErrorClass.GONE]),
    10014: (ErrorClass.NO_PERMISSION, "微博应用没有这项接口权限", MORE_RIGHTS),
    10022: (ErrorClass.QUOTA, "本机出口地址本小时的调用次数已用完", ADDRESS),
    10023: (ErrorClass.QUOTA, "该微博今日的调用次数已用完", REMEDIES[ErrorClass.QUOTA]),
    10024: (ErrorClass.QUOTA, "该微博今日这项调用的次数已用完", REMEDIES[ErrorClass.QUOTA]),
    20003: (ErrorClass.GONE, "微博查无此账号", REMEDIES[ErrorClass.GONE]),
    21301: (ErrorClass.REAUTHORISE, "微博认证失败", AGREE),
    21314: (ErrorClass.REAUTHORISE, "授权已被使用", AGREE),
    21315: (ErrorClass.REAUTHORISE, "授权已到期", AGREE),
    21316: (ErrorClass.REAUTHORISE, "授权已被撤销", AGREE),
    21317: (ErrorClass.REAUTHORISE, "微博不认可授权", AGREE),
    21319: (ErrorClass.REAUTHORISE, "账号已取消授权", AGREE),
    21321: (ErrorClass.REAUTHORISE, "未审核的应用只能授权给测试账号", MORE_RIGHTS),
    21322: (ErrorClass.REAUTHORISE, "回调地址与微博开放平台登记的不一致", MORE_RIGHTS),
    21324: (ErrorClass.REAUTHORISE, "微博应用的App Key或App Secret不对", MORE_RIGHTS),
    21325: (ErrorClass.REAUTHORISE, "授权码无效或已用过", AGREE),
    21327: (ErrorClass.REAUTHORISE, "授权已到期", AGREE),
    21330: (ErrorClass.REAUTHORISE, "账号管理员没有同意授权", AGREE),
    21332: (ErrorClass.REAUTHORISE, "微博不认可授权", AGREE),
    21335: (ErrorClass.REAUTHORISE, "授权的不是这个微博账号", AGREE),
}
"""[V] and [C] of the documents; any other code is MALFORMED, and the pass proves nothing."""


async def ask(line: Line, path: str, label: str, query: Mapping[str, str]) -> Document:
    """The object one address answers; PlatformError by consequence."""
    request = http.Request("GET", path, f"微博接口 {label}", query=query)
    return await line.ask(request, read)


async def post(line: Line, path: str, label: str, form: Mapping[str, str]) -> Document:
    """The object a form is answered with; PlatformError by consequence."""
    request = http.Request("POST", path, f"微博接口 {label}", form=form)
    return await line.ask(request, read)


def read(answer: http.Answer) -> Document:
    """The object of an answer, unless it tells an error."""
    document = http.document(answer, *TOLD)
    code = whole(document, "error_code", answer.label)
    if code:
        raise refused(CODES, code, answer.label, "微博返回了未知错误")
    if answer.status != http.OK:
        return http.document(answer)  # raises what the status means
    return document


def missing() -> PlatformError:
    """No token was stored for the account."""
    return PlatformError(ErrorClass.REAUTHORISE, "该微博尚未授权", "", AGREE)


def said_name(document: Document, label: str) -> str:
    """The name people see."""
    return text(document, "screen_name", label) or text(document, "name", label)
