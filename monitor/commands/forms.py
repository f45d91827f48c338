"""`sentinel forms`: send pre-filled workbooks to units, take them back, see who is missing."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.actions import forms as actions
from monitor.commands.terminal import REFUSED_ROWS, explained, say, show
from monitor.domain.errors import InputError, SentinelError
from monitor.domain.form import FormState
from monitor.domain.instants import HOUR, day_start, say_minute
from monitor.runs import files, setup

forms = typer.Typer(no_args_is_help=True, help="分发与回收表格")
DUE_HOUR = 17


@forms.command("send")
@explained
def send(
    title: Annotated[str, typer.Option(help="名称,如 2026年11月台账核对")],
    due: Annotated[str, typer.Option(help="截止日期,如 2026-11-26(当日17时)")],
    out: Annotated[Path, typer.Option(help="压缩包写到这个文件(.zip)")],
    level: Annotated[str, typer.Option(help="发给哪一级:市州局 或 县级局")] = "市州局",
) -> None:
    """为每个单位生成一份预填表格,打成压缩包。"""
    parts = setup.ready(wiring.parts())
    new = actions.NewRound(title, level, _due(due))
    _reserve(out)
    try:
        round_id, content = actions.send(parts.store, None, new)
    except SentinelError:
        out.unlink()
        raise
    try:
        out.write_bytes(content)
    except OSError as error:
        raise InputError(f"文件写不进去:{error.strerror}", str(out), "请检查写权限") from error
    sent = actions.status(parts.store, None, round_id)
    say(f"第{round_id}次分发,共{len(sent.forms)}份:{out}")


def _reserve(out: Path) -> None:
    """Make sure of the file before anything is sent: a distribution without a package is lost."""
    try:
        if out.suffix == ".zip":
            out.touch(exist_ok=False)
            return
    except OSError as error:
        told = "应写到一个还不存在的 .zip 文件"
        raise InputError(told, str(out), "请换一个文件名") from error
    raise InputError("应写到 .zip 文件", str(out), "请换一个文件名")


def _due(text: str) -> int:
    try:
        return day_start(date.fromisoformat(text)) + DUE_HOUR * HOUR
    except ValueError as error:
        raise InputError(f"日期“{text}”读不懂", "--due", "应写成 2026-11-26") from error


@forms.command("receive")
@explained
def receive(
    returned: Annotated[list[Path], typer.Argument(help="收回的表格或压缩包,可写多个")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对,不保存")] = False,
) -> None:
    """识别、核对并合并收回的表格;有误的表不合并,登记为有误。"""
    parts = setup.ready(wiring.parts())
    heap = [(each.name, files.read(each, parts.largest_file)) for each in returned]
    looked = actions.look(parts.store, None, heap, parts.largest_file)
    results = looked
    if not dry_run:
        saved = {each.file: each for each in actions.save(parts.store, None, looked)}
        results = tuple(saved.get(each.file, each) for each in looked)
    for each in results:
        unit = each.form.unit_name if each.form is not None else "未识别"
        diff = each.diff
        counts = f"新增 {len(diff.added)} 变更 {len(diff.changed)}" if diff is not None else ""
        show(f"{each.file}\t{unit}\t{'有误' if each.problems else '无误'}\t{counts}")
        for problem in each.problems:
            show(f"  {problem}")
    if dry_run:
        say("以上为核对结果,未保存任何内容。")
    if any(each.problems for each in results):
        raise typer.Exit(REFUSED_ROWS)


@forms.command("status")
@explained
def status(
    number: Annotated[int, typer.Option("--round", help="第几次分发;默认最近一次")] = 0,
) -> None:
    """列出各单位未交、已交、有误,以及可发到工作群的催报语。"""
    parts = setup.ready(wiring.parts())
    found = actions.status(parts.store, None, number or None)
    show(f"{found.sent.title}  截止 {say_minute(found.sent.due_at)}")
    show("  ".join(f"{each.value} {found.count(each)}" for each in FormState))
    for each in found.forms:
        show(f"{each.unit_name}\t{each.state.value}\t{len(each.problems)}处\t{each.file}")
    show(found.group_text)
