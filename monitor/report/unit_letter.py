"""单位周报: the week as one prefecture or unit gets it by mail: its own matters, nothing else."""

from monitor.domain.letter import Letter
from monitor.domain.unit import Level, Unit
from monitor.domain.week import Week
from monitor.report import digest, scoped, unit_texts, wording


def compose(week: Week, unit: Unit, link_base: str = "") -> Letter | None:
    """The letter of a unit, cut from a week that holds it; None where it has no account.

    A prefecture gets its figures and the lists of its area, any other unit what it has to do.
    """
    own = scoped.of_unit(week, unit)
    if not own.now:
        return None
    if unit.level is Level.PREFECTURE:
        text, files = unit_texts.city(own), digest.attachments(own)
        group = unit_texts.thursday(own)
    else:
        text, files, group = unit_texts.county(own), (), unit_texts.county_line(own)
    link = f"\n查看详情:{link_base}\n" if link_base else "\n"
    subject = f"{own.name}{wording.SUBJECT}周报 {wording.issue(own.monday)}"
    return Letter(subject, text + link, group_text=group, attachments=files)
