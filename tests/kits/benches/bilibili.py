"""The bench of 哔哩哔哩."""

from datetime import UTC, datetime

from monitor.demo.servers import bilibili
from monitor.demo.servers.mint import first
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import DAY
from tests.demo.small_world import a_post, an_account, many_posts
from tests.kits.bench import BENCHES, Bench

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ACCOUNT = an_account(platform="bilibili", uid="bl-1")

BENCHES.add(
    "bilibili",
    Bench(
        server=bilibili.application,
        account=ACCOUNT,
        posts=many_posts(60, "BV"),
        later=(a_post(900, "2026-11-23 20:00", native_id="BV900"),),
        secrets={
            "client_id": bilibili.CLIENT_ID,
            "client_secret": bilibili.CLIENT_SECRET,
            "refresh_token": first("bilibili", "refresh", ACCOUNT, int(NOW.timestamp()), 60 * DAY),
        },
        secret=bilibili.CLIENT_SECRET,
        now=NOW,
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "quota": ErrorClass.QUOTA,
        },
        words=True,
        midway=2,
        listed_midway=True,
        endings={
            "数字写成文字": ("失败", "完整"),
            "有过作品后返回空列表": ("不完整", "完整"),
            "令牌中途过期一次": ("失败", "完整"),
        },
    ),
)
