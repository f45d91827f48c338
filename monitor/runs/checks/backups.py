"""Backups: the newest file of the folder they lie in, whoever put it there."""

from collections.abc import Iterator

from monitor.domain.instants import DAY, say_minute
from monitor.runs.checking import Bed, Check, family, fine, trouble


@family("40-backups")
def backups(bed: Bed) -> Iterator[Check]:
    """What pg_dump writes lies in the same folder, so PostgreSQL is no exception."""
    folder, days = bed.parts.copies_dir, bed.parts.backup_days
    if bed.parts.demo:
        yield fine("备份", "演示数据不需要备份")
        return
    files = [each.stat() for each in folder.glob("*") if each.is_file()] if folder.exists() else []
    newest = max((int(each.st_mtime) for each in files if each.st_size), default=None)
    remedy = _how(bed)
    if newest is None:
        yield trouble("备份", f"{folder} 中没有备份", remedy)
    elif newest < bed.now - days * DAY:
        told = f"最近的备份是 {say_minute(newest)},早于设定的{days}天"
        yield trouble("备份", told, remedy)
    else:
        yield fine("备份", f"最近的备份是 {say_minute(newest)}")


def _how(bed: Bed) -> str:
    if bed.parts.store.sqlite:
        return "请运行 sentinel backup"
    return f"请用 pg_dump 备份到 {bed.parts.copies_dir}"
