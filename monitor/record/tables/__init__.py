"""The rows: private to `record`; importing this package fills `SQLModel.metadata` whole."""

from monitor.record.tables import evidence, judging, people, registry, working

__all__ = ["evidence", "judging", "people", "registry", "working"]
