"""The rows: private to `record`; importing this package fills `SQLModel.metadata` whole."""

from monitor.record.tables import (
    approving,
    calibration,
    duty,
    evidence,
    forms,
    judging,
    pacing,
    people,
    private,
    registry,
    remembered,
    reporting,
    sending,
    settings,
    words,
    working,
)

__all__ = [
    "approving",
    "calibration",
    "duty",
    "evidence",
    "forms",
    "judging",
    "pacing",
    "people",
    "private",
    "registry",
    "remembered",
    "reporting",
    "sending",
    "settings",
    "words",
    "working",
]
