"""Reading files a person names: bounded in size, and every refusal says which file and why."""

from pathlib import Path

from monitor.domain.errors import InputError


def read(path: Path, largest: int) -> bytes:
    """The bytes of a file of at most `largest` bytes; InputError where it cannot be read."""
    remedy = "请检查文件路径和读取权限"
    if path.is_dir():
        raise InputError("这是一个文件夹,不是文件", str(path), "请指定其中的一个文件")
    try:
        size = path.stat().st_size
        if size > largest:
            raise InputError(
                f"文件太大({size / 1e6:.0f} MB,上限 {largest / 1e6:.0f} MB)",
                str(path),
                "请按时间或单位拆成几个文件,或调高设置项 largest_file_mb",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("找不到文件", str(path), remedy) from error
    except OSError as error:
        raise InputError(f"文件打不开:{error.strerror}", str(path), remedy) from error
