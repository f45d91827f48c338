"""What platforms push is opened only where it was signed and encrypted for us."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.access import pushed
from monitor.access.pushed import WechatWords
from monitor.demo.servers import wechat_push
from monitor.domain.errors import Forbidden

WORDS = WechatWords(wechat_push.APP_ID, wechat_push.TOKEN, wechat_push.AES_KEY)
AT = 1_795_395_600


def test_a_message_of_the_platform_is_opened() -> None:
    sent = wechat_push.push(wechat_push.ticket_message("ticket@@@x", AT), AT)
    fields = pushed.wechat(sent.query, sent.body, WORDS)
    assert fields == {
        "AppId": wechat_push.APP_ID,
        "CreateTime": str(AT),
        "InfoType": "component_verify_ticket",
        "ComponentVerifyTicket": "ticket@@@x",
    }


@pytest.mark.parametrize("name", ["timestamp", "nonce", "msg_signature"])
def test_a_touched_query_is_refused(name: str) -> None:
    sent = wechat_push.push(wechat_push.ticket_message("ticket", AT), AT)
    with pytest.raises(Forbidden):
        pushed.wechat({**sent.query, name: "1"}, sent.body, WORDS)


@pytest.mark.parametrize(
    "words",
    [
        WechatWords("another", wechat_push.TOKEN, wechat_push.AES_KEY),
        WechatWords(wechat_push.APP_ID, "another", wechat_push.AES_KEY),
        WechatWords(wechat_push.APP_ID, "", wechat_push.AES_KEY),
        WechatWords(wechat_push.APP_ID, wechat_push.TOKEN, wechat_push.AES_KEY[::-1]),
        WechatWords(wechat_push.APP_ID, wechat_push.TOKEN, "short"),
    ],
)
def test_a_message_for_somebody_else_is_refused(words: WechatWords) -> None:
    sent = wechat_push.push(wechat_push.ticket_message("ticket", AT), AT)
    with pytest.raises(Forbidden):
        pushed.wechat(sent.query, sent.body, words)


@given(st.binary(max_size=200))
def test_noise_is_refused_and_never_a_surprise(noise: bytes) -> None:
    with pytest.raises(Forbidden):
        pushed.wechat({"msg_signature": "x"}, noise, WORDS)


def test_a_cipher_cut_short_is_refused_though_it_was_signed() -> None:
    from hashlib import sha1

    sent = wechat_push.push(wechat_push.ticket_message("ticket", AT), AT)
    cipher = re.findall(rb"CDATA\[([A-Za-z0-9+/=]{80,})\]", sent.body)[0].decode()[:-30]
    parts = sorted([WORDS.token, sent.query["timestamp"], sent.query["nonce"], cipher])
    query = {**sent.query, "msg_signature": sha1("".join(parts).encode()).hexdigest()}
    with pytest.raises(Forbidden):
        pushed.wechat(query, f"<xml><Encrypt>{cipher}</Encrypt></xml>".encode(), WORDS)


def test_a_body_of_douyin_bears_the_applications_signature_or_none() -> None:
    from hashlib import sha1

    signature = sha1(b"secret" + b"body").hexdigest()
    assert pushed.douyin("secret", b"body", signature)
    assert not pushed.douyin("secret", b"body2", signature)
    assert not pushed.douyin("", b"body", sha1(b"body").hexdigest())
