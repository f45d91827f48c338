"""Clocks: what the last sweep noted of the platforms' Date headers beside our own clock."""

from collections.abc import Iterator
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.record import runlog
from monitor.runs.checking import Bed, Check, family, fine, trouble
from monitor.runs.collect import AHEAD

REMEDY: Final = "请校准本机时间;只有一个平台如此的,是该平台时间有误,无须处理"


@family("15-clocks")
def clocks(bed: Bed) -> Iterator[Check]:
    """A clock that runs ahead shortens what every pass proves by as much."""
    with bed.parts.store.reading() as tx:
        last = runlog.last_counts(tx, "collect")
    if last is None:
        return
    noted = {name: count for name, count in last[1].items() if name.startswith(AHEAD)}
    for name, seconds in sorted(noted.items()):
        platform = name.removeprefix(AHEAD)
        what = f"本机时间比平台快{seconds}秒,每轮采集能证明的时间相应缩短"
        yield trouble(f"时间({PLATFORMS.get(platform, platform)})", what, REMEDY)
    if not noted:
        yield fine("时间(与平台比对)", "上一轮采集中与各平台时间相差不超过1分钟")
