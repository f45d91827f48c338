"""Revising a rulebook's sheet by a form: what was changed in the form, back into the sheet.

A threshold somebody changes stands on the office's own word (本厅设定), unless another source is
given with it: no figure goes on under the name of a document that does not say it.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final

from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.judge.sheet_form import (
    ASIDE,
    CONFIRM,
    EXCUSED,
    GRACE,
    GRADE,
    JOIN,
    NEW,
    NOTIFIED,
    OURS,
    PARAMETERS,
    SINCE,
    SOURCE,
    TITLE,
    WHOM,
    YES,
    Part,
    parts,
    words,
)

NOT_ASKED: Final = "不适用"


def revised(sheet: Mapping[str, Any], said: Mapping[str, str]) -> dict[str, Any]:
    """The sheet with what was changed in the form, and nothing else changed.

    InputError names the field that is no number or no day; what else makes no sense the reader of
    rulebooks refuses.
    """
    after = deepcopy(dict(sheet))
    before = words(sheet)
    changed = {
        name: text.strip()
        for name, text in said.items()
        if name in before and text.strip() != before[name]
    }
    _general(after, changed)
    _grace(after, changed, said)
    for each in list(parts(after)):
        _revise(after, each, changed)
    kept = [each for each in after.get("variants") or () if each["title"]]
    added = _added(after, said)
    _put(after, "variants", [*kept, *added])
    return after


def _put(sheet: dict[str, Any], key: str, values: list[Any]) -> None:
    """A list under a key; no key where it would be empty and was not there."""
    if values or key in sheet:
        sheet[key] = values
    if key == "variants" and not values:
        sheet.pop(key, None)


def _general(after: dict[str, Any], changed: Mapping[str, str]) -> None:
    for name, (key, read) in _GENERAL.items():
        if name in changed:
            after[key] = read(name, changed[name])


def _grace(after: dict[str, Any], changed: dict[str, str], said: Mapping[str, str]) -> None:
    """0 days is no grace at all."""
    days = changed.get(f"{GRACE}·天数")
    if days == "0":
        after.pop("grace", None)
    elif days is not None and not after.get("grace"):
        source = said.get(f"{GRACE}·来源", "").strip() or OURS
        rank = said.get(f"{GRACE}·级别") or OURS
        after["grace"] = {"days": _whole(GRACE, days), "source": source, "rank": rank}


def _revise(after: dict[str, Any], each: Part, changed: Mapping[str, str]) -> None:
    """One part: its figures first, then on whose word they stand now."""
    head = f"{each.name}·"
    mine = {
        name.removeprefix(head): text for name, text in changed.items() if name.startswith(head)
    }
    if mine.get("结论") == NOT_ASKED and each.path.startswith("rules."):
        del after["rules"][each.name]
        return
    figures = deepcopy(each.values)
    _figures(each, mine, head)
    for word, key in (("来源", "source"), ("级别", "rank")):
        if word in mine:
            each.content[key] = mine[word]
    if each.values != figures and not {"来源", "级别"} & set(mine):
        each.content["source"] = each.content["rank"] = OURS
    if "名称" in mine:
        each.content["title"] = mine["名称"]


def _figures(each: Part, mine: Mapping[str, str], head: str) -> None:
    content = each.content
    for word, text in mine.items():
        name = head + word
        if word == "天数":
            content["days" if "days" in each.keys else "over_days"] = _whole(name, text)
        elif word == "结论":
            content["outcome"] = text
        elif word in WHOM:
            content[WHOM[word]] = [_IDS.get(one, one) for one in _names(text)]
        elif word.endswith("·天数"):
            _limit(content, word.removesuffix("·天数"), name, text)
    for key, word in PARAMETERS.items():
        if word in mine:
            content["parameters"] = content["parameters"] | {key: _whole(head + word, mine[word])}


def _limit(content: dict[str, Any], name: str, field: str, text: str) -> None:
    """A variant's own limit of a class; blank takes it back."""
    limits = dict(content.get("over_days") or {})
    limits.pop(name, None)
    content["over_days"] = limits | ({name: _whole(field, text)} if text else {})


def _added(sheet: Mapping[str, Any], said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The variant somebody adds, where it has a name."""
    title = said.get(f"{NEW}·名称", "").strip()
    if not title:
        return
    limits = {
        name: _whole(f"{NEW}·{name}·天数", text)
        for name in (each["name"] for each in sheet["classes"])
        if (text := said.get(f"{NEW}·{name}·天数", "").strip())
    }
    source = said.get(f"{NEW}·来源", "").strip()
    found: dict[str, Any] = {"title": title}
    for word, key in WHOM.items():
        if names := _names(said.get(f"{NEW}·{word}", "")):
            found[key] = [_IDS.get(one, one) for one in names]
    rank = said.get(f"{NEW}·级别") or OURS
    yield found | {"source": source or OURS, "rank": rank, "over_days": limits}


_IDS: Final = {name: key for key, name in PLATFORMS.items()}


def _names(text: str) -> list[str]:
    return [each.strip() for each in text.split(JOIN) if each.strip()]


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7):  # noqa: PLR2004
        raise InputError(f"“{name}”应为整数", text or "（空）", "请填数字,如 14")
    return int(text)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{name}”应为日期", text, "如 2027-01-01") from None


_GENERAL: Final[Mapping[str, tuple[str, Callable[[str, str], Any]]]] = {
    TITLE: ("title", lambda _, text: text),
    SOURCE: ("source", lambda _, text: text),
    SINCE: ("valid_from", _day),
    GRADE: ("least_grade", _whole),
    CONFIRM: ("confirm", lambda _, text: text == YES),
    NOTIFIED: ("notified_only", lambda _, text: text == YES),
    EXCUSED: ("excused_kinds", lambda _, text: _names(text)),
    ASIDE: ("not_counted", lambda _, text: _names(text)),
}
