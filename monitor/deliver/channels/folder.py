"""Channel folder 预览: a letter laid into a folder, whole or not at all, to be looked at."""

import shutil
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from monitor.deliver.channel import CHANNELS, Means
from monitor.deliver.message import build
from monitor.domain.errors import CannotRun, DeliveryError
from monitor.domain.letter import Letter

NAME: Final = "folder"
NOBODY: Final = "preview@localhost"
GROUP_TEXT: Final = "群消息.txt"
FORBIDDEN: Final = frozenset('<>:"/\\|?*')
LONGEST: Final = 60


class Folder:
    """Lays every letter into a folder of its own under one folder."""

    name = NAME

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, letter: Letter, recipient: str, dedupe_key: str, at: datetime) -> str:
        """Write the letter's files; the receipt is the path of their folder. A letter laid down
        before under the same subject is replaced."""
        files = contents(letter, recipient, dedupe_key, at)
        place = self._folder / file_name(letter.subject)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _lay(place, files)
        except OSError as error:
            raise DeliveryError(
                f"写不进文件夹:{error.strerror or error}",
                str(self._folder),
                "请检查磁盘空间和写入权限",
                permanent=True,
            ) from error
        return str(place)


def open_channel(means: Means) -> Folder:
    """The channel; CannotRun where no folder is named."""
    if means.folder is None:
        raise CannotRun("没有指定预览文件夹", "参数 --preview", "请写出文件夹的路径")
    return Folder(means.folder)


CHANNELS.add(NAME, open_channel)


def contents(letter: Letter, recipient: str, key: str, at: datetime) -> Mapping[str, bytes]:
    """Every file of the preview by name: the mail itself, and its parts on their own."""
    stem = file_name(letter.subject)
    message = build(letter, NOBODY, recipient or NOBODY, key, at)
    files = {f"{stem}.eml": message.as_bytes(), f"{stem}.txt": letter.text.encode()}
    if letter.html:
        files[f"{stem}.html"] = inlined(letter).encode()
    if letter.group_text:
        files[GROUP_TEXT] = letter.group_text.encode()
    for each in letter.attachments:
        files[file_name(each.name)] = each.content
    return files


def inlined(letter: Letter) -> str:
    """The HTML with its pictures inside, so that it opens without a mail program."""
    html = letter.html
    for each in letter.attachments:
        if each.cid:
            data = b64encode(each.content).decode()
            html = html.replace(f"cid:{each.cid}", f"data:{each.media_type};base64,{data}")
    return html


def file_name(text: str) -> str:
    """A text as the name of a file: nothing in it climbs, hides or is refused anywhere."""
    kept = "".join("_" if char in FORBIDDEN or not char.isprintable() else char for char in text)
    return kept.strip(" .")[:LONGEST].strip(" .") or "未命名"


def _lay(place: Path, files: Mapping[str, bytes]) -> None:
    """Write aside, then rename: a reader finds the old folder or the new one, never half of one."""
    aside = Path(mkdtemp(prefix=".", dir=place.parent))
    new, old = aside / "new", aside / "old"
    try:
        new.mkdir()
        for name, content in files.items():
            (new / name).write_bytes(content)
        _swap(place, new, old)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(place: Path, new: Path, old: Path) -> None:
    if not place.exists():
        new.rename(place)
        return
    place.rename(old)
    try:
        new.rename(place)
    except OSError:
        old.rename(place)
        raise
