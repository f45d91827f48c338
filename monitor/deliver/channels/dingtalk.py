"""Channel dingtalk 钉钉自定义机器人: a text by webhook, signed with the time and a secret."""

import hmac
import json
from base64 import b64encode
from datetime import datetime
from typing import Final
from urllib.parse import quote_plus

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS, Place, Sort, ask, place_of, settle, words
from monitor.domain.instants import to_micro
from monitor.domain.letter import Letter

SORT: Final = Sort(
    "dingtalk",
    "钉钉",
    "https://oapi.dingtalk.com/robot/send?access_token=",
    most=6000,
    sealed_half="加签密钥",  # what the field is called
)
CODES: Final = {
    310000: ("安全设置不符(关键词、加签或IP)", False),
    130101: ("发送太频繁", True),
    300001: ("机器人地址无效", False),
    400101: ("机器人地址不完整", False),
    43004: ("消息格式不对", False),
    40035: ("消息参数不对", False),
}


class Dingtalk:
    """Speaks as a group's robot."""

    name = SORT.name

    def __init__(self, place: Place) -> None:
        self._place = place

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Say the group text. DeliveryError where it did not arrive, or nobody knows."""
        del dedupe_key
        said = {"msgtype": "text", "text": {"content": words(SORT, letter, recipient)}}
        body = json.dumps(said, ensure_ascii=False).encode()
        answer = ask(SORT, signed(self._place, at), body)
        return settle(SORT, answer.get("errcode"), CODES)


def signed(place: Place, at: datetime) -> Place:
    """The address with milliseconds and their signature, where the robot has a secret."""
    if not place.secret:
        return place
    stamp = str(to_micro(at) // 1000)
    made = hmac.digest(place.secret.encode(), f"{stamp}\n{place.secret}".encode(), "sha256")
    sign = quote_plus(b64encode(made))
    return Place(f"{place.url}&timestamp={stamp}&sign={sign}", place.secret)


def open_channel(means: Means) -> Dingtalk:
    """The channel; CannotRun without a robot's means."""
    return Dingtalk(place_of(SORT, means.options.get(SORT.name)))


ROBOTS.add(SORT.name, SORT)
CHANNELS.add(SORT.name, open_channel)
