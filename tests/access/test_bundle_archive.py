"""The archive of a bundle: opened only as it was sealed, and taken only in order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import bundle_archive
from monitor.domain.bundle import PARTS, Bundle, Entry, Manifest, known, refusal
from monitor.domain.errors import InputError

KEY = bytes(range(32))


def a_bundle() -> Bundle:
    rows = {part: [{"n": 1, "text": "行\u2028内换行\n", "part": part}] for part in PARTS}
    return Bundle(Manifest("a1", 2, 1, "f" * 64, 5, {"posts": 1}), rows)


SEALED = bundle_archive.pack(a_bundle(), KEY)


def test_a_sealed_archive_opens_as_it_was_packed() -> None:
    assert bundle_archive.unpack(SEALED, KEY, "x") == a_bundle()
    assert bundle_archive.pack(a_bundle(), KEY) == SEALED


@given(place=st.integers(0, len(SEALED) - 1), by=st.integers(1, 255))
def test_one_changed_byte_anywhere_is_refused(place: int, by: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= by
    with pytest.raises(InputError):
        bundle_archive.unpack(bytes(changed), KEY, "x")


@given(left=st.integers(0, len(SEALED) - 1), more=st.binary(min_size=1, max_size=80))
def test_a_cut_or_a_lengthened_file_is_refused(left: int, more: bytes) -> None:
    for content in (SEALED[:left], SEALED + more, more + SEALED):
        with pytest.raises(InputError):
            bundle_archive.unpack(content, KEY, "x")


@given(key=st.binary(min_size=32, max_size=32), content=st.binary(max_size=300))
def test_another_key_and_any_other_file_are_refused(key: bytes, content: bytes) -> None:
    with pytest.raises(InputError):
        bundle_archive.unpack(content, KEY, "x")
    if key != KEY:
        with pytest.raises(InputError):
            bundle_archive.unpack(SEALED, key, "x")


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 5)), max_size=6))
def test_what_is_taken_always_holds_everything_since_the_beginning(
    steps: list[tuple[int, int]],
) -> None:
    """An oracle: bundle `number` holds the events since+1..number; the desk must miss none."""
    taken: list[Entry] = []
    held: set[int] = set()
    for number, since in steps:
        if since >= number:
            continue
        sha = f"{number}-{since}"
        before = "" if since == 0 else next((e.sha256 for e in taken if e.number == since), "?")
        manifest = Manifest("o", number, since, before, 0)
        if known(manifest, sha, taken) is not False or refusal(manifest, taken):
            continue
        taken.append(Entry(number, since, sha))
        held |= set(range(since + 1, number + 1))
        assert held == set(range(1, max(held) + 1))
