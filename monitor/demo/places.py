"""Where the invented accounts live: real divisions by code and name, and invented place names.

Verdicts worse than 提醒 fall on invented sub-units only: a picture of this demonstration must never
say that a real bureau left its account alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MARK: Final = "(演示)"
"""Every name the demonstration invents ends with this."""

PROVINCE_CODE: Final = "420000000000"
PROVINCE_ORGAN: Final = "湖北省公安厅"
DIRECT: Final = "4290"
"""Cities and a district directly under the province: prefectures here, without counties."""

TABLE: Final = """
420100 武汉市 | 02江岸区 03江汉区 04硚口区 05汉阳区 06武昌区 07青山区 11洪山区 12东西湖区 13汉南区
  14蔡甸区 15江夏区 16黄陂区 17新洲区
  -91东湖新技术开发区 -92东湖风景区 -93水上 -94轨道交通 -95公共交通
420200 黄石市 | 02黄石港区 03西塞山区 04下陆区 05铁山区 22阳新县 81大冶市 -91开发区
420300 十堰市 | 02茅箭区 03张湾区 04郧阳区 22郧西县 23竹山县 24竹溪县 25房县 81丹江口市
  -91经济开发区 -92武当山
420500 宜昌市 | 02西陵区 03伍家岗区 04点军区 05猇亭区 06夷陵区 25远安县 26兴山县 27秭归县
  28长阳土家族自治县 29五峰土家族自治县 81宜都市 82当阳市 83枝江市 -91高新区
420600 襄阳市 | 02襄城区 06樊城区 07襄州区 24南漳县 25谷城县 26保康县 82老河口市 83枣阳市 84宜城市
  -91高新区
420700 鄂州市 | 02梁子湖区 03华容区 04鄂城区 -91葛店
420800 荆门市 | 02东宝区 04掇刀区 22沙洋县 81钟祥市 82京山市
420900 孝感市 | 02孝南区 21孝昌县 22大悟县 23云梦县 81应城市 82安陆市 84汉川市 -91高新区
421000 荆州市 | 02沙市区 03荆州区 22公安县 24江陵县 81石首市 83洪湖市 87松滋市 88监利市 -91开发区
421100 黄冈市 | 02黄州区 21团风县 22红安县 23罗田县 24英山县 25浠水县 26蕲春县 27黄梅县 81麻城市
  82武穴市
421200 咸宁市 | 02咸安区 21嘉鱼县 22通城县 23崇阳县 24通山县 81赤壁市
421300 随州市 | 03曾都区 21随县 81广水市 -91大洪山
422800 恩施州 | 01恩施市 02利川市 22建始县 23巴东县 25宣恩县 26咸丰县 27来凤县 28鹤峰县
429004 仙桃市 |
429005 潜江市 |
429006 天门市 |
429021 神农架林区 |
"""
"""Prefectures and their counties; '-' marks branches without a division of their own."""

DEPARTMENTS: Final = (
    ("010000", "办公室", "", "湖北警方"),
    ("020000", "政治部", "", "荆楚警营"),
    ("030000", "治安总队", "治安", "湖北治安"),
    ("040000", "刑侦总队", "刑侦", "湖北刑侦"),
    ("050000", "交通管理局(总队)", "交管", "荆楚交警"),
    ("060000", "禁毒总队", "禁毒", "湖北禁毒"),
    ("070000", "出入境管理局", "出入境", "荆楚出入境"),
    ("080000", "经侦总队", "经侦", "湖北经侦"),
    ("090000", "网安总队", "网安", "湖北网警"),
    ("100000", "反诈中心", "反诈", "湖北反诈"),
    ("110000", "特勤(巡特警)总队", "特警", "荆楚特警"),
    ("120000", "湖北警官学院", "", "湖北警官学院"),
    ("130000", "机场公安局", "", "湖北机场公安"),
)
"""Departments under the province: end of the code, name, line, and what accounts are called."""

BRANCHES: Final = (
    ("510000", "交通警察支队", "交管", "交警"),
    ("520000", "反诈中心", "反诈", "反诈中心"),
    ("530000", "特警支队", "特警", "特警"),
    ("540000", "禁毒支队", "禁毒", "禁毒"),
    ("550000", "网络安全保卫支队", "网安", "网警巡查执法"),
)
"""Branches of every prefecture, in the same order."""

INVENTED: Final = (
    "临江", "城南", "河西", "青云", "古渡", "杨柳", "石桥", "东岭", "新港", "云台", "桃园", "白鹤",
)  # fmt: skip
"""Invented places: what goes wrong, goes wrong in their stations and teams."""

ORGANS: Final = {
    "422800000000": "恩施土家族苗族自治州公安局",
    "420113000000": "武汉市公安局经济技术开发区(汉南区)分局",
}
"""Organs whose name is not made by the rule."""

KEPT: Final = frozenset({"公安县", "荆州区", "恩施市", "随县", "房县", "东湖风景区"})
"""Counties whose everyday name keeps its last character, lest it be another place's."""

FULL: Final = ("土家族自治县", "新技术开发区", "林区")
SHARED: Final = frozenset({"高新区", "开发区", "经济开发区", "水上", "轨道交通", "公共交通"})
"""Branches that many cities have: people say the city's name before them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A real division: its organ's 12 digits and name, its everyday name, where it lies."""

    unit_code: str
    name: str
    organ: str
    region_code: str
    region_name: str
    county: str = ""

    @property
    def divided(self) -> bool:
        """True where the division has a code of its own, so that sub-units may hang under it."""
        return self.unit_code[6:] == "000000"


def _read() -> Iterator[tuple[Place, tuple[Place, ...]]]:
    for line in TABLE.replace("\n  ", " ").strip().splitlines():
        head, _, rest = line.partition("|")
        code, region = head.split()
        own = f"{code}000000"
        organ = ORGANS.get(own, f"{region}公安局")
        prefecture = Place(own, _everyday_region(region), organ, own, region)
        yield prefecture, tuple(_county(prefecture, word) for word in rest.split())


def _everyday_region(region: str) -> str:
    return region if region == "恩施州" else region.removesuffix("林区").removesuffix("市")


def _county(above: Place, word: str) -> Place:
    digits, name = word.lstrip("-")[:2], word.lstrip("-")[2:]
    own = word.startswith("-")
    code = f"{above.unit_code[:6]}{digits}0000" if own else f"{above.unit_code[:4]}{digits}000000"
    organ = f"{name}公安局"
    if own or name.endswith("区"):
        organ = f"{above.region_name}公安局{name}分局"
    everyday = f"{above.name}{name}" if name in SHARED else _everyday(name)
    organ = ORGANS.get(code, organ)
    return Place(code, everyday, organ, above.unit_code, above.region_name, name)


def _everyday(name: str) -> str:
    if name in KEPT:
        return "恩施" if name == "恩施市" else name
    for ending in FULL:
        name = name.removesuffix(ending)
    return name[:-1] if name[-1] in "区县市" and len(name) > len("随县") else name


_PLACES: Final = tuple(_read())
PREFECTURES: Final = tuple(prefecture for prefecture, _ in _PLACES)
COUNTIES: Final = {prefecture.name: counties for prefecture, counties in _PLACES}
"""Counties and branches of each prefecture, by its everyday name."""
