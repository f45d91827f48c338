"""Writes the templates of an assessment's papers: `python -m tests.report.assessment_forms`."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from tests.report.bulletin_forms import _each, _lie_down, _table
from tests.report.case_letter_forms import BODY, FOLDER, HEAD, KAI, TITLE, _line, _page

CENTER, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


LINES = {
    "编号": (12, "{{ 行.编号 }}"),
    "指标": (34, "{{ 行.指标 }}"),
    "满分": (13, "{{ 行.满分 }}"),
    "实测值": (34, "{{ 行.实测 }}"),
    "得分": (15, "{{ 行.得分 }}"),
    "调整后满分": (17, "{{ 行.折后 }}"),
    "计分状态": (25, "{{ 行.状态 }}"),
    "计分办法、缺失说明": (80, "{{ 行.说明 }}"),
    "可提高总分": (18, "{{ 行.可提高 }}"),
}
ROWS = {
    "单位": (58, "{{ 行.单位 }}"),
    "各部分得分": (48, "{{ 行.部分 }}"),
    "扣分/加分": (26, "{{ 行.扣加 }}"),
    "总分": (20, "{{ 行.总分 }}"),
    "档次": (36, "{{ 行.档次 }}"),
    "运营健康": (24, "{{ 行.健康 }}"),
    "数据完整度": (24, "{{ 行.完整度 }}"),
    "不计分权重": (24, "{{ 行.不计分 }}"),
}


def card() -> bytes:
    """考核得分明细表: one page a unit, lying on its side."""
    paper = Document()
    _page(paper)
    _flat(paper)
    _line(paper, "{{ 标题 }}", TITLE, 20, CENTER, indent=False)
    for text in (
        "单位:{{ 单位 }}  阶段:{{ 阶段 }}  方案:{{ 方案 }}",
        "总分{{ 总分 }},档次:{{ 档次 }};{{ 组别 }}组内位次{{ 位次 }},参考位次区间{{ 区间 }};"
        "较上期{{ 增减 }}。"
        "{% for 段 in 部分 %}{{ 段.名称 }}{{ 段.得分 }}分;{% endfor %}扣分、加分:{{ 扣加 }};"
        "封顶或否决:{{ 原因 }}",
    ):
        _line(paper, text, BODY, 10.5, indent=False)
    _table(paper, "明细", LINES, 8)
    _line(paper, "最能提高得分的事项(其他不变时)", HEAD, 12, indent=False)
    for text in ("{%p for 段 in 提高 %}", "{{ 段 }}", "{%p endfor %}"):
        _line(paper, text, BODY, 10, indent=False)
    _line(paper, "注:{{ 注 }}结果校验码:{{ 校验码 }}  {{ 日期 }}", KAI, 9, indent=False)
    _tight(paper)
    return _bytes(paper)


def _tight(paper: Any) -> None:
    """All of a unit on one page."""
    paper.sections[0].footer_distance = Mm(8)
    for each in paper.paragraphs[1:]:
        each.paragraph_format.line_spacing = Pt(15)
    for row in paper.tables[0].rows:
        for cell in row.cells:
            shape = cell.paragraphs[0].paragraph_format
            shape.space_before = shape.space_after = Pt(0)
            shape.line_spacing = 1.0


def bulletin() -> bytes:
    """考核结果通报: by group, scores as its attachment."""
    paper = Document()
    _page(paper)
    _line(paper, "{{ 标题 }}", TITLE, 22, CENTER, indent=False)
    _line(paper, "{{ 文号 }}", BODY, 16, CENTER, indent=False)
    _line(paper, "{{ 依据 }}", BODY, 16)
    _line(paper, "一、总体情况", HEAD, 16)
    _line(paper, "{{ 总体 }}", BODY, 16)
    _line(paper, "二、分组情况", HEAD, 16)
    _each(
        paper,
        "段 in 组",
        "{{ 段.名称 }}({{ 段.单位数 }}个单位)。优秀:{{ 段.优秀 }}。存在问题:{{ 段.问题 }}。",
    )
    for text in ("{{ 落款 }}", "{{ 日期 }}"):
        _line(paper, text, BODY, 16, RIGHT, indent=False)
    _lie_down(paper)
    _line(paper, "附件", HEAD, 16, indent=False)
    _line(paper, "考核得分(分组)", TITLE, 22, CENTER, indent=False)
    _line(paper, "{%p for 段 in 组 %}", BODY, 12, indent=False)
    _line(paper, "{{ 段.名称 }}", HEAD, 12, indent=False)
    _table(paper, "段.行", ROWS, 9)
    _line(paper, "{%p endfor %}", BODY, 12, indent=False)
    _line(
        paper,
        "注:同一档次内按机构代码排列,不分先后。{{ 注 }}结果校验码:{{ 校验码 }}",
        KAI,
        10.5,
        indent=False,
    )
    return _bytes(paper)


OWED = {
    "序号": (12, "{{ 行.序号 }}"),
    "账号": (44, "{{ 行.账号 }}"),
    "平台": (24, "{{ 行.平台 }}"),
    "缺少的数据": (40, "{{ 行.缺少 }}"),
    "原因": (36, "{{ 行.原因 }}"),
}


def letter() -> bytes:
    """催补函: what is missing, until when, how to give it, what follows otherwise."""
    paper = Document()
    _page(paper)
    _line(paper, "关于补交公安政务新媒体考核数据的函", TITLE, 22, CENTER, indent=False)
    _line(paper, "{{ 文号 }}", BODY, 16, CENTER, indent=False)
    _line(paper, "{{ 主送 }}:", BODY, 16, indent=False)
    for text in (
        "{{ 考核周期 }}考核中,你单位下列账号的数据尚未取得(见附表)。请于{{ 期限 }}前补交。",
        "补交方式:{{ 补交方式 }}。确实无法提供的,请在期限内书面说明原因。",
        "自本函发出之日起满{{ 工作日 }}个工作日仍未补交的,相关指标只按有证据的部分计分;"
        "已补交的照常计分,不受影响。",
        "联系人及电话:{{ 联系人 }}",
    ):
        _line(paper, text, BODY, 16)
    for text in ("{{ 落款 }}", "{{ 日期 }}"):
        _line(paper, text, BODY, 16, RIGHT, indent=False)
    _line(paper, "附表", HEAD, 12, indent=False)
    _table(paper, "事项", OWED, 9)
    return _bytes(paper)


def _flat(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(14)


def _bytes(paper: Any) -> bytes:
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


if __name__ == "__main__":
    (FOLDER / "考核得分明细表.docx").write_bytes(card())
    (FOLDER / "考核结果通报.docx").write_bytes(bulletin())
    (FOLDER / "催补函.docx").write_bytes(letter())
