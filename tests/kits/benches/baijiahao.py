"""The bench of 百家号."""

from datetime import UTC, datetime

from monitor.demo.servers import baijiahao
from monitor.domain.collecting import ErrorClass
from tests.demo.small_world import a_post, an_account, many_posts
from tests.kits.bench import BENCHES, Bench

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ACCOUNT = an_account(platform="baijiahao", uid="bj-1")

BENCHES.add(
    "baijiahao",
    Bench(
        server=baijiahao.application,
        account=ACCOUNT,
        posts=many_posts(25, "bj"),
        later=(a_post(900, "2026-11-23 20:00", native_id="bj900"),),
        secrets={"app_id": ACCOUNT.uid, "app_token": ACCOUNT.secret},
        secret=ACCOUNT.secret,
        now=NOW,
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "quota": ErrorClass.QUOTA,
        },
        midway=1,
        endings={
            "有过作品后返回空列表": ("不完整", "完整"),
            "令牌中途过期一次": ("失败", "不完整"),
        },
    ),
)
