"""Compound files (OLE): old .xls workbooks, and the shell that password-protected .xlsx come in."""

from monitor.domain.errors import InputError

REMEDY = "请在表格软件中取消打开密码,另存后再导入"


def refuse_protected(content: bytes, name: str) -> None:
    """InputError where the bytes are an encrypted package or hold no workbook."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError("文件设有打开密码", name, REMEDY)
    if not any(each.encode("utf-16-le") in content for each in ("Workbook", "Book")):
        raise InputError("不是表格文件(可能是文档或邮件)", name, "请另存为 .xlsx 或 CSV 后再导入")
