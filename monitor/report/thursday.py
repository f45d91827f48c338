"""周四提醒: a letter of its own on Thursdays, for the department to hand on to its prefectures."""

from monitor.domain.letter import Attachment, Letter, joined
from monitor.domain.week import Week
from monitor.report import figures, scoped, unit_texts, wording

PLAIN = "text/plain; charset=utf-8"
CITIES = "市州提醒文本.txt"
COUNTIES = "县区提醒文本.txt"


def compose(week: Week, link_base: str = "") -> Letter:
    """What is due today and what runs out within three days; nothing due is one line."""
    subject = f"{week.name}{wording.SUBJECT}周四提醒 {wording.issue_of_year(week.monday)}"
    marks = "".join(f"【{mark}】" for mark in unit_texts.marks(week))
    soon = figures.soon(week.now)
    if not soon and not week.errands:
        line = f"{marks}{subject}:本周无事。"
        return Letter(subject, f"{line}\n", group_text=line)
    head = f"{marks}【{subject}】\n{_due(week)}{_soon(week, len(soon))}"
    foot = f"\n详情:{link_base}" if link_base else ""
    cities = {name: unit_texts.thursday(each) for name, each in scoped.cities(week).items()}
    lines = {name: unit_texts.county_line(each) for name, each in scoped.counties(week).items()}
    body = "\n\n".join([head, *cities.values()])
    return Letter(
        subject,
        f"{body}{foot}\n",
        group_text=f"{head}请各地今日办结,已办的请忽略。",
        attachments=(
            Attachment(CITIES, PLAIN, joined(cities).encode("utf-8-sig")),
            Attachment(COUNTIES, PLAIN, joined(_said(lines)).encode("utf-8-sig")),
        ),
    )


def _said(lines: dict[str, str]) -> dict[str, str]:
    return {name: line for name, line in lines.items() if line}


def _due(week: Week) -> str:
    if not week.errands:
        return ""
    due = wording.moment(max(each.due for each in week.errands))
    left = sum(each.left for each in week.errands)
    return f"填报{due}截止,还有{len(week.errands)}个单位{left}个账号未填。"


def _soon(week: Week, many: int) -> str:
    if not many:
        return ""
    limit = wording.limit(week.own.least_failing_limit)
    return f"3天内将满{limit}未更新的账号{wording.number(many)}个。"
