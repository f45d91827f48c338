"""Schemes by name: the office's own revision in force for a period, or a shipped one."""

from dataclasses import dataclass
from typing import Final

from monitor.collect import shelf
from monitor.domain.assessment import Kind, State
from monitor.domain.assessment_kept import SchemeRevision
from monitor.domain.errors import InputError
from monitor.domain.instants import day_start
from monitor.domain.scheme import Scheme
from monitor.record import schemes
from monitor.record.schemes import Sheet
from monitor.record.store import Reading, Writing
from monitor.runs.parts import Parts
from monitor.score.scheme import parse

FOLDER: Final = "schemes"


@dataclass(frozen=True)
class Chosen:
    """A scheme with the sheet it was read from; `kept` is its revision where it has one."""

    scheme: Scheme
    sheet: Sheet
    kept: SchemeRevision | None = None

    def kind(self, since: int) -> Kind:
        """正式 where it was in force for a period that begins at a second; else only 试评."""
        kept = self.kept
        if kept is None or kept.state is not State.IN_FORCE or kept.valid_from > since:
            return Kind.TRIAL
        return Kind.FORMAL

    def ensured(self, tx: Writing) -> int:
        """Its row; a shipped sheet is kept the first time something rests on it."""
        return self.kept.id if self.kept is not None else schemes.ensure(tx, self.sheet)


def choose(parts: Parts, name: str, since: int, known_at: int) -> Chosen:
    """The scheme `name` for a period beginning at `since`: the revision in force, else the shipped
    sheet; `name@number` is just that one. InputError where there is none."""
    key, _, number = name.partition("@")
    with parts.store.reading() as tx:
        found = _kept(tx, key, number, (since, known_at))
    if found is not None:
        return of_revision(found)
    shipped = _shipped(parts, key)
    if number and str(shipped.sheet.number) != number:
        raise InputError(f"“{key}”没有第{number}版", key, f"现有第{shipped.sheet.number}版")
    return shipped


def of_revision(revision: SchemeRevision) -> Chosen:
    """The scheme of a kept revision."""
    page = shelf.parse(revision.text.encode(), revision.key)
    scheme = parse(page.mapping, revision.name, shelf.lines(page.text), page.sha256)
    sheet = Sheet(
        *(revision.key, revision.number, revision.name, revision.text),
        valid_from=revision.valid_from,
    )
    return Chosen(scheme, sheet, revision)


def _kept(tx: Reading, key: str, number: str, at: tuple[int, int]) -> SchemeRevision | None:
    if number:
        return schemes.find(tx, key, int(number)) if number.isdecimal() else None
    return schemes.in_force(tx, key, *at)


def _shipped(parts: Parts, key: str) -> Chosen:
    folder = parts.data_dir / FOLDER
    there = sorted(each.stem for each in folder.glob("*.yaml"))
    if key not in there:
        raise InputError(f"没有名为“{key}”的考核方案", str(folder), f"可选:{'、'.join(there)}")
    page = shelf.read(folder / f"{key}.yaml")
    scheme = parse(page.mapping, f"{key}.yaml", shelf.lines(page.text), page.sha256)
    since = day_start(scheme.valid_from)
    return Chosen(scheme, Sheet(key, scheme.version, scheme.title, page.text, since))
