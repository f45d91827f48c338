"""Whose 何处: what a paper calls the area its office answers for, and whom it is addressed to."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.unit import Level, Unit

PROVINCE: Final = "全省"
OWN_CITY: Final = "4290"
"""Regions so coded are cities, and a forest district, right below the province: no counties."""


@dataclass(frozen=True, slots=True)
class Whose:
    """`office` signs; `whole` is 全省, 全市, 全州; `addressee` is to whom it goes by default;
    `by_county` asks for counties where the province has prefectures."""

    office: str
    whole: str = PROVINCE
    addressee: str = "各市、州、直管市、神农架林区公安局,厅直各单位:"
    by_county: bool = False


def of(unit: Unit) -> Whose:
    """How the papers of a unit's office speak; a prefecture never speaks for the province."""
    if unit.level is Level.PROVINCE:
        return Whose(unit.name)
    if unit.level is not Level.PREFECTURE:
        return Whose(unit.name, "本单位", "所属各单位:", by_county=True)
    area = unit.region_name or unit.name
    if area.endswith("林区"):
        return Whose(unit.name, "全林区", "局属各单位:", by_county=True)
    if unit.region.startswith(OWN_CITY):
        return Whose(unit.name, "全市", "局属各单位:", by_county=True)
    if "州" in area and not area.endswith(("市", "市公安局")):
        return Whose(unit.name, "全州", "各县、市公安局,州局各单位:", by_county=True)
    return Whose(unit.name, "全市", "各县(市、区)公安局、分局,市局各单位:", by_county=True)
