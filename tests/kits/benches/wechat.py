"""The bench of 微信公众号."""

from datetime import UTC, datetime

from monitor.demo.servers.wechat import application
from monitor.domain.collecting import ErrorClass
from tests.demo.small_world import a_post, an_account
from tests.kits.bench import BENCHES, Bench

ACCOUNT = an_account()

BENCH = BENCHES.add(
    "wechat",
    Bench(
        server=application,
        account=ACCOUNT,
        posts=(
            a_post(1, "2026-10-25 09:00"),
            a_post(2, "2026-11-01 00:00", comments=0, replies=0),
            a_post(3, "2026-11-19 23:59", notified=False),
            a_post(4, "2026-11-20 10:00", comments=130, replies=60),
            a_post(5, "2026-11-20 10:01"),
        ),
        later=(a_post(6, "2026-11-23 20:00"),),
        words=True,
        secrets={"appid": ACCOUNT.appid, "secret": ACCOUNT.secret},
        secret=ACCOUNT.secret,
        now=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.REAUTHORISE,
            "delay": ErrorClass.RETRY,
        },
    ),
)
