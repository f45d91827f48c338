"""The page on which an account's owner would scan a code: here one link an account."""

from html import escape


def consent(title: str, offers: list[tuple[str, str]]) -> str:
    """An HTML page with a link per account; following it is the owner's agreement."""
    links = "".join(
        f'<li><a href="{escape(address, quote=True)}">{escape(name)}</a></li>'
        for name, address in offers
    )
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<h1>{escape(title)}</h1><p>演示数据 纯属虚构。请选择要授权的账号:</p>"
        f"<ul>{links}</ul></html>"
    )
