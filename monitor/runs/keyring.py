"""The key file: 64 hexadecimal signs a line, the newest key first, readable by its owner alone."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from monitor.access.ciphers import KEY_BYTES, KeyRing, named
from monitor.domain.errors import CannotRun

PRIVATE: Final = 0o600


def from_text(text: str, where: str) -> KeyRing:
    """The ring out of a file or a variable, keys parted by white space or commas."""
    try:
        keys = tuple(bytes.fromhex(each) for each in text.replace(",", " ").split())
        return KeyRing(keys)
    except ValueError as error:
        raise CannotRun(
            "密钥格式不对", where, "每个密钥应为64个十六进制字符;请从备份恢复密钥文件"
        ) from error


def from_file(path: Path, made: Callable[[], bytes]) -> KeyRing:
    """The ring of a key file; a first key is made where there is no file yet."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, f"{made().hex()}\n")
    return from_text(path.read_text("ascii"), str(path))


def add(path: Path, key: bytes) -> KeyRing:
    """A new first key beside those there are; the file is never half written."""
    ring = from_text(path.read_text("ascii"), str(path))
    return _replace(path, (key, *ring.keys))


def retire(path: Path) -> tuple[Path, ...]:
    """Only the newest key stays; each older one is set aside in a file that is named after it.

    Old backups still need them.
    """
    ring = from_text(path.read_text("ascii"), str(path))
    aside = []
    for key in ring.keys[1:]:
        kept = path.with_name(f"{path.name}.{named(key).hex()}")
        if not kept.exists():
            _create(kept, f"{key.hex()}\n")
        aside.append(kept)
    _replace(path, ring.keys[:1])
    return tuple(aside)


def watched(path: Path, made: Callable[[], bytes]) -> Callable[[], KeyRing]:
    """The ring as the file has it now, read again when the file changed.

    A key added by the command line reaches the running processes without a restart.
    """
    held: dict[tuple[int, int], KeyRing] = {}

    def ring() -> KeyRing:
        if not path.exists():
            return from_file(path, made)
        told = path.stat()
        version = (told.st_mtime_ns, told.st_ino)
        if version not in held:
            held.clear()
            held[version] = from_file(path, made)
        return held[version]

    return ring


def _replace(path: Path, keys: tuple[bytes, ...]) -> KeyRing:
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    _create(fresh, "".join(f"{key.hex()}\n" for key in keys))
    fresh.replace(path)
    return KeyRing(keys)


def _create(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


__all__ = ["KEY_BYTES", "add", "from_file", "from_text", "retire", "watched"]
