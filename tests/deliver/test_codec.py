"""A letter survives the outbox unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.deliver import codec
from monitor.domain.errors import InputError
from monitor.domain.letter import Attachment, Letter
from tests.deliver.letters import a_letter

FILES = st.builds(Attachment, st.text(), st.text(), st.binary(max_size=200), st.text())
LETTERS = st.builds(
    Letter, st.text(), st.text(), st.text(), st.text(), st.lists(FILES, max_size=3).map(tuple)
)


@given(LETTERS)
def test_a_letter_comes_back_as_it_went_in(letter: Letter) -> None:
    assert codec.decode(codec.encode(letter)) == letter


def test_the_same_letter_is_the_same_bytes() -> None:
    assert codec.encode(a_letter()) == codec.encode(a_letter())


@given(st.binary(max_size=60))
def test_bytes_that_are_no_letter_are_refused_in_words(body: bytes) -> None:
    with pytest.raises(InputError, match="待发内容读不懂"):
        codec.decode(body)


@pytest.mark.parametrize("cut", [1, 40, 300])
def test_a_letter_cut_short_is_refused(cut: int) -> None:
    with pytest.raises(InputError):
        codec.decode(codec.encode(a_letter())[:-cut])


def test_a_letter_of_a_later_version_is_refused() -> None:
    later = codec.encode(a_letter()).replace(b'"format": 1', b'"format": 2')
    with pytest.raises(InputError, match="格式 2"):
        codec.decode(later)
