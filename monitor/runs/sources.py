"""来源与等级: what each kind of source proves, read from its sheet."""

from monitor.collect import shelf
from monitor.domain.source import Sources
from monitor.judge import sources
from monitor.runs.parts import Parts


def read(parts: Parts) -> Sources:
    """The sheet of this office."""
    return sources.parse(shelf.read(parts.data_dir / "sources.yaml").mapping)
