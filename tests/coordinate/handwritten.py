"""Pairs written by hand, not by a rule: invented releases, and what accounts made of them."""

from pathlib import Path
from typing import Final

from monitor.domain.matching import Published, Release
from tests.coordinate.labelled import Pair

RELEASES: Final = {
    "退款": Release(
        1,
        "双11退款电话别急着信,先打96110核实",
        "双11刚过,骗子就打起了退款的主意。他们自称平台客服,说快递丢了要三倍赔偿,让你加好友、开屏幕共享。"
        "11月12日以来,全省已有27人上当,损失约86万元。记住:正规退款原路返回,不需要任何验证码。"
        "接到可疑电话,请先打96110核实;已经转账的,马上拨打110。",
        tags=("双11防骗",),
        facts=(("人数", "27人"), ("金额", "86万元")),
    ),
    "国庆": Release(
        2,
        "国庆返程易堵路段及绕行建议",
        "10月6日至8日是返程高峰,预计6日下午3点至晚上8点最为拥堵。易堵路段:京港澳高速军山段、沪渝高速后湖段。"
        "建议错峰出行,或经二广高速绕行。请系好安全带,疲劳不驾车,每两小时到服务区休息一次。"
        "高速救援电话12122。",
        links=("https://example.org/traffic/1006",),
        facts=(("时间", "10月6日至8日"),),
    ),
    "公安县": Release(
        3,
        "公安县公安局警情通报",
        "2026年11月18日21时许,公安县斗湖堤镇青云路一超市发生盗窃案。公安县公安局迅速侦破,"
        "于11月20日抓获犯罪嫌疑人赵某,追回现金4800元。案件正在进一步办理中。",
        facts=(("地点", "青云路"), ("金额", "4800元")),
        regions=("公安县",),
    ),
    "户口": Release(
        4,
        "一图读懂《户口登记管理办法》修订要点",
        "新修订的《户口登记管理办法》自2027年1月1日起施行。主要变化有三:一是新生儿落户可全省通办;"
        "二是集体户迁移材料由5份减为2份;三是办理时限由10个工作日缩短为3个工作日。"
        "办理时请携带身份证和居民户口簿,咨询电话12345。",
        facts=(("时间", "2027年1月1日"),),
    ),
    "防溺水": Release(
        5,
        "这些水域请远离!防溺水“六不”说给孩子听",
        "暑假到了,请家长把防溺水“六不”讲给孩子听:不私自下水游泳,不擅自与他人结伴游泳,"
        "不在无家长或老师带领的情况下游泳,不到无安全设施、无救援人员的水域游泳,不到不熟悉的水域游泳,"
        "不熟悉水性的学生不擅自下水施救。发现有人落水,大声呼救并拨打110。",
    ),
    "随县": Release(
        6,
        "随县公安局关于古渡大桥封闭施工的通告",
        "因古渡大桥维修加固,随县公安局交通警察大队决定自12月5日零时起至12月25日24时止,"
        "对大桥实行全封闭施工,禁止一切车辆和行人通行。请途经车辆从新港大道绕行。咨询电话0722-0000110。",
        facts=(("地点", "古渡大桥"), ("时间", "12月5日零时起至12月25日24时止")),
        regions=("随县",),
    ),
    "清明": Release(
        7,
        "清明祭扫出行提示",
        "交通:4月3日至6日,青云公墓周边道路由东向西单向通行|停车:祭扫车辆请停放在新港大道临时停车场|"
        "公交:101路和103路每8分钟一班,首班提前到5时30分|防火:墓区和林区禁止一切野外用火,违者罚款500元|"
        "求助:现场设3处服务点,老人走失请拨打110",
        facts=(("时间", "4月3日至6日"), ("金额", "500元")),
    ),
}  # fmt: skip

TOLD: Final = Path(__file__).with_suffix(".tsv")
"""Lines of (release, 是 / 改 (it is, with a fact altered) / 否, the post's text, its title)."""


def pairs() -> list[Pair]:
    """All of them, in the order of the file."""
    lines = [line.split("\t") for line in TOLD.read_text("utf-8").splitlines()]
    return [
        Pair(
            RELEASES[name],
            Published(100 + number, 1, "".join(title), text),
            name,
            same=truth != "否",
            changed=truth == "改",
        )
        for number, (name, truth, text, *title) in enumerate(lines)
    ]
