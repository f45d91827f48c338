"""The locks: everything pinned, everything hashed, and no word about where it comes from."""

import re

import pytest

from tests.architecture.sources import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


@pytest.fixture(params=LOCKS, ids=lambda path: path.name)
def lock(request: pytest.FixtureRequest) -> str:
    text: str = request.param.read_text("utf-8")
    return text


def entries(lock: str) -> list[str]:
    """Requirements with their continued lines joined and comments dropped."""
    bare = "\n".join(line for line in lock.splitlines() if not line.lstrip().startswith("#"))
    return [entry.strip() for entry in bare.replace("\\\n", " ").splitlines() if entry.strip()]


def test_there_are_locks_for_running_developing_and_auditing() -> None:
    assert [path.name for path in LOCKS] == ["audit.txt", "dev.txt", "run.txt"]


def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    loose = [
        entry
        for entry in entries(lock)
        if not re.match(r"[A-Za-z0-9._-]+(\[[^\]]+\])?==[^\s;]+", entry)
        or "--hash=sha256:" not in entry
    ]
    assert entries(lock)
    assert not loose


def test_a_lock_names_no_place(lock: str) -> None:
    assert not re.findall(r"://|--(?:extra-)?index|--find-links|--trusted-host|\s@\s", lock)


def test_what_is_asked_for_is_locked() -> None:
    for path in LOCKS:
        asked = path.with_suffix(".in").read_text("utf-8").splitlines()
        names = {line.split("[")[0].strip() for line in asked if line[:1].isalpha()}
        locked = {entry.split("==")[0].split("[")[0] for entry in entries(path.read_text("utf-8"))}
        assert {_plain(name) for name in names} <= {_plain(name) for name in locked}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
