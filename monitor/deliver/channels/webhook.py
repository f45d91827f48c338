"""Channel webhook 通用接口: a JSON document to an address of the settings, signed by its bytes.

`{"id", "title", "text", "sent_at"}`: `id` is the same for a message sent again. With a secret the
headers carry `X-Sentinel-Timestamp` (seconds) and `X-Sentinel-Signature`: hexadecimal HMAC-SHA256
of `timestamp.body`. Any answer of 2xx is a receipt; what its body says is not looked at.
"""

import hmac
import json
from datetime import datetime
from hashlib import sha256
from typing import Final

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.robot import ROBOTS, Place, Sort, ask, place_of, settle, words
from monitor.domain.instants import to_second
from monitor.domain.letter import Letter

SORT: Final = Sort(
    "webhook",
    "通用接口",
    "",
    most=20_000,
    sealed_half="签名密钥",  # what the field is called
)
ID_LENGTH: Final = 32


class Webhook:
    """Hands a message to whatever the office set up."""

    name = SORT.name

    def __init__(self, place: Place) -> None:
        self._place = place

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Hand over the group text. DeliveryError where it did not arrive, or nobody knows."""
        said = {
            "id": sha256(dedupe_key.encode()).hexdigest()[:ID_LENGTH],
            "title": letter.subject,
            "text": words(SORT, letter, recipient),
            "sent_at": to_second(at),
        }
        body = json.dumps(said, ensure_ascii=False).encode()
        ask(SORT, self._place, body, signature(self._place.secret, body, at))
        return settle(SORT, 0, {})


def signature(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers that sign a body, where the robot has a secret."""
    if not secret:
        return {}
    stamp = str(to_second(at))
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, sha256).hexdigest()
    return {"X-Sentinel-Timestamp": stamp, "X-Sentinel-Signature": made}


def open_channel(means: Means) -> Webhook:
    """The channel; CannotRun without a robot's means."""
    return Webhook(place_of(SORT, means.options.get(SORT.name)))


ROBOTS.add(SORT.name, SORT)
CHANNELS.add(SORT.name, open_channel)
