"""Filling the demonstration's own database, by the same runs an office uses."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from monitor.demo.province import Province
from monitor.domain.errors import CannotRun
from monitor.runs import credentials, judge, load, registry, setup
from monitor.runs.parts import Parts

SEED: Final = 42
PLATFORMS: Final = ("wechat",)
"""Platforms the stand-in server speaks for."""
LOGIN: Final = "demo"
NAME: Final = "王某(演示)"
NONCE_BYTES: Final = 12


def arguments(port: int) -> list[str]:
    """How the platforms' stand-in server is started."""
    return ["--port", str(port), "--seed", str(SEED)]


def base_url(port: int, platform: str) -> str:
    """Where a platform's stand-in answers."""
    return f"http://127.0.0.1:{port}/{platform}"


def fill(parts: Parts, say: Callable[[str], None]) -> None:
    """Units, ledger, exports and keys of the invented province, where the registry is empty."""
    if not parts.demo:
        raise CannotRun("演示数据只写入演示数据库", remedy="请在没有 sentinel.toml 的目录里试用")
    sign_in(parts)
    if registry.has_accounts(parts):
        return
    province = Province(seed=SEED)
    now = parts.now()
    say("正在装入演示省份……")
    registry.save_units(parts, province.units(), "演示单位")
    diff = registry.import_accounts(parts, province.ledger(now), "台账(演示).csv")
    for export in province.exports(now):
        covers = (export.covers_from, export.covers_to)
        load.take(parts, export.content, export.name, load.Asked("universal", covers=covers))
    for uid, values in province.secrets().items():
        credentials.put(parts, PLATFORMS[0], values, secrets.token_bytes(NONCE_BYTES), uid)
    judge.run(parts, everything=True)
    say(f"演示省份已装入:账号 {len(diff.added)} 个。")


def sign_in(parts: Parts) -> tuple[str, str]:
    """Login and password of the demonstration; made once and kept on this machine."""
    path = parts.local_dir / "演示口令.txt"
    if path.exists() and not setup.nobody_signs_in(parts):
        return LOGIN, path.read_text("utf-8").strip()
    password = secrets.token_urlsafe(9)
    _keep(path, password)
    setup.visitor(parts, LOGIN, NAME, password)
    return LOGIN, password


def _keep(path: Path, password: str) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{password}\n")
