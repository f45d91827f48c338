"""`sentinel bundle`: evidence from a collector outside to a desk inside, by disc or gateway."""

from pathlib import Path
from typing import Annotated

import typer

from monitor import wiring
from monitor.commands.terminal import explained, say, show
from monitor.runs import bundles, setup

app = typer.Typer(no_args_is_help=True, help="数据包(乙 两侧部署)")
File = Annotated[Path, typer.Argument(help="数据包文件")]


@app.command("out")
@explained
def out(
    file: File,
    since: Annotated[
        int | None, typer.Option(help="从第几号之后算起;默认上一号,0 为从头", min=0)
    ] = None,
) -> None:
    """生成签名的数据包(在互联网侧采集端)。"""
    made = bundles.out(setup.ready(wiring.parts()), file, since)
    show(f"第{made.number}号数据包:{file}")
    show(f"SHA-256 {made.sha256}")
    say(made.told)


@app.command("in")
@explained
def take(file: File) -> None:
    """核验并导入数据包(在公安网侧管理端);重复导入不产生改动。"""
    taken = bundles.take(setup.ready(wiring.parts()), file)
    show(f"第{taken.number}号数据包:{taken.told}")
    show(f"SHA-256 {taken.sha256}")
    if taken.unknown:
        show(f"台账中没有的账号 {len(taken.unknown)} 个,其数据未导入:")
        for each in taken.unknown:
            show(f"  {each}")
        say("请先在台账中登记,再请采集端用 --since 0 重新生成一个数据包。")


@app.command("key")
@explained
def key(file: Annotated[Path, typer.Argument(help="密钥写到这个文件")]) -> None:
    """生成一份新的数据包密钥,两侧使用同一份。"""
    bundles.new_key(file)
    say(f"密钥已写入 {file}。请经可靠途径交给另一侧,并在两侧设置 bundle_key_file。")
