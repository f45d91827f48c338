"""Sources 来源与等级: read strictly from its document; what makes no sense is refused by name."""

from types import MappingProxyType
from typing import Final

from monitor.domain.numbers import Provenance
from monitor.domain.source import Source, Sources
from monitor.judge.document import Document

HIGHEST_GRADE: Final = 4
LONGEST_HOURS: Final = 24 * 92
NEEDED: Final = (
    *("interface-live", "interface-daily", "interface-part", "export"),
    *("patrol", "patrol-own", "purchased", "report-linked", "report", "feed", "manual"),
)
"""Kinds the product asks for by name: a sheet without one of them is refused."""


def parse(mapping: object) -> Sources:
    """The kinds of source a document describes; InputError names the path of what is wrong."""
    document = Document(mapping, title="来源与等级")
    version = document.whole("version", 1, 1_000_000)
    every = document.part("sources")
    kinds = {key: _source(every.part(key), key) for key in NEEDED}
    every.done()
    document.done()
    return Sources(version, MappingProxyType(kinds))


def _source(part: Document, key: str) -> Source:
    found = Source(
        key=key,
        label=part.text("label"),
        provenance=part.one_of("provenance", Provenance),
        posted=part.text("posted"),
        silent=part.text("silent"),
        alone=part.text("alone"),
        grade=part.whole("grade", 0, HIGHEST_GRADE),
        fresh_hours=part.whole("fresh_hours", 1, LONGEST_HOURS),
        confirm_hours=part.whole("confirm_hours", 0, LONGEST_HOURS),
    )
    part.done()
    return found


def freshness(found: Sources) -> dict[str, int]:
    """Hours by label of every kind that may convict, as a rulebook is checked against them."""
    return {each.label: each.fresh_hours for each in found.kinds.values() if each.grade}
