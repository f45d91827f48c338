"""The chart: drawn with a Chinese font found by path, or not at all."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import image
from matplotlib.font_manager import FontProperties, findfont

from monitor.report import chart, digest, figures, fonts
from tests.conftest import refuse
from tests.report.weeks import a_full_week, a_judged, a_unit

LATIN = FontProperties(fname=findfont("DejaVu Sans"))


@pytest.fixture
def face() -> FontProperties:
    found = fonts.chinese()
    if found is None:
        refuse("no Chinese font on this machine: apt install fonts-noto-cjk")
    assert found is not None
    return found


def test_the_chart_shows_every_outcome_in_its_colour(face: FontProperties) -> None:
    drawn = chart.places(figures.by_place(a_full_week().now), face)
    assert drawn is not None
    pixels = (image.imread(BytesIO(drawn))[..., :3] * 255).round().astype(int)
    for name, _, colour in chart.SERIES:
        wanted = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)])
        assert (np.abs(pixels - wanted).max(axis=2) <= 2).sum() > 100, name


def test_the_same_places_are_the_same_picture(face: FontProperties) -> None:
    grouped = figures.by_place(a_full_week().now)
    assert chart.places(grouped, face) == chart.places(grouped, face)


def test_drawing_leaves_the_programs_own_settings_alone(face: FontProperties) -> None:
    before = dict(mpl.rcParams)
    chart.places(figures.by_place(a_full_week().now), face)
    assert dict(mpl.rcParams) == before


def test_a_font_without_chinese_draws_no_boxes_but_nothing() -> None:
    assert chart.places(figures.by_place(a_full_week().now), LATIN) is None


def test_a_name_the_font_lacks_leaves_the_chart_out(face: FontProperties) -> None:
    odd = a_unit(region="429999", region_name="\U0010fffd市")
    week = a_full_week()
    assert chart.places(figures.by_place([*week.now, a_judged(9, unit=odd)]), face) is None


def test_a_machine_without_chinese_fonts_is_found_out(tmp_path: Path) -> None:
    assert fonts.chinese([str(tmp_path)]) is None


def test_without_a_chart_the_page_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "chinese", lambda: None)
    letter = digest.compose(a_full_week())
    assert "cid:" not in letter.html
    assert "<img" not in letter.html
    assert not [each for each in letter.attachments if each.cid]
    assert "武汉市" in letter.html


def test_one_place_alone_needs_no_chart(face: FontProperties) -> None:
    assert chart.places(figures.by_place([a_judged(1), a_judged(2)]), face) is None


def test_of_a_collection_the_simplified_face_is_taken(face: FontProperties) -> None:
    path = face.get_file()
    if not str(path).endswith("NotoSansCJK-Regular.ttc"):
        pytest.skip("this machine's font is no collection of Noto")
    assert getattr(path, "face_index", 0) == 2


def test_a_week_of_one_place_has_neither_chart_nor_table_of_places() -> None:
    week = replace(a_full_week(), now=(a_judged(1, 999999), a_judged(2, None)), before=None)
    assert "分地区情况</h2>" not in digest.compose(week).html
