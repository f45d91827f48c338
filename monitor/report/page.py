"""Page 网页: a digest as HTML of tables and inline styles, so that mail clients keep it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from monitor.domain.week import Week
from monitor.report import figures, links, wording
from monitor.report.outline import Outline, numbered

TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.globals["numbered"] = numbered
INLINER: Final = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
SHORTEST_BAR: Final = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the few numbers at the head; `tone` is its colour's name."""

    label: str
    value: str
    below: str
    link: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Bar:
    """One problem, how many accounts have it, and the length of its bar in percent."""

    name: str
    value: str
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """One row of 分地区."""

    name: str
    counted: str
    decided: str
    failed: str
    undecided: str
    rate: str


def render(week: Week, said: Outline, chart_id: str, link_base: str = "") -> str:
    """The HTML with its styles inlined; `chart_id` names the inline picture, '' for none."""
    page = TEMPLATES.get_template("digest.html").render(
        said=said,
        issue=wording.issue_of_year(week.monday),
        office=week.office,
        tiles=() if said.quiet else _tiles(week, link_base),
        bars=() if said.quiet else _bars(week),
        places=() if said.quiet else _places(week),
        place_word="县市区" if week.by_county else "地区",
        chart_id=chart_id,
        home=link_base,
        product=wording.PRODUCT,
        purpose=wording.NOTE_PURPOSE,
    )
    return INLINER.inline(page)


def _tiles(week: Week, base: str) -> tuple[Tile, ...]:
    counted = figures.count(week.now)
    movement = figures.movement(week.now, week.before)
    changed = wording.NOTE_FIRST_ISSUE
    if movement is not None:
        changed = f"新增{len(movement.new)} · 恢复{len(movement.recovered)}"
    whole = wording.percent(counted.decided, counted.counted)
    return (
        Tile(
            "纳入监测",
            wording.number(counted.counted),
            f"备案{wording.number(counted.registered)}",
            links.page(base, "accounts"),
        ),
        Tile(
            "合格率",
            wording.percent(counted.passed, counted.decided),
            f"{wording.number(counted.passed)} / {wording.number(counted.decided)}",
            links.health(base),
        ),
        Tile(wording.SUSPECTED, wording.number(counted.failed), changed, links.health(base), "bad"),
        Tile(
            "暂不作认定",
            wording.number(counted.undecided),
            f"{wording.COMPLETENESS}{whole}",
            links.undecided(base),
            "grey",
        ),
    )


def _bars(week: Week) -> tuple[Bar, ...]:
    found = figures.by_problem(week.now, week.own)
    most = max((many for _, many in found), default=1)
    return tuple(
        Bar(
            wording.suspected(name),
            wording.number(many),
            max(round(100 * many / most), SHORTEST_BAR),
        )
        for name, many in found
    )


def _places(week: Week) -> tuple[Place, ...]:
    rows = []
    for name, some in figures.by_place(week.now, by_county=week.by_county).items():
        counted = figures.count(some)
        rows.append(
            Place(
                name,
                wording.number(counted.counted),
                wording.number(counted.decided),
                wording.number(counted.failed),
                wording.number(counted.undecided),
                wording.percent(counted.passed, counted.decided),
            )
        )
    return tuple(rows) if len(rows) > 1 else ()
