"""对照账号: without accounts that were seen posting, a route's silence is not believed."""

from collections.abc import Iterator, Mapping

from monitor.collect.platform import READERS
from monitor.domain.account import PLATFORMS
from monitor.domain.collecting import Route
from monitor.record import outlook
from monitor.record.claims import LEAST_WITNESSES, Health
from monitor.runs.checking import Bed, Check, family, fine, trouble


@family("70-canaries")
def canaries(bed: Bed) -> Iterator[Check]:
    """One line a route that looked in the last week."""
    with bed.parts.store.reading() as tx:
        found = outlook.canaries(tx, bed.now)
    routes = _routes()
    for key, health in found.items():
        yield _one(key, routes.get(key), health)


def _one(key: str, route: Route | None, health: Health) -> Check:
    platform = key.partition("/")[0]
    where = f"对照账号({PLATFORMS.get(platform, platform)} {key})"
    what = f"近24小时看到作品的{health.witnesses}个,应有而未见的{health.missing}个"
    if health.doubtful:
        remedy = "请核对平台接口和授权,恢复后重新采集"
        return trouble(where, f"{what},这条路线本轮不采信", remedy, "信息中心")
    if health.witnesses == 0 or (route is not None and route.shared and not health.alive):
        remedy = f"请为经常更新的账号取得授权,使对照账号不少于{LEAST_WITNESSES}个"
        return trouble(where, f"{what},没有作品的采集结果都要等复看", remedy)
    late = "" if health.sound else f",不足{LEAST_WITNESSES}个,没有作品的账号隔日复看后才采信"
    return fine(where, f"{what}{late}")


def _routes() -> Mapping[str, Route]:
    routes = [reader.route(platform) for reader in READERS for platform in reader.serves]
    return {route.key: route for route in routes}
