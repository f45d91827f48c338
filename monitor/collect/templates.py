"""Templates: header and two sample rows of what an office fills in, as a CSV that opens right."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Final

from monitor.collect.ledger_columns import HEADERS as LEDGER_HEADERS
from monitor.collect.units_file import HEADERS as UNIT_HEADERS
from monitor.domain.errors import InputError

UNIVERSAL_HEADERS: Final = (
    "平台", "账号名称", "账号ID", "作品ID", "作品链接", "标题", "体裁", "发布时间", "统计日期",
    "阅读播放", "点赞", "在看推荐", "评论", "转发分享", "收藏", "投币", "弹幕", "回复数", "私信数",
    "粉丝数", "备注",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A table to be filled in: its title, its header, and rows that show how."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _filled(headers: Sequence[str], *rows: dict[str, str]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.get(header, "") for header in headers) for row in rows)


LEDGER: Final = Template(
    "台账",
    LEDGER_HEADERS,
    _filled(
        LEDGER_HEADERS,
        {
            "序号": "1",
            "机构代码": "421022000000",
            "市州": "荆州市",
            "县市区": "公安县",
            "单位层级": "县级局",
            "主办单位": "公安县公安局",
            "平台": "微信公众号",
            "账号类型": "订阅号",
            "账号名称": "平安公安县(演示)",
            "账号ID": "demo_gongan_wechat",
            "账号归属(官方/民警个人)": "官方",
            "主账号(是/否)": "是",
            "重点账号(是/否)": "否",
            "开设日期": "2019-03-01",
            "省平台备案号": "演示备〔2019〕1号",
            "互动功能": "评论留言、私信",
            "服务功能": "服务菜单、办事链接",
            "绑定管理员在岗(是/否/不详)": "是",
            "账号状态": "在用",
            "最近核对日期": "2026-11-01",
        },
        {
            "序号": "2",
            "主办单位": "随县公安局",
            "平台": "抖音",
            "账号名称": "随县公安(演示)",
            "账号归属(官方/民警个人)": "官方",
            "主账号(是/否)": "否",
            "重点账号(是/否)": "否",
            "互动功能": "无",
            "服务功能": "无",
            "账号状态": "在用",
            "备注": "账号ID待补,可先留空",
        },
    ),
)

UNIVERSAL: Final = Template(
    "通用模板",
    UNIVERSAL_HEADERS,
    _filled(
        UNIVERSAL_HEADERS,
        {
            "平台": "抖音",
            "账号名称": "随县公安(演示)",
            "作品链接": "https://example.com/video/1",
            "标题": "“屏幕共享”一开,钱就没了",
            "体裁": "视频",
            "发布时间": "2026-11-20 18:30:05",
            "统计日期": "2026-11-22",
            "阅读播放": "1.2万",
            "点赞": "356",
            "评论": "18",
            "转发分享": "-",
            "粉丝数": "20,431",
        },
        {
            "平台": "微信公众号",
            "账号名称": "平安公安县(演示)",
            "账号ID": "demo_gongan_wechat",
            "作品ID": "2247480001_1",
            "标题": "雾天高速怎么开?记住这六个字",
            "体裁": "图文",
            "发布时间": "2026-11-21",
            "统计日期": "2026-11-22",
            "阅读播放": "10万+",
            "点赞": "0",
            "备注": "只知道日期时,发布时间可只写日期;没有的数据留空,不要填0",
        },
    ),
)

UNITS: Final = Template(
    "单位",
    UNIT_HEADERS,
    _filled(
        UNIT_HEADERS,
        {
            "机构代码": "421022010000",
            "单位名称": "公安县公安局古渡派出所(演示)",
            "上级机构代码": "421022000000",
            "单位层级": "派出所",
            "市州": "荆州市",
            "县市区": "公安县",
        },
        {
            "机构代码": "421022020000",
            "单位名称": "公安县公安局交警大队(演示)",
            "上级机构代码": "421022000000",
            "单位层级": "大队",
            "警种条线": "交管",
            "市州": "荆州市",
            "县市区": "公安县",
            "启用日期": "2020-01-01",
        },
    ),
)

TEMPLATES: Final = {each.title: each for each in (LEDGER, UNIVERSAL, UNITS)}


def template(title: str) -> Template:
    """The template of that title; InputError lists what there is."""
    if title not in TEMPLATES:
        raise InputError(f"没有名为“{title}”的模板", remedy=f"可选:{'、'.join(TEMPLATES)}")
    return TEMPLATES[title]


def as_csv(made: Template) -> bytes:
    """A CSV that spreadsheets open with its Chinese intact: UTF-8 with a mark, CRLF."""
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows((made.headers, *made.rows))
    return text.getvalue().encode("utf-8-sig")
