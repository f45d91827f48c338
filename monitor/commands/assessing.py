"""`sentinel assess`: a period measured and scored; with instants of its own nothing is written."""

import resource
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import typer

from monitor import wiring
from monitor.commands.terminal import explained, instant, say, show, show_json, show_report
from monitor.runs import assess, assess_document, assess_measuring, setup


class Output(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


@explained
def assess_period(
    scheme: Annotated[str, typer.Option(help="考核方案,如 hubei-police-default;可加 @版本")],
    period: Annotated[str, typer.Option(help="考核周期,如 2026Q3、2026-10、2026H1 或 2026")],
    as_of: Annotated[str, typer.Option(help="数据截止,如 2026-10-01T00:00;默认周期末")] = "",
    known_at: Annotated[str, typer.Option(help="采集截止;默认现在")] = "",
    reviewed_at: Annotated[str, typer.Option(help="复核截止;默认同采集截止")] = "",
    output: Annotated[Output, typer.Option("--format", help="输出形式")] = Output.TEXT,
) -> None:
    """考核:不带时间则生成初评(已审定的出更正单),带时间则只计算、不记录。"""
    parts = setup.ready(wiring.parts())
    began = parts.now()
    if not any((as_of, known_at, reviewed_at)):
        show_report(assess.run(parts, scheme, period))
        found = assess_document.kept(parts, scheme, period)
    else:
        at = (instant(as_of), instant(known_at), instant(reviewed_at))
        found = assess_measuring.compute(parts, scheme, period, *at)
    took = (parts.now() - began).total_seconds()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    say(f"用时{took:.1f}秒,内存至多{most}MB")
    if output is Output.JSON:
        show_json(assess_document.document(found))
    elif output is Output.CSV:
        typer.echo(assess_document.csv(parts, found).decode("utf-8"), nl=False)
    else:
        _show(assess_document.document(found))


def _show(document: Mapping[str, Any]) -> None:
    show(f"{document['period']} {document['scheme']} {document['kind']}")
    show(f"数据截止 {document['as_of']} 采集截止 {document['known_at']}")
    show(f"依据校验码 {document['facts_hash']}")
    show(f"结果校验码 {document['result_hash']}")
