"""Writes the templates of a case's papers: `python -m tests.report.case_letter_forms`.

The page follows GB/T 9704-2012: A4, 37/35/28/26 mm, title 方正小标宋 二号, text 仿宋 三号 at 28 pt,
headings 黑体, two characters' indent, the page number between dashes. Fonts name what stands in
for them on a machine that has not bought them.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from monitor.domain.case_rules import Paper
from monitor.settings import ROOT

FOLDER = ROOT / "data" / "templates"
TITLE, BODY, HEAD, KAI, FOOT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
INSTEAD = {
    TITLE: "方正小标宋_GBK;华文中宋;宋体",
    BODY: "仿宋;方正仿宋_GBK;FangSong",
    HEAD: "SimHei;思源黑体",
    KAI: "楷体;方正楷体_GBK;KaiTi",
}
"""What a machine without the font may take."""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LIST = "{%p for 每项 in 问题 %}"
ITEM = "{{ 每项.序号 }}{{ 每项.名称 }}。{{ 每项.情形 }}(依据:{{ 每项.依据 }})"
END = "{%p endfor %}"
SAID = ("{%p if 说明 %}", "{{ 说明 }}", "{%p endif %}")
CALL = "联系人及电话:{{ 联系人 }}"
TEXTS: dict[Paper, tuple[str, ...]] = {
    Paper.NOTICE: (
        "经监测并人工核实,你单位主办的“{{ 账号 }}”({{ 平台 }})存在下列问题,不符合要求"
        "(最后发布:{{ 最后发布 }}):",
        *(LIST, ITEM, END),
        "处置措施:{{ 处置措施 }}。请于{{ 期限 }}完成整改,并通过系统或以书面方式反馈情况;"
        "确无力维护的,可申请关停或合并。如有异议,请于收到后{{ 复核期限 }}个工作日内申请复核。",
        *SAID,
        CALL,
        "附件:核查佐证材料",
    ),
    Paper.HINT: (
        "【工作提示】你单位主办的“{{ 账号 }}”({{ 平台 }})有下列情况(最后发布:{{ 最后发布 }}):",
        *(LIST, "{{ 每项.序号 }}{{ 每项.名称 }}。{{ 每项.情形 }}", END),
        "请于{{ 期限 }}安排处理。已处理的请忽略。",
        *SAID,
        CALL,
    ),
    Paper.INQUIRY: (
        "你单位主办的“{{ 账号 }}”({{ 平台 }})经系统比对有下列疑似情况,尚未作出结论"
        "(所见最后发布:{{ 最后发布 }}):",
        *(LIST, "{{ 每项.序号 }}疑似{{ 每项.名称 }}。{{ 每项.情形 }}", END),
        "请核对。情况不符的,请写明情况并附作品链接或截图;属实的,请说明原因和打算。",
        *SAID,
        CALL,
    ),
    Paper.CORRECTION: (
        "{{ 原文号 }}文书中关于你单位主办的“{{ 账号 }}”({{ 平台 }})的下列内容,经复核不属实,"
        "现予更正,不作为考核和通报的依据:",
        *(LIST, "{{ 每项.序号 }}{{ 每项.名称 }}。{{ 每项.情形 }}", END),
        *SAID,
        "由此给你单位工作带来的不便,深表歉意。",
        CALL,
    ),
}
CLOSURE = (
    *("单位", "账号", "平台", "账号ID", "开设日期", "粉丝数", "关停原因", "并入账号"),
    *("内容存档方式", "公告日期及链接", "单位意见", "市州意见", "省厅意见"),
    *("省平台注销日期", "国家系统注销日期", "平台注销核验"),
)
WIDTHS = (45, 111)
SAYS = {"账号": "账号名称", "平台注销核验": "平台注销核验(截图/日期/核验人)"}


def made(kind: Paper) -> bytes:
    """One template."""
    paper = Document()
    _page(paper)
    _line(paper, str(kind), TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    _line(paper, "{{ 文号 }}", BODY, 16, WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    if kind is Paper.CLOSURE:
        _form(paper)
    else:
        _line(paper, "{{ 主送 }}:", BODY, 16, None, indent=False)
        for text in TEXTS[kind]:
            _line(paper, text, BODY, 16)
        for text in ("{{ 落款 }}", "{{ 日期 }}"):
            _line(paper, text, BODY, 16, WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _font(paper.styles["Normal"].element.get_or_add_rPr(), BODY, 16)
    _number(section.footer.paragraphs[0])
    fonts = next(each for each in paper.part.package.parts if "fontTable" in each.partname)
    told = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="86"/></w:font>'
        for name, instead in INSTEAD.items()
    )
    fonts._blob = fonts.blob.replace(b"</w:fonts>", told.encode() + b"</w:fonts>")


def _line(
    paper: Any, text: str, font: str, size: float, align: Any = None, *, indent: bool = True
) -> None:
    paragraph = paper.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = (
        WD_LINE_SPACING.EXACTLY,
        Pt(28 if size < 20 else 36),
    )
    shape.space_before = shape.space_after = Pt(0)
    run = paragraph.add_run(text)
    _font(run._element.get_or_add_rPr(), font, size)
    if indent:
        paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")


def _font(marks: Any, name: str, size: float) -> None:
    fonts = marks.get_or_add_rFonts()
    for each in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(each), name)
    for tag in ("w:sz", "w:szCs"):
        found = marks.find(qn(tag))
        if found is None:
            found = OxmlElement(tag)
            marks.append(found)
        found.set(qn("w:val"), str(round(size * 2)))


def _number(paragraph: Any) -> None:
    """`— 1 —`, four in size, in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", "PAGE", " —"):
        run = paragraph.add_run("" if text == "PAGE" else text)
        _font(run._element.get_or_add_rPr(), FOOT, 14)
        if text == "PAGE":
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), "PAGE")
            run._element.addnext(field)
            field.append(run._element)


def _form(paper: Any) -> None:
    table = _grid(paper)
    for name in CLOSURE:
        row = table.add_row()
        row.height = Mm(10)
        for cell, text, wide in zip(
            row.cells, (SAYS.get(name, name), f"{{{{ {name} }}}}"), WIDTHS, strict=True
        ):
            cell.width = Mm(wide)
            run = cell.paragraphs[0].add_run(text)
            _font(run._element.get_or_add_rPr(), BODY, 12)
    _line(paper, "联系人及电话:{{ 联系人 }}    {{ 日期 }}", BODY, 12, indent=False)


def _grid(paper: Any) -> Any:
    """A table of names and what stands for them, as wide in an office suite as it is meant."""
    table = paper.add_table(rows=0, cols=len(WIDTHS))
    table.style, table.autofit = "Table Grid", False
    for column, wide in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(wide)
    return table


if __name__ == "__main__":
    for each in Paper:
        (FOLDER / f"{each}.docx").write_bytes(made(each))
