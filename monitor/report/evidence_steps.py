"""计算过程: how the silence of an account was worked out, step by step, in words."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from monitor.domain.finding import Judgement, Outcome
from monitor.domain.instants import BEGINNING, DAY, shanghai
from monitor.domain.material import Material, Row
from monitor.domain.rulebook import Rulebook


class Judged(Protocol):
    """One standard and what came of it."""

    @property
    def title(self) -> str:
        """上级口径 or 本厅口径."""

    @property
    def rulebook(self) -> Rulebook:
        """Its numbers."""

    @property
    def judgement(self) -> Judgement:
        """What came of it."""


def steps(material: Material, standards: Sequence[Judged]) -> list[str]:
    """The arithmetic of every standard, a line each; all instants on a Shanghai clock."""
    lines = ["静默时长的计算", "", *_newest(material), *_looks(material)]
    for each in standards:
        lines += ["", f"【{each.title}】{each.rulebook.title} 第{each.rulebook.version}版"]
        lines += list(_figures(each))
    return lines


def _newest(material: Material) -> Iterator[str]:
    """The posts the silence is counted from."""
    posts = material.tables["posts"]
    yield f"一、已知作品:监测时间点前共列出{len(posts)}件(含已删除)。"
    if not posts:
        yield "    没有已知作品,以开设时间代替最后发布时间。"
        return
    last = max(posts, key=lambda row: (row["published_until"], row["published_from"]))
    yield f"    最后一件:{_time(last['published_from'])}至{_time(last['published_until'])}之间发布,"
    yield f"    标题“{last['title']}”,来源{last['source']},链接 {last['url'] or '无'}"


def _looks(material: Material) -> Iterator[str]:
    """What proves that nothing else was published."""
    rows = material.tables["coverage"]
    live = [row for row in rows if row["revoked_at"] is None]
    yield f"二、查看记录:{len(rows)}条,其中已撤销{len(rows) - len(live)}条不作依据。"
    yield from (f"    {_look(row)}" for row in live[-10:])


def _look(row: Row) -> str:
    grade = row["grade"] if row["ceiling"] is None else min(row["grade"], row["ceiling"])
    return (
        f"{_time(row['a'])}起至{_time(row['b'])}止,{row['source']},可信等级{grade},"
        f"查看于{_time(row['looked_at'])}"
    )


def _figures(each: Judged) -> Iterator[str]:
    """Bounds, limit and class of one standard."""
    told, book = each.judgement, each.rulebook
    if told.outcome is Outcome.NOT_COUNTED:
        yield f"    不纳入:{told.findings[0].sentence}"
        return
    at = told.as_of if told.cutoff is None else told.cutoff
    where = "监测时间点(未被完整查看)" if told.cutoff is None else "截至(已完整查看到此)"
    yield f"    {where}:{_time(at)}"
    yield f"    静默下限 = {_span(told.silence_min)},已扣除本标准认可的停更时间"
    yield f"    静默上限 = {_span(told.silence_max)}"
    yield f"    不合格期限 = {_span(book.least_failing_limit)}"
    yield f"    下限所达类别:{told.status};上限所达类别:{told.status_max}"
    if told.breach_at is not None:
        yield f"    期限用尽于 {_time(told.breach_at)}"
    yield f"    结论:{told.outcome.value}"


def _time(second: int) -> str:
    return "不限" if second <= BEGINNING else shanghai(second).strftime("%Y-%m-%d %H:%M:%S")


def _span(seconds: int | None) -> str:
    if seconds is None:
        return "无从得知"
    return f"{seconds}秒(合{seconds / DAY:.2f}天)"
