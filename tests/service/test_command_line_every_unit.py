"""`sentinel forms send` to every unit of a level: as many forms, each with a mark of its own."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from monitor.domain.form import HIDDEN_SHEET
from tests.service.conftest import Sentinel


@pytest.mark.parametrize(("level", "count"), [("市州局", 17), ("县级局", 113)])
def test_a_form_goes_to_each_prefecture_or_to_each_county_bureau_and_city_branch(
    registered: Sentinel, home: Path, level: str, count: int
) -> None:
    out = home / "分发.zip"
    asked = ("--title", "核对", "--level", level, "--due", "2099-12-31", "--out", str(out))
    assert registered("forms", "send", *asked).exit_code == 0
    with zipfile.ZipFile(out) as opened:
        marks = [_mark(opened.read(each)) for each in opened.namelist()]
    assert len(set(marks)) == len(marks) == count
    assert f"未交 {count}" in registered("forms", "status").stdout


def _mark(content: bytes) -> str:
    """What a returned form is known by."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))[HIDDEN_SHEET]
    return "/".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
