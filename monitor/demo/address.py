"""Where the demonstration's stand-in platforms answer, and how far back they are read."""

from typing import Final

PLATFORMS: Final = ("wechat",)
"""Platforms the stand-in server speaks for."""
DEEPEST_DAYS: Final = 45
"""How far back the interface is read: what lies before stands in the units' files."""


def base_url(port: int, platform: str) -> str:
    """Where a platform's stand-in answers."""
    return f"http://127.0.0.1:{port}/{platform}"
