"""Chart 图: accounts by place and outcome as a PNG of stacked bars, in the order of codes."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from monitor.domain.judged import Judged
from monitor.report import figures, fonts, wording

SERIES: Final = (
    ("正常", "ok", "#3f7fb8"),
    ("提醒", "hinted", "#ecc55a"),
    (wording.SUSPECTED, "failed", "#c65a2a"),
    ("暂不作认定", "undecided", "#97a3b0"),
)
"""Name, the figure it counts, colour: the screens' own, which nobody needs green and red for."""
INK: Final = "#2b3442"
GRID: Final = "#e3e7ee"
WIDTH: Final = 6.4
PER_PLACE: Final = 0.27
MARGINS: Final = 0.75
DPI: Final = 160
SMALL: Final = 8.5
FEWEST: Final = 2
MOST: Final = 40


def places(
    by_place: Mapping[str, Sequence[Judged]], font: FontProperties | None = None
) -> bytes | None:
    """The PNG; None where one place needs no chart, or no font on this machine draws its words."""
    if not FEWEST <= len(by_place) <= MOST:
        return None
    face = font or fonts.chinese()
    words = [*by_place, *(name for name, _, _ in SERIES), "0123456789,"]
    if face is None or not fonts.draws(face, words):
        return None
    figure = Figure(figsize=(WIDTH, PER_PLACE * len(by_place) + MARGINS), dpi=DPI)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.14, 0.02, 0.84, 0.98 - 0.5 * MARGINS / figure.get_figheight()))
    _bars(axes, {name: figures.count(some) for name, some in by_place.items()})
    _dress(axes, list(by_place), face)
    content = BytesIO()
    canvas.print_figure(content, format="png", metadata={"Software": None}, facecolor="white")
    return content.getvalue()


def _bars(axes: Axes, counted: Mapping[str, figures.Figures]) -> None:
    rows = list(range(len(counted)))
    starts = [0] * len(rows)
    for name, figure, colour in SERIES:
        values = [int(getattr(each, figure)) for each in counted.values()]
        axes.barh(rows, values, left=starts, height=0.62, color=colour, label=name)
        starts = [start + value for start, value in zip(starts, values, strict=True)]
    for row, total in enumerate(starts):
        axes.text(total, row, f" {total:,}", va="center", fontsize=SMALL, color=INK)
    axes.set_xlim(0, max([*starts, 1]) * 1.1)


def _dress(axes: Axes, names: Sequence[str], face: FontProperties) -> None:
    """Names, legend and as little else as possible."""
    small = face.copy()
    small.set_size(SMALL)
    axes.set_yticks(range(len(names)), names, fontproperties=small, color=INK)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.xaxis.set_visible(False)
    for side in axes.spines.values():
        side.set_visible(False)
    axes.spines["left"].set_visible(True)
    axes.spines["left"].set_color(GRID)
    axes.margins(y=0.01)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(SERIES),
        frameon=False,
        prop=small,
        handlelength=1,
        handleheight=1,
        columnspacing=1.4,
        borderaxespad=0.2,
        labelcolor=INK,
    )
