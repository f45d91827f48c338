"""The head of a real ledger: titles above it, two rows of it, one column group per platform.

A shape says what every column means. It is proposed from the titles, may be corrected by a person,
and is then known again by its signature: the same titles mean the same the next time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from hashlib import sha256
from typing import Final

from monitor.collect import ledger_columns as columns
from monitor.collect.files import values
from monitor.collect.files.grid import Sheet
from monitor.collect.files.header import canonical
from monitor.domain.account import ALIASES, PLATFORMS, platform_of
from monitor.domain.errors import InputError

WITHIN: Final = 12
"""Rows in which a header begins: no ledger has more titles above it."""
SKIP, OWN = "不导入", "原样保留"
"""A column that is passed over, and one kept word for word under its own title."""
DOT: Final = "·"
NEAR: Final = 0.72
Learnt = Mapping[str, Mapping[str, str]]
"""Signature of a header -> title -> what a person said it means."""

FIELDS: Final = tuple(
    dict.fromkeys(
        (
            *(columns.UNIT, columns.PLATFORM, columns.NAME, columns.UID, columns.CODE, columns.REF),
            *(each.partition("(")[0] for each in columns.HEADERS if each != columns.NUMBER),
        )
    )
)
"""All that a column may mean, what matters most first."""
_BY_TITLE: Final[dict[str, str]] = {
    canonical(title): field
    for field, titles in {
        **{each.partition("(")[0]: (each, each.partition("(")[0]) for each in columns.HEADERS},
        **columns.NAMES,
    }.items()
    for title in titles
}
_PASSED: Final = {canonical(each) for each in (columns.NUMBER, "编号", *columns.TAIL)}
_CALLED: Final = sorted(
    ((canonical(each), platform) for each, platform in ALIASES.items()), reverse=True
) + [(canonical(label), key) for key, label in PLATFORMS.items() if key != "other"]
_PREFIXES: Final = sorted(_CALLED, key=lambda each: -len(each[0]))
_IN_GROUP: Final = {
    **dict.fromkeys(("", "账号", "帐号", "名称", "官方账号", "号名称", "账号全称"), columns.NAME),
    **dict.fromkeys(("id", "号id", "编号"), columns.UID),
    **dict.fromkeys(("链接", "网址", "地址", "二维码链接"), "主页链接"),
}
"""What stands under, or behind, the name of a platform."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What the columns of one sheet mean.

    `top` is its first row (0 is the first of the sheet), `depth` 1 or 2; `titles` are blank where
    a column has none. A meaning is one of FIELDS, SKIP, OWN, or `抖音·账号名称` for a group's.
    `platform` is set where the sheet itself is one platform's. `guessed` are columns whose meaning
    only resembles what is written: a person must agree to them.
    """

    sheet: str
    top: int
    depth: int
    titles: tuple[str, ...]
    meanings: tuple[str, ...]
    platform: str = ""
    guessed: frozenset[int] = frozenset()

    @property
    def signature(self) -> str:
        """The same for the same titles in the same order."""
        text = "\n".join((self.platform, *map(canonical, self.titles))).rstrip()
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def first(self) -> int:
        """The first row below the header, counted from 0."""
        return self.top + self.depth

    @property
    def missing(self) -> tuple[str, ...]:
        """What it takes to read accounts from the sheet and the header does not tell."""
        said = set(self.meanings)
        lacking = [] if columns.UNIT in said else [columns.UNIT]
        if any(each.endswith(DOT + columns.NAME) for each in said):
            return tuple(lacking)
        lacking += [] if columns.NAME in said else [columns.NAME]
        lacking += [] if columns.PLATFORM in said or self.platform else [columns.PLATFORM]
        return tuple(lacking)

    @property
    def whole(self) -> bool:
        """True where every row can be read, and nothing was guessed."""
        return not self.missing and not self.guessed

    def said(self, chosen: Mapping[str, str]) -> "Shape":
        """The same sheet as a person says it is to be read; titles not named stay as they are."""
        meanings = tuple(
            chosen.get(title, meaning)
            for title, meaning in zip(self.titles, self.meanings, strict=True)
        )
        return replace(self, meanings=meanings, guessed=frozenset())


def find(sheet: Sheet, learnt: Learnt, where: str) -> Shape | None:
    """The header of a ledger: one learnt from a person, else the first that is whole."""
    tried = list(_candidates(sheet))
    for shape in tried:
        if shape.signature in learnt:
            return shape.said(learnt[shape.signature])
    found = next((each for each in tried if each.whole), None)
    if found is not None:
        _refuse_twice(found, where)
    return found


def guess(sheet: Sheet) -> Shape | None:
    """The likeliest header of a sheet whose header is not recognised; None where it has no text."""
    tried = [_resembling(each) for each in _candidates(sheet) if each.depth == 1]
    filled = [each for each in tried if sum(map(bool, each.titles)) > 1]
    return max(filled, key=_likeness, default=None)


def _likeness(shape: Shape) -> tuple[int, int, int]:
    known = sum(each not in {SKIP, OWN} for each in shape.meanings)
    return (-len(shape.missing), known, -shape.top)


def _candidates(sheet: Sheet) -> Iterator[Shape]:
    platform = _platform_of_sheet(sheet.name)
    for top in range(min(WITHIN, len(sheet.rows))):
        upper = _row(sheet, top)
        if not any(upper):
            continue
        single = _shape(sheet.name, top, [(each, "") for each in upper], platform)
        if top + 1 < len(sheet.rows):
            lower = _row(sheet, top + 1)
            if _is_second(upper, lower, single):
                pairs = list(zip(_spread(upper, lower), lower, strict=True))
                yield _shape(sheet.name, top, pairs, platform, depth=2)
        yield single


def _row(sheet: Sheet, number: int) -> list[str]:
    """The texts of a row of the header, merged cells filled to the right and down."""
    width = max(map(len, sheet.rows[: WITHIN + 1]))
    texts = [values.text_of(cell).replace("\n", "") for cell in sheet.rows[number]]
    texts += [""] * (width - len(texts))
    for first, left, last, right in sheet.merged or ():
        if first <= number <= last and first < len(sheet.rows) and left < len(sheet.rows[first]):
            text = values.text_of(sheet.rows[first][left]).replace("\n", "")
            for place in range(left, min(right + 1, width)):
                texts[place] = text
    return texts


def _spread(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Heads of groups over all of their columns, where the file does not say what is merged."""
    found: list[str] = []
    for head, below in zip(upper, lower, strict=True):
        found.append(head or (found[-1] if below and found else ""))
    return found


