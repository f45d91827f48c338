"""Sections 分项: what a week has to say, part by part; a part without content does not appear."""

from collections.abc import Callable, Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.case import Side
from monitor.domain.case_matter import Matter
from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.judged import Judged
from monitor.domain.week import Week
from monitor.report import case_reminder, figures, links, wording
from monitor.report.outline import Line, Section

COLLECTED: Final = "采集情况"
LISTED: Final = 10
FEWER: Final = 5
ASKED: Final = frozenset({Side.UNIT, Side.TRANSIT})
"""In whose hands a case is that others have to put right."""
"""Names a section prints; the rest stand in the attached file."""


def compose(week: Week, base: str) -> tuple[Section, ...]:
    """The sections that have something to say, in their order."""
    made = (make(week, base) for make in SECTIONS)
    return tuple(section for section in made if section is not None)


def decisions(week: Week, base: str) -> Section | None:
    """需要您决定的: counted by sort, when the first runs out, each leading to its list."""
    if not week.pending:
        return None
    lines = [
        Line(
            f"{each.what}{wording.number(each.count)}{each.unit}",
            f"最早{wording.moment(each.due_at)}到期" if each.due_at is not None else "",
            links.page(base, each.page),
        )
        for each in week.pending
    ]
    group = f"需要您决定的:{'、'.join(each.about for each in lines)}。"
    return Section("需要您决定的", f"{len(lines)}项。", tuple(lines), group=group)


def moved(week: Week, base: str) -> Section | None:
    """本周变化: accounts with a new problem, and those that recovered."""
    movement = figures.movement(week.now, week.before)
    if movement is None:
        return None
    said = [
        (len(movement.new), "新增疑似问题{}个"),
        (len(movement.recovered), "恢复{}个"),
        (len(movement.unsure), "上周有疑似问题、本周数据不足暂不作认定{}个"),
        (movement.left, "上周有疑似问题、现不纳入或不在台账{}个"),
        (brief(week), "周内超期后已恢复{}个"),
    ]
    parts = [words.format(wording.number(many)) for many, words in said if many]
    if not parts:
        return None
    lines = [
        *_named("▲", movement.new, base),
        *_named("▼", movement.recovered, base, most=FEWER),
    ]
    return Section("本周变化", ",".join(parts) + "。", tuple(lines))


def brief(week: Week) -> int:
    """Accounts that failed within the week only: neither at its end nor at the end of the last."""
    classes = figures.classes(week.own)
    fails = {each.name for each in classes if each.outcome is Outcome.FAIL} | {Outcome.FAIL.value}
    failed = {
        change.account_id
        for change in week.changes
        if change.rulebook == week.own.name and change.after in fails
    }
    ends = {each.own.account_id for each in figures.failing([*week.now, *(week.before or ())])}
    there = {each.own.account_id for each in figures.official(week.now)}
    return len((failed & there) - ends)


def problems(week: Week, base: str) -> Section | None:
    """疑似问题账号: the whole list, worst first, where no comparison shows what is new."""
    failing = figures.failing(week.now)
    if not failing or (week.before is not None and not week.by_county):
        return None
    lead = f"共{wording.number(len(failing))}个,按未更新时长排列,均待人工核实。"
    return Section("疑似问题账号", lead, _named("", failing, base))


def soon(week: Week, base: str) -> Section | None:
    """即将超期: what can still be mended by a post."""
    found = figures.soon(week.now)
    if not found:
        return None
    limit = wording.limit(week.own.least_failing_limit)
    lead = f"3天内将满{limit}未更新的账号{wording.number(len(found))}个{_told(week, found)}。"
    lines = [
        Line(_name(each), f"{_last(each)}{wording.time_left(left)}", _page(each, base))
        for each, left in found
    ]
    return Section("即将超期", lead, _capped(lines), group=lead)


def _told(week: Week, found: Sequence[tuple[Judged, int]]) -> str:
    """`,已提醒账号运维员17个、单位联络员6个`: of how many accounts whom."""
    reminded = figures.reminded(week, [each for each, _ in found])
    said = [f"{role}{wording.number(len(ids))}个" for role, ids in reminded.items() if ids]
    return f",已提醒{'、'.join(said)}" if said else ""


def supervised(week: Week, base: str) -> Section | None:
    """整改督办: what units have to put right, and by name what is late; the own part apart."""
    asked = [each for each in week.cases if each.side in ASKED]
    own = [each for each in week.cases if each.side not in ASKED]
    if not week.cases:
        return None
    late = [each for each in asked if each.left < 0]
    lead = (
        f"应整改{wording.number(len(asked))}件,按期{wording.number(len(asked) - len(late))}件,"
        f"逾期{wording.number(len(late))}件{_waiting(own)}。"
    )
    due = [each for each in (*asked, *own) if each.left <= 0]
    lines = [
        Line(
            f"{each.number}“{each.account}”".strip(),
            f"{each.unit_name},在{each.holder},{case_reminder.left(each.left)}",
            links.cases(base),
        )
        for each in sorted(due, key=lambda one: (one.left, one.number))
    ]
    return Section("整改督办", lead, _capped(lines), group=lead)


