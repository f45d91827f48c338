"""Fonts 字体: a Chinese face found by path, because a picture cannot borrow its reader's."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from matplotlib.font_manager import FontPath, FontProperties
from matplotlib.ft2font import FT2Font

FOLDERS: Final = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
FILES: Final = (
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.otf",
    "NotoSansSC-Regular.ttf",
    "SourceHanSansSC-Regular.otf",
    "NotoSansCJK-Regular.ttc",
    "msyh.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "simhei.ttf",
    "STHeiti Light.ttc",
    "DroidSansFallbackFull.ttf",
    "simsun.ttc",
)
"""Sober sans-serif faces that systems ship, the best first."""
SIMPLIFIED: Final = (" SC", " GB", "YaHei", "SimHei", "SimSun", "Heiti SC")
FACES: Final = 12


def chinese(folders: Iterable[str] = FOLDERS) -> FontProperties | None:
    """A font with Chinese characters; None where the machine has none of those we know."""
    path = _find(tuple(folders))
    return None if path is None else FontProperties(fname=path)


def draws(font: FontProperties, texts: Iterable[str]) -> bool:
    """True where the font has a glyph for every character: no boxes in what leaves the house."""
    path = font.get_file()
    index = path.face_index if isinstance(path, FontPath) else 0
    face = FT2Font(str(path), face_index=index)
    return all(face.get_char_index(ord(char)) for text in texts for char in text)


@cache
def _find(folders: tuple[str, ...]) -> FontPath | None:
    there: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.[ot]t[fc]")):
            there.setdefault(path.name, path)
    found = next((there[name] for name in FILES if name in there), None)
    return None if found is None else FontPath(str(found), _face(found))


def _face(path: Path) -> int:
    """The simplified Chinese face of a collection: the first one is often Japanese."""
    if path.suffix != ".ttc":
        return 0
    for index in range(FACES):
        try:
            family = FT2Font(str(path), face_index=index).family_name
        except (RuntimeError, ValueError):
            return 0
        if any(part in family for part in SIMPLIFIED):
            return index
    return 0
