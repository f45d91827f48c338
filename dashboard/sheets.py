"""Sheets: the plain HTML pages of the entrance, which need no script and nothing from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Final

FOLDER: Final = Path(__file__).parent / "forms"
SHEETS: Final = {path.stem: Template(path.read_text("utf-8")) for path in FOLDER.glob("*.html")}
WATERMARK: Final = '<p class="demo-note">演示数据 纯属虚构</p>'


@dataclass(frozen=True)
class Sheets:
    """The pages of one office."""

    office: str
    demo: bool

    def login(
        self, *, token: str, onward: str, login: str = "", notice: str = "", elsewhere: str = ""
    ) -> str:
        """The sign-in form; after a failure it keeps the login and says what happened.

        `elsewhere` is where the office's own sign-on begins, '' where there is none.
        """
        content = filled(
            "login",
            {"token": token, "next": onward, "login": login},
            notice=notice_of(notice),
            elsewhere=_elsewhere(elsewhere),
            focus_login="" if login else "autofocus",
            focus_password="autofocus" if login else "",
        )
        return self.framed("登录", content)

    def password(
        self, *, token: str, onward: str, login: str, first: bool, notice: str = ""
    ) -> str:
        """The form to change one's own password."""
        why = (
            "首次登录或口令被重置后，须先修改口令。"
            if first
            else "修改后，其他设备上的登录将全部退出。"
        )
        values = {"token": token, "next": onward, "login": login, "why": why}
        back = "" if first else '<a href="/">返回首页</a>'
        content = filled("password", values, notice=notice_of(notice), back=back)
        return self.framed("修改口令", content)

    def refused(self, title: str, why: str, *, href: str = "/", link: str = "返回首页") -> str:
        """A request that was not answered, and the way on."""
        onward = f'<p><a href="{escape(href, quote=True)}">{escape(link)}</a></p>' if href else ""
        values = {"title": title, "why": why}
        return self.framed(title, filled("refused", values, onward=onward))

    def framed(self, title: str, content: str, *, wide: bool = False) -> str:
        """A page of the entrance around content of our own; `wide` for what is to be filled in."""
        return filled(
            "frame",
            {"title": f"{title} · 矩阵哨兵", "office": self.office},
            content=content,
            marks="demo" if self.demo else "",
            watermark=WATERMARK if self.demo else "",
            width=" wide" if wide else "",
        )


def filled(sheet: str, values: Mapping[str, str], **made: str) -> str:
    """A sheet with its values escaped; `made` is HTML of our own."""
    said = {key: escape(value, quote=True) for key, value in values.items()}
    return SHEETS[sheet].substitute(said | made)


def notice_of(text: str) -> str:
    """What went wrong, as the sheets show it; '' where nothing did."""
    return f'<p class="notice" role="alert">{escape(text)}</p>' if text else ""


def _elsewhere(href: str) -> str:
    if not href:
        return ""
    return f'<p class="elsewhere"><a href="{escape(href, quote=True)}">统一认证登录</a></p>'
