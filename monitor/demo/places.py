"""Where the invented accounts live: real divisions by code and name, and invented sub-units.

Verdicts worse than 提醒 fall on invented sub-units only: a picture of this demonstration must never
say that a real bureau left its account alone.
"""

from dataclasses import dataclass
from typing import Final

from monitor.domain.unit import Level, Unit

MARK: Final = "(演示)"
"""Every name the demonstration invents ends with this."""

PROVINCE_CODE: Final = "420000000000"


@dataclass(frozen=True, slots=True)
class Place:
    """A real division: its 6-digit code, its everyday name, its prefecture's name, its organ."""

    code: str
    name: str
    region_name: str
    organ: str

    @property
    def unit_code(self) -> str:
        """The organ's 12 digits."""
        return f"{self.code}000000"

    @property
    def county(self) -> str:
        """The county's full name, out of the name of its organ; '' for a prefecture."""
        if self.code[4:] == "00" or self.code.startswith("4290"):
            return ""
        if self.organ.endswith("公安局"):
            return self.organ.removesuffix("公安局")
        return self.organ.partition("公安局")[2].removesuffix("分局")

    @property
    def region(self) -> str:
        """The prefecture's 6 digits; those cities without one above them are their own."""
        return self.code if self.code.startswith("4290") else f"{self.code[:4]}00"


ORGANS: Final = {"422800": "恩施土家族苗族自治州公安局"}
"""Organs whose name is not that of everyday speech."""

PREFECTURES: Final = tuple(
    Place(code, name, region, ORGANS.get(code, f"{region}公安局"))
    for code, name, region in (
        ("420100", "武汉", "武汉市"),
        ("420200", "黄石", "黄石市"),
        ("420300", "十堰", "十堰市"),
        ("420500", "宜昌", "宜昌市"),
        ("420600", "襄阳", "襄阳市"),
        ("420700", "鄂州", "鄂州市"),
        ("420800", "荆门", "荆门市"),
        ("420900", "孝感", "孝感市"),
        ("421000", "荆州", "荆州市"),
        ("421100", "黄冈", "黄冈市"),
        ("421200", "咸宁", "咸宁市"),
        ("421300", "随州", "随州市"),
        ("422800", "恩施州", "恩施州"),
        ("429004", "仙桃", "仙桃市"),
        ("429005", "潜江", "潜江市"),
        ("429006", "天门", "天门市"),
        ("429021", "神农架", "神农架林区"),
    )
)

COUNTIES: Final = tuple(
    Place(code, name, region, organ)
    for code, name, region, organ in (
        ("420106", "武昌", "武汉市", "武汉市公安局武昌区分局"),
        ("420116", "黄陂", "武汉市", "武汉市公安局黄陂区分局"),
        ("420281", "大冶", "黄石市", "大冶市公安局"),
        ("420381", "丹江口", "十堰市", "丹江口市公安局"),
        ("420525", "远安", "宜昌市", "远安县公安局"),
        ("420581", "宜都", "宜昌市", "宜都市公安局"),
        ("420607", "襄州", "襄阳市", "襄阳市公安局襄州区分局"),
        ("420624", "南漳", "襄阳市", "南漳县公安局"),
        ("420881", "钟祥", "荆门市", "钟祥市公安局"),
        ("420922", "大悟", "孝感市", "大悟县公安局"),
        ("420984", "汉川", "孝感市", "汉川市公安局"),
        ("421002", "沙市", "荆州市", "荆州市公安局沙市区分局"),
        ("421022", "公安县", "荆州市", "公安县公安局"),
        ("421024", "江陵", "荆州市", "江陵县公安局"),
        ("421083", "洪湖", "荆州市", "洪湖市公安局"),
        ("421126", "蕲春", "黄冈市", "蕲春县公安局"),
        ("421181", "麻城", "黄冈市", "麻城市公安局"),
        ("421221", "嘉鱼", "咸宁市", "嘉鱼县公安局"),
        ("421321", "随县", "随州市", "随县公安局"),
        ("422801", "恩施", "恩施州", "恩施市公安局"),
    )
)

DEPARTMENTS: Final = {
    "荆楚交警": ("420000050000", "湖北省公安厅交通管理局(总队)", "交管"),
    "湖北禁毒": ("420000060000", "湖北省公安厅禁毒总队", "禁毒"),
    "荆楚出入境": ("420000070000", "湖北省公安厅出入境管理局", "出入境"),
    "湖北反诈": ("420000100000", "湖北省公安厅反诈中心", "反诈"),
}
"""Departments that have accounts: their account's name, code, organ and line."""

INVENTED: Final = {
    "临江": "421024",
    "城南": "421002",
    "河西": "420106",
    "青云": "420281",
    "古渡": "420984",
    "杨柳": "420116",
    "石桥": "420624",
    "东岭": "420525",
    "新港": "421083",
    "云台": "420381",
    "桃园": "421126",
    "白鹤": "421321",
}
"""Invented places, and the county each is put under."""

SUB_UNITS: Final = {
    "派出所": ("010001", Level.STATION, ""),
    "交警中队": ("020001", Level.TEAM, "交管"),
    "交警大队": ("030001", Level.TEAM, "交管"),
}
"""Kinds of invented sub-units: the last six digits of the code, level, line."""

_BY_CODE: Final = {place.code: place for place in (*PREFECTURES, *COUNTIES)}


def place_of(unit_code: str) -> Place | None:
    """The real division a unit stands in; None for the province itself."""
    return _BY_CODE.get(unit_code[:6])


def sub_unit_code(place: str, kind: str) -> str:
    """The 12 digits of an invented sub-unit."""
    return INVENTED[place] + SUB_UNITS[kind][0]


def invented_units() -> list[Unit]:
    """All invented sub-units."""
    return [_invented(place, kind) for place in INVENTED for kind in SUB_UNITS]


def _invented(place: str, kind: str) -> Unit:
    parent = _BY_CODE[INVENTED[place]]
    _, level, line = SUB_UNITS[kind]
    return Unit(
        code=sub_unit_code(place, kind),
        name=f"{place}{kind}{MARK}",
        level=level,
        parent_code=parent.unit_code,
        line=line,
        region=f"{parent.region}000000",
        region_name=parent.region_name,
        county_name=parent.county,
    )
