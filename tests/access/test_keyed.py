"""Keyed hashes: the same for the same, nothing told about the value, useless elsewhere."""

import hmac
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import keyed

SALT, OTHER = bytes(range(32)), bytes(32)


@given(st.text(min_size=1), st.sampled_from(["wechat", "weibo"]))
def test_one_commenter_is_one_hash_here_and_another_elsewhere(raw: str, platform: str) -> None:
    here = keyed.commenter(SALT, platform, raw)
    assert here == keyed.commenter(SALT, platform, raw)
    assert len(here) == keyed.COMMENTER
    assert here not in {keyed.commenter(OTHER, platform, raw), keyed.commenter(SALT, "douyin", raw)}
    plain = sha256(raw.encode()).hexdigest()
    assert here != plain[: keyed.COMMENTER]


def test_a_lookup_is_the_hmac_of_kind_and_value() -> None:
    made = hmac.new(SALT, "手机\x0013800000000".encode(), sha256).hexdigest()
    assert keyed.lookup(SALT, "手机", "13800000000") == made


@pytest.mark.parametrize(("salt", "raw"), [(b"", "o1"), (SALT, "")])
def test_no_salt_and_nobody_have_no_hash(salt: bytes, raw: str) -> None:
    with pytest.raises(ValueError, match=r"salt|nobody"):
        keyed.commenter(salt, "wechat", raw)
