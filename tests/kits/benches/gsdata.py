"""The bench of 清博."""

from datetime import UTC, datetime

from monitor.demo.servers import gsdata
from monitor.domain.collecting import ErrorClass
from tests.demo.small_world import a_post, an_account, many_posts
from tests.kits.bench import BENCHES, Bench

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ACCOUNT = an_account(platform="weibo", uid="gs-1")

BENCHES.add(
    "gsdata",
    Bench(
        server=gsdata.faultless,
        account=ACCOUNT,
        posts=many_posts(25, "w"),
        later=(a_post(900, "2026-11-23 20:00", native_id="w900"),),
        words=True,
        secrets={"app_key": gsdata.APP_KEY, "app_secret": gsdata.APP_SECRET},
        secret=gsdata.APP_SECRET,
        now=NOW,
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "quota": ErrorClass.QUOTA,
        },
        midway=1,
        endings={
            "令牌中途过期一次": ("失败", "完整"),
        },
        named=lambda native_id: f"gs{native_id}",
    ),
)
