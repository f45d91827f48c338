"""The bench of 视频号: its interface lists live streams only."""

from datetime import UTC, datetime

from monitor.demo.servers import channels
from monitor.domain.collecting import ErrorClass
from tests.demo.small_world import a_post, an_account
from tests.kits.bench import BENCHES, Bench

ACCOUNT = an_account(platform="channels", uid="sph-1")
LIVES = [name for name in (f"sph{number}" for number in range(400)) if channels.is_live(name)]

BENCHES.add(
    "channels",
    Bench(
        server=channels.application,
        account=ACCOUNT,
        posts=tuple(
            a_post(number, f"2026-11-{number % 22 + 1:02d} 09:{number:02d}", native_id=name)
            for number, name in enumerate(LIVES[:25])
        ),
        later=(a_post(900, "2026-11-23 20:00", native_id=LIVES[30]),),
        secrets={"appid": ACCOUNT.appid, "secret": ACCOUNT.secret},
        secret=ACCOUNT.secret,
        now=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        faults={
            "unauthorized": ErrorClass.NO_PERMISSION,
            "expired": ErrorClass.REAUTHORISE,
            "revoked": ErrorClass.NO_PERMISSION,
            "quota": ErrorClass.QUOTA,
        },
        midway=2,
        listed_midway=True,
        named=lambda native_id: f"live-{native_id}",
    ),
)
