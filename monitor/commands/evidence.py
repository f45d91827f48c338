"""`sentinel collect`, `load` and `judge`: evidence in, findings out."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.commands.terminal import (
    REFUSED_ROWS,
    Format,
    explained,
    instant,
    say,
    show,
    show_json,
    show_report,
)
from monitor.domain.account import PLATFORMS, platform_of
from monitor.domain.errors import InputError
from monitor.runs import calibrate as calibrating
from monitor.runs import collect as collecting
from monitor.runs import judge as judging
from monitor.runs import load as loading
from monitor.runs import probe as probing
from monitor.runs import query, setup

REFUSALS_SHOWN = 20


@explained
def collect(
    platform: Annotated[str, typer.Option(help="只采集一个平台")] = "",
    account: Annotated[str, typer.Option(help="只采集一个账号(账号ID)")] = "",
) -> None:
    """按接口采集一轮。"""
    parts = setup.ready(wiring.parts())
    known = None
    if platform:
        known = platform_of(platform)
        if known is None:
            raise InputError(
                f"不认识的平台“{platform}”", "--platform", f"可选:{'、'.join(PLATFORMS.values())}"
            )
    account_id = query.account_id(parts, known, account) if account else None
    show_report(collecting.once(parts, known, account_id))


@explained
def probe() -> None:
    """查一遍各账号的菜单和办事链接能否打开;连续两天打不开的才算失效。"""
    show_report(probing.once(setup.ready(wiring.parts())))


@explained
def load(
    files: Annotated[list[Path], typer.Argument(help="后台导出、通用模板或装有它们的 zip")],
    layout: Annotated[str, typer.Option(help="版式;不填则自动识别")] = "",
    account: Annotated[str, typer.Option(help="文件所属账号(名称或ID)")] = "",
    covers: Annotated[str, typer.Option(help="统计期,如 2026-01-01..2026-06-30")] = "",
    register: Annotated[bool, typer.Option("--register", help="台账外账号以“待核”登记")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只核对,不保存")] = False,
) -> None:
    """导入后台导出文件或通用模板。"""
    parts = setup.ready(wiring.parts())
    asked = loading.Asked(
        layout=layout or None,
        account=account,
        covers=loading.parse_covers(covers) if covers else None,
        register=register,
        dry_run=dry_run,
    )
    results = loading.run_heap(parts, files, asked)
    if len(results) == 1 and isinstance(results[0], InputError):
        raise results[0]
    for each in results:
        if isinstance(each, InputError):
            say(f"未导入:{each}(编号 {each.code})")
        else:
            _show(each, dry_run)
    if any(isinstance(each, InputError) or each.file.problems or each.unknown for each in results):
        raise typer.Exit(REFUSED_ROWS)


def _show(done: loading.Loaded, dry_run: bool) -> None:
    file = done.file
    head = f"{file.name}:版式 {file.layout},账号 {len(file.accounts)} 个,数据 {file.rows} 行"
    if done.already:
        show(f"{head};此文件先前已导入,未重复写入。")
    elif dry_run:
        show(f"{head};仅核对,未保存。")
    else:
        show(
            f"{head};新作品 {done.new_posts},新数据 {done.observations},"
            f"新登记账号 {done.registered}"
        )
    if done.whose:
        show(f"  账号:{'、'.join(done.accounts)}({done.whose})")
    for note in file.notes:
        show(f"  说明:{note}")
    for name in done.unknown:
        show(f"  台账外账号,未导入:{name}(加 --register 可登记为待核)")
    for problem in file.problems[:REFUSALS_SHOWN]:
        show(f"  拒收:{problem}")
    if len(file.problems) > REFUSALS_SHOWN:
        show(f"  …… 另有 {len(file.problems) - REFUSALS_SHOWN} 行拒收")


@explained
def calibrate(
    platform: Annotated[str, typer.Option(help="平台")],
    route: Annotated[str, typer.Option(help="采集路线名称")],
) -> None:
    """用已知作品校准购买数据的召回率,并按结果定其等级。"""
    parts = setup.ready(wiring.parts())
    found = platform_of(platform)
    if found is None:
        raise InputError(f"不认识的平台“{platform}”", "--platform", "可写平台名称或代号")
    done = calibrating.run(parts, found, route)
    show(f"{done.route}:{done.measured.reason};等级上限 {done.measured.ceiling}")


@explained
def judge(
    as_of: Annotated[str, typer.Option(help="监测时间点,如 2026-11-22T09:30;默认现在")] = "",
    known_at: Annotated[str, typer.Option(help="采集截止;默认现在")] = "",
    rulebook: Annotated[str, typer.Option(help="认定标准;默认本厅口径")] = "",
    output: Annotated[Format, typer.Option("--format", help="输出形式")] = Format.TEXT,
) -> None:
    """认定:不带时间则评估全部账号并记录变化,带时间则只计算、不记录。"""
    parts = setup.ready(wiring.parts())
    if not as_of and not known_at:
        report = judging.run(parts, everything=True)
        if output is Format.TEXT:
            show_report(report)
    document = query.judgements(parts, instant(as_of), instant(known_at), rulebook or None)
    if output is Format.JSON:
        show_json(document)
        return
    show(f"监测时间点 {document['as_of']}  采集截止 {document['known_at']}  {document['rulebook']}")
    for each in document["accounts"]:
        show(
            f"{each['outcome']}\t{each['status']}\t{each['name']}\t{each['findings'][0]['sentence']}"
        )
    say(f"共 {len(document['accounts'])} 个账号。")
