"""Receipt link 免登录回执: one task, one unit; it ends by time or by hand, opens nothing else."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError

REPORT: Final = "填报"
"""The kind of task whose link opens the weekly lines; all others open the short form."""
WITHDRAWAL: Final = "退出"
"""The kind of task whose link takes an officer's consent back."""
VOLUNTARY: Final = "自愿参与"
"""The kind of task whose link answers an officer's invitation."""
CLEARING: Final = "清理排查"
"""The kind of task whose link attests a unit's accounts."""
UNBURDENING: Final = (WITHDRAWAL, VOLUNTARY)
"""Kinds that ask nothing of a unit."""
LONGEST_URL: Final = 500
LONGEST_NOTE: Final = 300
_PLAIN_URL: Final = re.compile(r"https?://[^\s<>\"'\\]+")


class Part(StrEnum):
    """What the short form may ask for beside 签收, which every answer is."""

    LINK = "链接"
    NOTE = "说明"


PARTS: Final = (Part.LINK, Part.NOTE)


@dataclass(frozen=True, slots=True)
class Task:
    """What a link is about: its title, what to do, for which unit, until when (seconds)."""

    title: str
    told: str
    unit_id: int
    due: int | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What the page of a kind calls answering: `waiting` before, `done` after; `button` sends it,
    `lasting` says how long it may be changed, `warning` what to keep in mind.

    `{expires}` in `lasting` and `{signed}`, `{title}`, `{unit}` in `thanks` are filled in. Where
    there are `choices`, the words that may be said are one of them, the first unless changed.
    """

    waiting: str
    done: str
    button: str
    lasting: str
    thanks: str
    warning: str
    changes: bool = True
    choices: tuple[str, ...] = ()

    def label(self, part: Part) -> str:
        """What a part is called on the page."""
        return CHOICE if part is Part.NOTE and self.choices else part.value


CHOICE: Final = "答复"
WITHIN_THE_UNIT: Final = "请勿把本链接发到本单位以外；如已误发，请联系发来链接的单位撤回。"
FOR_HIMSELF: Final = "本链接只发给账号本人，请勿转发；如已误发，请联系发来链接的单位作废。"
SIGNING: Final = Wording(
    waiting="待签收",
    done="已签收",
    button="签 收",
    lasting="本页只用于这一件事，无需登录，{expires} 前可以修改。",
    thanks="{unit}已于 {signed} 签收“{title}”。",
    warning=WITHIN_THE_UNIT,
)
LEAVING: Final = Wording(
    waiting="同意有效",
    done="已退出",
    button="确认退出",
    lasting="本页只用于这一件事，无需登录，{expires} 前有效。",
    thanks="{title}已于 {signed} 退出，立即生效：除登记册外，各页面和导出都不再出现该账号。",
    warning=FOR_HIMSELF,
    changes=False,
)


ANSWERING: Final = Wording(
    waiting="待答复",
    done="已答复",
    button="提交答复",
    lasting="本页只用于这一件事，无需登录，{expires} 前可以随时更改，不需要说明理由。",
    thanks="{title}的答复已于 {signed} 记下，可以随时更改。不答复也可以，不作任何考核依据。",
    warning=FOR_HIMSELF,
    choices=("不参加", "参加"),
)


ALL_TRUE: Final = "所列账号全部属实"
ATTESTING: Final = Wording(
    waiting="待自查",
    done="已答复",
    button="提交自查",
    lasting="本页只用于这一件事，无需登录，{expires} 前可以修改。",
    thanks="{unit}对“{title}”的答复已于 {signed} 记下。",
    warning=WITHIN_THE_UNIT,
    choices=("有不符，请与我联系", ALL_TRUE),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit sent by its link: 签收, and where asked for a link or some words."""

    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as kept: `signed_at` is the first one's second, `at` this one's."""

    task_id: int
    unit_id: int
    version: int
    answer: Answer
    signed_at: int
    at: int


def checked(answer: Answer) -> Answer:
    """The answer without blanks around it; InputError names the field that cannot be taken."""
    url, note = answer.url.strip(), answer.note.strip()
    refuse_marked({Part.LINK: url, Part.NOTE: note})
    if url and (len(url) > LONGEST_URL or _PLAIN_URL.fullmatch(url) is None):
        raise InputError(f"链接应以https://开头,不超过{LONGEST_URL}个字符", Part.LINK)
    if len(note) > LONGEST_NOTE:
        raise InputError(f"说明应不超过{LONGEST_NOTE}字", Part.NOTE)
    return Answer(url, note)


class Standing(StrEnum):
    """Whether a link still opens its form, as the page says it."""

    LIVE = "有效"
    EXPIRED = "已过期"
    REVOKED = "已撤回"
    UNKNOWN = "无效"


@dataclass(frozen=True, slots=True)
class ReceiptLink:
    """A link as kept: only the hash of its token; seconds UTC."""

    id: int
    kind: str
    task_id: int
    unit_id: int
    created_at: int
    expires_at: int
    revoked_at: int | None = None


def standing(link: ReceiptLink | None, kind: str, now: int) -> Standing:
    """What a link is worth at `now` for a form of this kind."""
    if link is None or link.kind != kind:
        return Standing.UNKNOWN
    if link.revoked_at is not None:
        return Standing.REVOKED
    return Standing.EXPIRED if now >= link.expires_at else Standing.LIVE
