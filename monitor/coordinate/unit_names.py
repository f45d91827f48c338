"""Units by what people call them in a group: short names, nicknames of accounts, name traps.

公安县 is a place: nothing shorter is taken for it. A name that several units bear finds all of
them; a name that is only alike is told apart, as a guess.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from monitor.coordinate.plain_text import folded
from monitor.domain.pasted import Asked, Named

ALIKE: Final = 74.0
"""Names less alike than this are no guess; percent of `ratio`."""
NEAR: Final = 4.0
"""Guesses so close to the best are told beside it."""
MOST_GUESSES: Final = 5
LONGEST: Final = 30
SHORTEST_GUESS: Final = 3
KINDS: Final = ("土家族苗族自治州", "土家族自治县", "林区", "市", "县", "区", "州")
ORGANS: Final = ("公安局", "公安", "局", "警方", "警方在线")
BRANCHES: Final = ("分局", "公安分局", *ORGANS)
BARE: Final = frozenset({"公安", "水上", "轨道交通", "公共交通", "开发区", "经济开发区", "高新区"})
"""What by itself is no name of a unit."""
WHOLE: Final = ("开发区", "风景区", "高新区")
"""Areas whose 区 belongs to the name."""
SHORTER: Final = (("交通警察", "交警"), ("交通管理", "交管"), ("巡特警", "特警"))
TEAM: Final = re.compile(r"(?:支队|大队|中队|总队)$")
ASIDE: Final = re.compile(r"[((].*?[))]")
PLAIN_NAME: Final = re.compile(r"(?:演示|官方|v)+$")
BELOW: Final = re.compile(
    r"\w{0,6}?(?:派出所|警务站|支队|大队|中队|总队)|(?:交警|交管|禁毒|特警|反诈|网警|网安|户政|治安"
    r"|刑侦|刑警|出入境|巡警|看守所)"
)
"""What makes of a place's name that of an organ below it."""
NO_NAME: Final = re.compile(r"(?:公安|分局|局|厅|市|县|区|省)*")
COMPLETE: Final = ("局", "所", "队", "厅", "警", *KINDS)
ELSEWHERE: Final = re.compile(r"路|街|大道|镇|乡|村|社区|大桥|[市县区州]")
"""What makes of a place's bare name another place."""
LISTED: Final = re.compile(r"[、,;/&+\n和及与跟]")
"""Names with this between them are several."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name stands in a folded text, the units it may mean, and the task whose account bears
    it. `below` where the words behind it name an organ of theirs that is not known."""

    start: int
    end: int
    units: frozenset[int]
    tasks: frozenset[int] = frozenset()
    below: bool = False


