"""`sentinel trial`: the trial period from the machine itself."""

from datetime import date
from typing import Annotated

import typer

from monitor import wiring
from monitor.actions import setting_up
from monitor.commands.terminal import explained, say, show
from monitor.domain.errors import InputError
from monitor.domain.instants import to_second
from monitor.runs import setup


@explained
def trial(
    until: Annotated[str, typer.Option(help="试运行的最后一天,如 2026-12-23")] = "",
    end: Annotated[bool, typer.Option("--end", help="现在结束试运行")] = False,
) -> None:
    """试运行:期间结果只供省厅内部核对;不带选项时显示现状。"""
    if until and end:
        raise InputError("--until 与 --end 只能用一个", "trial", "请选择一种")
    parts = setup.ready(wiring.parts())
    if until:
        setting_up.begin_trial(parts.store, None, _day(until))
    if end and not setting_up.end_trial(parts.store, None):
        say("现在没有试运行。")
    standing = setting_up.standing(parts.store, to_second(parts.now()), parts.office)
    known = standing.trial_until
    show(f"试运行至 {known},期间结果只供省厅内部核对。" if known else "未在试运行。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"日期“{text}”读不懂", "--until", "应写成 2026-12-23") from error
