"""A bulletin and a hint lie ready in the demonstration, drafted by the run an office uses."""

from typing import Final

from monitor.domain.bulletin import Base, Sort, last_ended
from monitor.domain.instants import to_second
from monitor.runs import bulletins, query, registry
from monitor.runs.parts import Parts

ASKED: Final = {
    "addressee": "各市、州、直管市、神农架林区公安局，厅直各单位：",
    "contact": "省厅宣传处（演示），027-00000000",
    "good": "部分地区建立节假日值守制度，预警信息发布及时（演示）。",
    "topics": "全国交通安全日、年末反诈宣传（演示）。",
    "base": Base.DECIDED.value,
    "decimals": "1",
    "sample": "0",
}


def fill(parts: Parts, login: str) -> None:
    """Of the quarter and the month that run, which have cases."""
    now = to_second(parts.now())
    code = registry.unit_paths(parts)[parts.province_code]
    unit_id = code.strip("/").rpartition("/")[2]
    by = query.person_id(parts, login)
    for sort in (Sort.QUARTER, Sort.MONTH):
        period = last_ended(sort, now).following
        bulletins.draft(parts, ASKED | {"period": period.code, "unit_id": unit_id}, by)
