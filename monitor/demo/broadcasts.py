"""协同发声 of the invented province: what is released when, and what each account makes of it.

Pure, as the province is: the desk's campaigns are entered from here, and the accounts publish from
here, so that detection finds what really stands on the platforms. Units that exist say what was
approved, in time; what is late, left out or said otherwise falls on invented ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from monitor.demo.dice import Name, between, pick, roll
from monitor.demo.roster import Resident
from monitor.domain.campaign import Aim, Content, Facts, Kind, Order
from monitor.domain.instants import DAY, HOUR, MINUTE, day_start, shanghai, shanghai_day
from monitor.domain.unit import Level

CONTACT: Final = "省厅宣传处值班室(演示) 027-00000000"
TITLED: Final = frozenset({"wechat", "toutiao", "baijiahao", "bilibili"})
"""Platforms on which a post has a title of its own; on the others its text is all there is."""
FILMED: Final = "bilibili"
"""Where a title is made for the film, and the words stand below it."""
CATCHING: Final = ("这件事,请花一分钟看完(演示)", "一条视频讲清楚(演示)")
SOON: Final = 7
"""Minutes after which the quickest have published."""
HEADSTART: Final = 25
"""Minutes the others leave to whoever publishes first."""
WAKES, SLEEPS = 7, 22
"""Nobody publishes at night."""
OF: Final = 9
"""Of so many accounts of invented units one says nothing, one something else, one comes late."""
NOTHING, SLIPS, LATE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One campaign: `issued` and `hours` to its deadline count in hours, the first from the first
    day's midnight; `short` is the text as some cut it, `slip` what stands there and what some write
    instead."""

    key: str
    issued: int
    hours: int
    content: Content
    short: str
    slip: tuple[str, str] = ("", "")

    def issued_at(self, first_day: date) -> int:
        """The second it is issued."""
        return day_start(first_day) + self.issued * HOUR

    def due_at(self, first_day: date) -> int:
        """The last second that is in time."""
        return self.issued_at(first_day) + self.hours * HOUR

    def of(self, first_day: date) -> Content:
        """What is approved of it."""
        return replace(self.content, due=self.due_at(first_day))


@dataclass(frozen=True, slots=True)
class Said:
    """One account's post of a broadcast."""

    at: int
    key: str
    title: str
    text: str = ""


WEEK: Final = Broadcast(
    "week",
    issued=-12 * 24 + 9,
    hours=33,
    content=Content(
        Kind.TOPIC,
        "反诈宣传周:这三句话请讲给家里老人听(演示)",
        Order.TOGETHER,
        "宣传周统一发布,可删减、可加本地办事信息,数据不得改动。",
        "反诈宣传周(演示)。全省公安机关今年已为群众止付挽损3.2亿元。三句话请讲给家里老人听。陌生来电"
        "不轻信,个人信息不透露,可疑转账不点头。拿不准的,先打96110问一问。",
        facts=Facts(amount="3.2亿元"),
        contact=CONTACT,
        aim=Aim(
            regions=("420100000000", "420200000000", "420500000000"),
            levels=(Level.PREFECTURE.value, Level.COUNTY.value, Level.TEAM.value),
            platforms=("weibo", "douyin", "kuaishou", "toutiao"),
        ),
    ),
    short="全省公安机关今年已为群众止付挽损3.2亿元。陌生来电不轻信,个人信息不透露,可疑转账不点头。",
    slip=("3.2亿元", "2.3亿元"),
)
DRILL: Final = Broadcast(
    "drill",
    issued=-6 * 24 + 15,
    hours=4,
    content=Content(
        Kind.DRILL,
        "协同发声演练:大雾天气交通提示(演示)",
        Order.PROVINCE,
        "本次为演练,省厅首发后各地主账号跟进,演练结束后可自行删除。",
        "【演练】大雾天气交通提示(演示):今晚到明晨多地有大雾,高速公路部分路段能见度低于200米。"
        "请减速、开雾灯、保持车距,非必要不上高速。本条为协同发声演练。",
        facts=Facts(place="高速公路部分路段"),
        contact=CONTACT,
        aim=Aim(
            levels=(Level.PROVINCE.value, Level.PREFECTURE.value),
            platforms=("weibo", "douyin", "toutiao"),
        ),
    ),
    short="【演练】今晚到明晨多地有大雾,高速公路部分路段能见度低于200米。请减速、开雾灯、保持车距。",
)
POLICY: Final = Broadcast(
    "policy",
    issued=-4 * 24 + 10,
    hours=48,
    content=Content(
        Kind.POLICY,
        "一图读懂旅馆住宿登记细则:访客登记怎么办(演示)",
        Order.TOGETHER,
        "与文件同步发布,数据不得改动,答复口径见附件。",
        "政策解读(演示)。旅馆住宿登记细则明确:未成年人入住须登记监护人联系方式,访客须登记身份证件,"
        "登记信息保存90日。旅馆前台可以自助登记,忘带证件的到就近派出所开具临时证明。",
        facts=Facts(time="90日"),
        document="鄂公规〔0000〕1号《旅馆住宿登记细则》(演示)",
        contact=CONTACT,
        aim=Aim(
            levels=(Level.PROVINCE.value, Level.DEPARTMENT.value),
            platforms=("weibo", "douyin", "toutiao", "kuaishou", "bilibili"),
        ),
    ),
    short="旅馆住宿登记细则明确:未成年人入住须登记监护人联系方式,访客须登记身份证件,登记信息保存90日。",
)
WARNING: Final = Broadcast(
    "warning",
    issued=-24 + 15,
    hours=51,
    content=Content(
        Kind.WARNING,
        "预警:冒充电商客服退款诈骗有所抬头(演示)",
        Order.TOGETHER,
        "请各地按时发布,可加属地接报情况,数据不得改动。",
        "反诈预警(演示)。近一周冒充电商客服退款诈骗有所抬头,损失最多的一起达21万元。自称客服、说商品"
        "有质量问题要退款的,先挂断。凡是让您打开屏幕共享的,一律是诈骗。请拨打96110核实。",
        facts=Facts(amount="21万元"),
        contact=CONTACT,
        aim=Aim(
            regions=("420100000000", "420300000000", "420600000000"),
            levels=(
                *(Level.PREFECTURE.value, Level.BRANCH.value),
                *(Level.COUNTY.value, Level.TEAM.value),
            ),
            platforms=("wechat", "weibo", "douyin"),
        ),
    ),
    short="近一周冒充电商客服退款诈骗有所抬头,损失最多的一起达21万元。凡是让您打开屏幕共享的,一律是诈骗。",
    slip=("21万元", "12万元"),
)
BROADCASTS: Final = (WEEK, DRILL, POLICY, WARNING)
"""In the order in which they are issued."""


