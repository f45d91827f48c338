"""政策解读 of the quarter that was over on the first day: two documents, released to all.

Pure, as `broadcasts` is: the accounts publish from here what the story's campaigns ask for.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.demo import broadcasts
from monitor.demo.broadcasts import POLICY, Broadcast
from monitor.domain.bulletin import Period, Sort, last_ended
from monitor.domain.campaign import Aim, Content, Facts, Kind, Order
from monitor.domain.instants import DAY, HOUR, day_start, shanghai_day
from monitor.domain.unit import Level

ASSESSED: Final = (Level.DEPARTMENT.value, Level.PREFECTURE.value, Level.COUNTY.value)
"""The levels of the units that are assessed."""
FRIDAY: Final = 4
DRAFTERS: Final = ("420000030000", "420000050000")
"""治安总队 and 交通管理局 drafted what is interpreted."""


def quarter_before(first_day: date) -> Period:
    """The last whole quarter before the first day."""
    return last_ended(Sort.QUARTER, day_start(first_day))


def quarter_of(second: int) -> Period:
    """The quarter a second lies in."""
    day = shanghai_day(second)
    return Period(Sort.QUARTER, day.year, (day.month + 2) // 3)


@dataclass(frozen=True, slots=True)
class Interpretation(Broadcast):
    """A broadcast whose `issued` counts from the first second of the quarter before, and moves on
    to Monday from a weekend."""

    drafter: str = ""

    def issued_at(self, first_day: date) -> int:
        """The second it is issued."""
        at = quarter_before(first_day).since + self.issued * HOUR
        late = shanghai_day(at).weekday() - FRIDAY
        return at if late <= 0 else at + (7 - FRIDAY - late) * DAY


def _content(title: str, document: str, body: str, fact: Facts, platforms: str) -> Content:
    return Content(
        Kind.POLICY,
        title,
        Order.TOGETHER,
        "与文件同步发布,数据不得改动,注明文号和原文链接。",
        body,
        facts=fact,
        document=document,
        contact=broadcasts.CONTACT,
        aim=Aim(levels=ASSESSED, platforms=tuple(platforms.split())),
    )


RESIDENCE: Final = Interpretation(
    "residence",
    issued=15 * 24 + 9,
    hours=72,
    content=_content(
        "居住证申领五问五答:租房能不能办、几天能拿到(演示)",
        "鄂公规〔0000〕2号《居住证申领办理细则》(演示)",
        "政策解读(演示)。居住证申领办理细则明确:租房满半年即可申领,凭租赁合同或者房东书面证明办理,"
        "窗口收件后15日内发证,行动不便的可以预约上门。到期前一个月可以在网上签注。",
        Facts(time="15日"),
        "wechat weibo",
    ),
    short="居住证申领办理细则明确:租房满半年即可申领,凭租赁合同或者房东书面证明办理,窗口收件后15日内发证。",
    drafter=DRAFTERS[0],
)
BICYCLES: Final = Interpretation(
    "bicycles",
    issued=46 * 24 + 9,
    hours=72,
    content=_content(
        "一图读懂电动自行车登记办法:过渡期到哪天、带什么(演示)",
        "鄂公规〔0000〕3号《电动自行车登记上牌办法》(演示)",
        "政策解读(演示)。电动自行车登记上牌办法明确:新购车辆30日内登记,带身份证件、购车发票、合格证三样,"
        "登记不收工本费,牌证遗失的可以就近补领。过渡期车辆到期后不得上路。",
        Facts(time="30日"),
        "wechat weibo",
    ),
    short="电动自行车登记上牌办法明确:新购车辆30日内登记,带身份证件、购车发票、合格证三样,登记不收工本费。",
    drafter=DRAFTERS[1],
)
INTERPRETATIONS: Final = (RESIDENCE, BICYCLES)
"""In the order in which they are issued."""


def documents_of(quarter: Period, first_day: date) -> list[tuple[Broadcast, str]]:
    """What is interpreted of a quarter's documents, and who drafted each."""
    every: list[tuple[Broadcast, str]] = [(each, each.drafter) for each in INTERPRETATIONS]
    every.append((POLICY, DRAFTERS[0]))
    return [each for each in every if quarter_of(each[0].issued_at(first_day)) == quarter]


def line(broadcast: Broadcast, drafter: str, first_day: date) -> str:
    """A document as the list of its quarter has it."""
    number, _, title = broadcast.content.document.partition("《")
    day = shanghai_day(broadcast.issued_at(first_day)).isoformat()
    return " | ".join((number, title.partition("》")[0], day, drafter))
