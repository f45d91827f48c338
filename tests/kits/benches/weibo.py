"""The bench of 微博."""

from datetime import UTC, datetime

from monitor.demo.servers import mint
from monitor.demo.servers.weibo import application
from monitor.demo.world import WorldPost
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import DAY, to_second
from tests.demo.small_world import a_post, an_account
from tests.kits.bench import BENCHES, Bench

ACCOUNT = an_account(platform="weibo", uid="1700000001", appid="", secret="seal-of-the-platform")
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOKEN = mint.first("weibo", "access", ACCOUNT, to_second(NOW), 1_800 * DAY)


def a_status(number: int, published: str, comments: int = 20, replies: int = 10) -> WorldPost:
    """A status whose id grows with its number."""
    native_id = str(5_230_000_000_000_000 + number)
    return a_post(number, published, native_id=native_id, comments=comments, replies=replies)


BENCHES.add(
    "weibo",
    Bench(
        server=application,
        account=ACCOUNT,
        posts=(
            a_status(1, "2025-12-01 09:00"),
            a_status(2, "2026-11-01 00:00", comments=0, replies=0),
            a_status(3, "2026-11-19 23:59"),
            a_status(4, "2026-11-20 10:00", comments=130, replies=60),
            a_status(5, "2026-11-20 10:01"),
        ),
        later=(a_status(6, "2026-11-23 20:00"),),
        secrets={"access_token": TOKEN, "app_key": "wb-demo-app", "app_secret": "wb-demo-app-key"},
        secret=TOKEN,
        now=NOW,
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "quota": ErrorClass.QUOTA,
            "blacklist": ErrorClass.MALFORMED,
        },
        midway=1,
        endings={
            "有过作品后返回空列表": ("不完整", "不完整"),
            "令牌中途过期一次": ("失败", "不完整"),
        },
    ),
)
