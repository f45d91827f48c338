"""Writes data/templates/信息发布审批单.docx: `python -m tests.report.approval_form`."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from monitor.settings import ROOT

PATH = ROOT / "data" / "templates" / "信息发布审批单.docx"
LINES = (
    "标题",
    "类别",
    "拟发平台及账号",
    "拟发时间",
    "内容摘要",
    "拟稿人",
    "业务部门意见",
    "保密审查意见",
    "科室负责人意见",
    "分管处领导意见",
    "厅领导意见",
    "线下签批",
    "发布人",
    "实际发布时间",
    "链接",
)
PRINTED = {"内容摘要": "内容摘要/附件", "厅领导意见": "厅领导意见(突发/重大)"}


def made() -> bytes:
    """The form: a title and a table of two columns, names left, values right."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _font(paper.styles["Normal"], "仿宋_GB2312", 12)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("信息发布审批单")
    run.font.size = Pt(20)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "方正小标宋简体")
    paper.add_paragraph("{{ 单位 }}")
    table = paper.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for name in LINES:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = PRINTED.get(name, name), f"{{{{ {name} }}}}"
        cells[0].width, cells[1].width = Mm(40), Mm(120)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def _font(style: object, name: str, size: int) -> None:
    style.font.name, style.font.size = name, Pt(size)  # type: ignore[attr-defined]
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)  # type: ignore[attr-defined]


if __name__ == "__main__":
    PATH.write_bytes(made())
