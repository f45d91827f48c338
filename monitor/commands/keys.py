"""`sentinel keys`: the keys that seal credentials, contacts and this installation's own secrets."""

import secrets

import typer

from monitor import wiring
from monitor.commands.terminal import explained, say, show
from monitor.runs import keyring, setup
from monitor.runs import keys as changes

keys = typer.Typer(no_args_is_help=True, help="加密密钥")


@keys.command("rotate")
@explained
def rotate() -> None:
    """更换密钥:生成新密钥,把全部加密内容改用新密钥;中断后再运行一次即接着做。"""
    parts = setup.ready(wiring.parts())
    report = changes.rotate(parts, secrets.token_bytes(keyring.KEY_BYTES))
    if report is not None:
        say(f"已有 {report.counts['改用新密钥']} 项改用新密钥。")
    say("旧密钥仍保留;1小时后运行 sentinel keys retire 收回。现在请另行备份密钥文件。")


@keys.command("retire")
@explained
def retire() -> None:
    """收回旧密钥:没有内容再使用时,移到密钥文件旁,供恢复旧备份使用。"""
    for path in changes.retire(setup.ready(wiring.parts())):
        show(f"旧密钥已移到 {path},请与旧备份一起保管;旧备份销毁后删去。")
    say("密钥文件中只剩新密钥。")


@keys.command("list")
@explained
def list_keys() -> None:
    """列出密钥编号(不显示密钥),以及仍使用旧密钥的内容有多少。"""
    for line in changes.lines(setup.ready(wiring.parts())):
        show(line)
