"""巡查表: the columns of the printed form, and its lines; drawn by `report`, read by `collect`."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.patrol import Comments, Moment, Seen

TEMPLATE: Final = "sentinel-patrol/1"
"""Stands in a hidden sheet: by it a returned form is told from other tables."""
TEMPLATE_SHEET: Final = "模板标识"

NUMBER: Final = "序号"
REGION: Final = "市州"
COUNTY: Final = "县市区"
UNIT: Final = "主办单位"
PLATFORM: Final = "平台"
NAME: Final = "账号名称"
UID: Final = "账号ID"
HOMEPAGE: Final = "主页链接"
BEFORE: Final = "上次所见发布时间"
LOOKED: Final = "查看时间"
NEWEST: Final = "最近一条发布时间"
POST: Final = "最近一条标题或链接"
SECOND: Final = "第二条发布时间"
COMMENTS: Final = "能否评论留言"
SEEN: Final = "账号情况"
NAME_NOW: Final = "现用名称"
LOOKER: Final = "查看人"
REMARK: Final = "备注"
KEY: Final = "系统编号"
"""Hidden: the account's id, so that a name that was corrected by hand still finds it."""

GIVEN: Final = (NUMBER, REGION, COUNTY, UNIT, PLATFORM, NAME, UID, HOMEPAGE, BEFORE)
FILLED: Final = (LOOKED, NEWEST, POST, SECOND, COMMENTS, SEEN, NAME_NOW, LOOKER, REMARK)
COLUMNS: Final = (*GIVEN, *FILLED, KEY)
CHOICES: Final = {
    COMMENTS: tuple(each.value for each in Comments),
    SEEN: tuple(each.value for each in Seen),
}
EMPTY_PAGE: Final = frozenset({"无", "主页无任何作品", "无任何作品", "没有作品"})
NO_SECOND: Final = frozenset({"无", "没有", "无第二条"})


@dataclass(frozen=True, slots=True)
class Line:
    """An account on the form before anybody looked; texts as they are printed."""

    account_id: int
    region: str
    county: str
    unit: str
    platform: str
    name: str
    uid: str
    homepage: str
    before: str


@dataclass(frozen=True, slots=True)
class FilledLine:
    """A line somebody filled in, and where it stands. `account_id` None: the number was lost."""

    sheet: str
    row: int
    account_id: int | None
    platform: str
    name: str
    uid: str
    looked: Moment
    seen: Seen
    newest: Moment | None
    empty: bool
    post: str
    second: Moment | None
    comments: Comments
    name_now: str
    looker: str
    remark: str
