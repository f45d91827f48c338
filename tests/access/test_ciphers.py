"""What is sealed opens with the same key, for the same purpose, untouched; otherwise not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import ciphers
from monitor.domain.errors import CannotRun

KEY = bytes(range(32))
NONCE = bytes(range(12))


@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_sealed_opens_again(plain: bytes, purpose: str) -> None:
    sealed = ciphers.seal(KEY, NONCE, plain, purpose)
    assert ciphers.unseal(KEY, sealed, purpose) == plain
    assert len(plain) < 8 or plain not in sealed


@given(st.integers(0, 34), st.integers(1, 255))
def test_one_changed_byte_opens_nothing(place: int, change: int) -> None:
    sealed = bytearray(ciphers.seal(KEY, NONCE, b"secret", "p"))
    sealed[place] ^= change
    with pytest.raises(CannotRun, match="打不开"):
        ciphers.unseal(KEY, bytes(sealed), "p")


@pytest.mark.parametrize("cut", [b"", b"\x01", b"\x01" + NONCE])
def test_a_cut_text_opens_nothing(cut: bytes) -> None:
    with pytest.raises(CannotRun):
        ciphers.unseal(KEY, cut, "p")


def test_another_key_or_another_purpose_opens_nothing() -> None:
    sealed = ciphers.seal(KEY, NONCE, b"secret", "credential:wechat:7")
    with pytest.raises(CannotRun):
        ciphers.unseal(bytes(32), sealed, "credential:wechat:7")
    with pytest.raises(CannotRun):
        ciphers.unseal(KEY, sealed, "credential:wechat:8")


@pytest.mark.parametrize(("key", "nonce"), [(b"short", NONCE), (KEY, b"short")])
def test_a_key_or_nonce_of_the_wrong_length_is_refused(key: bytes, nonce: bytes) -> None:
    with pytest.raises(ValueError, match="bytes"):
        ciphers.seal(key, nonce, b"", "p")
