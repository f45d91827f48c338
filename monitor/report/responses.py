"""协同响应 as a table: one row a task, in the office's own columns."""

from collections.abc import Iterable
from typing import Final

from monitor.domain.account import PLATFORMS, Kind
from monitor.domain.campaign import Kind as Sort
from monitor.domain.campaign import TaskState
from monitor.domain.campaign_response import Response
from monitor.domain.instants import MINUTE
from monitor.report import wording
from monitor.report.table import TAIL, Cell, Imprint, Table, build

COLUMNS: Final = (
    *("协同编号", "协同名称", "类型", "是否演练", "首发方式", "首发账号", "首发时间", "下达时间"),
    *(
        "截止时间",
        "市州",
        "县市区",
        "主办单位",
        "平台",
        "账号名称",
        "账号归属",
        "签收时间",
        "发布时间",
    ),
    *("发布链接", "距首发(分钟)", "距下达(分钟)", "是否在截止前", "核验方式(自动/人工/自报)"),
    *(
        "匹配度",
        "内容有出入(是/否)",
        "状态",
        "免发理由",
        "更正或撤稿时间",
        "阅读播放(T+7)",
        "数据来源",
    ),
    *TAIL,
)
NOTES: Final = (
    "一项协同任务占一行;民警个人账号不在本表。状态为导出时的状态。",
    "发布时间是平台显示的时间;仅单位自报、尚未核验的,发布时间空白。",
    "无法核验表示数据不足,不代表没有发布,不计入比例的分母;演练单独标明。",
    "阅读播放(T+7):发布满7天前后一天内取得的累计数,微信为人数,其余为次数;当时没有取得的空白,不等于零。",
)
UNKNOWN: Final = "无法核验(数据不足)"
DIFFERS: Final = frozenset({TaskState.DIFFERS, TaskState.TO_CORRECT, TaskState.CORRECTED})


def table(responses: Iterable[Response], imprint: Imprint) -> Table:
    """One row per task."""
    tail = dict(zip(TAIL, imprint.tail(None), strict=True))
    return build("协同响应", COLUMNS, [_row(each) | tail for each in responses], NOTES)


def _row(response: Response) -> dict[str, Cell]:
    release, task = response.release, response.task
    return {
        "协同编号": release.number,
        "协同名称": release.title,
        "类型": release.kind.value,
        "是否演练": _yes(release.kind is Sort.DRILL),
        "首发方式": release.order.value,
        "首发账号": release.first_account or None,
        "首发时间": _instant(release.first),
        "下达时间": _instant(release.issued_at),
        "截止时间": _instant(task.due),
        "市州": response.region_name or None,
        "县市区": response.county_name or None,
        "主办单位": response.unit_name,
        "平台": PLATFORMS[response.platform],
        "账号名称": response.account_name,
        "账号归属": Kind.OFFICIAL.value,
        **_publication(response),
    }


def _publication(response: Response) -> dict[str, Cell]:
    release, task = response.release, response.task
    published = task.published
    return {
        "签收时间": _instant(task.signed_at),
        "发布时间": _instant(published),
        "发布链接": task.url or None,
        "距首发(分钟)": _minutes(release.first, published),
        "距下达(分钟)": _minutes(release.issued_at, published),
        "是否在截止前": None if published is None else _yes(published <= task.due),
        "核验方式(自动/人工/自报)": task.source and task.source.value,
        "匹配度": None if task.score is None else round(task.score, 3),
        "内容有出入(是/否)": None
        if published is None
        else _yes(task.places or task.state in DIFFERS),
        "状态": UNKNOWN if task.state is TaskState.UNKNOWN else task.state.value,
        "免发理由": response.excuse or None,
        "更正或撤稿时间": _instant(task.put_right_at),
        "阅读播放(T+7)": response.reach,
        "数据来源": response.source or None,
    }


def _instant(second: int | None) -> str | None:
    return None if second is None else wording.instant(second)


def _minutes(start: int | None, end: int | None) -> int | None:
    """Whole minutes, below zero where it was published before."""
    return None if start is None or end is None else (end - start) // MINUTE


def _yes(said: object) -> str:
    return "是" if said else "否"
