"""The two rulebooks in force at an instant: 本厅口径 and 上级口径, and from when which one is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from monitor.collect import shelf
from monitor.domain.errors import InputError
from monitor.domain.instants import BEGINNING, OPEN, to_second
from monitor.domain.rulebook import Rulebook
from monitor.judge import rulebook as rulebooks
from monitor.judge.sources import freshness
from monitor.record import in_force, office_settings
from monitor.record import rulebooks as kept
from monitor.record.store import Reading, Writing
from monitor.runs import sources
from monitor.runs.parts import Parts

Read = tuple[Rulebook, str]
"""A rulebook and the text it was read from."""


@dataclass(frozen=True)
class Books:
    """Both rulebooks, with the texts they were read from."""

    own: Rulebook
    upper: Rulebook
    documents: tuple[str, str]


def find(parts: Parts, name: str) -> Path:
    """The file of a rulebook; InputError lists what there is."""
    path = _path(parts, name)
    if not path.exists():
        there = "、".join(sorted(each.stem for each in path.parent.glob("*.yaml")))
        raise InputError(f"没有名为“{name}”的认定标准", str(path.parent), f"可选:{there}")
    return path


def _path(parts: Parts, name: str) -> Path:
    return parts.data_dir / "rulebooks" / f"{name}.yaml"


def read(parts: Parts, name: str) -> Read:
    """One rulebook by name: a shipped one, or the newest final revision of the office's own;
    `name@version` is just that version."""
    asked, _, version = name.partition("@")
    if version:
        return _version(parts, asked, version)
    with parts.store.reading() as tx:
        mine = None if _path(parts, asked).exists() else kept.newest(tx, asked)
    if mine is not None:
        return _parsed(mine, asked, _fresh(parts))
    page = shelf.read(find(parts, asked))
    return rulebooks.parse(page.mapping, page.sha256, _fresh(parts)), page.text


def _version(parts: Parts, name: str, version: str) -> Read:
    with parts.store.reading() as tx:
        row = kept.find_version(tx, name, int(version)) if version.isdecimal() else None
        text = kept.document(tx, row) if row is not None else ""
    if text:
        return _parsed(text, name, {})
    found = read(parts, name)
    if str(found[0].version) != version:
        raise InputError(f"“{name}”没有第{version}版", name, f"现有第{found[0].version}版")
    return found


def _fresh(parts: Parts) -> Mapping[str, int]:
    return freshness(sources.read(parts))


def _parsed(text: str, name: str, fresh: Mapping[str, int]) -> Read:
    page = shelf.parse(text.encode(), name)
    return rulebooks.parse(page.mapping, page.sha256, fresh), text


def own_name(parts: Parts) -> str:
    """The rulebook of 本厅口径 that is in force now."""
    return open_books(parts).own.name


def open_books(
    parts: Parts, own: str | None = None, as_of: int | None = None, known_at: int | None = None
) -> Books:
    """本厅口径 (or the rulebook asked for) and 上级口径 in force at `as_of` (seconds), as known at
    `known_at` (stamp); without them, now.

    A rulebook that was in force is read as it was then, whatever sources are worth today.
    """
    at = (to_second(parts.now()) if as_of is None else as_of, OPEN - 1)
    at = at if known_at is None else (at[0], known_at)
    fresh = _fresh(parts) if as_of is None else {}
    mine, theirs = _in_force(parts, at, fresh)
    mine = mine if own is None else read(parts, own)
    return Books(mine[0], theirs[0], (mine[1], theirs[1]))


def _in_force(parts: Parts, at: tuple[int, int], fresh: Mapping[str, int]) -> tuple[Read, Read]:
    with parts.store.reading() as tx:
        texts = [_text(tx, at, upper=upper) for upper in (False, True)]
    chosen = _chosen(parts)
    mine, theirs = (
        _parsed(text, name, fresh) if text is not None else read(parts, name)
        for text, name in zip(texts, chosen, strict=True)
    )
    return mine, theirs


def _text(tx: Reading, at: tuple[int, int], *, upper: bool) -> str | None:
    """The text that was in force; None where nothing was laid down yet."""
    term = in_force.at(tx, *at, upper=upper)
    return None if term is None else kept.document(tx, term.rulebook_id)


def _chosen(parts: Parts) -> tuple[str, str]:
    """The shipped rulebooks the office chose, else those of the settings: (own, upper)."""
    with parts.store.reading() as tx:
        office = office_settings.office(tx)
    return office.own or parts.own_rulebook, office.upper or parts.upper_rulebook


def settle(parts: Parts) -> tuple[Books, tuple[int, int]]:
    """The books to judge by now, and their rows (own, upper).

    What is shipped and chosen enters the history by being judged by: from the beginning the first
    time, from now where the office's sheet or choice is another. Conflict where a version that was
    used has another text.
    """
    second = to_second(parts.now())
    chosen = [read(parts, name) for name in _chosen(parts)]
    with parts.store.writing() as tx:
        for upper, one in enumerate(chosen):
            _follow(tx, parts, one, upper=bool(upper), second=second)
    opened = open_books(parts)
    with parts.store.writing() as tx:
        return opened, keep(tx, opened)


def _follow(tx: Writing, parts: Parts, one: Read, *, upper: bool, second: int) -> None:
    """Enter what the sheets say, unless the office put a revision of its own in force."""
    term = in_force.at(tx, second, upper=upper)
    if term is None:
        in_force.begin(tx, kept.ensure(tx, *one), upper=upper, since=BEGINNING, by=None)
    elif _path(parts, term.name).exists():
        row = kept.ensure(tx, *one)
        if row != term.rulebook_id:
            in_force.begin(tx, row, upper=upper, since=second, by=None)


def keep(tx: Writing, books: Books) -> tuple[int, int]:
    """Their rows in the store, (own, upper); a changed text needs a new version number."""
    return (
        kept.ensure(tx, books.own, books.documents[0]),
        kept.ensure(tx, books.upper, books.documents[1]),
    )
