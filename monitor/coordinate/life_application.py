"""An application about an account as a text to be signed: who signs it, and what it says."""

from collections.abc import Iterable
from typing import Final

from monitor.domain.account import PLATFORMS, Account
from monitor.domain.lifecycle import SIGNED_AS, Act
from monitor.domain.manuscript import Text
from monitor.domain.unit import Level, Unit

SIGNING: Final = frozenset({Level.PROVINCE, Level.PREFECTURE})
"""Levels whose offices have the stages of a chain; below them there are too few people."""
NAME: Final = 40
"""Characters of an account's name in a title."""


def decides(unit: Unit, units: Iterable[Unit]) -> Unit | None:
    """The office that signs what a unit applies for: the nearest one above it, and for the
    department itself its own chain. None where no such office is known."""
    known = {each.id: each for each in units}
    way = [int(each) for each in unit.path.strip("/").split("/") if each]
    above = [known[each] for each in reversed(way[:-1]) if each in known]
    near = next((each for each in above if each.level in SIGNING), None)
    return near or (unit if unit.level is Level.PROVINCE else None)


def text_of(account: Account, unit: Unit, act: Act) -> Text:
    """What is signed: the account, its unit, and all that was given with the application."""
    kind = SIGNED_AS[act.move]
    platform = PLATFORMS.get(account.platform, account.platform)
    said = {
        "申请事项": str(act.move),
        "主办单位": unit.name,
        "平台": platform,
        "账号名称": account.name,
        "账号ID": account.uid or "待补",
        "账号现状": str(account.state),
        **act.given,
    }
    body = "\n".join(f"{name}:{text}" for name, text in said.items())
    matter = kind.removeprefix("账号")
    title = f"关于{matter}“{account.name[:NAME]}”({platform})的申请"
    return Text(kind, title, body, (account.platform,))
