"""`sentinel digest` and `export`: what leaves the house."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.commands.terminal import explained, instant, say, show_report
from monitor.domain.errors import InputError
from monitor.runs import digest as digests
from monitor.runs import export as exports
from monitor.runs import send, setup


class What(StrEnum):
    """Tables that can be exported today."""

    ACCOUNTS = "accounts"
    HEALTH = "health"
    PROBLEMS = "problems"
    UNDECIDED = "undecided"
    PLACES = "places"
    POSTS = "posts"
    BULLETIN = "bulletin"
    CAMPAIGNS = "campaigns"
    ASSESSMENT = "assessment"


@explained
def digest(
    week: Annotated[str, typer.Option(help="第几周,如 2026-W47;默认上一周")] = "",
    scope: Annotated[str, typer.Option(help="单位的机构代码;默认全省")] = "",
    preview: Annotated[Path | None, typer.Option(help="只生成到这个文件夹,不发送")] = None,
    send_now: Annotated[bool, typer.Option("--send", help="发送到设置的收件人")] = False,
) -> None:
    """每周运行情况:预览到文件夹,或通过邮件发送。"""
    if (preview is None) == (not send_now):
        raise InputError("请选择一种方式", "digest", "用 --preview 文件夹 预览,或用 --send 发送")
    parts = setup.ready(wiring.parts())
    if preview is not None:
        written = digests.preview(parts, week, scope, preview)
        for path in written:
            say(f"已生成 {path}")
        return
    show_report(digests.enqueue(parts, week, scope))
    show_report(send.run(parts))


@explained
def export(
    what: Annotated[What, typer.Argument(help="导出哪一张表")],
    out: Annotated[Path, typer.Option(help="写到这个文件(.csv 或 .xlsx)")],
    as_of: Annotated[str, typer.Option(help="监测时间点;默认现在")] = "",
    known_at: Annotated[str, typer.Option(help="采集截止;默认现在")] = "",
    scope: Annotated[str, typer.Option(help="单位的机构代码;默认全省")] = "",
    purpose: Annotated[str, typer.Option(help="用途,记入审计")] = "命令行",
    *,
    period: Annotated[str, typer.Option(help="考核周期,如 2026Q3;默认最近一次")] = "",
) -> None:
    """导出表格(UTF-8 带 BOM,可直接用 Excel 打开)。"""
    parts = setup.ready(wiring.parts())
    at = (instant(as_of), instant(known_at))
    request = exports.Request(what.value, *at, scope, purpose, period=period)
    rows = exports.run(parts, request, out)
    say(f"已导出 {rows} 行:{out}")
