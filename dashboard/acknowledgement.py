"""签收, 填链接, 说明 as plain HTML: the short form behind a receipt link, fit for a phone."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Final

from dashboard.sheets import Sheets, filled, notice_of
from monitor.domain.instants import say_minute
from monitor.domain.receipt import LONGEST_NOTE, LONGEST_URL, Answer, Part, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.actions.acknowledging import Slip

NAMES: Final = {Part.LINK: "url", Part.NOTE: "note"}
"""The field of the form for each part."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows: the words in it, the version they stand on, what was said of them."""

    answer: Answer
    version: int
    key: str
    proof: str
    notice: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)


def form(sheets: Sheets, token: str, slip: Slip, shown: Shown) -> str:
    """The form."""
    due = f"，请于 {say_minute(slip.task.due)} 前办理" if slip.task.due else ""
    content = filled(
        "acknowledge",
        {
            "action": f"/r/{token}",
            "form": shown.proof,
            "key": shown.key,
            "version": str(shown.version),
            "title": slip.task.title,
            "unit": slip.unit_name,
            "due": due,
            "told": slip.task.told,
            "lasting": slip.wording.lasting.format(expires=say_minute(slip.expires_at)),
            "button": slip.wording.button if slip.kept is None else "保 存",
            "warning": slip.wording.warning,
        },
        state=_state(slip),
        notice=notice_of(shown.notice),
        theirs=_theirs(shown.theirs),
        fields="".join(_field(part, shown.answer, slip.wording) for part in slip.asks),
    )
    doing = slip.wording.button.replace(" ", "")
    return sheets.framed(f"{doing} · {slip.task.title}", content, wide=True)


def thanks(sheets: Sheets, token: str, slip: Slip) -> str:
    """After it was sent: what was received, and until when it may be corrected."""
    kept = slip.kept
    said = {} if kept is None else {Part.LINK: kept.answer.url, Part.NOTE: kept.answer.note}
    lines = "".join(
        f"<li><b>{slip.wording.label(part)}</b>：{escape(text)}</li>"
        for part, text in said.items()
        if text
    )
    signed = "" if kept is None else say_minute(kept.signed_at)
    told = {"unit": slip.unit_name, "title": slip.task.title, "signed": signed}
    values = {"done": slip.wording.done, "thanks": slip.wording.thanks.format(**told)}
    content = filled("acknowledged", values, lines=lines, more=_more(token, slip))
    return sheets.framed(slip.wording.done, content, wide=True)


def _more(token: str, slip: Slip) -> str:
    """The way back to what was sent, where it may be changed."""
    if not slip.wording.changes:
        return "<p>现在可以关闭本页。</p>"
    until = say_minute(slip.expires_at)
    return (
        f'<p>如需补充或更正，{until} 前可以<a href="/r/{escape(token)}?again=1">再次打开修改</a>。'
        "现在可以关闭本页。</p>"
    )


def typed(sent: Mapping[str, str]) -> Answer:
    """What came in from the form; `sent` are its fields."""
    return Answer(sent.get(NAMES[Part.LINK], ""), sent.get(NAMES[Part.NOTE], ""))


def _state(slip: Slip) -> str:
    said = slip.wording
    if slip.kept is None:
        return f'<p><span class="state">{said.waiting}</span></p>'
    return f'<p><span class="state done">{said.done} {say_minute(slip.kept.signed_at)}</span></p>'


def _field(part: Part, answer: Answer, wording: Wording) -> str:
    name = NAMES[part]
    if part is Part.NOTE and wording.choices:
        return _choice(name, wording, answer.note)
    label = f'<label for="{name}">{part}（没有可空）</label>'
    if part is Part.LINK:
        body = (
            f'<input id="{name}" name="{name}" value="{escape(answer.url)}" type="text" '
            f'inputmode="url" maxlength="{LONGEST_URL}" placeholder="https://" autocomplete="off">'
        )
    else:
        body = (
            f'<textarea id="{name}" name="{name}" rows="4" maxlength="{LONGEST_NOTE}">'
            f"{escape(answer.note)}</textarea>"
        )
    return f'<div class="field f-{name}">{label}{body}</div>'


def _choice(name: str, wording: Wording, said: str) -> str:
    """One of a few words, the first where nothing was said yet."""
    stands = said if said in wording.choices else wording.choices[0]
    options = "".join(
        f'<option value="{escape(each)}"{" selected" if each == stands else ""}>{escape(each)}'
        "</option>"
        for each in wording.choices
    )
    label = f'<label for="{name}">{wording.label(Part.NOTE)}</label>'
    return f'<div class="field">{label}<select id="{name}" name="{name}">{options}</select></div>'


def _theirs(theirs: Mapping[str, str]) -> str:
    """What a colleague sent meanwhile, beside one's own words."""
    said = "；".join(f"{part}：{text}" for part, text in theirs.items() if text) or "已签收"
    return (
        '<div class="theirs" role="alert"><b>本单位另一位同事刚刚提交过，您填的内容仍在下面，'
        f"没有丢失。</b><p>对方填的是：{escape(said)}</p><p>核对后再次提交，将以您的为准。</p></div>"
        if theirs
        else ""
    )
