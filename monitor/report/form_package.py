"""Forms for every unit of a level, zipped: what one click sends out."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Final

from monitor.domain.account import PLATFORMS, Kind, State
from monitor.domain.form import Form, Round
from monitor.domain.instants import shanghai
from monitor.domain.judged import Registered
from monitor.domain.unit import Unit
from monitor.report import form_workbook, ledger
from monitor.report.form_workbook import FormSheet

COLUMNS: Final = (
    *("序号", "机构代码", "县市区", "主办单位", "平台", "账号名称", "账号ID", "主页链接"),
    *("账号归属(官方/民警个人)", "主账号(是/否)", "重点账号(是/否)", "开设日期", "账号状态"),
    *("互动功能", "服务功能", "责任人", "联络员", "运维员A", "最近核对日期", "备注"),
    ledger.REF,
)
"""What a unit is asked to look over; all else of the ledger stays as it is."""
YES_NO: Final = ("是", "否")
UNDATED: Final = (2019, 1, 1, 0, 0, 0)
NOTES: Final = (
    "1. 表中是系统已有的内容,请逐行核对,有误的直接改,缺的账号在下方空行补上。",
    "2. 已知内容不必重填;空白表示不清楚,不会清除系统中的原有内容。",
    "3. 带下拉箭头的列请从列表中选择;账号ID、机构代码按文本填写,不要改成数字。",
    "4. 没有账号的平台不用填。账号已关停、注销的,请改“账号状态”,不要删行。",
    "5. 请勿改动表头和工作表;改文件名不影响识别。请勿填写国家秘密和警务工作秘密。",
)


def render(
    sent: Round, forms: Sequence[Form], registered: Sequence[Registered], units: Sequence[Unit]
) -> bytes:
    """A zip with one workbook per form, pre-filled with the accounts of its unit's sub-tree."""
    return zipped(dict(_books(sent, forms, registered, units)))


def _books(
    sent: Round, forms: Sequence[Form], registered: Sequence[Registered], units: Sequence[Unit]
) -> Iterable[tuple[str, bytes]]:
    due = shanghai(sent.due_at)
    until = f"请于{due.month}月{due.day}日{due.hour}时前交回。"
    for form in forms:
        own = [each for each in registered if each.unit.path.startswith(form.path)]
        below = [each.name for each in units if each.path.startswith(form.path)]
        sheet = FormSheet(
            heading=f"{sent.title}——{form.unit_name}",
            token=form.token,
            table=ledger.table(own, COLUMNS),
            notes=(until, *NOTES),
            choices=_choices(below),
            hidden=frozenset({ledger.REF}),
        )
        yield (
            f"{file_name(form.unit_name)}_{file_name(sent.title)}.xlsx",
            form_workbook.render(sheet),
        )


def _choices(below: Sequence[str]) -> Mapping[str, Sequence[str]]:
    return {
        "主办单位": tuple(dict.fromkeys(below)),
        "平台": tuple(PLATFORMS.values()),
        "账号归属(官方/民警个人)": tuple(each.value for each in Kind),
        "主账号(是/否)": YES_NO,
        "重点账号(是/否)": YES_NO,
        "账号状态": tuple(each.value for each in State),
    }


def file_name(text: str) -> str:
    """A text without the signs that no file name may hold."""
    return "".join("_" if char in '\\/:*?"<>|\r\n\t' else char for char in text).strip(" .")


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one archive; the same files are the same bytes."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, each in files.items():
            package.writestr(zipfile.ZipInfo(name, UNDATED), each, zipfile.ZIP_DEFLATED)
    return content.getvalue()
