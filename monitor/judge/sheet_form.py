"""The fields of the form that edits a rulebook, out of its sheet; what has a source of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.account import PLATFORMS

JOIN: Final = "、"
OURS: Final = "本厅设定"
YES, NO = "是", "否"
TITLE: Final = "标准名称"
SINCE: Final = "生效日期"
SOURCE: Final = "总的来源"
GRADE: Final = "最低采信等级"
CONFIRM: Final = "认定前须隔时复看"
NOTIFIED: Final = "公众号只计已通知的作品"
EXCUSED: Final = "不计入静默的情形"
ASIDE: Final = "不纳入的账号状态"
GRACE: Final = "新开账号宽限期"
NEW: Final = "另定·新增"
PARAMETERS: Final = {"valid_days": "核查有效天数", "grace_days": "宽限天数"}
"""Parameters a form may set; the others are edited as text."""
WHOM: Final = {"平台": "platforms", "层级": "levels", "账号类型": "types"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing with a source of its own: its name in words, its path in the sheet, its mapping,
    and the keys whose change needs a source."""

    name: str
    path: str
    content: dict[str, Any]
    keys: tuple[str, ...]

    @property
    def values(self) -> tuple[Any, ...]:
        """What it lays down."""
        return tuple(self.content.get(key) for key in self.keys)

    @property
    def standing(self) -> tuple[Any, Any]:
        """On whose word: source and rank."""
        return self.content.get("source"), self.content.get("rank")


def parts(sheet: Mapping[str, Any]) -> Iterator[Part]:
    """All that has a source of its own, in the order of the sheet."""
    for number, each in enumerate(sheet.get("classes") or ()):
        yield Part(str(each.get("name")), f"classes[{number}]", each, ("over_days", "outcome"))
    if never := sheet.get("never_updated"):
        name = str(never.get("name", "从未更新"))
        yield Part(name, "never_updated", never, ("over_days", "outcome"))
    if grace := sheet.get("grace"):
        yield Part(GRACE, "grace", grace, ("days",))
    for rule, terms in (sheet.get("rules") or {}).items():
        yield Part(rule, f"rules.{rule}", terms, ("outcome", "parameters"))
    for number, each in enumerate(sheet.get("variants") or ()):
        keys = ("platforms", "levels", "types", "over_days", "outcomes")
        yield Part(f"另定·{each.get('title')}", f"variants[{number}]", each, keys)


def unsourced(base: Mapping[str, Any], sheet: Mapping[str, Any]) -> Part | None:
    """The first part whose figures are other than in `base` though it still names that source."""
    known = {each.name: each for each in parts(base)}
    for each in parts(sheet):
        before = known.get(each.name)
        if before is None or each.values == before.values:
            continue
        if each.standing == before.standing and before.standing[1] != OURS:
            return each
    return None


def words(sheet: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the form, by what they are called, as texts."""
    found = {
        TITLE: str(sheet["title"]),
        SINCE: str(sheet["valid_from"]),
        SOURCE: str(sheet["source"]),
        GRADE: str(sheet["least_grade"]),
        CONFIRM: YES if sheet.get("confirm") else NO,
        NOTIFIED: YES if sheet.get("notified_only") else NO,
        EXCUSED: JOIN.join(sheet.get("excused_kinds") or ()),
        ASIDE: JOIN.join(sheet.get("not_counted") or ()),
    }
    if not sheet.get("grace"):
        found |= {f"{GRACE}·天数": "0", f"{GRACE}·来源": "", f"{GRACE}·级别": OURS}
    for each in parts(sheet):
        found |= _fields(each)
    return found | _blank(sheet)


def _blank(sheet: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a variant that is not there yet, and of limits a variant leaves as they are."""
    limits = [f"{each['name']}·天数" for each in (sheet.get("classes") or ())[1:]]
    found = {f"{NEW}·{name}": "" for name in ("名称", *WHOM, "来源", *limits)}
    found[f"{NEW}·级别"] = OURS
    for each in sheet.get("variants") or ():
        own = each.get("over_days") or {}
        head = f"另定·{each['title']}"
        found |= {f"{head}·{one}": "" for one in limits if one.removesuffix("·天数") not in own}
    return found


def _fields(each: Part) -> dict[str, str]:
    """The fields of one part."""
    name, content = each.name, each.content
    found = {f"{name}·来源": str(content["source"]), f"{name}·级别": str(content["rank"])}
    if "over_days" in content and not isinstance(content["over_days"], Mapping):
        found[f"{name}·天数"] = str(content["over_days"])
    if "days" in content:
        found[f"{name}·天数"] = str(content["days"])
    if "outcome" in content:
        found[f"{name}·结论"] = str(content["outcome"])
    for key, word in PARAMETERS.items():
        if key in (content.get("parameters") or {}):
            found[f"{name}·{word}"] = str(content["parameters"][key])
    if each.path.startswith("variants"):
        found |= _variant(each)
    return found


def _variant(each: Part) -> dict[str, str]:
    """For whom a variant is, and its own limits by class; blank where it has none."""
    found = {f"{each.name}·名称": str(each.content["title"])}
    for word, key in WHOM.items():
        names = each.content.get(key) or ()
        found[f"{each.name}·{word}"] = JOIN.join(PLATFORMS.get(one, one) for one in names)
    limits = each.content.get("over_days") or {}
    return found | {f"{each.name}·{name}·天数": str(days) for name, days in limits.items()}


def layout(sheet: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What the form shows under each heading, by the names of the parts."""
    found: dict[str, list[str]] = {LIMITS: [], RULES: [], VARIANTS: []}
    heads = {"rules": RULES, "variants": VARIANTS}
    for each in parts(sheet):
        kind = each.path.partition(".")[0].partition("[")[0]
        found[heads.get(kind, LIMITS)].append(each.name)
    if GRACE not in found[LIMITS]:
        found[LIMITS].append(GRACE)
    return {head: tuple(names) for head, names in found.items()}


LIMITS, RULES, VARIANTS = "分级与期限", "其他规则", "按平台、层级、账号类型另定"


def label(sheet: Mapping[str, Any], path: str) -> str:
    """What the form calls the item at a path of the sheet; the path where it has no field."""
    if path in GENERAL:
        return GENERAL[path]
    for each in parts(sheet):
        if path == each.path or path.startswith(f"{each.path}."):
            rest = path.removeprefix(each.path).strip(".").split(".")
            word = _SUFFIXES.get(rest[-1], "·".join(rest))
            return f"{each.name}·{word}" if word else each.name
    return path


GENERAL: Final = {
    "title": TITLE,
    "valid_from": SINCE,
    "source": SOURCE,
    "least_grade": GRADE,
    "excused_kinds": EXCUSED,
    "not_counted": ASIDE,
    "classes": "分级",
}
_SUFFIXES: Final = {
    **PARAMETERS,
    **{key: word for word, key in WHOM.items()},
    "over_days": "天数",
    "days": "天数",
    "outcome": "结论",
    "source": "来源",
    "rank": "级别",
    "title": "名称",
}
