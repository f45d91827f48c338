"""Cause 缺失原因: why nothing could be told of an account, who can supply it, and how."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.collecting import ErrorClass


@dataclass(frozen=True, slots=True)
class Cause:
    """Three Chinese phrases; `mender` names one of 系统, 平台, 单位, 省厅 first."""

    text: str
    mender: str
    remedy: str


NO_SOURCE: Final = Cause("未授权且无导出、无巡查", "单位:账号管理员", "扫码授权,或提交后台导出")
NOT_YET: Final = Cause("已授权,尚未完成首轮采集", "系统:自动采集", "等待下一轮采集")
ID_MISSING: Final = Cause("台账缺账号ID", "单位:联络员", "补填账号ID")
EXPORT_AGED: Final = Cause("后台导出已过期", "单位:账号管理员", "提交最近一期后台导出")
PATROL_AGED: Final = Cause("巡查已过有效期", "省厅:巡查人员", "重新巡查一次")
INTERFACE_AGED: Final = Cause("接口数据已过期", "系统:自动采集", "等待下一轮;持续出现请看采集页")
GAP: Final = Cause("有未覆盖的时段", "单位:账号管理员", "补交该时段的后台导出")

BY_ERROR: Final[dict[ErrorClass, Cause]] = {
    ErrorClass.RETRY: Cause("平台暂时无法访问", "系统:自动重试", "等待下一轮采集"),
    ErrorClass.REAUTHORISE: Cause("授权过期或失效", "单位:账号管理员", "重新扫码授权"),
    ErrorClass.NO_PERMISSION: Cause("接口权限未开通", "单位:账号管理员", "完成平台认证或改交导出"),
    ErrorClass.GONE: Cause("平台查无此账号", "单位:联络员", "核对账号ID和现用名称"),
    ErrorClass.BLOCKED: Cause("被平台限制访问", "省厅:系统管理员", "检查IP白名单和平台通知"),
    ErrorClass.MALFORMED: Cause("平台返回内容异常", "平台:等待恢复或程序升级", "查看采集页的说明"),
    ErrorClass.QUOTA: Cause("当日调用额度用尽", "系统:次日自动继续", "等待次日采集"),
}
"""What each class of a failed pass means for the account's judgement."""
