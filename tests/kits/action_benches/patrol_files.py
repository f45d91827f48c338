"""A filled 巡查表 with one line about the place's account."""

from monitor.actions import patrol_files
from monitor.report import csv_file
from monitor.report.table import build
from tests.kits.matrix import Act, Desk, bench

HEADS = ("平台", "账号名称", "查看时间", "最近一条发布时间")


def form(desk: Desk) -> bytes:
    """One line; the newest post is an hour old, so that nothing is in doubt."""
    line = ("微信公众号", desk.account, "2026-11-22 20:00", "2026-11-22 19:30")
    return csv_file.render(build("巡查表", HEADS, [dict(zip(HEADS, line, strict=True))]))


@bench(patrol_files.check)
def check(desk: Desk) -> Act:
    content = form(desk)
    return lambda actor: patrol_files.check(desk.store, actor, content, "巡查表.csv").good > 0


@bench(patrol_files.take)
def take(desk: Desk) -> Act:
    content = form(desk)
    return lambda actor: patrol_files.take(desk.store, actor, content, "巡查表.csv").stored > 0
