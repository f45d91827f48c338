"""Digest 周报: a week becomes a letter: plain text, HTML with a chart, group text, three files."""

from hashlib import sha256
from typing import Final

from monitor.domain.letter import Attachment, Letter, joined
from monitor.domain.week import Week
from monitor.report import (
    chart,
    csv_file,
    digest_paper,
    figures,
    group_text,
    page,
    places,
    scoped,
    sections,
    tables,
    unit_texts,
    wording,
)
from monitor.report import points as key_points
from monitor.report import table as files
from monitor.report.outline import Outline, numbered

CHART_ID: Final = "places"
CSV: Final = "text/csv; charset=utf-8"
CHECK_LENGTH: Final = 8
ANCHOR: Final = "审计锚点"
PLAIN: Final = "text/plain; charset=utf-8"
CITIES: Final = "市州周报文本.txt"
COUNTIES: Final = "县区周报文本.txt"


def compose(week: Week, link_base: str = "", template: bytes | None = None) -> Letter:
    """The digest of a week; `link_base` is the desk's address, '' leaves links out; `template` is
    the Word paper's, None leaves that out.

    The same week gives the same bytes.
    """
    attached = attachments(week)
    said = outline(week, link_base, check=_check(week, attached))
    picture = (
        None if said.quiet else chart.places(figures.by_place(week.now, by_county=week.by_county))
    )
    inline = (
        () if picture is None else (Attachment("地区.png", "image/png", picture, cid=CHART_ID),)
    )
    return Letter(
        subject=said.subject,
        text=plain(said, link_base),
        html=page.render(week, said, CHART_ID if inline else "", link_base),
        group_text=group_text.compose(said, link_base),
        attachments=()
        if said.quiet
        else (*inline, *attached, *_paper(week, said, template), *_texts(week)),
    )


def _paper(week: Week, said: Outline, template: bytes | None) -> tuple[Attachment, ...]:
    return () if template is None else (digest_paper.paper(week, said, template),)


def _texts(week: Week) -> tuple[Attachment, ...]:
    """The same week told to each prefecture and county; a unit's own digest has those below it."""
    cities = scoped.cities(week)
    counties = scoped.counties(week)
    told = (
        (CITIES, {name: unit_texts.city(each) for name, each in cities.items()}),
        (COUNTIES, {name: _county(each) for name, each in counties.items()}),
    )
    return tuple(
        Attachment(name, PLAIN, joined(texts).encode("utf-8-sig")) for name, texts in told if texts
    )


def _county(week: Week) -> str:
    line = unit_texts.county_line(week)
    return unit_texts.county(week) + (f"\n\n群内一句话:\n{line}" if line else "")


def subject(week: Week) -> str:
    """`全省公安政务新媒体运行周报 2026年第47期(11月16日—11月22日)`."""
    return f"{title(week)} {wording.issue_of_year(week.monday)}"


def title(week: Week) -> str:
    """`荆州市公安政务新媒体运行周报`."""
    return f"{week.name}{wording.SUBJECT}运行周报"


def outline(week: Week, link_base: str, check: str = "") -> Outline:
    """What the digest says; a quiet week says one line."""
    found = sections.compose(week, link_base)
    quiet = key_points.quiet(week, found)
    return Outline(
        subject=subject(week),
        heading=title(week),
        points=(quiet,) if quiet else key_points.compose(week),
        sections=() if quiet else found,
        marks=marks(week),
        notes=_notes(week, check, quiet=bool(quiet)),
        quiet=bool(quiet),
    )


def marks(week: Week) -> tuple[str, ...]:
    """What must be known before anything else: invented data, a trial period."""
    found = [wording.DEMO_MARK] if week.demo else []
    if week.trial_until is not None:
        found.append(wording.trial_note(week.trial_until))
    return tuple(found)


def plain(said: Outline, link_base: str) -> str:
    """The plain text, in the order of the outline."""
    lines = [*(f"【{mark}】" for mark in said.marks)]
    if said.quiet:
        return "\n".join([*lines, *said.points, *_anchors(said)]) + "\n"
    lines += [said.subject, "", "【本周要点】"]
    lines += [f"{place}. {point}" for place, point in enumerate(said.points, 1)]
    for place, section in enumerate(said.sections, 1):
        lines += ["", f"{numbered(place)}、{section.title}  {section.lead}"]
        lines += [f"  {line.text}" for line in section.lines]
    lines += ["", *said.notes]
    if link_base:
        lines.append(f"详情:{link_base}")
    return "\n".join(lines) + "\n"


def attachments(week: Week) -> tuple[Attachment, ...]:
    """问题清单, 暂不作认定, 分地区情况 as CSV; a list with nothing on it stays away."""
    imprint = files.of_week(week)
    made = (
        tables.problems(week.now, imprint),
        tables.undecided(week.now, imprint),
        places.regions(week.now, week.before, imprint, by_county=week.by_county),
    )
    return tuple(
        Attachment(f"{each.name}.csv", CSV, csv_file.render(each)) for each in made if each.rows
    )


def _anchors(said: Outline) -> list[str]:
    """The note that a chain of audit entries is proved by: even one line of text carries it."""
    return [each for each in said.notes if each.startswith(ANCHOR)]


def _notes(week: Week, check: str, *, quiet: bool) -> tuple[str, ...]:
    judged = f"数据时点:{wording.instant(week.as_of)}({wording.CLOCK})。"
    book = f"认定标准:{wording.standard(week.own)};上级口径:{wording.standard(week.upper)}。"
    anchor = [f"{ANCHOR} {week.anchor}(请留存,核验审计记录时用)"] if week.anchor else []
    if quiet:
        return (judged, book, *anchor)
    return (
        wording.NOTE_SUSPECTED,
        wording.NOTE_UNDECIDED,
        wording.NOTE_RATE,
        f"{judged}{book}",
        f"校验码 {check}(核对用,可忽略)",
        *anchor,
    )


def _check(week: Week, attached: tuple[Attachment, ...]) -> str:
    """Eight characters that are the same for the same week's figures."""
    digest = sha256(f"{week.as_of}/{week.known_at}".encode())
    for each in attached:
        digest.update(each.content)
    return digest.hexdigest()[:CHECK_LENGTH]
