"""`sentinel units`, `accounts`, `people` and `credentials`: who and what there is."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.actions import connecting, intake
from monitor.actions import people as enrolled
from monitor.commands.terminal import REFUSED_ROWS, explained, say, show
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.instants import to_second
from monitor.domain.loading import LedgerDiff
from monitor.domain.person import Grant, Role
from monitor.runs import accounts as listing
from monitor.runs import credentials as keys
from monitor.runs import export as exports
from monitor.runs import files, registry, setup

units = typer.Typer(no_args_is_help=True, help="单位")
accounts = typer.Typer(no_args_is_help=True, help="账号台账")
people = typer.Typer(no_args_is_help=True, help="人员")
credentials = typer.Typer(no_args_is_help=True, help="平台授权")

File = Annotated[Path, typer.Argument(help="文件路径")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只核对,不保存")]
NONCE_BYTES = 12


@units.command("import")
@explained
def import_units(file: File, dry_run: DryRun = False) -> None:
    """导入单位(YAML、CSV 或 XLSX)。"""
    parts = setup.ready(wiring.parts())
    found = registry.import_units(parts, file, dry_run=dry_run)
    say(f"{'核对' if dry_run else '导入'}单位 {len(found)} 个")


@accounts.command("import")
@explained
def import_accounts(
    file: File,
    dry_run: DryRun = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="有误的行不保存,其余保存")
    ] = False,
) -> None:
    """导入账号台账(CSV 或 XLSX,列的顺序不限)。"""
    parts = setup.ready(wiring.parts())
    content = files.read(file, parts.largest_file)
    diff = registry.compare(parts, content, file.name)
    _show_diff(diff)
    if dry_run:
        say("以上为核对结果,未保存任何内容。")
    else:
        registry.import_accounts(parts, content, file.name, skip_bad_rows=skip_bad_rows)
        say("已保存。")
    if diff.problems:
        raise typer.Exit(REFUSED_ROWS)


def _show_diff(diff: LedgerDiff) -> None:
    show(
        f"新增 {len(diff.added)}  变更 {len(diff.changed)}  无变化 {len(diff.unchanged)}"
        f"  上次有本次没有 {len(diff.absent)}  有误 {len(diff.problems)}"
    )
    for account, alterations in diff.changed:
        for each in alterations:
            show(f"变更 {account.name}:{each.column} “{each.before}” → “{each.after}”")
    for account in diff.absent:
        show(f"上次有本次没有 {PLATFORMS[account.platform]} {account.name}(不删除,请核对)")
    for problem in diff.problems:
        show(f"有误 {problem}")


@accounts.command("export")
@explained
def export_accounts(file: File) -> None:
    """导出账号台账(CSV),列与导入相同。"""
    count = exports.run(setup.ready(wiring.parts()), exports.Request("accounts"), file)
    say(f"已导出 {count} 个账号:{file}")


@accounts.command("list")
@explained
def list_accounts() -> None:
    """列出账号。"""
    for line in listing.lines(setup.ready(wiring.parts())):
        show(line)


@people.command("import")
@explained
def import_people(file: File, dry_run: DryRun = False) -> None:
    """导入人员(CSV 或 XLSX);有一行有误则全不保存,初始口令只显示这一次。"""
    parts = setup.ready(wiring.parts())
    content = files.read(file, parts.largest_file)
    found = intake.read_people(parts.store, content, file.name, parts.largest_file)
    for problem in found.problems:
        show(f"有误 {problem}")
    if dry_run:
        say(f"可新增或已有 {len(found.rows)} 人。以上为核对结果,未保存任何内容。")
        if found.problems:
            raise typer.Exit(REFUSED_ROWS)
    elif found.problems:
        raise InputError(
            f"{len(found.problems)}行有误,未保存任何内容", file.name, "请按上面所列改正后重新导入"
        )
    else:
        _show_slips(intake.enrol_together(parts.store, None, found.rows))


def _show_slips(done: intake.Enrolled) -> None:
    for each in done.slips:
        who = f"{each.unit}\t{each.name}\t{each.role}"
        show(f"{who}\t登录名 {each.login}  初始口令 {each.password}")
    if done.known:
        say(f"登录名已存在,未改动:{'、'.join(done.known)}")
    say(f"已新增 {len(done.slips)} 人。初始口令只显示这一次,首次登录后须修改。")


@people.command("reset")
@explained
def reset_person(login: Annotated[str, typer.Argument(help="登录名")]) -> None:
    """重置口令。"""
    parts = setup.ready(wiring.parts())
    person = enrolled.person_called(parts.store, login, to_second(parts.now()))
    password = enrolled.reset_password(parts.store, None, person.id)
    show(f"登录名 {person.login}  初始口令 {password}  (首次登录后须修改)")


@people.command("add")
@explained
def add_person(
    login: Annotated[str, typer.Argument(help="登录名")],
    name: Annotated[str, typer.Argument(help="姓名")],
    role: Annotated[Role, typer.Option(help="角色")] = Role.EDITOR,
    unit: Annotated[str, typer.Option(help="机构代码;不填为全省")] = "",
) -> None:
    """新增人员。"""
    parts = setup.ready(wiring.parts())
    grant = Grant(role, registry.unit_path(parts, unit))
    _, password = enrolled.enrol(parts.store, None, enrolled.NewPerson(login, name, (grant,)))
    show(f"登录名 {login}  初始口令 {password}  (首次登录后须修改)")


@people.command("mail")
@explained
def mail_person(
    login: Annotated[str, typer.Argument(help="登录名")],
    mail: Annotated[str, typer.Argument(help="邮箱;写成空的引号则停发")],
) -> None:
    """登记接收本单位周报的邮箱。"""
    parts = setup.ready(wiring.parts())
    person = enrolled.person_called(parts.store, login, to_second(parts.now()))
    enrolled.set_mail(parts.store, parts.vault(), None, person.id, mail)
    say(f"{person.login} 的邮箱已{'登记' if mail.strip() else '删除'}。")


@people.command("disable")
@explained
def disable_person(login: Annotated[str, typer.Argument(help="登录名")]) -> None:
    """停用人员,其登录立即失效。"""
    parts = setup.ready(wiring.parts())
    person = enrolled.person_called(parts.store, login, to_second(parts.now()))
    enrolled.disable(parts.store, None, person.id)
    say(f"{person.login} 已停用。")


@credentials.command("set")
@explained
def set_credentials(
    values: Annotated[list[str], typer.Argument(help="KEY=VALUE 或 KEY=@文件")],
    platform: Annotated[str, typer.Option(help="平台")],
    account: Annotated[str, typer.Option(help="账号ID;不填为整个平台")] = "",
) -> None:
    """保存平台授权(加密存放,不再显示)。"""
    known = keys.reader_called(platform)
    parts = setup.ready(wiring.parts())
    keys.put(parts, known, dict(map(_pair, values)), secrets.token_bytes(NONCE_BYTES), account)
    say("授权已加密保存。")


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals or not key:
        raise InputError(f"“{text}”应写成 KEY=VALUE 或 KEY=@文件", "credentials set")
    if value.startswith("@"):
        return key, files.read(Path(value[1:]), 65536).decode("utf-8").strip()
    return key, value


@credentials.command("link")
@explained
def link_credentials(
    platform: Annotated[str, typer.Option(help="平台")],
    account: Annotated[str, typer.Option(help="账号ID")],
) -> None:
    """发起在线授权:给出链接,由账号管理员打开并同意(一天内有效,只能用一次)。"""
    known = keys.reader_called(platform)
    parts = setup.ready(wiring.parts())
    account_id = keys.whose(parts, known, account)
    dial, wanted = wiring.dial(parts), (known, account_id)
    show(connecting.start(parts.store, parts.vault(), dial, None, wanted))


@credentials.command("list")
@explained
def list_credentials() -> None:
    """列出授权(不显示内容)。"""
    for line in keys.lines(setup.ready(wiring.parts())):
        show(line)


@credentials.command("remove")
@explained
def remove_credentials(
    platform: Annotated[str, typer.Option(help="平台")],
    account: Annotated[str, typer.Option(help="账号ID;不填为整个平台")] = "",
) -> None:
    """删除授权。"""
    known = keys.reader_called(platform)
    keys.remove(setup.ready(wiring.parts()), known, account)
    say("授权已删除。")
