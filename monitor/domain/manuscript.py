"""Manuscript 文稿: a text to be published, the platforms it is for, and when it is planned."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

SUBJECT: Final = "文稿"
"""The kind of subject a manuscript is to an approval."""
TITLE: Final = "标题"
BODY: Final = "正文"
KIND: Final = "类别"
PLATFORMS: Final = "拟发平台"
PLANNED: Final = "拟发时间"
FIELDS: Final = (KIND, TITLE, BODY, PLATFORMS, PLANNED)
KINDS: Final = (
    "专题宣传",
    "政策解读",
    "预警提示",
    "警情通报",
    "突发事件回应",
    "重大信息发布",
    "更正撤稿",
    "演练",
)


@dataclass(frozen=True, slots=True)
class Text:
    """What is to be published; `platforms` by id, `planned` in seconds, None where it is open."""

    kind: str
    title: str
    body: str
    platforms: tuple[str, ...] = ()
    planned: int | None = None

    @property
    def sha256(self) -> str:
        """The hash a signature is given for: of kind, title, body and platforms."""
        parts = (self.kind, self.title, self.body, *sorted(self.platforms))
        return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text with its unit and writer; `version` moves with every change."""

    id: int
    unit_id: int
    drafter_id: int
    version: int
    text: Text
