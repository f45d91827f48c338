"""The audit chain: any entry changed, moved, inserted or taken out of the middle is found."""

import json
from dataclasses import astuple, replace
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from monitor.access.chain import START, Entry, Kept, link, walk

TEXTS = st.text(max_size=5)
ENTRIES = st.builds(
    Entry,
    at=st.integers(0, 1 << 60),
    actor_id=st.none() | st.integers(1, 9),
    action=TEXTS,
    object_kind=TEXTS,
    object_id=TEXTS,
    reason=TEXTS,
    behalf_id=st.none() | st.integers(1, 9),
)
Chain = list[tuple[Entry, str, str]]


def first_break(chain: Chain) -> int | None:
    """Where walking along it stops."""
    rows: list[Kept] = [
        (number, before, claimed, *astuple(entry))
        for number, (entry, before, claimed) in enumerate(chain)
    ]
    return walk(rows).broken


def chained(entries: list[Entry]) -> Chain:
    chain: Chain = []
    before = START
    for entry in entries:
        chain.append((entry, before, link(before, entry)))
        before = chain[-1][2]
    return chain


def test_a_hash_is_that_of_the_entry_written_as_compact_json_after_the_hash_before() -> None:
    entry = Entry(5, None, "登录", "person", "7", "")
    text = f'["{START}",5,null,"登录","person","7",""]'
    assert link(START, entry) == sha256(text.encode()).hexdigest()


@given(ENTRIES)
def test_an_entry_is_written_as_a_json_library_would(entry: Entry) -> None:
    told = [START, *astuple(entry)][: 7 + (entry.behalf_id is not None)]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    assert link(START, entry) == sha256(text.encode()).hexdigest()


@given(st.lists(ENTRIES, max_size=6))
def test_an_untouched_chain_holds(entries: list[Entry]) -> None:
    assert first_break(chained(entries)) is None


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_a_changed_entry_is_found_where_it_stands(
    entries: list[Entry], data: st.DataObject
) -> None:
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 1))
    entry, before, its = chain[at]
    chain[at] = (replace(entry, reason=entry.reason + "x"), before, its)
    assert first_break(chain) == at


@given(st.lists(ENTRIES, min_size=2, max_size=6), st.data())
def test_an_entry_taken_out_of_the_middle_is_found(
    entries: list[Entry], data: st.DataObject
) -> None:
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 2))
    del chain[at]
    assert first_break(chain) == at


@given(st.lists(ENTRIES, min_size=1, max_size=6), ENTRIES, st.data())
def test_an_entry_put_in_between_is_found_though_it_follows_the_one_before(
    entries: list[Entry], extra: Entry, data: st.DataObject
) -> None:
    chain = chained(entries)
    at = data.draw(st.integers(0, len(chain) - 1))
    before = chain[at][1]
    chain.insert(at, (extra, before, link(before, extra)))
    assert first_break(chain) == at + 1


def test_two_fields_cannot_trade_characters() -> None:
    one = Entry(1, None, "ab", "c", "", "")
    other = Entry(1, None, "a", "bc", "", "")
    assert link(START, one) != link(START, other)
