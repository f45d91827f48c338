"""`sentinel reports`: ask for the weekly lines, send workbooks, take them back, see who is in."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.actions import report_files, reporting
from monitor.actions.reporting import Asking
from monitor.commands.terminal import REFUSED_ROWS, explained, instant, say, show
from monitor.domain.errors import InputError
from monitor.domain.instants import to_second
from monitor.domain.iso_week import say_week, week_of
from monitor.domain.scope import Scope
from monitor.runs import files, registry, setup
from monitor.runs.parts import Parts

reports = typer.Typer(no_args_is_help=True, help="单位每周填报")

Week = Annotated[str, typer.Option(help="第几周,如 2026-W48;默认本周")]
Unit = Annotated[str, typer.Option("--scope", help="单位的机构代码;默认全省")]


@reports.command("open")
@explained
def open_reports(
    week: Week = "",
    due: Annotated[str, typer.Option(help="截止时间,如 2026-11-26T17:00;默认周四17:00")] = "",
    scope: Unit = "",
    out: Annotated[Path | None, typer.Option(help="写到这个 CSV 文件;不填则逐条显示")] = None,
    renew: Annotated[bool, typer.Option("--renew", help="撤回旧链接,重新生成")] = False,
) -> None:
    """下达本周填报:每个单位一条免登录链接和一段群消息。"""
    parts = setup.ready(wiring.parts())
    week, reach = _of(parts, week, scope)
    until = instant(due)
    if out is not None:
        _writable(out)
    asking = Asking(week, reach, to_second(until) if until else None)
    opened = reporting.open_week(parts.store, None, parts.key, asking, renew=renew)
    if out is not None:
        _write(out, report_files.links(week, opened, parts.desk.url))
    else:
        for each in (one for one in opened if one.token):
            show(report_files.text(week, each, parts.desk.url))
    kept = sum(not each.token for each in opened)
    say(f"{say_week(week)}:已向 {len(opened)} 个单位下达填报,其中 {kept} 个沿用原链接。")


@reports.command("revoke")
@explained
def revoke_links(
    unit: Annotated[str, typer.Argument(help="单位的机构代码")], week: Week = ""
) -> None:
    """撤回一个单位本周的免登录链接。"""
    parts = setup.ready(wiring.parts())
    week, reach = _of(parts, week, unit)
    unit_id = int(registry.unit_path(parts, unit).rstrip("/").rpartition("/")[2])
    ended = reporting.revoke(parts.store, None, week, unit_id, reach)
    say(f"已撤回 {ended} 条链接。")


@reports.command("sheet")
@explained
def sheets(
    folder: Annotated[Path, typer.Argument(help="写到这个文件夹,每个单位一个文件")],
    week: Week = "",
    scope: Unit = "",
) -> None:
    """生成各单位的填报表(Excel),已知内容已填好。"""
    parts = setup.ready(wiring.parts())
    week, reach = _of(parts, week, scope)
    found = report_files.books(parts.store, reach, to_second(parts.now()), week)
    for each in found:
        _write(folder / each.name, each.content)
        say(f"{each.name}:{each.lines} 个账号")
    say(f"已生成 {len(found)} 个填报表。")


@reports.command("load")
@explained
def load(
    returned: Annotated[list[Path], typer.Argument(help="交回的填报表")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对,不保存")] = False,
) -> None:
    """收回填报表:合格的行保存,有误的行逐处指出。"""
    parts = setup.ready(wiring.parts())
    refused = False
    for path in returned:
        content = files.read(path, parts.largest_file)
        done = report_files.load(parts.store, None, content, path.name, dry_run=dry_run)
        show(f"{done.name}:{done.unit} {say_week(done.week)},收到 {done.saved} 个账号")
        for problem in done.problems:
            show(f"  有误:{problem}")
        refused = refused or bool(done.problems)
    if refused:
        raise typer.Exit(REFUSED_ROWS)


@reports.command("status")
@explained
def status(week: Week = "", scope: Unit = "") -> None:
    """各单位填报情况。"""
    parts = setup.ready(wiring.parts())
    week, reach = _of(parts, week, scope)
    for line in report_files.status(parts.store, reach, to_second(parts.now()), week):
        show("\t".join(line))


def _of(parts: Parts, week: str, code: str) -> tuple[str, Scope]:
    """The week asked for, or the present one, and the sub-tree of a unit."""
    scope = Scope(frozenset({registry.unit_path(parts, code)}))
    return week or week_of(to_second(parts.now())), scope


def _writable(path: Path) -> None:
    """Links are shown once: where they cannot be written down, none is made."""
    there = path.exists()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError as error:
        raise _unwritable(path, error) from error
    if not there:
        path.unlink()


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(f"文件写不进去:{error.strerror}", str(path), "请检查文件夹是否存在、是否可写")
