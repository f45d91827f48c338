"""Writes the templates of bulletins and hints: `python -m tests.report.bulletin_forms`."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm

from monitor.domain.bulletin import Sort
from monitor.report import bulletin, places
from monitor.report.table import TAIL
from tests.report.case_letter_forms import BODY, FOLDER, HEAD, KAI, TITLE, _font, _line, _page

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LIST = {
    "序号": (8, "{{ 行.序号 }}"),
    "地区": (15, "{{ 行.市州 }} {{ 行.县市区 }}"),
    "主办单位(层级、条线)": (24, "{{ 行.主办单位 }}({{ 行.单位层级 }} {{ 行.警种条线 }})"),
    "账号(平台、ID)": (26, "{{ 行.账号名称 }}({{ 行.平台 }} {{ 行.账号ID }})"),
    "问题(程度)": (17, "{{ 行.问题类型 }}({{ 行.问题程度 }})"),
    "上级、本厅口径结论": (
        22,
        "{% if 行.上级口径结论 %}上级:{{ 行.上级口径结论 }}{% endif %}"
        "{% if 行.是否单项否决 == '是' %}(单项否决){% endif %}"
        "{% if 行.本厅口径结论 %} 本厅:{{ 行.本厅口径结论 }}{% endif %}",
    ),
    "最后发布": (22, "{{ 行.最后发布时间 }} {{ 行.最后发布链接 }}"),
    "静默(天)": (13, "{% if 行.静默下限 %}{{ 行.静默下限 }}—{{ 行.静默上限 }}{% endif %}"),
    "数据来源(完整度)": (15, "{{ 行.数据来源 }} {{ 行.数据完整度 }}"),
    "具体情形(依据)": (33, "{{ 行.具体情形 }}{% if 行.认定依据 %}({{ 行.认定依据 }}){% endif %}"),
    "发现/核实": (18, "{{ 行.首次发现日期 }}/{{ 行.核实人 }} {{ 行.核实时间 }}"),
    "单位说明": (17, "{{ 行.单位说明 }}"),
    "整改单(12个月内第几次)": (19, "{{ 行.整改单号 }}(第{{ 行.第几次 }}次)"),
    "措施、期限": (15, "{{ 行.处置措施 }} {{ 行.整改期限 }}"),
    "状态(逾期、销号)": (
        15,
        "{{ 行.当前状态 }}{% if 行.是否逾期 == '是' %}(逾期){% endif %} {{ 行.销号日期 }}",
    ),
    "通报期号": (12, "{{ 行.通报期号 }}"),
}
"""Every column of 问题清单, those that belong together in one cell."""
OPEN_LIST = {
    "序号": (12, "{{ 行.序号 }}"),
    "地区": (30, "{{ 行.市州 }}"),
    "单位": (55, "{{ 行.主办单位 }}"),
    "账号(平台)": (60, "{{ 行.账号名称 }}({{ 行.平台 }})"),
    "问题": (50, "{{ 行.问题类型 }}"),
    "整改期限": (28, "{{ 行.整改期限 }}"),
    "状态": (28, "{{ 行.当前状态 }}"),
}
PARTS = {"{{ 表.列 }}": (17, "{{ 行.名称 }}")} | {
    name: (9.6, f"{{{{ 行.{key} }}}}")
    for name, key in (
        (each, each.removesuffix("(百分点)")) for each in places.COLUMNS[1 : -len(TAIL)]
    )
}
OPEN_PARTS = {"{{ 表.列 }}": (50, "{{ 行.名称 }}")} | {
    name: (34, f"{{{{ 行.{name} }}}}") for name in bulletin.BRIEF
}
MATTERS = {
    name: (wide, f"{{{{ 行.{name} }}}}")
    for name, wide in (("序号", 12), ("单位", 44), ("账号", 44), ("事项", 36), ("期限", 20))
}


def made(sort: Sort) -> bytes:
    """One template."""
    paper = Document()
    _page(paper)
    _line(paper, "{{ 标题 }}", TITLE, 22, CENTER, indent=False)
    _line(paper, "{{ 文号 }}", BODY, 16, CENTER, indent=False)
    _line(paper, "{{ 主送 }}", BODY, 16, indent=False)
    {Sort.QUARTER: _quarter, Sort.MONTH: _month, Sort.CORRECTION: _correction}[sort](paper)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def _quarter(paper: Any) -> None:
    _line(paper, "{{ 依据 }}", BODY, 16)
    _line(paper, "一、总体情况", HEAD, 16)
    _each(paper, "段 in 总体", "{{ 段 }}")
    _line(paper, "二、主要问题", HEAD, 16)
    _each(paper, "段 in 问题", "{{ 段.名称 }}。{{ 段.内容 }}")
    _line(paper, "三、工作成效", HEAD, 16)
    _line(paper, "{{ 成效 }}", BODY, 16)
    _line(paper, "四、上期问题整改情况", HEAD, 16)
    _line(paper, "{{ 上期 }}", BODY, 16)
    _line(paper, "五、下步要求", HEAD, 16)
    _line(paper, "{{ 要求 }}", BODY, 16)
    _ending(paper)
    _line(paper, "印发范围:{{ 印发范围 }}", BODY, 16, indent=False)
    _lie_down(paper)
    _line(paper, "附件1", HEAD, 16, indent=False)
    _line(paper, "问题清单", TITLE, 22, CENTER, indent=False)
    _either(paper, ("清单", LIST, 7), ("清单", OPEN_LIST, 10))
    _line(paper, "附件2", HEAD, 16, indent=False)
    _line(paper, "分地区情况表", TITLE, 22, CENTER, indent=False)
    _line(paper, "{%p for 表 in 分项 %}", BODY, 12, indent=False)
    _line(paper, "{{ 表.表 }}", HEAD, 12, indent=False)
    _either(paper, ("表.行", PARTS, 6.5), ("表.行", OPEN_PARTS, 10))
    _line(paper, "{%p endfor %}", BODY, 12, indent=False)
    _line(paper, "注:一个账号有多项问题的,账号只计一次。{{ 口径 }}", KAI, 10.5, indent=False)
    _line(paper, "{%p if not 公开 %}", BODY, 12, indent=False)
    _line(paper, "附件3", HEAD, 16, indent=False)
    _line(paper, "考核得分(分组)", TITLE, 22, CENTER, indent=False)
    _line(paper, "{{ 考核 }}", BODY, 16)
    _line(paper, "{%p endif %}", BODY, 12, indent=False)


def _lie_down(paper: Any) -> None:
    """The attachments have wide tables: their pages lie on their side."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)


