"""Photos 截图: a screenshot that shows what a person saw, kept on this machine under its hash."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from monitor.domain.errors import InputError

LARGEST: Final = 5_000_000
KINDS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
"""What a screenshot may be, by its first bytes."""


def keep(folder: Path, content: bytes) -> str:
    """Store a PNG or JPEG once; its sha256. InputError where it is none or too large."""
    kind = next((kind for first, kind in KINDS.items() if content.startswith(first)), "")
    if not kind:
        raise InputError("截图不是 PNG 或 JPG 图片", "截图", "请重新截图后上传,或不上传")
    if len(content) > LARGEST:
        raise InputError("截图超过5 MB", "截图", "请缩小后上传,或不上传")
    digest = sha256(content).hexdigest()
    path = folder / digest[:2] / f"{digest}.{kind}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
    return digest
