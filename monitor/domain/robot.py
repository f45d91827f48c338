"""Robot 群机器人: one group's robot, that a unit entered, and what it is told in one go."""

from dataclasses import dataclass
from typing import Final

ROBOTS: Final = {
    "wecom": "企业微信",
    "dingtalk": "钉钉",
    "feishu": "飞书",
    "webhook": "通用接口",
}
"""What robots are called on screen, by the channel they leave by."""


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot in the group of the unit at `path`: it hears of the tasks below that unit."""

    id: int
    channel: str
    name: str
    path: str

    @property
    def recipient(self) -> str:
        """How the outbox names it: its address is sealed."""
        return f"robot:{self.id}"