def _either(paper: Any, inside: Any, public: Any) -> None:
    """The table of the house's version, or that of the public one."""
    for condition, (rows, columns, size) in (("not 公开", inside), ("公开", public)):
        _line(paper, f"{{%p if {condition} %}}", BODY, 10, indent=False)
        _table(paper, rows, columns, size)
        _line(paper, "{%p endif %}", BODY, 10, indent=False)


def _month(paper: Any) -> None:
    _line(paper, "一、总体数据", HEAD, 16)
    _line(paper, "{{ 总体 }}", BODY, 16)
    _line(paper, "二、请有关单位办理的事项", HEAD, 16)
    _line(paper, "{{ 事项说明 }}", BODY, 16)
    _table(paper, "事项", MATTERS)
    _line(paper, "三、上月事项办结情况", HEAD, 16)
    _line(paper, "{{ 上月 }}", BODY, 16)
    _line(paper, "四、下月重点", HEAD, 16)
    _line(paper, "{{ 下月 }}", BODY, 16)
    _ending(paper)


def _correction(paper: Any) -> None:
    _line(paper, "{{ 原文号 }}通报的下列内容有误,现予更正:", BODY, 16)
    _line(paper, "{{ 更正 }}", BODY, 16)
    _line(paper, "原通报其他内容不变。由此给有关单位工作带来的不便,深表歉意。", BODY, 16)
    _ending(paper)
    _line(paper, "印发范围:{{ 印发范围 }}", BODY, 16, indent=False)


def _ending(paper: Any) -> None:
    _line(paper, "{%p if 联系人 %}", BODY, 16)
    _line(paper, "联系人及电话:{{ 联系人 }}", BODY, 16)
    _line(paper, "{%p endif %}", BODY, 16)
    for text in ("{{ 落款 }}", "{{ 日期 }}"):
        _line(paper, text, BODY, 16, RIGHT, indent=False)


def _each(paper: Any, loop: str, text: str) -> None:
    for line in (f"{{%p for {loop} %}}", text, "{%p endfor %}"):
        _line(paper, line, BODY, 16)


def _table(paper: Any, rows: str, columns: Any, size: float = 10) -> None:
    table = paper.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    table.autofit = False
    table.rows[1].cells[0].text = f"{{%tr for 行 in {rows} %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for place, (name, (wide, said)) in enumerate(columns.items()):
        for row, text, font in ((0, name, HEAD), (2, said, BODY)):
            cell = table.rows[row].cells[place]
            run = cell.paragraphs[0].add_run(text)
            _font(run._element.get_or_add_rPr(), font, size)
        table.columns[place].width = Mm(wide)
        for row in table.rows:
            row.cells[place].width = Mm(wide)
    repeated = table.rows[0]._tr.get_or_add_trPr()
    repeated.append(OxmlElement("w:tblHeader"))


if __name__ == "__main__":
    for each in Sort:
        (FOLDER / f"{each}.docx").write_bytes(made(each))
