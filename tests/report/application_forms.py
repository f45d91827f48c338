"""Writes the forms of an application: `python -m tests.report.application_forms`."""

from io import BytesIO
from typing import Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from monitor.domain.lifecycle import Move
from monitor.report.application_form import TEMPLATES
from tests.report import case_letter_forms as forms

ROWS: Final = {
    Move.APPLY_OPEN: (
        *("单位", "机构代码", "账号", "平台", "功能定位", "分管领导", "责任人", "联络员"),
        *("运维员A", "运维员B", "单位意见", "市州意见", "省厅意见", "批准文号"),
    ),
    Move.APPLY_CHANGE: (
        *("单位", "账号", "平台", "账号ID", "变更事项", "变更前", "变更后", "情况说明"),
        *("单位意见", "市州意见", "省厅意见", "批准文号"),
    ),
}
SAYS: Final = {"单位": "主办单位", "账号": "账号名称", "情况说明": "变更理由"}
TALL: Final = frozenset({"单位意见", "市州意见", "省厅意见"})
"""What is written and stamped by hand needs room."""


def made(move: Move) -> bytes:
    """One template."""
    paper = Document()
    forms._page(paper)
    title = TEMPLATES[move].removesuffix(".docx")
    centre = WD_ALIGN_PARAGRAPH.CENTER
    forms._line(paper, title, forms.TITLE, 22, centre, indent=False)
    table = forms._grid(paper)
    for name in ROWS[move]:
        row = table.add_row()
        row.height = Mm(24 if name in TALL else 10)
        pair = (SAYS.get(name, name), f"{{{{ {name} }}}}")
        for cell, text, wide in zip(row.cells, pair, forms.WIDTHS, strict=True):
            cell.width = Mm(wide)
            run = cell.paragraphs[0].add_run(text)
            forms._font(run._element.get_or_add_rPr(), forms.BODY, 12)
    forms._line(paper, "联系人及电话:{{ 联系人 }}    {{ 日期 }}", forms.BODY, 12, indent=False)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


if __name__ == "__main__":
    for each in ROWS:
        (forms.FOLDER / TEMPLATES[each]).write_bytes(made(each))
