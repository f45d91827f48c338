"""`sentinel setup`, `doctor`, `run`, `demo`, `jobs`, `backup`: the product as a service."""

import os
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from monitor import leash, scheduler, wiring
from monitor.actions import people
from monitor.commands.terminal import Format, explained, log_to_stderr, say, show, show_json
from monitor.demo import fill
from monitor.domain.errors import CannotRun
from monitor.domain.person import Grant, Role
from monitor.runs import backups, doctor, registry, setup, workers
from monitor.runs.parts import Parts
from monitor.supervisor import Child, Supervisor

FIRST_LOGIN = "office"
FIRST_NAME = "值班管理员"


@explained
def set_up() -> None:
    """建立或升级数据库,登记本省单位,新建首位登录人员。"""
    parts = setup.ready(wiring.parts())
    setup.shipped_units(parts)
    _first_person(parts)
    say("数据库已就绪。")


def _first_person(parts: Parts) -> None:
    """Where nobody can sign in yet: somebody who can, with a password shown this once."""
    if not parts.demo and setup.nobody_signs_in(parts):
        first = people.NewPerson(FIRST_LOGIN, FIRST_NAME, (Grant(Role.EDITOR, "/"),))
        _, password = people.enrol(parts.store, None, first)
        show(f"首位登录人员:登录名 {FIRST_LOGIN}  初始口令 {password}  (首次登录后须修改)")


@explained
def examine(
    output_format: Annotated[
        Format, typer.Option("--format", help="输出格式;json 供程序读取")
    ] = Format.TEXT,
) -> None:
    """体检:下一周哪些事情会出问题,在哪里、怎么办、由谁办;有需要处理的,退出码为 1。"""
    found = doctor.examine(wiring.parts())
    if output_format is Format.JSON:
        show_json(found.document)
    else:
        for line in found.lines:
            show(line)
    if not found.sound:
        raise typer.Exit(1)


@explained
def run() -> None:
    """启动:调度进程和网页一起运行,按 Ctrl-C 全部停止。"""
    parts = setup.ready(wiring.parts())
    _free_port(parts.desk.address, parts.desk.port, "dashboard.port")
    setup.shipped_units(parts)
    if parts.demo:
        _free_port("127.0.0.1", parts.demo_port, "另一个正在运行的演示")
        say("没有找到本单位的设置(sentinel.toml),以演示数据运行,数据纯属虚构。")
        fill.fill(parts, say)
    _first_person(parts)
    say(f"矩阵哨兵即将就绪:{parts.desk.url}")
    if parts.demo:
        login, password = fill.sign_in(parts)
        say(f"登录名 {login}  口令 {password}")
    say("按 Ctrl-C 停止。")
    raise typer.Exit(Supervisor(_children(parts)).run())


def _children(parts: Parts) -> list[Child]:
    """The processes of the desk, the first to start and the last to stop first."""

    def python(name: str, *arguments: str) -> Child:
        return Child(name, [sys.executable, "-m", *arguments], {})

    platforms = python("演示平台", "monitor.demo.serve", *fill.arguments(parts))
    desk = [python("调度进程", "monitor", "scheduler"), python("网页", "dashboard.asgi")]
    if not parts.store.sqlite:
        desk.append(python("任务进程", "monitor", "work"))
    return [platforms, *desk] if parts.demo else desk


def _free_port(address: str, port: int, what: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise CannotRun(
                f"端口 {port} 已被占用",
                what,
                "矩阵哨兵可能已在运行;请先停止它,或在设置中改用其他端口",
            ) from error


@explained
def keep_timetable() -> None:
    """调度进程(由 run 启动)。"""
    log_to_stderr()
    leash.follow_parent()
    scheduler.serve(wiring.parts())


@explained
def work() -> None:
    """后台任务进程(使用 PostgreSQL 时),可以运行多个,按 Ctrl-C 停止。"""
    log_to_stderr()
    leash.follow_parent()
    workers.serve(wiring.parts())


@explained
def demo(
    zero_api: Annotated[
        bool, typer.Option("--zero-api", help="第一天的样子:只有台账,没有任何授权、导出和巡查")
    ] = False,
) -> None:
    """在演示数据库中装入虚构的演示省份(只写入演示库)。"""
    parts = setup.ready(wiring.parts())
    if not parts.demo:
        raise CannotRun(
            "这里用的是本单位的数据库", "sentinel demo", "演示数据不会写入;请在没有设置的目录里试用"
        )
    setup.shipped_units(parts)
    if zero_api and registry.has_accounts(parts):
        raise CannotRun(
            "演示数据库里已有账号",
            "sentinel demo --zero-api",
            f"请先删去 {parts.local_dir} 中的 demo.db",
        )
    fill.fill(parts, say, sourced=not zero_api)
    login, password = fill.sign_in(parts)
    show(f"登录名 {login}  口令 {password}")


@explained
def jobs() -> None:
    """列出最近的后台任务和运行记录。"""
    for line in doctor.recent(setup.ready(wiring.parts())):
        show(line)


@explained
def backup(
    file: Annotated[
        Path | None, typer.Argument(help="备份到这个文件;不写则存入备份文件夹,按时间命名")
    ] = None,
) -> None:
    """备份数据库(运行中也可以)。"""
    made = backups.backup(wiring.parts(), file)
    say(f"已备份到 {made}。密钥文件请另行妥善保管:没有它,备份中的授权无法解开。")


@explained
def restore(file: Annotated[Path, typer.Argument(help="备份文件")]) -> None:
    """用备份恢复数据库(须先停止运行)。"""
    kept = backups.restore(wiring.parts(), file)
    say(f"已恢复。原数据库保留在 {kept}。" if kept else "已恢复。")


@explained
def verify_audit(
    anchor: Annotated[
        str, typer.Option(help="周报末尾或审计页上的锚点;核对整条记录是否被改写过")
    ] = "",
) -> None:
    """核验审计记录是否被改动、删除、截去或改写。"""
    sound, told = doctor.verify_audit(setup.ready(wiring.parts()), anchor)
    show(told)
    if not sound:
        raise typer.Exit(1)


def prepare_environment() -> None:
    """Child processes print Chinese whatever the machine's locale says."""
    os.environ.setdefault("PYTHONUTF8", "1")