def _is_second(upper: Sequence[str], lower: Sequence[str], single: Shape) -> bool:
    """Whether a row goes on with the header above it: known words, and none of a row of data."""
    known = [_field(each) or _in_group(each) for each in lower]
    fresh = [word for head, each, word in zip(upper, lower, known, strict=True) if each != head]
    heads = [each for each in set(upper) if each]
    if not any(fresh) or not any(_field(each) or _platform(each) for each in heads):
        return False
    needed = [
        place for place, each in enumerate(single.meanings) if each in {columns.NAME, columns.UNIT}
    ]
    return all(lower[place] in {"", upper[place]} for place in needed)


def _shape(
    sheet: str, top: int, pairs: Sequence[tuple[str, str]], platform: str, *, depth: int = 1
) -> Shape:
    narrow = any(columns.PLATFORM in (_field(a), _field(b)) for a, b in pairs)
    meanings: list[str] = []
    for upper, lower in pairs:
        meaning = _meaning(upper, lower, narrow=narrow or bool(platform))
        repeated = meaning in FIELDS and meaning in meanings
        meanings.append(OWN if repeated else meaning)
    titles = tuple(_title(upper, lower) for upper, lower in pairs)
    return Shape(sheet, top, depth, titles, _without_headless(meanings), platform)


def _title(upper: str, lower: str) -> str:
    return f"{upper}/{lower}" if upper and lower and upper != lower else upper or lower


def _meaning(upper: str, lower: str, *, narrow: bool) -> str:
    below = lower if lower != upper else ""
    title = below or upper
    if not title or canonical(title) in _PASSED:
        return SKIP
    if not narrow:
        group = _grouped(upper, below)
        if group:
            return group
    return _field(title) or _field(upper + below) or OWN


def _grouped(upper: str, lower: str) -> str:
    """`抖音·账号ID` for 抖音 above 账号ID, or for 抖音账号ID alone; '' where it is no group's."""
    if lower:
        platform, word = _platform(upper), lower
    elif _field(upper):
        return ""
    else:
        platform, word = _cut(upper)
    if not platform:
        return ""
    field = _field(word) or _IN_GROUP.get(canonical(word), "")
    if not field and not lower:
        return ""
    return f"{PLATFORMS[platform]}{DOT}{field or OWN}"


def _without_headless(meanings: Sequence[str]) -> tuple[str, ...]:
    """Columns of a platform that has none for names are kept under their own title."""
    named = {each.partition(DOT)[0] for each in meanings if each.endswith(DOT + columns.NAME)}
    return tuple(
        OWN if DOT in each and each.partition(DOT)[0] not in named else each for each in meanings
    )


def _field(title: str) -> str:
    return _BY_TITLE.get(canonical(title), "") if title else ""


def _in_group(word: str) -> str:
    return _IN_GROUP.get(canonical(word), "") if word else ""


def _platform(text: str) -> str:
    """The platform a head names: 抖音, 抖音账号, 政务微博."""
    platform, rest = _cut(text.removeprefix("政务").removeprefix("官方"))
    return platform if rest in {"", "账号", "帐号", "号", "平台"} else ""


def _cut(text: str) -> tuple[str, str]:
    """The platform a title begins with, and what follows it."""
    written = canonical(text)
    for called, platform in _PREFIXES:
        if written.startswith(called):
            return platform, written[len(called) :]
    return "", ""


def _platform_of_sheet(name: str) -> str:
    for ending in ("", "账号", "台账", "账号台账"):
        found = platform_of(name.removesuffix(ending)) if ending else platform_of(name)
        if found is not None and found != "other":
            return found
    return ""


def _resembling(shape: Shape) -> Shape:
    """What is missing, taken from titles that resemble it; a person must agree."""
    meanings, guessed = list(shape.meanings), set()
    for field in shape.missing:
        names = [canonical(each) for each in columns.NAMES[field]]
        for place, title in enumerate(shape.titles):
            alike = canonical(title)
            near = get_close_matches(alike, names, 1, NEAR) or [n for n in names if n in alike]
            if title and meanings[place] == OWN and near:
                meanings[place] = field
                guessed.add(place)
                break
    return replace(shape, meanings=tuple(meanings), guessed=frozenset(guessed))


def _refuse_twice(shape: Shape, where: str) -> None:
    """Two columns of one title: which of them is meant, only a person knows."""
    written = [canonical(each) for each in shape.titles]
    for place, title in enumerate(shape.titles):
        if shape.meanings[place] in FIELDS and written.count(canonical(title)) > 1:
            raise InputError(f"表头“{title}”出现了两次", where, "请删除或改名其中一列")
