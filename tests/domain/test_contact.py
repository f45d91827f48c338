"""Contacts are written one way, shown masked, and refused without a digit being repeated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.domain.contact import ContactKind, hidden, masked, normalised
from monitor.domain.errors import InputError

MOBILE, OFFICE, MAIL = ContactKind.MOBILE, ContactKind.OFFICE, ContactKind.MAIL


@pytest.mark.parametrize(
    ("kind", "typed", "kept", "shown"),
    [
        (MOBILE, " 138 0000 0000 ", "13800000000", "138****0000"),
        (MOBILE, "+86-138-0000-0000", "13800000000", "138****0000"),
        (
            MOBILE,
            "".join(chr(0xFEE0 + ord(sign)) for sign in "13800000000"),
            "13800000000",
            "138****0000",
        ),
        (OFFICE, "027-00001234", "027-00001234", "027-****1234"),
        (OFFICE, "(027)00001234", "027-00001234", "027-****1234"),
        (OFFICE, "02700001234", "02700001234", "027****1234"),
        (OFFICE, "00001234", "00001234", "****1234"),
        (OFFICE, "96110", "96110", "****"),
        (MAIL, "Wang@Example.gov.cn", "wang@example.gov.cn", "w***@example.gov.cn"),
    ],
)
def test_a_contact_is_written_one_way_and_shown_masked(
    kind: ContactKind, typed: str, kept: str, shown: str
) -> None:
    assert normalised(kind, typed) == kept
    assert masked(kind, kept) == shown


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(MOBILE, "4.2E+11"), (MOBILE, "1380000000"), (OFFICE, "无"), (OFFICE, "1"), (MAIL, "a@b")],
)
def test_what_is_no_contact_is_refused_and_not_repeated(kind: ContactKind, typed: str) -> None:
    with pytest.raises(InputError) as told:
        normalised(kind, typed)
    assert typed not in str(told.value)


@given(st.from_regex(r"1\d{10}", fullmatch=True))
def test_a_mask_hides_the_middle_of_every_mobile(number: str) -> None:
    kept = normalised(MOBILE, number)
    assert kept[3:7] not in masked(MOBILE, kept).replace(kept[:3], "", 1).replace(kept[-4:], "", 1)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("王某13800001234", "王某138****1234"),
        ("王某 138 0000 1234(微信同号)", "王某 138****1234(微信同号)"),
        ("027-00001234 转 8012", "027-****1234 转 8012"),
        ("办公室85551234", "办公室****1234"),
        ("鄂公宣〔2026〕12号 20261122", "鄂公宣〔2026〕12号 20261122"),
        (
            "421024000000 demo_13800001234 gh_1380000123",
            "421024000000 demo_13800001234 gh_1380000123",
        ),
        ("", ""),
    ],
)
def test_numbers_among_words_are_masked_and_nothing_else(words: str, shown: str) -> None:
    assert hidden(words) == shown
    assert hidden(shown) == shown
