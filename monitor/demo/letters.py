"""Fifteen invented messages of citizens, and how an office that knows its business handles each."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Written:
    """One message: its kind, its words, where it belongs and what is done with it."""

    kind: str
    text: str
    handling: str
    police_now: bool = False
    """涉警情: told to 110 at once, whatever else happens."""
    shielded: bool = False
    """About officers: never to the unit it speaks of, nor its author shown there."""


LETTERS: Final = (
    Written("咨询", "孩子满月落户要带什么?", "即时答复(户政)"),
    Written("咨询", "驾照过期四个月还能换吗?", "即时答复(交管)"),
    Written("咨询", "护照加急去哪个大厅?", "即时答复(12367)"),
    Written("求助", "我爸刚被人骗走三万,怎么止付!!", "疑似警情,转110/96110,即刻", police_now=True),
    Written("求助", "手机掉出租车上了,记得上车点", "交办属地所"),
    Written("求助", "网友发帖说不想活了,定位在江边", "涉警情,转110", police_now=True),
    Written("投诉", "楼下烧烤凌晨两点还放音响,打了几次电话没改", "交办属地,12345抄告"),
    Written("投诉", "窗口排队两小时,工作人员态度生硬", "业务部门,呈批"),
    Written("举报", "某派出所民警收了停车场的钱", "督察12389,回避该所,匿名", shielded=True),
    Written("举报", "小区有人开麻将馆赌得很大", "治安,保密交办"),
    Written("建议", "学校门口建议加临时停靠区", "交管,5个工作日"),
    Written("咨询", "法院判了还能找你们改吗?", "不予受理(已进入诉讼),说明"),
    Written("感谢", "谢谢帮老人找回钱包的两位民警", "感谢,不必流转"),
    Written("无效", "加微信送驾照包过", "无效,转违法线索"),
    Written("咨询", "上个月提的电动车路口的事怎么还没回?", "找出原单,催办,续办"),
)
"""In the order of their numbers, from 1."""


def under(number: int) -> Written:
    """The one that the comment with this number says where it says one; the same for ever."""
    return LETTERS[number % len(LETTERS)]