def said(
    resident: Resident, first_day: date, every: Sequence[Broadcast] = BROADCASTS
) -> list[Said]:
    """What an account publishes of them, the earliest first; the same for ever."""
    return [post for each in every if (post := _post(each, resident, first_day)) is not None]


def speaks(resident: Resident) -> bool:
    """Whether an account takes part at all: silence that was promised is kept."""
    return resident.official and resident.role == "steady" and resident.rhythm.campaign is None


def aimed(aim: Aim, resident: Resident) -> bool:
    """Whether an aim of regions, levels and platforms names an account."""
    parent, seat = resident.seat.parent, resident.seat
    region = parent.region_code if parent else ""
    asked = (
        (aim.regions, region),
        (aim.levels, seat.level.value),
        (aim.platforms, resident.world.platform),
    )
    return all(not wanted or found in wanted for wanted, found in asked)


def _post(broadcast: Broadcast, resident: Resident, first_day: date) -> Said | None:
    if not aimed(broadcast.content.aim, resident) or not speaks(resident):
        return None
    names = ("broadcast", broadcast.key, resident.world.uid)
    luck = OF if resident.seat.real else roll(OF, "luck", *names)
    if luck == NOTHING:
        return None
    words = _words(broadcast, slips=luck == SLIPS, names=names)
    title, text = _laid_out(broadcast, resident, words, names)
    at = _at(broadcast, resident, first_day, names)
    if luck == LATE:
        at = broadcast.due_at(first_day) + between(20, 150, "late", *names) * MINUTE
    return Said(at, broadcast.key, title, text)


def _words(broadcast: Broadcast, *, slips: bool, names: tuple[Name, ...]) -> str:
    """Verbatim or cut. Who slips says it at length."""
    if slips and all(broadcast.slip):
        return broadcast.content.body.replace(*broadcast.slip)
    return broadcast.short if roll(3, "cut", *names) == 0 else broadcast.content.body


def _laid_out(
    broadcast: Broadcast, resident: Resident, words: str, names: tuple[Name, ...]
) -> tuple[str, str]:
    """Title and text: the words alone where a platform has no titles."""
    platform = resident.world.platform
    if platform not in TITLED:
        return words, ""
    if platform == FILMED:
        return pick(CATCHING, "title", *names), words
    return broadcast.content.title, words


def _at(broadcast: Broadcast, resident: Resident, first_day: date, names: tuple[Name, ...]) -> int:
    """In time and by day: most soon, some on the last morning."""
    first = resident.seat.level is Level.PROVINCE
    waits = 0 if first or broadcast.content.order is not Order.PROVINCE else HEADSTART
    most = broadcast.hours * 60 - waits - SOON - 1
    drawn = between(0, most, "when", *names)
    minutes = SOON + (drawn % 10 if first else waits + drawn * drawn * drawn // (most * most))
    at = broadcast.issued_at(first_day) + minutes * MINUTE + roll(MINUTE, "second", *names)
    return min(_by_day(at, names), broadcast.due_at(first_day))


def _by_day(at: int, names: tuple[Name, ...]) -> int:
    hour = shanghai(at).hour
    if WAKES <= hour < SLEEPS:
        return at
    morning = day_start(shanghai_day(at)) + (DAY if hour >= SLEEPS else 0)
    return morning + WAKES * HOUR + between(10, 100, "morning", *names) * MINUTE
