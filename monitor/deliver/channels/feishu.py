"""Channel feishu 飞书自定义机器人: a text by webhook, a secret signs the second in the body."""

import hmac
import json
from base64 import b64encode
from datetime import datetime
from typing import Any, Final

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS, Place, Sort, ask, place_of, settle, words
from monitor.domain.instants import to_second
from monitor.domain.letter import Letter

SORT: Final = Sort(
    "feishu",
    "飞书",
    "https://open.feishu.cn/open-apis/bot/v2/hook/",
    most=18_000,
    sealed_half="签名校验密钥",  # what the field is called
)
CODES: Final = {
    9499: ("消息格式不对", False),
    19001: ("机器人地址无效", False),
    19021: ("签名不符或时间相差超过1小时", False),
    19022: ("本机地址不在机器人的IP白名单", False),
    19024: ("内容不含机器人要求的关键词", False),
    11232: ("发送太频繁", True),
}


class Feishu:
    """Speaks as a group's robot."""

    name = SORT.name

    def __init__(self, place: Place) -> None:
        self._place = place

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Say the group text. DeliveryError where it did not arrive, or nobody knows."""
        del dedupe_key
        said: dict[str, Any] = {
            "msg_type": "text",
            "content": {"text": words(SORT, letter, recipient)},
            **signature(self._place.secret, at),
        }
        answer = ask(SORT, self._place, json.dumps(said, ensure_ascii=False).encode())
        return settle(SORT, answer.get("code"), CODES)


def signature(secret: str, at: datetime) -> dict[str, str]:
    """The second and its signature; the secret is part of the key, and the message is empty."""
    if not secret:
        return {}
    stamp = str(to_second(at))
    made = hmac.digest(f"{stamp}\n{secret}".encode(), b"", "sha256")
    return {"timestamp": stamp, "sign": b64encode(made).decode()}


def open_channel(means: Means) -> Feishu:
    """The channel; CannotRun without a robot's means."""
    return Feishu(place_of(SORT, means.options.get(SORT.name)))


ROBOTS.add(SORT.name, SORT)
CHANNELS.add(SORT.name, open_channel)
