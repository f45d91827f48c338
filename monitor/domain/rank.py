"""Rank 级别: on whose word a rule of the office's sheets stands."""

from typing import Final

RANKS: Final = ("国家规定", "省级规定", "外地做法", "本厅设定")
