"""Filling the demonstration's own database, by the same runs an office uses."""

import os
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from monitor.actions import officers, people, reporting
from monitor.demo import campaign_story, clearing_story, desks, drafts, life_story
from monitor.demo.census import EXPIRED, WITHDRAWN
from monitor.demo.province import Province
from monitor.domain.account import State
from monitor.domain.errors import CannotRun
from monitor.domain.instants import shanghai_day, to_second
from monitor.domain.officer import Step
from monitor.domain.patrol import Look
from monitor.runs import credentials, judge, load, patrol, query, registry, setup, states
from monitor.runs.parts import Parts

SEED: Final = 42
LOGIN: Final = "demo"
NAME: Final = "王某(演示)"
NONCE_BYTES: Final = 12


def arguments(parts: Parts) -> list[str]:
    """How the platforms' stand-in server is started: with the first day of what was filled."""
    day = day_filled(parts).isoformat()
    asked = ["--port", str(parts.demo_port), "--seed", str(SEED), "--first-day", day]
    return [*asked, "--desk", f"http://127.0.0.1:{parts.desk.port}"]


def day_filled(parts: Parts) -> date:
    """The first day of the province in this store; today where it is not filled."""
    return states.first_day(parts) or shanghai_day(to_second(parts.now()))


def fill(parts: Parts, say: Callable[[str], None], *, sourced: bool = True) -> None:
    """Units, ledger, exports and keys of the invented province, where the registry is empty.

    Without sources it is the province on its first day: a ledger and nothing else.
    """
    if not parts.demo:
        raise CannotRun("演示数据只写入演示数据库", remedy="请在没有 sentinel.toml 的目录里试用")
    sign_in(parts)
    if registry.has_accounts(parts):
        return
    province = Province(SEED, day_filled(parts), small=parts.demo_small)
    say("正在装入演示省份……")
    _enter(parts, province, sourced=sourced)
    if sourced:
        _seen(parts, province)
        _tell(parts, province)
        _reported(parts, province)
    judge.run(parts, everything=True)
    if sourced:
        desks.fill(parts, province, LOGIN)
        drafts.fill(parts, LOGIN)
        clearing_story.fill(parts, province, LOGIN)
        life_story.fill(parts, province, LOGIN)
        campaign_story.fill(parts, province, LOGIN)
    say(f"演示省份已装入:账号 {len(province.residents)} 个。")


def _enter(parts: Parts, province: Province, *, sourced: bool) -> None:
    """Units, and the ledger as it was before some accounts were closed; then the closures."""
    registry.save_units(parts, province.units(), "演示单位")
    content = province.ledger(parts.now(), sourced=sourced, closures=False)
    registry.import_accounts(parts, content, "台账(演示).csv")
    closures = {key: (State(state), day) for key, (state, day) in province.closures().items()}
    states.change(parts, closures, "关停登记(演示)")
    _papers(parts, province)


def _papers(parts: Parts, province: Province) -> None:
    """Two papers of every officer's account, and how it went on with some."""
    ids = query.account_ids(parts)
    today = shanghai_day(to_second(parts.now()))
    steps = (Step.APPROVE, Step.CONSENT, Step.JOIN)
    signed, until = today - timedelta(days=200), today + timedelta(days=165)
    doing = []
    for key, consent in province.consents().items():
        account = ids[key]
        doing += [officers.Doing(account, step, n, signed, until) for n, step in enumerate(steps)]
        if consent == EXPIRED:
            old, over = today - timedelta(days=400), today - timedelta(days=35)
            doing.append(officers.Doing(account, Step.CONSENT, len(steps), old, over))
        elif consent == WITHDRAWN:
            doing.append(officers.Doing(account, Step.LEAVE, len(steps)))
    officers.take_all(parts.store, None, doing)


def _seen(parts: Parts, province: Province) -> None:
    """Looks by eye, before the files: these know nothing of a post that was gone by then."""
    ids = query.account_ids(parts)
    told = []
    for each in province.glances():
        world = each.resident.world
        account_id = ids[world.platform, world.uid]
        newest = each.newest, each.newest
        look = Look(account_id, each.at, each.at, newest=newest, title=each.title, url=each.url)
        told.append(patrol.Past(world.platform, look, each.gone))
    patrol.remember(parts, told, query.person_id(parts, LOGIN))


def _reported(parts: Parts, province: Province) -> None:
    """What units say of their own accounts, entered for them by the office."""
    ids = query.account_ids(parts)
    editor = people.person_called(parts.store, LOGIN, to_second(parts.now()))
    for each in province.reports():
        account_id = ids[each.resident.world.platform, each.resident.world.uid]
        words, key = {account_id: each.words}, f"demo-{account_id}"
        line = reporting.Filling(each.week, words, {account_id: 0}, key, submit=True)
        reporting.fill(parts.store, editor, line)


def _tell(parts: Parts, province: Province) -> None:
    """What the units handed in, and the keys of those who agreed to be read."""
    for export in province.exports(parts.now()):
        covers = (export.covers_from, export.covers_to)
        load.take(parts, export.content, export.name, load.Asked("universal", covers=covers))
    for reader, keys in province.secrets(parts.now()).items():
        nonces = {uid: secrets.token_bytes(NONCE_BYTES) for uid in keys}
        credentials.put_many(parts, reader, keys, nonces)


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
