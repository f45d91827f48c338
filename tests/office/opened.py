"""Files of the product as LibreOffice, the stand-in for WPS, opens them and saves them again."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.conftest import refuse

COMMA: Final = ["--infilter=CSV:44,34,76,1"]
"""A comma file as a double click opens it: commas, quotes, UTF-8, from the first line."""
SECONDS: Final = 120


def opened(folder: Path, files: Mapping[str, bytes]) -> dict[str, Path]:
    """Each file as saved again: workbooks and comma files as xlsx, papers as text."""
    program = shutil.which("soffice")
    if program is None:
        refuse("needs LibreOffice: apt install libreoffice-calc-nogui libreoffice-writer-nogui")
    for name, content in files.items():
        (folder / name).write_bytes(content)
    asked = {"xlsx": ("xlsx", []), "csv": ("xlsx", COMMA), "docx": ("txt:Text (encoded):UTF8", [])}
    found: dict[str, Path] = {}
    for suffix, (target, more) in asked.items():
        paths = [folder / name for name in files if name.endswith(f".{suffix}")]
        if paths:
            out = folder / f"from-{suffix}"
            _convert(str(program), [*more, "--convert-to", target], out, paths)
            ending = target.partition(":")[0]
            found |= {path.name: out / f"{path.stem}.{ending}" for path in paths}
    return found


def _convert(program: str, how: list[str], out: Path, paths: list[Path]) -> None:
    own = (out.parent / "profile").as_uri()
    command = [program, "--headless", f"-env:UserInstallation={own}", *how]
    done = subprocess.run(
        [*command, "--outdir", str(out), *map(str, paths)],
        env={**os.environ, "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
