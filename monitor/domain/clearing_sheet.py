"""自查表: the columns of a 清理排查's sheet that goes out to units and comes back filled in."""

from dataclasses import dataclass
from typing import Final

LINE: Final = "行号"
VERSION: Final = "版次"
ACCOUNT: Final = "账号名称"
ANSWER: Final = "自查情况"
NOTE: Final = "说明"
KNOWN: Final = (LINE, VERSION, "主办单位", "平台", ACCOUNT, "台账状态")
"""What stands in it already; the first two are hidden."""
FILLED: Final = (ANSWER, NOTE)
"""What a unit fills in."""
TOKEN: Final = "clearing-"
"""What the hidden token begins with; the project's id follows."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was typed; `row` as a spreadsheet counts, -1 where no number is."""

    row: int
    line_id: int
    version: int
    account: str
    answer: str
    note: str
