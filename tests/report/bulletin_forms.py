"""Writes the templates of bulletins and hints: `python -m tests.report.bulletin_forms`."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from monitor.domain.bulletin import Sort
from tests.report.case_letter_forms import BODY, FOLDER, HEAD, KAI, TITLE, _font, _line, _page

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LIST = {"序号": 9, "地区": 16, "单位": 30, "账号(平台)": 32, "类型": 20, "情形": 30, "状态": 19}
CELLS = {
    "账号(平台)": "{{ 行.账号 }}({{ 行.平台 }})",
    "情形": "{{ 行.情形 }}{% if 行.期限 %}(期限{{ 行.期限 }}){% endif %}",
}
PLACES = {"地区": 30, "备案数": 20, "纳入数": 20, "可认定数": 22, "抽查数": 20, "问题数": 20}
PLACES |= {"合格率": 24}
MATTERS = {"序号": 12, "单位": 44, "账号": 44, "事项": 36, "期限": 20}


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
    paper.add_page_break()
    _line(paper, "附件1", HEAD, 16, indent=False)
    _line(paper, "问题清单", TITLE, 22, CENTER, indent=False)
    _table(paper, "清单", LIST)
    _line(paper, "附件2", HEAD, 16, indent=False)
    _line(paper, "分地区情况表", TITLE, 22, CENTER, indent=False)
    _table(paper, "地区", PLACES)
    _line(paper, "注:一个账号有多项问题的,账号只计一次。", KAI, 12, indent=False)


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


def _table(paper: Any, rows: str, columns: dict[str, int]) -> None:
    table = paper.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    table.rows[1].cells[0].text = f"{{%tr for 行 in {rows} %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for place, (name, wide) in enumerate(columns.items()):
        for row, text, font in (
            (0, name, HEAD),
            (2, CELLS.get(name, f"{{{{ 行.{name} }}}}"), BODY),
        ):
            cell = table.rows[row].cells[place]
            run = cell.paragraphs[0].add_run(text)
            _font(run._element.get_or_add_rPr(), font, 10)
        for row in table.rows:
            row.cells[place].width = Mm(wide)


if __name__ == "__main__":
    for each in Sort:
        (FOLDER / f"{each}.docx").write_bytes(made(each))
