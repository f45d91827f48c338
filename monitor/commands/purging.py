"""`sentinel purge`: what has had its time goes; or only what would go is shown."""

from typing import Annotated

import typer

from monitor import wiring
from monitor.commands.terminal import explained, show, show_report
from monitor.domain.instants import shanghai_day
from monitor.runs import purge as runs
from monitor.runs import setup


@explained
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出到期的数据,不清理")] = False,
) -> None:
    """清理到期数据(留存规定见 data/retention.yaml),每步写清理凭据;登记了留存的不清理。"""
    parts = setup.ready(wiring.parts())
    if not dry_run:
        show_report(runs.run(parts))
        return
    for kind, due in runs.preview(parts):
        held = f",另有{due.held}项因留存不清理" if due.held else ""
        since = "" if due.oldest is None else f",最早{shanghai_day(due.oldest)}"
        show(f"{kind.name}:保存{kind.days}天,到期{due.due}项{held}{since}")
