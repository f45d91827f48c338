"""回执表: the columns of a campaign's sheet that goes out to units and comes back filled in."""

from dataclasses import dataclass
from typing import Final

UNIT: Final = "主办单位"
PLATFORM: Final = "平台"
ACCOUNT: Final = "账号名称"
TASK: Final = "任务编号"
DUE: Final = "截止时间"
OUT: Final = "是否已发布"
URL: Final = "作品链接"
NOTE: Final = "说明"
KNOWN: Final = (UNIT, PLATFORM, ACCOUNT, TASK, DUE)
"""What stands in it already."""
FILLED: Final = (OUT, URL, NOTE)
"""What a unit fills in."""
YES: Final = "是"
NO: Final = "否"
TEMPLATE: Final = "sentinel-receipt-1"
HIDDEN: Final = "模板"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it was typed; `row` as a spreadsheet counts, `task` 0 where it is no number."""

    row: int
    task: int
    account: str
    out: str = ""
    url: str = ""
    note: str = ""
