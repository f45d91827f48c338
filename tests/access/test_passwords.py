"""Passwords are kept as argon2id, checked at one price, and refused where they are weak."""

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import passwords

GOOD = "Quiet-Lake-2026"


def test_the_right_password_is_known_again_and_a_wrong_one_is_not() -> None:
    kept = passwords.hash_password(GOOD)
    assert kept.startswith("$argon2id$")
    assert passwords.verify(kept, GOOD)
    assert not passwords.verify(kept, GOOD + " ")


def test_two_people_with_one_password_are_kept_differently() -> None:
    assert passwords.hash_password(GOOD) != passwords.hash_password(GOOD)


def test_nobody_is_checked_at_the_same_price_as_somebody() -> None:
    stranger = extract_parameters(passwords.STRANGER)
    somebody = extract_parameters(passwords.hash_password(GOOD))
    assert stranger == somebody
    assert not passwords.verify(None, GOOD)


@pytest.mark.parametrize("kept", ["", "no hash at all", "$argon2id$v=19$m=1$broken"])
def test_a_broken_hash_lets_nobody_in(kept: str) -> None:
    assert not passwords.verify(kept, GOOD)
    assert not passwords.verify(kept, "")


def test_a_password_typed_in_full_width_is_the_same_password() -> None:
    kept = passwords.hash_password("Quiet-Lake-2026")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in "Quiet")
    assert passwords.verify(kept, f"{wide}-Lake-2026")


def test_a_text_longer_than_any_password_is_not_hashed() -> None:
    kept = passwords.hash_password("x" * passwords.LONGEST)
    assert passwords.verify(kept, "x" * passwords.LONGEST)
    assert not passwords.verify(kept, "x" * (passwords.LONGEST + 1))


def test_a_hash_of_weaker_settings_is_outdated() -> None:
    weaker = passwords.STRANGER.replace("t=2", "t=1")
    assert passwords.outdated(weaker)
    assert not passwords.outdated(passwords.hash_password(GOOD))


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Short-1", "长度"),
        ("x" * 200, "长度"),
        ("onlysmallletters", "三类"),
        ("Wuhan.Liwei-2026", "登录名"),
        ("Abcabc-李某-2026", "姓名"),
        ("My-Password-2026", "常见"),
        ("Aaaaaaaaaa1", "重复"),
    ],
)
def test_a_weak_password_is_refused_in_words(password: str, said: str) -> None:
    assert said in passwords.fault(password, "wuhan.liwei", "李某")


@given(st.text(max_size=12))
def test_what_the_policy_lets_through_has_three_kinds_of_signs(password: str) -> None:
    if passwords.fault(password, "somebody") == "":
        kinds = [str.isupper, str.islower, str.isdigit]
        found = sum(any(kind(char) for char in password) for kind in kinds)
        assert found + any(not char.isalnum() for char in password) >= 3
        assert len(password) >= 10
