"""Photos 截图 and scans 扫描件: what a person saw or signed, kept here under its hash."""

from hashlib import sha256
from pathlib import Path
from typing import Final

from monitor.domain.errors import InputError

LARGEST: Final = 5_000_000
KINDS: Final = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}
"""What a screenshot may be, by its first bytes."""
LARGEST_SCAN: Final = 10_000_000
MEDIA: Final = {
    "png": (b"\x89PNG\r\n\x1a\n", 0, 10_000_000),
    "jpg": (b"\xff\xd8\xff", 0, 10_000_000),
    "gif": (b"GIF8", 0, 10_000_000),
    "mp4": (b"ftyp", 4, 50_000_000),
    "docx": (b"PK\x03\x04", 0, 20_000_000),
    "pdf": (b"%PDF-", 0, 20_000_000),
}
"""What may go with a release: its first bytes, where they stand, and how large it may be."""
MEGA: Final = 1_000_000
DIGEST: Final = 64
SCANS: Final = {**KINDS, b"%PDF-": "pdf"}
"""What a scan of a signed paper may be."""


def keep(folder: Path, content: bytes) -> str:
    """Store a PNG or JPEG once; its sha256. InputError where it is none or too large."""
    kind = next((kind for first, kind in KINDS.items() if content.startswith(first)), "")
    if not kind:
        raise InputError("截图不是 PNG 或 JPG 图片", "截图", "请重新截图后上传,或不上传")
    if len(content) > LARGEST:
        raise InputError("截图超过5 MB", "截图", "请缩小后上传,或不上传")
    return _stored(folder, content, kind)


def keep_scan(folder: Path, content: bytes) -> str:
    """Store a scan or photo of a paper once; its sha256. InputError where it is none of ours."""
    kind = next((kind for first, kind in SCANS.items() if content.startswith(first)), "")
    if not kind:
        raise InputError("扫描件不是 PDF、PNG 或 JPG", "扫描件", "请重新扫描或拍照后上传")
    if len(content) > LARGEST_SCAN:
        raise InputError("扫描件超过10 MB", "扫描件", "请降低分辨率后重新扫描")
    return _stored(folder, content, kind)


def keep_media(folder: Path, content: bytes, name: str) -> str:
    """Store a picture, a film or a text that goes with a release, once; its sha256. InputError
    where it is none, is not what its name says, or is too large."""
    kind = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if kind not in MEDIA:
        told = "只收PNG、JPG、GIF图片,MP4视频,Word(docx)和PDF"
        raise InputError(f"“{name}”不能作附件", "附件", told)
    mark, place, largest = MEDIA[kind]
    if content[place : place + len(mark)] != mark:
        raise InputError(f"“{name}”的内容与文件类型不符", "附件", "请核对后重新上传")
    if len(content) > largest:
        raise InputError(f"“{name}”超过{largest // MEGA} MB", "附件", "请压缩后上传")
    return _stored(folder, content, kind)


def keep_template(folder: Path, content: bytes) -> str:
    """Store the template a paper was issued with, once; its sha256. Checked before by others."""
    return _stored(folder, content, "docx")


def find(folder: Path, digest: str) -> Path | None:
    """The file kept under a hash; None where there is none."""
    if len(digest) != DIGEST or not digest.isalnum():
        return None
    return next(iter(sorted((folder / digest[:2]).glob(f"{digest}.*"))), None)


def _stored(folder: Path, content: bytes, kind: str) -> str:
    digest = sha256(content).hexdigest()
    path = folder / digest[:2] / f"{digest}.{kind}"
    if path.exists():
        path.touch()  # handed in anew: its time begins again
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(content)
        part.replace(path)
    return digest
