"""来源与等级: the sheet as screens show it."""

from pathlib import Path

from monitor.collect import shelf
from monitor.domain.numbers import Provenance
from monitor.domain.source import Source, Sources
from monitor.judge import recall, sources

QUARTER_DAYS = recall.VALID_DAYS


def kinds(data_dir: Path) -> Sources:
    """What each kind of source proves, in the order of the sheet."""
    return sources.parse(shelf.read(data_dir / "sources.yaml").mapping)


def of(found: Sources, provenance: str) -> Source | None:
    """The strongest kind of one provenance; None where the sheet knows none."""
    same = [each for each in found.kinds.values() if each.provenance == Provenance(provenance)]
    return max(same, key=lambda each: each.grade, default=None)
