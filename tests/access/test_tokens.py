"""A form belongs to one browser: half a proof is none."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import tokens

KEY = b"k" * 32


def test_of_a_token_only_its_hash_is_kept() -> None:
    assert tokens.digest("abc") == sha256(b"abc").hexdigest()


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_form_holds_for_its_own_browser_only(mine: str, other: str) -> None:
    field = tokens.form_token(KEY, mine)
    assert tokens.form_holds(KEY, mine, field)
    assert tokens.form_holds(KEY, other, field) == (mine == other)
    assert not tokens.form_holds(b"x" * 32, mine, field)


@pytest.mark.parametrize("cookie", [None, "", "browser"])
@pytest.mark.parametrize("field", [None, "", "guess"])
def test_a_form_with_a_half_missing_or_guessed_is_refused(
    cookie: str | None, field: str | None
) -> None:
    assert not tokens.form_holds(KEY, cookie, field)


def test_a_form_cannot_be_bound_to_nothing() -> None:
    with pytest.raises(ValueError, match="bound"):
        tokens.form_token(KEY, "")


def test_two_blanks_are_not_the_same_secret() -> None:
    assert not tokens.same("", "")
    assert tokens.same("a", "a")
    assert not tokens.same("a", "b")
