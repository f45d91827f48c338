"""示意图: the 市州 drawn from the office's own file, coloured by a share, each a link."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING, Any, Final

from dashboard.charts.palette import INK, NOT_SEEN, POSTED
from dashboard.markup import Html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

FILE: Final = ("geo", "hubei.json")
DIGITS: Final = 6
WIDTH: Final = 1000
"""Units across the drawing; shapes are kept to whole ones."""
NEAR: Final = 3
"""A corner nearer than this to the one before is left out."""
BANDS: Final = ((0.95, POSTED[3]), (0.8, POSTED[2]), (0.5, POSTED[1]), (0.0, POSTED[0]))
"""From which share on which colour; dark is done."""
DARK: Final = frozenset(POSTED[2:])
MEANINGS: Final = (
    *zip(("95%及以上", "80%—95%", "50%—80%", "不到50%"), (band[1] for band in BANDS), strict=True),
    ("没有任务或不能核验", NOT_SEEN),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One 市州 on the map: how far it is (0 to 1, None where nobody knows), said how, leading
    where ('' nowhere)."""

    share: float | None
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One 市州 as it is drawn: its outline as an SVG path, and where its name stands."""

    code: str
    name: str
    outline: str
    x: int
    y: int


def draw(folder: Path, places: Mapping[str, Place], label: str) -> Html | None:
    """The map of the places by their codes, of which six digits tell; None where there is no file.

    A page keeps no drawing in its text, so that the outlines are a picture and the names, which
    lead on, stand above it as words.
    """
    path = folder.joinpath(*FILE)
    if not path.is_file():
        return None
    height, shapes = _shapes(path)
    known = {code[:DIGITS]: place for code, place in places.items()}
    outlines = "".join(_outlined(each, known.get(each.code)) for each in shapes)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'stroke="#fff" stroke-width="2.5" stroke-linejoin="round">{outlines}</svg>'
    )
    names = "".join(_name(each, known.get(each.code), height) for each in shapes)
    return Html(
        f'<div class="ms-map"><img alt="{escape(label, quote=True)}" '
        f'src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">{names}</div>'
    )


def shade(share: float | None) -> str:
    """The colour of a share."""
    if share is None:
        return NOT_SEEN
    return next(found for least, found in BANDS if share >= least)


def _outlined(shape: Shape, place: Place | None) -> str:
    return f'<path d="{shape.outline}" fill="{shade(place.share if place else None)}"/>'


def _name(shape: Shape, place: Place | None, height: int) -> str:
    """The name where it belongs, in shares of the picture, so that it stays there on a phone."""
    where = f"left:{shape.x / WIDTH:.1%};top:{shape.y / height:.1%}"
    if place is None:
        return f'<span style="{where}">{escape(shape.name)}</span>'
    ink = "#ffffff" if shade(place.share) in DARK else INK
    said, href = escape(place.said, quote=True), escape(place.href, quote=True)
    if not href:
        return f'<span title="{said}" style="{where};color:{ink}">{escape(shape.name)}</span>'
    return (
        f'<a href="{href}" target="_self" title="{said}" style="{where};color:{ink} !important">'
        f"{escape(shape.name)}</a>"
    )


@lru_cache(maxsize=2)
def _shapes(path: Path) -> tuple[int, tuple[Shape, ...]]:
    """How high the drawing is, and the shapes in it."""
    features = json.loads(path.read_bytes())["features"]
    corners = [corner for each in features for ring in _rings(each) for corner in ring]
    west, east = min(each[0] for each in corners), max(each[0] for each in corners)
    south, north = min(each[1] for each in corners), max(each[1] for each in corners)
    across = WIDTH / (east - west)
    up = across / cos(radians((south + north) / 2))

    def put(corner: Sequence[float]) -> tuple[int, int]:
        return round((corner[0] - west) * across), round((north - corner[1]) * up)

    return round((north - south) * up), tuple(_shape(each, put) for each in features)


def _shape(feature: Mapping[str, Any], put: Callable[[Sequence[float]], tuple[int, int]]) -> Shape:
    said = feature["properties"]
    rings = [[put(corner) for corner in ring] for ring in _rings(feature)]
    outline = "".join(map(_outline, rings))
    return Shape(feature["id"], said.get("short") or said["name"], outline, *_middle(rings[0]))


def _middle(ring: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The centre of gravity of an outline: there is room for a name."""
    area, across, down = 0, 0, 0
    for (x, y), (next_x, next_y) in pairwise(ring):
        part = x * next_y - next_x * y
        area, across, down = area + part, across + (x + next_x) * part, down + (y + next_y) * part
    return (round(across / area / 3), round(down / area / 3)) if area else ring[0]


def _rings(feature: Mapping[str, Any]) -> Iterable[Sequence[Sequence[float]]]:
    """All rings of a polygon, or of several."""
    found = feature["geometry"]
    parts = found["coordinates"] if found["type"] == "MultiPolygon" else [found["coordinates"]]
    return [ring for part in parts for ring in part]


def _outline(corners: Iterable[tuple[int, int]]) -> str:
    """A closed SVG path, each corner told by how far it lies from the one before."""
    said: list[str] = []
    at = (0, 0)
    for corner in corners:
        x, y = corner[0] - at[0], corner[1] - at[1]
        if said and abs(x) + abs(y) < NEAR:
            continue
        said.append(f"{'l' if said else 'M'}{x} {y}")
        at = corner
    return f"{''.join(said)}z"