def _waiting(own: Sequence[Matter]) -> str:
    """What waits for the office itself: to verify, to sign, to check at last."""
    if not own:
        return ""
    late = sum(each.left < 0 for each in own)
    over = f"(逾期{wording.number(late)}件)" if late else ""
    return f";待承办处室核实、审核或复核{wording.number(len(own))}件{over}"


def filings(week: Week, base: str) -> Section | None:
    """报备逾期: what was opened, changed or closed and not filed in its working days."""
    if not week.filings:
        return None
    lead = f"{wording.FILING}{wording.number(len(week.filings))}项。"
    lines = [
        Line(
            f"{each.account} {_platform(each.platform)}",
            f"{each.unit_name},{wording.filing(each)}",
            links.account(base, each.account_id),
        )
        for each in week.filings
    ]
    return Section("报备逾期", lead, _capped(lines), group=lead)


def undecided(week: Week, base: str) -> Section | None:
    """暂不作认定: why nothing could be told, and who can mend it."""
    gaps = figures.gaps(week.now)
    if not gaps:
        return None
    total = sum(each.accounts for each in gaps)
    lead = f"{wording.number(total)}个账号数据不足,不计入合格率,不作批评。"
    lines = [Line(each.cause, _gap(each), links.undecided(base)) for each in gaps]
    group = f"另有{wording.number(total)}个账号数据不足,暂不作认定,不作批评。"
    return Section("暂不作认定", lead, tuple(lines), group=group)


def upcoming(week: Week, base: str) -> Section | None:
    """下周到期: what falls due, by day."""
    del base
    if not week.upcoming:
        return None
    due = sorted(week.upcoming, key=lambda each: each.day)
    lines = [
        Line(f"{wording.day(each.day)}({wording.weekday(each.day)})", each.what) for each in due
    ]
    said = ";".join(f"{wording.day(each.day)}{each.what}" for each in due)
    return Section("下周到期", f"{len(due)}项。", tuple(lines), group=f"下周到期:{said}。")


def collected(week: Week, base: str) -> Section | None:
    """采集情况: passes that were whole, and why others were not."""
    complete = sum(each.complete for each in week.collected)
    passes = complete + sum(each.failed for each in week.collected)
    if not passes:
        return None
    lead = f"{wording.PASS}{wording.number(passes)}次,成功率{wording.rate(complete, passes)}。"
    lines = [
        Line(_platform(each.platform), _failed(each.failed, each.causes), links.collecting(base))
        for each in sorted(week.collected, key=lambda each: (-each.failed, each.platform))
        if each.failed
    ]
    return Section(COLLECTED, lead, tuple(lines))


Maker = Callable[[Week, str], Section | None]
SECTIONS: Final[tuple[Maker, ...]] = (
    *(decisions, moved, problems, soon, supervised, filings),
    *(undecided, upcoming, collected),
)
"""In the order of the outline. A part of the product that comes later adds its line here."""


def _named(
    sign: str, accounts: Sequence[Judged], base: str, most: int = LISTED
) -> tuple[Line, ...]:
    """Worst first: what fails by silence, the longest first; then by name."""
    worst = sorted(accounts, key=lambda each: (-(each.own.silence_min or 0), each.own.account_id))
    lines = [
        Line(f"{sign} {_name(each)}".strip(), _state(each), _page(each, base)) for each in worst
    ]
    return _capped(lines, most)


def _capped(lines: Sequence[Line], most: int = LISTED) -> tuple[Line, ...]:
    rest = len(lines) - most
    if rest <= 0:
        return tuple(lines)
    return (*lines[:most], Line(f"另有{wording.number(rest)}个", "见附件或系统"))


def _name(judged: Judged) -> str:
    account = judged.registered.account
    return f"{account.name} {_platform(account.platform)}"


def _state(judged: Judged) -> str:
    """`疑似内容不更新,截至11月19日10:12,已15天未更新`."""
    own = judged.own
    if own.outcome is not Outcome.FAIL:
        return wording.OUTCOMES[own.outcome]
    named = "、".join(wording.suspected(each) for each in figures.problems(judged))
    silent = any(each.rule == UPDATE_RULE and each.outcome is Outcome.FAIL for each in own.findings)
    if not silent or own.cutoff is None:
        return named
    return f"{named},{wording.as_of(own.cutoff, own.silence_min, own.silence_max)}"


def _last(judged: Judged) -> str:
    last = judged.own.last_post_until
    return "" if last is None else f"最近发布{wording.moment(last)},"


def _page(judged: Judged, base: str) -> str:
    return links.account(base, judged.own.account_id)


def _gap(gap: figures.Gap) -> str:
    who = gap.mender and f"由{wording.who(gap.mender)}补"
    mended = ",".join(part for part in (who, gap.remedy) if part)
    told = f"{wording.number(gap.accounts)}个"
    return f"{told}({mended})" if mended else told


def _platform(identity: str) -> str:
    return PLATFORMS.get(identity, identity)


def _failed(times: int, causes: Sequence[tuple[str, int]]) -> str:
    told = "、".join(f"{cause}{wording.number(many)}次" for cause, many in causes)
    return f"未成功{wording.number(times)}次" + (f",主要原因:{told}" if told else "")
