"""换钥: a new sealing key beside the old one, everything sealed anew, the old one set aside."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from monitor.domain.errors import CannotRun, InputError
from monitor.domain.instants import say_minute, to_second
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, runlog, sealed
from monitor.runs import frame, keyring
from monitor.runs.parts import Parts

SETTLING: Final = timedelta(hours=1)
"""After so long no process still seals with a ring it read before the change."""
ROTATE: Final = "keys-rotate"
NAMES: Final = {"credential": "平台授权", "contact": "联系方式", "own_secret": "本机密钥"}


def rotate(parts: Parts, fresh: bytes) -> RunReport | None:
    """Add `fresh` (32 bytes) to the key file and seal everything under it.

    Where an earlier change was cut short it is finished first, and no further key is added. With
    keys from the environment nothing is added: the newest is the first one given there.
    """

    def work(_under: frame.Under) -> RunReport:
        if parts.key_file is not None and not _unfinished(parts):
            keyring.add(parts.key_file, fresh)
        ring = parts.keys()
        done = sum(sealed.reseal(parts.store, ring))
        with parts.store.writing(durable=True) as tx:
            audit.add(tx, None, "更换密钥", "key", ring.names[0], "")
        return RunReport(RunOutcome.DONE, {"改用新密钥": done})

    return frame.run(parts, ROTATE, work)


def _unfinished(parts: Parts) -> bool:
    """Whether an older key is in the ring and something still needs it."""
    ring = parts.keys()
    with parts.store.reading() as tx:
        return len(ring.keys) > 1 and bool(sealed.under_other_keys(tx, ring))


def retire(parts: Parts) -> tuple[Path, ...]:
    """Set the older keys aside, for old backups; refused while anything may still need them."""
    if parts.key_file is None:
        raise InputError(
            "密钥来自环境变量,不在密钥文件里", "SENTINEL_KEY", "请自行从变量中去掉旧密钥后重启"
        )
    ring = parts.keys()
    with parts.store.writing(durable=True, alone=True) as tx:
        needed = sealed.under_other_keys(tx, ring)
        if needed:
            raise CannotRun(
                f"还有{sum(needed.values())}项内容使用旧密钥",
                "、".join(f"{NAMES.get(table, table)}{count}" for table, count in needed.items()),
                "请先运行 sentinel keys rotate",
            )
        ended = runlog.last_ended(tx, ROTATE)
        if ended is not None and ended + SETTLING > tx.now:
            raise CannotRun(
                "更换密钥不满1小时,运行中的程序可能还在用旧密钥",
                "",
                f"请在 {say_minute(to_second(ended + SETTLING))} 之后再收回旧密钥",
            )
        aside = keyring.retire(parts.key_file)
        audit.add(tx, None, "收回旧密钥", "key", ",".join(ring.names[1:]), "")
    return aside


def lines(parts: Parts) -> Iterator[str]:
    """The keys' names, the newest first, and how much needs an older one; no key itself."""
    ring = parts.keys()
    with parts.store.reading() as tx:
        needed = sealed.under_other_keys(tx, ring)
    for number, name in enumerate(ring.names):
        yield f"{name}\t{'使用中' if number == 0 else '旧密钥'}"
    for table, count in needed.items():
        yield f"{NAMES.get(table, table)}\t{count} 项仍使用旧密钥"
