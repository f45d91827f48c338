"""The archive of a bundle: a zip of JSON lines whose comment is the seal over every byte before it.

Nothing of a file is read before its seal was found right: a changed, cut or lengthened file, and
one sealed with another key, is refused as a whole.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from monitor.access import seals
from monitor.domain.bundle import FORMAT, PARTS, Bundle, Manifest, Rows
from monitor.domain.errors import InputError

MANIFEST: Final = "manifest.json"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same bundle is the same bytes."""
MIXED: Final = "请确认两侧程序版本一致"


def pack(bundle: Bundle, key: bytes) -> bytes:
    """The archive of a bundle, sealed."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        _add(archive, MANIFEST, _text({"format": FORMAT, **asdict(bundle.manifest)}))
        for part in PARTS:
            lines = [_text(row) for row in bundle.rows.get(part, [])]
            _add(archive, f"{part}.jsonl", "".join(f"{line}\n" for line in lines))
        archive.comment = b"0" * seals.LENGTH
    return seals.seal(content.getvalue()[: -seals.LENGTH], key)


def unpack(content: bytes, key: bytes, name: str) -> Bundle:
    """The bundle in a sealed archive; InputError where it is none, or not as it was sealed."""
    seals.opened(content, key, name)
    try:
        with ZipFile(BytesIO(content)) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            _of_our_format(manifest, name)
            rows = {part: _rows(archive.read(f"{part}.jsonl")) for part in PARTS}
    except (BadZipFile, KeyError, ValueError) as error:
        raise InputError("数据包读不懂,未导入任何内容", name, MIXED) from error
    return Bundle(Manifest(**manifest), rows)


def _of_our_format(manifest: dict[str, Any], name: str) -> None:
    found = manifest.pop("format", None)
    if found != FORMAT:
        raise InputError(f"数据包格式为第{found}版,本程序只认第{FORMAT}版", name, MIXED)


def _add(archive: ZipFile, name: str, text: str) -> None:
    member = ZipInfo(name, EPOCH)
    member.compress_type = ZIP_DEFLATED
    archive.writestr(member, text.encode())


def _text(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=dict)


def _rows(content: bytes) -> Rows:
    return [json.loads(line) for line in content.split(b"\n") if line]
