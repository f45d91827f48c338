"""The machine: its clock, disk, key file, font, and the audit chain in its database."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from monitor.domain.instants import MINUTE, from_micro, say_minute, to_second
from monitor.record import audit, runlog
from monitor.report import fonts
from monitor.runs.checking import Bed, Check, family, fine, trouble

LEAST_FREE: Final = 2_000_000_000


@family("10-machine")
def machine(bed: Bed) -> Iterator[Check]:
    """The database first: where nothing else is wrong it says where the data is."""
    store = bed.parts.store
    yield fine("数据库", f"结构是最新版本,{store.engine.url.render_as_string()}")
    yield _clock(bed)
    yield _disk(bed)
    yield _key(bed)
    yield _font()
    yield _audit(bed)


def _clock(bed: Bed) -> Check:
    """A clock that went back would give stamps of the future to everything new."""
    with bed.parts.store.reading() as tx:
        last = to_second(from_micro(runlog.last_stamp(tx)))
    if last > bed.now + MINUTE:
        told = f"本机时间比数据库中最后一次记录({say_minute(last)})还早"
        return trouble("本机时间", told, "请校准时间")
    return fine("本机时间", f"{say_minute(bed.now)}(北京时间)")


def _disk(bed: Bed) -> Check:
    local = bed.parts.local_dir
    free = shutil.disk_usage(local if local.exists() else Path("/")).free
    told = f"剩余 {free / 1e9:.1f} GB"
    if free < LEAST_FREE:
        return trouble("磁盘", f"{told},不足 2 GB", f"请清理 {local} 所在的磁盘")
    return fine("磁盘", told)


def _key(bed: Bed) -> Check:
    path = bed.parts.key_file
    if path is None:
        return fine("密钥", "来自环境变量 SENTINEL_KEY,请另行备份")
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return trouble("密钥", f"密钥文件 {path} 其他人可读", f"请执行 chmod 600 {path}")
    return fine("密钥", "密钥文件只有本人可读,请另行备份")


def _font() -> Check:
    if fonts.chinese() is None:
        return trouble("字体", "没有中文字体,周报不附图表", "请安装 fonts-noto-cjk")
    return fine("字体", "中文字体可用")


def _audit(bed: Bed) -> Check:
    with bed.parts.store.reading() as tx:
        sound, told = audit.verify(tx)
    if sound:
        return fine("审计记录", told)
    return trouble("审计记录", told, "请保全数据库和最近的备份,报告分管处领导")
