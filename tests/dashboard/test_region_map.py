"""The map: each place in the colour of its share, its name a link that stands where it belongs."""

import base64
import re
from pathlib import Path

import pytest

from dashboard.charts.palette import NOT_SEEN, POSTED
from dashboard.region_map import Place, draw, shade
from monitor.settings import ROOT

DATA = ROOT / "data"


def drawn(places: dict[str, Place]) -> tuple[str, str]:
    """The words above the map and the drawing below them."""
    found = draw(DATA, places, "各地")
    assert found is not None
    encoded = re.search(r"base64,([^\"]+)", found.text)
    assert encoded is not None
    return found.text, base64.b64decode(encoded[1]).decode()


@pytest.mark.parametrize(
    ("share", "colour"),
    [(None, NOT_SEEN), (0.0, POSTED[0]), (0.5, POSTED[1]), (0.94, POSTED[2]), (1.0, POSTED[3])],
)
def test_the_more_is_done_the_darker(share: float | None, colour: str) -> None:
    assert shade(share) == colour


def test_every_place_of_the_province_has_an_outline_and_a_name_inside_the_picture() -> None:
    words, svg = drawn({})
    assert svg.count("<path") == words.count("<span style") == 17
    shares = [float(each) for each in re.findall(r"(?:left|top):([\d.]+)%", words)]
    assert len(shares) == 34
    assert all(0 < each < 100 for each in shares)
    assert set(re.findall(r'fill="(#\w+)"', svg)) == {NOT_SEEN}


def test_a_place_is_known_by_six_digits_and_leads_on() -> None:
    words, svg = drawn({"421000000000": Place(0.6, '已发布"<6>"', "/campaigns?id=1&region=421000")})
    assert re.findall(r'href="([^"]+)"', words) == ["/campaigns?id=1&amp;region=421000"]
    assert "已发布&quot;&lt;6&gt;&quot;" in words
    assert svg.count(POSTED[1]) == 1


def test_an_office_without_a_map_has_none(tmp_path: Path) -> None:
    assert draw(tmp_path, {}, "各地") is None
