"""The receipt form as plain HTML: one card per account, fit for a phone, no script needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

from dashboard import say
from dashboard.sheets import Sheets, filled
from monitor.domain.instants import say_minute
from monitor.domain.iso_week import say_week
from monitor.domain.report_line import (
    COMMENTS,
    KEEPER,
    KEEPERS,
    NEWEST,
    POSTS,
    REASON,
    RECEIVED,
    REMARK,
    REPLIED,
    URL,
    YES_NO,
    StopReason,
    Words,
)

if TYPE_CHECKING:
    from monitor.actions.receipts import Form
    from monitor.actions.reporting import Filled
    from monitor.record.screens.reporting import Asked

CHOICES: Final[Mapping[str, Sequence[str]]] = {
    COMMENTS: YES_NO,
    REASON: tuple(StopReason),
    KEEPER: KEEPERS,
}
NAMES: Final[Mapping[str, str]] = {
    POSTS: "posts",
    NEWEST: "newest",
    URL: "url",
    RECEIVED: "received",
    REPLIED: "replied",
    COMMENTS: "comments",
    REASON: "reason",
    KEEPER: "keeper",
    REMARK: "remark",
}
"""The field of the form for each column; the account's id follows it."""
DAY_LENGTH: Final = len("2026-11-22")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form is to show: the words now in it, their versions, and what became of them."""

    words: Mapping[int, Words]
    versions: Mapping[int, int]
    key: str
    proof: str
    notice: str = ""
    done: Filled | None = field(default=None)


def form(sheets: Sheets, token: str, found: Form, shown: Shown) -> str:
    """The whole form of a unit's week."""
    cards = "".join(_card(each, shown) for each in found.asked)
    content = filled(
        "receipt",
        {
            "action": f"/r/{token}",
            "form": shown.proof,
            "key": shown.key,
            "unit": found.unit_name,
            "week": say_week(found.week),
            "due": say_minute(found.due),
            "expires": say_minute(found.expires_at),
            "count": str(len(found.asked)),
        },
        notice=_notice(shown.notice),
        cards=cards,
    )
    return sheets.framed("每周填报", content, wide=True)


def thanks(sheets: Sheets, token: str, found: Form) -> str:
    """After all lines went in: what was received, and until when it may be corrected."""
    lines = "".join(f"<li>{_said(each)}</li>" for each in found.asked)
    values = {
        "action": f"/r/{token}",
        "unit": found.unit_name,
        "week": say_week(found.week),
        "expires": say_minute(found.expires_at),
        "count": str(len(found.asked)),
    }
    return sheets.framed("已收到", filled("received", values, lines=lines), wide=True)


def nothing(sheets: Sheets, found: Form) -> str:
    """A unit of which everything is known already."""
    return sheets.refused(
        "本周不用填报",
        f"{found.unit_name}的账号情况，系统已自动取得，{say_week(found.week)}无需填写。",
        href="",
        link="",
    )


def _said(each: Asked) -> str:
    newest = each.words.get(NEWEST) or each.words.get(REASON) or say.NONE
    return f"<b>{escape(each.name)}</b>（{escape(say.platform(each.platform))}）：{escape(newest)}"


def _card(each: Asked, shown: Shown) -> str:
    key = each.account_id
    words = shown.words.get(key, each.words)
    problems, theirs = _trouble(key, shown)
    wrong = {column for column, _ in problems}
    fields = "".join(_field(key, column, words, column in wrong) for column in NAMES)
    told = "".join(f"<li>{escape(text)}</li>" for _, text in problems)
    beside = f"{say.platform(each.platform)} · {each.place}" if each.place else ""
    return filled(
        "receipt_line",
        {
            "id": str(key),
            "name": each.name,
            "beside": beside or say.platform(each.platform),
            "version": str(shown.versions.get(key, each.version)),
        },
        state=_state(each),
        problems=f'<ul class="wrong" role="alert">{told}</ul>' if told else "",
        theirs=theirs,
        fields=fields,
    )


def _trouble(key: int, shown: Shown) -> tuple[list[tuple[str, str]], str]:
    """What is wrong with an account's answers, and what somebody else wrote meanwhile."""
    if shown.done is None:
        return [], ""
    problems = [(each.column, str(each)) for each in shown.done.problems.get(key, ())]
    clash = shown.done.clashes.get(key)
    if clash is None:
        return problems, ""
    said = "；".join(f"{column}：{text}" for column, text in clash.words.items() if text)
    return problems, (
        '<div class="theirs" role="alert"><b>另一位同事刚刚保存了这一行，您填的内容仍在下面，'
        f"没有丢失。</b><p>对方填的是：{escape(said)}</p><p>核对后再次提交，将以您的为准。</p></div>"
    )


def _state(each: Asked) -> str:
    if each.submitted_at is not None:
        return f'<span class="state done">已填 {say.short(each.submitted_at)}</span>'
    return '<span class="state">暂存</span>' if each.version else '<span class="state">未填</span>'


def _field(key: int, column: str, words: Words, wrong: bool) -> str:  # noqa: FBT001
    name = f"{NAMES[column]}-{key}"
    value = words.get(column, "")
    mark = ' aria-invalid="true"' if wrong else ""
    label = f'<label for="{name}">{column}</label>'
    if column in CHOICES:
        body = _select(name, CHOICES[column], value, mark)
    elif column == NEWEST:
        body = _moment(name, value, mark)
    else:
        body = f'<input id="{name}" name="{name}" value="{escape(value)}" {_KINDS[column]}{mark}>'
    return f'<div class="field f-{NAMES[column]}">{label}{body}</div>'


_NUMBER: Final = 'inputmode="numeric" maxlength="6" autocomplete="off"'
_KINDS: Final = {
    POSTS: _NUMBER,
    RECEIVED: _NUMBER,
    REPLIED: _NUMBER,
    URL: 'type="text" inputmode="url" maxlength="500" placeholder="https://" autocomplete="off"',
    REMARK: 'maxlength="200" autocomplete="off"',
}


def _select(name: str, choices: Sequence[str], value: str, mark: str) -> str:
    options = "".join(
        f'<option value="{escape(each)}"{" selected" if each == value else ""}>'
        f"{escape(each) or '请选择'}</option>"
        for each in ("", *choices)
    )
    return f'<select id="{name}" name="{name}"{mark}>{options}</select>'


def _moment(name: str, value: str, mark: str) -> str:
    """A day and, where it is known, a time: pickers of the phone, no script."""
    day, clock = value[:DAY_LENGTH], value[DAY_LENGTH + 1 :]
    return (
        f'<span class="pair"><input id="{name}" name="{name}" type="date" '
        f'value="{escape(day)}"{mark}><input name="clock-{name}" type="time" '
        f'aria-label="最近一条发布时间(时分，不清楚可空)" value="{escape(clock)}"></span>'
    )


def _notice(text: str) -> str:
    return f'<p class="notice" role="alert">{escape(text)}</p>' if text else ""
