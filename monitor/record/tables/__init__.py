"""The rows: private to `record`; importing this package fills `SQLModel.metadata` whole."""

from monitor.record.tables import (
    calibration,
    evidence,
    forms,
    judging,
    pacing,
    people,
    private,
    registry,
    remembered,
    reporting,
    settings,
    working,
)

__all__ = [
    "calibration",
    "evidence",
    "forms",
    "judging",
    "pacing",
    "people",
    "private",
    "registry",
    "remembered",
    "reporting",
    "settings",
    "working",
]
