"""What the invented accounts write about: titles by month, none about anybody who lives."""

from typing import Final

from monitor.demo.dice import Name, pick, roll

ALWAYS: Final = (
    "刷单返利套路图解:第一单小赚,第三单归零",
    "雾天高速怎么开?记住这六个字",
    "身份证到期能异地换吗?一图读懂",
    "港澳通行证续签,自助机三分钟办好",
    "电动自行车上牌最后一周,带这三样",
    "民警凌晨两点追回十二万,靠的是一个电话",
    "“屏幕共享”一开,钱就没了",
    "租房流动人口登记,扫码就行",
    "冒充“领导”加你微信借钱?三步识破",
    "驾驶证期满换证,手机上怎么办",
    "社区夜巡,月亮比我们下班早",
    "网络谣言别转发:“某地抢孩子”系不实信息(演示)",
    "一图读懂《户口登记管理办法》修订要点(演示)",
    "政策解读:居住证申领五问五答",
    "无人机“黑飞”的后果,你想好了吗",
    "走失老人两小时找回,感谢热心群众",
    "12389是什么电话?监督投诉渠道公布",
    "警情通报(演示):关于城南路口交通事故的情况通报",
)

BY_MONTH: Final = {
    1: ("春运首日,这些路段请绕行", "110宣传日:这个电话请留给急需的人", "年底反诈:结账季别乱点链接"),
    2: ("烟花爆竹禁放区域及时间通告", "返程高峰出行提示", "压岁钱理财骗局,孩子也要会识别"),
    3: ("3·15特别提醒:低价团购里的陷阱", "春季电动自行车专项治理", "开学第一课:过马路"),
    4: ("清明祭扫:防火禁令与停车指引", "4·15全民国家安全教育日", "赏花路线交通提示"),
    5: ("五一景区周边交通管制公告", "5·15经侦宣传日:守住钱袋子", "电诈返利又换新说法"),
    6: (
        "高考身份证急办绿色通道开通,周末不打烊",
        "6·26|别把“止咳水”当饮料:认识新型毒品",
        "这些水域请远离!防溺水“六不”说给孩子听",
    ),
    7: ("暑期出入境高峰,错峰办理看这里", "毕业生落户材料清单", "夏夜巡逻路上的一瓶水"),
    8: ("新生落户学校集体户,迁还是不迁", "游戏账号买卖骗局高发", "酒驾夜查:这些理由没有用"),
    9: (
        "护学岗的早晨:七点二十,准时到",
        "今年“网络安全宣传周”我们去了哪些学校",
        "中秋出行提示",
    ),
    10: ("国庆返程易堵路段及绕行建议", "秋收时节,农用车不能载人", "冒充客服退款,先挂电话"),
    11: ("双11退款电话别急着信,先打96110核实", "团雾天行车要点", "冬季用电取暖安全提示"),
    12: (
        "12·2全国交通安全日:一盔一带,你做到了吗",
        "12·4国家宪法日:走进校园",
        "跨年夜安保:这些路口将限行",
    ),
}

SERVICES: Final = (
    ("户政办理", "huzheng"),
    ("交管业务", "jiaoguan"),
    ("出入境预约", "churujing"),
    ("咨询留言", "zixun"),
)
"""Leaves of a service menu and the last part of their addresses."""

BODIES: Final = (
    "办理前请先看清材料清单,材料不全的可以一次告知后补齐。",
    "遇到拿不准的情况,请先拨打当地派出所电话问一问。",
    "转给家里的老人和孩子看一看,多一个人知道就少一个人上当。",
    "具体安排以当地公安机关的通告为准。",
)
CLOSES: Final = (
    "(演示文字,纯属虚构)",
    "有疑问请在评论区留言,我们会尽快答复。(演示)",
)

SEASONAL_OF_TEN: Final = 4


def title(month: int, day: int, *names: Name) -> str:
    """The title of a post of one month; on 13 December nothing light-hearted."""
    if (month, day) == (12, 13):
        return "国家公祭日:铭记历史,珍爱和平"
    seasonal = roll(10, "season", *names) < SEASONAL_OF_TEN
    return pick(BY_MONTH[month] if seasonal else ALWAYS, "title", *names)


def text(title: str, *names: Name) -> str:
    """What stands below such a title, on platforms that show both."""
    first = pick(BODIES, "body", *names)
    return f"{title}。{first}\n{pick(CLOSES, 'close', *names)}"
