"""Builds the real parts from the settings: the only place that chooses between real and fake."""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from monitor import clock
from monitor.access.ciphers import KeyRing
from monitor.actions.connecting import Dial
from monitor.collect.sign_on import Provider
from monitor.deliver import robot
from monitor.demo import address
from monitor.record.store import open_store
from monitor.runs import keyring
from monitor.runs.parts import Desk, MailBox, Pace, Parts
from monitor.runs.safe import Safe
from monitor.settings import CheckerSettings, Mail, Settings, SignOn, load

SEALING = "SENTINEL_KEY"


@cache
def parts() -> Parts:
    """The parts of this process, built once from this machine's settings."""
    return build(load(), clock.now)


def build(settings: Settings, now: Callable[[], datetime]) -> Parts:
    """Parts from settings; makes the local folder and the key where there is none yet."""
    settings.local_dir.mkdir(parents=True, exist_ok=True)
    desk = settings.dashboard
    return Parts(
        store=open_store(settings.store_url, now),
        now=now,
        data_dir=settings.data_dir,
        keys=_keys(settings.key_file),
        key_file=None if os.environ.get(SEALING) else settings.key_file,
        demo=settings.is_demo,
        office=settings.office,
        province_code=settings.province_code,
        bundle_key_file=settings.bundle_key_file,
        own_rulebook=settings.own_rulebook,
        upper_rulebook=settings.upper_rulebook,
        desk=Desk(
            address=desk.address,
            port=desk.port,
            public_url=desk.public_url,
            idle_minutes=desk.idle_minutes,
            session_hours=desk.session_hours,
            trusted_proxies=desk.trusted_proxies,
        ),
        mail=_mail(settings.mail),
        sign_on=_sign_on(settings.sign_on),
        paces=_paces(settings),
        demo_port=settings.demo_port,
        demo_small=settings.demo_size == "small",
        backup_dir=settings.backup_dir,
        backup_days=settings.backup_days,
        largest_file=settings.largest_file_mb * 1_000_000,
        robots=_robots(settings),
        **_checker(settings.checker),
    )


def dial(parts: Parts) -> Dial:
    """How actions ask platforms: with the tokens that all processes share."""
    return Dial(parts.paces, parts.now, parts.desk.url, parts.key, partial(Safe, parts))


def _checker(given: CheckerSettings | None) -> dict[str, str]:
    if given is None:
        return {}
    return {
        "checker": given.kind,
        "checker_url": str(given.url),
        "checker_key": given.secret(),
    }


def _paces(settings: Settings) -> dict[str, Pace]:
    """As set; a demonstration asks the stand-in server, and may ask it fast."""
    paces = {
        name: Pace(
            base_url=str(each.base_url).rstrip("/") if each.base_url else None,
            per_second=each.per_second,
            at_once=each.at_once,
            deepest_days=each.deepest_days,
            per_token_day=each.per_token_day,
        )
        for name, each in settings.platforms.items()
    }
    if settings.is_demo:
        for name in address.READERS:
            paces.setdefault(
                name,
                Pace(
                    base_url=address.base_url(settings.demo_port, name),
                    per_second=400,
                    at_once=8,
                    deepest_days=address.DEEPEST_DAYS,
                ),
            )
    return paces


def _robots(settings: Settings) -> dict[str, str]:
    """How the addresses of each sort of robot begin; '' where none may be asked."""
    said = {name: str(each.base_url) for name, each in settings.robots.items()}
    return {sort.name: robot.home_of(sort, said.get(sort.name, "")) for sort in robot.ROBOTS}


def _sign_on(service: SignOn | None) -> Provider | None:
    if service is None:
        return None
    return Provider(
        issuer=service.issuer,
        client_id=service.client_id,
        secret=service.secret_file.read_text("utf-8").strip(),
        claim=service.claim,
        only=service.only,
        break_glass=tuple(each.lower() for each in service.break_glass),
    )


def _mail(mail: Mail | None) -> MailBox | None:
    if mail is None:
        return None
    return MailBox(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        sender=mail.sender,
        recipients=mail.recipients,
        username=mail.username,
        password=mail.secret(),
        timeout_seconds=mail.timeout_seconds,
    )


def _keys(path: Path) -> Callable[[], KeyRing]:
    """The sealing keys, from the environment or a private file, made where there is none yet."""
    text = os.environ.get(SEALING, "")
    if text:
        ring = keyring.from_text(text, SEALING)
        return lambda: ring
    keys = keyring.watched(path, lambda: secrets.token_bytes(keyring.KEY_BYTES))
    keys()
    return keys
