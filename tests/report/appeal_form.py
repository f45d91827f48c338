"""Writes the template of 《平台申诉函》: `python -m tests.report.appeal_form`."""

from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.report import case_letter_forms as forms

TITLE = "关于申请找回官方账号的函"
LINES = (
    "我单位{{ 单位 }}在贵平台开设官方账号“{{ 账号 }}”(账号ID:{{ 账号ID }},认证主体:{{ 认证主体 }},"
    "政务新媒体备案号:{{ 备案号 }})。因{{ 失管情况 }},目前不能登录,既不能发布信息,也不能办理注销。",
    "为防止账号被冒用,请贵平台协助:一、核验我单位主体资格后,将账号管理权限变更至我单位指定的管理员;"
    "二、找回期间限制该账号发布内容;三、确不能找回的,协助办理注销并书面告知。",
    "附件:1.单位主体资格证明;2.经办人证明;3.政务新媒体备案材料",
    "联系人及电话:{{ 联系人 }}",
)


def made() -> bytes:
    """The template."""
    paper = Document()
    forms._page(paper)
    centre, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    forms._line(paper, TITLE, forms.TITLE, 22, centre, indent=False)
    forms._line(paper, "{{ 平台 }}平台:", forms.BODY, 16, None, indent=False)
    for text in LINES:
        forms._line(paper, text, forms.BODY, 16)
    for text in ("{{ 单位 }}(印章)", "{{ 日期 }}"):
        forms._line(paper, text, forms.BODY, 16, right, indent=False)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


if __name__ == "__main__":
    (forms.FOLDER / "平台申诉函.docx").write_bytes(made())
