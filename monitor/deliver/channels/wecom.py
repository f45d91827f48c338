"""Channel wecom 企业微信群机器人: a text by webhook; errors stand inside an answer of 200."""

import json
from datetime import datetime
from typing import Final

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS, Place, Sort, ask, place_of, settle, words
from monitor.domain.letter import Letter

SORT: Final = Sort(
    "wecom", "企业微信", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=", most=2048
)
CODES: Final = {
    93000: ("机器人地址无效或机器人已被移出群", False),
    45009: ("发送太频繁", True),
    40008: ("消息类型不对", False),
    40058: ("内容超出限制", False),
    44004: ("内容为空", False),
}


class Wecom:
    """Speaks as a group's robot."""

    name = SORT.name

    def __init__(self, place: Place) -> None:
        self._place = place

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Say the group text. DeliveryError where it did not arrive, or nobody knows."""
        del dedupe_key, at
        said = {"msgtype": "text", "text": {"content": words(SORT, letter, recipient)}}
        body = json.dumps(said, ensure_ascii=False).encode()
        answer = ask(SORT, self._place, body)
        return settle(SORT, answer.get("errcode"), CODES)


def open_channel(means: Means) -> Wecom:
    """The channel; CannotRun without a robot's means."""
    return Wecom(place_of(SORT, means.options.get(SORT.name)))


ROBOTS.add(SORT.name, SORT)
CHANNELS.add(SORT.name, open_channel)
