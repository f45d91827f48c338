"""The bench of a feed: one question a pass, so nothing can go wrong in the middle of one."""

from datetime import UTC, datetime

from monitor.demo.servers import feeds
from monitor.domain.collecting import ErrorClass
from tests.demo.small_world import a_post, an_account
from tests.kits.bench import BENCHES, Bench

ACCOUNT = an_account(uid="gh_0007")

BENCHES.add(
    "feeds",
    Bench(
        server=feeds.application,
        account=ACCOUNT,
        posts=tuple(
            a_post(number, f"2026-11-{number + 1:02d} 09:00", native_id=f"f{number}")
            for number in range(12)
        ),
        later=(a_post(900, "2026-11-23 20:00", native_id="f900"),),
        words=True,
        secrets={"address": "/wechat/gh_0007.atom"},
        secret="no secret at all",
        now=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        faults={
            "unauthorized": ErrorClass.GONE,
            "expired": ErrorClass.GONE,
            "revoked": ErrorClass.GONE,
        },
        midway=0,
        endings={
            "同一页反复返回(游标绕圈)": ("完整", "完整"),
            "令牌中途过期一次": ("失败", "失败"),
        },
    ),
)