class Names:
    """Every name of the units and of the accounts asked; built once for a text."""

    def __init__(self, units: Sequence[Named], asked: Sequence[Asked]) -> None:
        self.units: Mapping[int, Named] = {each.id: each for each in units}
        self._by_path = {each.path: each for each in units}
        self._known: dict[str, set[int]] = {}
        self._accounts: dict[str, set[int]] = {}
        for unit in units:
            for name in self._names(unit):
                self._known.setdefault(folded(name), set()).add(unit.id)
        for each in asked:
            name = PLAIN_NAME.sub("", folded(ASIDE.sub("", each.account)))
            if len(name) > 1 and name not in BARE and each.unit_id in self.units:
                self._known.setdefault(name, set()).add(each.unit_id)
                self._accounts.setdefault(name, set()).add(each.id)
        self._long = [each for each in self._known if len(each) >= SHORTEST_GUESS]

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """The names in a text whose words are folded and kept apart by blanks, in order: those that
        together cover most of it, and where two ways cover as much, with the fewer names."""
        return tuple(self._chosen(text, list(self._found(text))))

    def guesses(self, text: str) -> tuple[int, ...]:
        """The units whose names are alike to a text, the likest first; none where nothing is."""
        if NO_NAME.fullmatch(text):
            return ()
        found = process.extract(
            text[:LONGEST], self._long, scorer=ratio, score_cutoff=ALIKE, limit=MOST_GUESSES
        )
        best = found[0][1] if found else 0.0
        units = [
            key for name, score, _ in found if score > best - NEAR for key in self._known[name]
        ]
        return tuple(dict.fromkeys(units))

    def merged(self, text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Names that speak of one unit as one: 荆州 江陵县局 is 江陵县公安局. Names that are listed
        (荆州、江陵) stay apart; `text` is half-width and as long as the one they were found in."""
        found: list[Mention] = []
        for each in mentions:
            apart = not found or LISTED.search(text[found[-1].end : each.start]) is not None
            both = None if apart else self._together(found[-1], each)
            if both is None:
                found.append(each)
            else:
                found[-1] = both
        return tuple(found)

    def _together(self, first: Mention, then: Mention) -> Mention | None:
        """Two names beside each other: what both may mean, or the one that lies below the other."""
        tasks = (first.tasks & then.tasks) or (first.tasks | then.tasks)
        common = first.units & then.units
        if common:
            return replace(then, units=common, tasks=tasks, below=first.below and then.below)
        for lower, upper in ((then, first), (first, then)):
            inside = self._inside(lower.units, upper.units)
            if inside:
                return replace(then, units=inside, tasks=lower.tasks, below=lower.below)
        return None

    def _inside(self, lower: frozenset[int], upper: frozenset[int]) -> frozenset[int]:
        paths = tuple(self.units[key].path for key in upper)
        return frozenset(key for key in lower if self.units[key].path.startswith(paths))

    def _found(self, text: str) -> Iterator[Mention]:
        for start in range(len(text)):
            for end in range(start + 2, min(start + LONGEST, len(text)) + 1):
                units = self._known.get(text[start:end])
                if units and not self._cut_short(text, start, end):
                    name, after = text[start:end], text[end:]
                    below = BELOW.match(after) is not None and name not in self._accounts
                    tasks = frozenset(self._accounts.get(name, ()))
                    yield Mention(start, end, frozenset(units), tasks, below)

    def _cut_short(self, text: str, start: int, end: int) -> bool:
        """Whether another name begins there: 荆州 of 荆州区, 江陵 of 江陵路."""
        name, after = text[start:end], text[end : end + 2]
        if name.endswith("公安"):
            return after.startswith("县")
        return not name.endswith(COMPLETE) and ELSEWHERE.match(after) is not None

    def _chosen(self, text: str, found: list[Mention]) -> list[Mention]:
        """Weighted intervals: most characters covered, then fewest names."""
        best: list[tuple[int, int, Mention | None, int]] = [(0, 0, None, 0)]
        ends: dict[int, list[Mention]] = {}
        for each in found:
            ends.setdefault(each.end, []).append(each)
        for place in range(1, len(text) + 1):
            options: list[tuple[int, int, Mention | None, int]] = [
                (best[place - 1][0], best[place - 1][1], None, place - 1)
            ]
            for each in ends.get(place, ()):
                before = best[each.start]
                covered = before[0] + each.end - each.start
                options.append((covered, before[1] - 1, each, each.start))
            best.append(max(options, key=lambda option: option[:2]))
        return list(_back(best))

    def _names(self, unit: Named) -> Iterable[str]:
        parent = self._by_path.get(unit.path.rstrip("/").rpartition("/")[0] + "/")
        above = parent.name if parent is not None else ""
        yield unit.name
        yield ASIDE.sub("", unit.name)
        place, organ, rest = ASIDE.sub("", unit.name).partition("公安局")
        if unit.name.endswith("公安厅"):
            yield from _department(unit.name)
        elif "公安厅" in unit.name:
            yield from _of_organ(unit.name, above)
        elif organ and not rest:
            yield from _of_place(place, ORGANS)
        elif organ and rest.endswith("分局"):
            yield from _of_branch(place, unit.name.partition("公安局")[2].removesuffix("分局"))
        else:
            yield from _of_organ(unit.name, above)


def _back(best: Sequence[tuple[int, int, Mention | None, int]]) -> Iterator[Mention]:
    place, found = len(best) - 1, []
    while place > 0:
        _, _, each, before = best[place]
        if each is not None:
            found.append(each)
        place = before
    return reversed(found)


def _short(place: str) -> str:
    """江陵县 -> 江陵; what would leave a single character stays whole."""
    if place.endswith(WHOLE):
        return place
    for kind in KINDS:
        if place.endswith(kind) and len(place) > len(kind) + 1:
            return place[: -len(kind)]
    return place


def _of_place(
    place: str, organs: Sequence[str], brief: Sequence[str] | None = None
) -> Iterator[str]:
    """A place with what its organ is called, and its short name with that or with `brief`."""
    short = _short(place)
    forms = [place, short]
    if place.endswith("自治州"):
        forms.append(f"{short}州")
    if place.endswith("自治县"):
        forms.append(f"{short}县")
    for form in forms:
        if form not in BARE:
            ends = organs if brief is None or form != short or short == place else brief
            yield form
            yield from (f"{form}{organ}" for organ in ends)
            yield f"平安{form}"


def _of_branch(city: str, branch: str) -> Iterator[str]:
    inner = re.findall(r"[((](.+?)[))]", branch)
    for place in (ASIDE.sub("", branch), *inner):
        alike = _short(place) == _short(city)
        yield from _of_place(place, BRANCHES, () if alike else BRANCHES)
        for form in {place, _short(place)}:
            yield f"{form}分局"
            yield from (f"{_short(city)}{form}{end}" for end in ("", "分局", "公安分局"))
            yield f"{city}{form}分局"


def _department(name: str) -> Iterator[str]:
    place = name.removesuffix("公安厅")
    yield from ("省厅", "省公安厅", f"{_short(place.removesuffix('省'))}公安", f"{place}厅")
    yield f"{place.removesuffix('省')}警方"


def _of_organ(name: str, above: str) -> Iterator[str]:
    """派出所, 大队, 支队, 总队: by themselves, and behind the short name of what they belong to."""
    own = ASIDE.sub("", name.removeprefix(above) if above else name)
    place = ASIDE.sub("", above).partition("公安")[0].removesuffix("省")
    branch = above.partition("公安局")[2].removesuffix("分局")
    heads = {place, _short(place), branch, _short(branch)} - {""}
    if above.endswith("公安厅"):
        heads.add("省厅")
    for form in _organ_forms(own):
        if len(form) > 2:  # noqa: PLR2004
            yield form
        yield from (f"{head}{form}" for head in heads if head not in BARE)


def _organ_forms(own: str) -> Iterator[str]:
    short = own
    for long, brief in SHORTER:
        short = short.replace(long, brief)
    for form in dict.fromkeys((own, short)):
        yield form
        yield TEAM.sub("", form)
        if form.endswith("派出所"):
            yield f"{form.removesuffix('派出所')}所"
