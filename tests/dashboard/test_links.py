"""Addresses that a mail can carry, and that somebody may have typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import links
from monitor.access.redirects import safe_path


def test_an_address_leaves_out_what_is_not_asked() -> None:
    assert links.to("home") == "/"
    assert links.to("health", status="", region=None) == "/health"
    assert links.account(7) == "/accounts?id=7"
    assert links.problems("睡眠", region="420100") == (
        "/health?region=420100&status=%E7%9D%A1%E7%9C%A0"
    )


@given(st.text(max_size=20), st.text(max_size=20))
def test_every_address_of_ours_survives_signing_in(status: str, region: str) -> None:
    for address in (links.problems(status, region), links.undecided(region), links.account(3)):
        assert safe_path(address) == address


@pytest.mark.parametrize(
    ("typed", "number"),
    [("7", 7), ("", None), ("-1", None), ("x", None), ("\uff19", None), ("9" * 30, None)],
)
def test_a_number_in_an_address_is_a_number_or_nothing(typed: str, number: int | None) -> None:
    assert links.number({"id": typed}, "id") == number
    assert links.number({}, "id") is None


def test_a_choice_in_an_address_is_one_of_those_there_are() -> None:
    assert links.choice({"tab": "b"}, "tab", ("a", "b")) == "b"
    assert links.choice({"tab": "x"}, "tab", ("a", "b")) == "a"
    assert links.choice({}, "tab", ("a", "b")) == "a"
