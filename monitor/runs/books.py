"""The two rulebooks in force: 本厅口径 and 上级口径, read from their YAML and kept in the store."""

from dataclasses import dataclass
from pathlib import Path

from monitor.collect import shelf
from monitor.domain.errors import InputError
from monitor.domain.rulebook import Rulebook
from monitor.judge import rulebook as rulebooks
from monitor.record import office_settings
from monitor.record import rulebooks as kept
from monitor.record.store import Writing
from monitor.runs import sources
from monitor.runs.parts import Parts


@dataclass(frozen=True)
class Books:
    """Both rulebooks, with the texts they were read from."""

    own: Rulebook
    upper: Rulebook
    documents: tuple[str, str]


def find(parts: Parts, name: str) -> Path:
    """The file of a rulebook; InputError lists what there is."""
    folder = parts.data_dir / "rulebooks"
    path = folder / f"{name}.yaml"
    if not path.exists():
        there = "、".join(sorted(each.stem for each in folder.glob("*.yaml")))
        raise InputError(f"没有名为“{name}”的认定标准", str(folder), f"可选:{there}")
    return path


def read(parts: Parts, name: str) -> tuple[Rulebook, str]:
    """One rulebook and its text."""
    page = shelf.read(find(parts, name))
    fresh = sources.freshness(sources.read(parts))
    return rulebooks.parse(page.mapping, page.sha256, fresh), page.text


def own_name(parts: Parts) -> str:
    """The rulebook of 本厅口径: the one the office chose, else that of the settings."""
    with parts.store.reading() as tx:
        return office_settings.office(tx).own or parts.own_rulebook


def open_books(parts: Parts, own: str | None = None) -> Books:
    """本厅口径 (or the rulebook asked for) and 上级口径: as the office chose, else as set."""
    with parts.store.reading() as tx:
        office = office_settings.office(tx)
    mine, mine_text = read(parts, own or office.own or parts.own_rulebook)
    upper, upper_text = read(parts, office.upper or parts.upper_rulebook)
    return Books(mine, upper, (mine_text, upper_text))


def keep(tx: Writing, books: Books) -> tuple[int, int]:
    """Their rows in the store, (own, upper); a changed text needs a new version number."""
    return (
        kept.ensure(tx, books.own, books.documents[0]),
        kept.ensure(tx, books.upper, books.documents[1]),
    )
