"""Points 要点: the three sentences a reader in a hurry needs, and the one of a quiet week."""

from collections.abc import Sequence

from monitor.domain.week import Week
from monitor.report import figures, sections, wording
from monitor.report.outline import Section


def compose(week: Week) -> tuple[str, ...]:
    """Extent and rate; what is new, gone and there; what an inspection would find today."""
    made = (_extent(week), _problems(week), _inspection(week))
    return tuple(point for point in made if point)


def quiet(week: Week, found: Sequence[Section]) -> str:
    """The one line of a week in which nothing needs anybody; '' where something does."""
    counted = figures.count(week.now)
    issue = wording.issue_of_year(week.monday)
    if counted.registered == 0:
        return f"{week.name}{wording.SUBJECT}{issue}:台账中尚无在册账号。"
    collected_whole = all(each.failed == 0 for each in week.collected)
    idle = [each for each in found if each.title != sections.COLLECTED or not collected_whole]
    spot = figures.spot_check(week.now, week.upper)
    if figures.by_problem(week.now, week.own):
        return ""
    if idle or spot.failed or spot.possible or counted.decided < counted.counted:
        return ""
    return (
        f"{week.name}{wording.SUBJECT}{issue}:备案账号{wording.number(counted.registered)}个,"
        f"纳入监测{wording.number(counted.counted)}个,全部可认定且无疑似问题,本周无事。"
    )


def _extent(week: Week) -> str:
    counted = figures.count(week.now)
    whole = wording.percent(counted.decided, counted.counted)
    parts = [
        f"备案账号{wording.number(counted.registered)}个",
        f"纳入监测{wording.number(counted.counted)}个",
        f"可认定{wording.number(counted.decided)}个({wording.COMPLETENESS}{whole})",
    ]
    if counted.decided == 0:
        return ",".join([*parts, "尚不能计算合格率"]) + "。"
    parts.append(f"合格率{wording.rate(counted.passed, counted.decided)}")
    return ",".join([*parts, _compared(week, counted)]) + "。"


def _compared(week: Week, counted: figures.Figures) -> str:
    if week.before is None:
        return wording.NOTE_FIRST_ISSUE
    then = figures.count(week.before).pass_rate
    if then is None or counted.pass_rate is None:
        return "上周无可认定账号,不作比较"
    difference = wording.points(counted.pass_rate - then)
    return "与上周持平" if difference == "持平" else f"较上周{difference}"


def _problems(week: Week) -> str:
    counted = figures.count(week.now)
    movement = figures.movement(week.now, week.before)
    change = (
        ""
        if movement is None
        else f"本周新增疑似问题账号{wording.number(len(movement.new))}个,"
        f"恢复{wording.number(len(movement.recovered))}个;"
    )
    silent, others = _kinds(week)
    if counted.failed:
        there = f"现有疑似问题账号{wording.number(counted.failed)}个({silent})"
    elif counted.decided:
        there = "现无更新方面的疑似问题账号"
    else:
        return ""
    also = f";其他疑似问题:{others}(与前列可有重复)" if others else ""
    return f"{change}{there}{also}。"


def _kinds(week: Week) -> tuple[str, str]:
    """What is failed by silence, by class; and what else, by rule."""
    silences = {each.name for each in figures.classes(week.own)}
    said: tuple[list[str], list[str]] = ([], [])
    for name, many in figures.by_problem(week.now, week.own):
        words = f"{wording.suspected(name)}{wording.number(many)}"
        said[name not in silences].append(words)
    return "、".join(said[0]), "、".join(said[1])


def _inspection(week: Week) -> str:
    """若今日抽查, under 上级口径, which excuses almost nothing."""
    spot = figures.spot_check(week.now, week.upper, by_county=week.by_county)
    if figures.count(week.now).counted == 0:
        return ""
    limit = wording.limit(week.upper.least_failing_limit)
    where = f",涉及{'县市区' if week.by_county else '市州'}{spot.regions}个" if spot.failed else ""
    more = f";另有{wording.number(spot.possible)}个不能排除" if spot.possible else ""
    return (
        f"按{wording.UPPER_VIEW}({limit}未更新),若今日抽查,"
        f"预计不合格{wording.number(spot.failed)}个{where}{more}。"
    )
