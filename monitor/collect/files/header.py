"""The header of a table: which row it is, and which column holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.collect.files.grid import Row
from monitor.collect.files.values import plain, text_of
from monitor.domain.errors import InputError


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header stands (0 is the first row), and its titles as written."""

    row: int
    titles: tuple[str, ...]


def canonical(title: str) -> str:
    """A title for comparing: no white space, half-width, lower case, brackets alike."""
    return plain(title).replace("【", "(").replace("】", ")").strip("*:").casefold()


def find(rows: Sequence[Row], words: Sequence[str], within: int) -> Header | None:
    """The first of the first `within` rows that holds all the words; None where none does."""
    wanted = {canonical(word) for word in words}
    for number, row in enumerate(rows[:within]):
        titles = tuple(text_of(cell) for cell in row)
        if wanted <= {canonical(title) for title in titles}:
            return Header(number, titles)
    return None


def places(titles: Sequence[str], names: Mapping[str, Sequence[str]], where: str) -> dict[str, int]:
    """The place of each key in the row of titles; keys that no title answers to are left out.

    All exact matches come first, so that 播放 never takes 平均播放时长 from the column whose name
    that is; then a title that contains a name, where exactly one does.
    """
    written = [canonical(title) for title in titles]
    found = exact(titles, names, where)
    taken = set(found.values())
    for key, each in names.items():
        if key not in found:
            place = _containing(written, [canonical(name) for name in each], taken)
            if place is not None:
                found[key] = place
                taken.add(place)
    return found


def exact(titles: Sequence[str], names: Mapping[str, Sequence[str]], where: str) -> dict[str, int]:
    """The place of each key one of whose names is a title; a title that stands twice is refused."""
    written = [canonical(title) for title in titles]
    found: dict[str, int] = {}
    for key, each in names.items():
        for name in each:
            if written.count(canonical(name)) > 1:
                raise InputError(f"表头“{name}”出现了两次", where, "请删除或改名其中一列")
            if canonical(name) in written and key not in found:
                found[key] = written.index(canonical(name))
    return found


def _containing(written: Sequence[str], names: Sequence[str], taken: set[int]) -> int | None:
    for name in names:
        hits = [
            place for place, title in enumerate(written) if place not in taken and name in title
        ]
        if len(hits) == 1:
            return hits[0]
    return None
