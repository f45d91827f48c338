"""Unit 单位: a police organ in the tree 省厅 -> 市州局 -> 县市区局 -> 派出所/大队, and its line."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

UNPLACED_CODE: Final = "000000000000"
"""The unit of accounts nobody has placed yet: they are nobody's neighbours."""


class Level(StrEnum):
    """Where a unit stands."""

    PROVINCE = "省厅"
    DEPARTMENT = "厅直"
    PREFECTURE = "市州局"
    BRANCH = "支队"
    COUNTY = "县级局"
    TEAM = "大队"
    STATION = "派出所"


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as one revision of the registry states it.

    `code` is the 12-digit organ code as text. `path` holds the ids from the root down, '/1/7/42/',
    and ends in '/', so that a sub-tree is a range of texts. `region` is the code of the prefecture
    it belongs to ('' for the province itself); both names are for people.
    """

    code: str
    name: str
    level: Level
    parent_code: str | None = None
    line: str = ""
    region: str = ""
    region_name: str = ""
    county_name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    id: int | None = None
    path: str = ""
