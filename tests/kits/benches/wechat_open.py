"""The bench of 微信公众号 through the third-party platform."""

from dataclasses import replace
from functools import partial

from monitor.demo.servers import wechat_open, wechat_push
from monitor.demo.servers.wechat import application
from monitor.domain.instants import DAY, to_second
from tests.kits.bench import BENCHES
from tests.kits.benches import wechat

ACCOUNT = replace(wechat.ACCOUNT, joined=True)
OWN = wechat.BENCH

BENCHES.add(
    "wechat_open",
    replace(
        OWN,
        server=partial(application, ticket_life=90 * DAY),
        account=ACCOUNT,
        secrets={
            "component_appid": wechat_push.APP_ID,
            "component_secret": wechat_push.APP_SECRET,
            "token": wechat_push.TOKEN,
            "aes_key": wechat_push.AES_KEY,
            "ticket": wechat_open.ticket(to_second(OWN.now)),
            "appid": ACCOUNT.appid,
            "refresh_token": wechat_open.refresh_token(ACCOUNT),
        },
        secret=wechat_push.APP_SECRET,
    ),
)
