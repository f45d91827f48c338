"""Keyed hashes: found again by whoever holds the key."""

import hmac
from hashlib import sha256

from monitor.access import keyed

KEY = bytes(range(32))


def test_a_lookup_is_the_hmac_of_kind_and_value() -> None:
    made = hmac.new(KEY, "手机\x0013800000000".encode(), sha256).hexdigest()
    assert keyed.lookup(KEY, "手机", "13800000000") == made


def test_another_key_and_another_kind_hash_otherwise() -> None:
    made = keyed.lookup(KEY, "手机", "13800000000")
    others = {keyed.lookup(bytes(32), "手机", "13800000000"), keyed.lookup(KEY, "x", "13800000000")}
    assert made not in others
