"""逐级提醒: the accounts in somebody's reach that have not posted for long, in one message."""

from collections.abc import Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, say_minute
from monitor.domain.ladder import Rung, Silent
from monitor.domain.letter import Letter

FOOT: Final = "已发布的请忽略;经批准暂停更新的,请在台账写明。本提醒不是通报。"


def compose(matters: Sequence[tuple[Silent, Rung]], desk_url: str) -> Letter:
    """One message, the longest silence on top."""
    ordered = sorted(matters, key=lambda each: (-each[0].seconds, each[0].name))
    subject = f"账号更新提醒:{len(ordered)}个"
    lines = [f"{place}){_line(*each)}" for place, each in enumerate(ordered, 1)]
    text = "\n".join([f"{subject}。", *lines, f"详情:{desk_url}/accounts", FOOT])
    return Letter(subject, text + "\n")


def _line(silent: Silent, rung: Rung) -> str:
    title = PLATFORMS.get(silent.platform, silent.platform)
    days = silent.seconds // DAY
    last = say_minute(silent.since)
    return f"{silent.unit_name}“{silent.name}”{title},最近一次发布{last},已满{days}天:{rung.ask}"
