"""`sentinel patrol sheet` and `load`: the form of what is to be looked at, out and back."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.commands.terminal import REFUSED_ROWS, explained, say, show
from monitor.runs import patrol as patrols
from monitor.runs import setup

patrol = typer.Typer(no_args_is_help=True, help="巡查")
REFUSALS_SHOWN = 50


@patrol.command("sheet")
@explained
def write_sheet(
    out: Annotated[Path, typer.Option(help="写到这个文件(.xlsx)")],
    scope: Annotated[str, typer.Option(help="单位的机构代码;默认全省")] = "",
) -> None:
    """生成巡查表:待巡查的账号,可打印,也可在表格软件里填写。"""
    parts = setup.ready(wiring.parts())
    lines = patrols.write_sheet(parts, out, scope)
    say(f"已写出 {lines} 个待巡查账号:{out}")


@patrol.command("load")
@explained
def load(
    file: Annotated[Path, typer.Argument(help="填好的巡查表")],
    own: Annotated[bool, typer.Option("--own", help="由账号所属单位自己填写,只作单位自认")] = False,
) -> None:
    """导入填好的巡查表;有疑问的行按行列列出,不保存。"""
    parts = setup.ready(wiring.parts())
    done = patrols.load(parts, file, own=own)
    show(f"巡查 {done.stored} 个,先前已导入 {done.already} 个,未填写 {done.blank} 行")
    for problem in done.problems[:REFUSALS_SHOWN]:
        show(f"  拒收:{problem}")
    if len(done.problems) > REFUSALS_SHOWN:
        show(f"  …… 另有 {len(done.problems) - REFUSALS_SHOWN} 行拒收")
    if done.problems:
        raise typer.Exit(REFUSED_ROWS)
