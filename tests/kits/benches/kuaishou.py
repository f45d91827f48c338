"""The bench of 快手."""

from datetime import UTC, datetime

from monitor.demo.servers import kuaishou
from monitor.demo.servers.mint import first
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import DAY
from tests.demo.small_world import a_post, an_account, many_posts
from tests.kits.bench import BENCHES, Bench

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ACCOUNT = an_account(platform="kuaishou", uid="ks-1")

BENCHES.add(
    "kuaishou",
    Bench(
        server=kuaishou.application,
        account=ACCOUNT,
        posts=many_posts(230, "ks"),
        later=(a_post(900, "2026-11-23 20:00", native_id="ks900"),),
        secrets={
            "app_id": kuaishou.APP_ID,
            "app_secret": kuaishou.APP_SECRET,
            "refresh_token": first("kuaishou", "refresh", ACCOUNT, int(NOW.timestamp()), 180 * DAY),
        },
        secret=kuaishou.APP_SECRET,
        now=NOW,
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "quota": ErrorClass.RETRY,
        },
        midway=2,
        listed_midway=True,
        endings={
            "有过作品后返回空列表": ("不完整", "完整"),
            "同一页反复返回(游标绕圈)": ("不完整", "完整"),
            "令牌中途过期一次": ("失败", "完整"),
        },
    ),
)
