"""What is sealed opens with the same key, for the same purpose, untouched; otherwise not at all."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import ciphers
from monitor.access.ciphers import KeyRing
from monitor.domain.errors import CannotRun

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
RING = KeyRing((OLD,))
NONCE = bytes(range(12))


@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_sealed_opens_again(plain: bytes, purpose: str) -> None:
    sealed = ciphers.seal(RING, NONCE, plain, purpose)
    assert ciphers.unseal(RING, sealed, purpose) == plain
    assert len(plain) < 8 or plain not in sealed


@given(st.integers(0, 38), st.integers(1, 255))
def test_one_changed_byte_opens_nothing(place: int, change: int) -> None:
    sealed = bytearray(ciphers.seal(RING, NONCE, b"secret", "p"))
    sealed[place] ^= change
    with pytest.raises(CannotRun, match="打不开"):
        ciphers.unseal(RING, bytes(sealed), "p")


@pytest.mark.parametrize("cut", [b"", b"\x01", b"\x01" + NONCE, b"\x02", b"\x02" + bytes(16)])
def test_a_cut_text_opens_nothing(cut: bytes) -> None:
    with pytest.raises(CannotRun):
        ciphers.unseal(RING, cut, "p")


def test_another_key_or_another_purpose_opens_nothing() -> None:
    sealed = ciphers.seal(RING, NONCE, b"secret", "credential:wechat:7")
    with pytest.raises(CannotRun):
        ciphers.unseal(KeyRing((bytes(32),)), sealed, "credential:wechat:7")
    with pytest.raises(CannotRun):
        ciphers.unseal(RING, sealed, "credential:wechat:8")


def test_a_new_key_seals_and_the_old_one_beside_it_still_opens() -> None:
    old = ciphers.seal(RING, NONCE, b"secret", "p")
    both = KeyRing((NEW, OLD))
    new = ciphers.seal(both, NONCE, b"secret", "p")
    assert (new[:5], old[:5]) == (both.head, RING.head)
    assert ciphers.unseal(both, old, "p") == ciphers.unseal(both, new, "p") == b"secret"
    assert ciphers.unseal(KeyRing((NEW,)), new, "p") == b"secret"


def test_a_missing_key_is_asked_for_by_its_name_and_never_shown() -> None:
    sealed = ciphers.seal(RING, NONCE, b"secret", "p")
    with pytest.raises(CannotRun) as told:
        ciphers.unseal(KeyRing((NEW,)), sealed, "p")
    assert RING.names[0] in str(told.value)
    assert OLD.hex() not in repr(RING) + str(told.value)


def test_what_an_earlier_version_sealed_still_opens() -> None:
    first = b"\x01" + NONCE + AESGCM(OLD).encrypt(NONCE, b"secret", b"p")
    assert ciphers.unseal(KeyRing((NEW, OLD)), first, "p") == b"secret"
    with pytest.raises(CannotRun):
        ciphers.unseal(KeyRing((NEW, OLD)), first, "q")


def test_keys_and_nonces_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="nonce"):
        ciphers.seal(RING, b"short", b"", "p")
    for keys in ((), (b"short",), (OLD, b"")):
        with pytest.raises(ValueError, match="ring"):
            KeyRing(keys)
