"""Colours, once for every chart and badge; told apart by lightness too, so that no eye is left out.

Blue is calm, amber to dark red is silence growing, grey is what nobody knows. Red and green never
stand against each other.
"""

from typing import Final

INK: Final = "#1c2733"
FAINT: Final = "#5b6b7c"
RULE: Final = "#e3e8ef"
PAPER: Final = "rgba(0,0,0,0)"
FONT: Final = "Microsoft YaHei, PingFang SC, Noto Sans CJK SC, Source Han Sans SC, sans-serif"

STATUS: Final[dict[str, str]] = {
    "正常": "#3f7fb8",
    "提醒": "#ecc55a",
    "内容不更新": "#e0892e",
    "睡眠": "#c65a2a",
    "僵尸": "#97342d",
    "长期停更": "#6a2440",
    "从未更新": "#40192f",
    "不合格": "#c65a2a",
    "暂不作认定": "#97a3b0",
    "不纳入": "#d5dce4",
    "尚未比对": "#e9edf2",
}
"""Statuses from best to worst, then those that say nothing; the order charts keep."""

NOT_SEEN: Final = "#eef1f5"
PARTLY_SEEN: Final = "#d3dae3"
SEEN_NONE: Final = "#f6dfb4"
POSTED: Final = ("#a9cbe8", "#6ca3d1", "#3f7fb8", "#1f4e8c")
"""A day nobody looked at; one looked at in part; one without a post; one with 1, 2, 3, 4+."""

LINE: Final = "#1f4e8c"
SECOND_LINE: Final = "#c58b2b"
SEEN_SCALE: Final = ((0.0, "#eef1f5"), (0.001, "#c9d8e8"), (0.999, "#6ca3d1"), (1.0, "#1f4e8c"))


def colour(status: str) -> str:
    """The colour of a status; unknown words are grey."""
    return STATUS.get(status, STATUS["暂不作认定"])
