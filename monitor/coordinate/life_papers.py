"""What is given with a move of an account's life: there, of its kind, and not of a day to come."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from monitor.domain.errors import InputError
from monitor.domain.lifecycle import CHANGES, LOOKED, PICTURED, SYSTEMS, Act, Field

LONGEST: Final = 300
MOST_DAYS: Final = 365
CHOICES: Final = {
    Field.SYSTEM: SYSTEMS,
    Field.WHAT: CHANGES,
    Field.HOW: (LOOKED, PICTURED),
}


def require(asked: Iterable[Field], act: Act) -> None:
    """InputError names the first field that is missing or is not what it should be."""
    for each in asked:
        text = act.given.get(each, "").strip()
        if not text:
            raise InputError(f"“{act.move}”须填写{each}", each)
        if len(text) > LONGEST:
            raise InputError(f"内容超过{LONGEST}字", each, "请精简后再提交")
        _of_kind(each, text, act.today)


def _of_kind(name: Field, text: str, today: date) -> None:
    if name in CHOICES and text not in CHOICES[name]:
        raise InputError(f"没有“{text}”这一项", name, f"可选:{'、'.join(CHOICES[name])}")
    if name is Field.NOTICE and not text.startswith(("https://", "http://")):
        raise InputError("不是网页链接", name, "请粘贴提示公告的完整链接")
    if name is Field.NOTICE_DAYS and not _counted(text):
        raise InputError(f"应为1到{MOST_DAYS}的天数", name)
    if name is Field.DAY:
        _past(text, today)


def _counted(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_DAYS


def _past(text: str, today: date) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError as wrong:
        raise InputError("不是日期", Field.DAY, "例如 2026-11-22") from wrong
    if day > today:
        raise InputError("办理日期不能在今天之后", Field.DAY)


def platform_side(act: Act) -> date:
    """The day the platform's page was found gone: by a look that stands, or by a kept picture."""
    day = date.fromisoformat(act.given[Field.DAY])
    if act.given[Field.HOW] == PICTURED:
        if not act.given.get(Field.PICTURE):
            raise InputError("请上传平台显示已注销的截图", Field.PICTURE)
        return day
    if act.seen_gone is None:
        told = "没有看到主页已注销、打不开或搜不到的巡查记录"
        raise InputError(told, Field.HOW, "请先巡查一次,或上传截图")
    return act.seen_gone
