"""微信公众号: by its own AppID and AppSecret, or by the office's third-party platform."""

from monitor.collect.connect import CONNECTS, ROLLS
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.platforms.wechat.api import Api, own_token
from monitor.collect.platforms.wechat.component import Authorizer, ComponentConnect, ComponentRoll
from monitor.collect.platforms.wechat.reading import Pass
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import Harvest, Route, Target
from monitor.domain.numbers import Provenance

HOST = "https://api.weixin.qq.com"
PLATFORM = frozenset({"wechat"})


class WechatOwn:
    """One public account read with its own key."""

    name = "wechat"
    title = "微信公众号(自有密钥)"
    base_url = HOST
    serves = PLATFORM
    secret_names = ("appid", "secret")
    shared_names = ()
    allowances = (Allowance(Per.TOKEN, 600, Window.MINUTE),)
    unconfirmed = (
        "getarticletotaldetail 一次能查的天数(逐日查询)",
        "61503 等“数据未就绪”错误码",
        "留言条目中 reply 是对象还是数组(两种都认)",
        "每分钟调用次数上限",
        "freepublish/batchget 是否由新到旧排列、链接是否都带 mid 和 idx(不带的只按标题比对)",
    )

    def route(self, platform: str) -> Route:
        """Whole final days, told the morning after."""
        return Route(platform, "own", Provenance.INTERFACE, grade=4, fresh_hours=60)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: posts first, they alone are claimed; numbers and services beside them."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        return await Pass(gathered, line, Api(line, own_token(line, target))).run()


class WechatOpen:
    """One public account read with the token its owner's scan gave the third-party platform."""

    name = "wechat_open"
    title = "微信公众号(第三方平台)"
    base_url = HOST
    serves = PLATFORM
    secret_names = ("appid", "refresh_token")
    shared_names = ("component_appid", "component_secret", "token", "aes_key")
    allowances = (Allowance(Per.TOKEN, 600, Window.MINUTE),)

    unconfirmed = (
        "预授权码有效期(600秒或1800秒,按返回值处理)",
        "票据有效期(按12小时处理)",
        "第三方平台的错误码 61005、61006、61009、61010",
        "授权页 auth_type 的取值(按“仅公众号”填1)",
        "用户可授予的权限集编号(数据与留言为7)",
        "旧接口 getarticletotal 停止维护后是否仍有返回",
    )

    def route(self, platform: str) -> Route:
        """Whole final days, told the morning after."""
        return Route(platform, "open", Provenance.INTERFACE, grade=4, fresh_hours=60)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass, as by the account's own key."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        return await Pass(gathered, line, Api(line, Authorizer(line, target).fresh)).run()


READERS.add("wechat", WechatOwn())
READERS.add("wechat_open", WechatOpen())
CONNECTS.add("wechat_open", ComponentConnect())
ROLLS.add("wechat_open", ComponentRoll())
