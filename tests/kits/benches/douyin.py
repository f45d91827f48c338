"""The bench of 抖音."""

from datetime import UTC, datetime
from typing import Any

from monitor.demo.servers import douyin_push, mint
from monitor.demo.servers.douyin import application
from monitor.demo.servers.douyin_shown import open_id
from monitor.demo.world import WorldPost
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import DAY, to_second
from tests.demo.small_world import a_post, an_account
from tests.kits.bench import BENCHES, Bench

ACCOUNT = an_account(platform="douyin", uid="dy0001", appid="", secret="seal-of-the-platform")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
REFRESH = mint.first("douyin", "rft0", ACCOUNT, to_second(NOW), 90 * DAY)


def a_film(number: int, published: str, **changes: Any) -> WorldPost:
    """A film with an id as the platform writes them."""
    return a_post(number, published, native_id=f"@8h/+{number}==", form="视频", **changes)


BENCHES.add(
    "douyin",
    Bench(
        server=application,
        account=ACCOUNT,
        posts=(
            *(a_film(n, f"2026-01-{n:02} 09:00", comments=0, replies=0) for n in range(10, 31)),
            a_film(1, "2026-01-31 09:00"),
            a_film(2, "2026-11-01 00:00", comments=0, replies=0),
            a_film(3, "2026-11-19 23:59"),
            a_film(4, "2026-11-20 10:00", comments=70, replies=30),
            a_film(5, "2026-11-20 10:01"),
        ),
        later=(a_film(6, "2026-11-23 20:00"),),
        secrets={
            "open_id": open_id(ACCOUNT),
            "refresh_token": REFRESH,
            "client_key": douyin_push.CLIENT_KEY,
            "client_secret": douyin_push.CLIENT_SECRET,
        },
        secret=REFRESH,
        now=NOW,
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "quota": ErrorClass.QUOTA,
            "gone": ErrorClass.GONE,
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
