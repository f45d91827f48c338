"""更新: how long an account has been silent, 从未更新 included, said in one sentence."""

from typing import Any

from monitor.domain.finding import UPDATE_RULE, Outcome
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.interval import clip
from monitor.domain.numbers import Provenance
from monitor.judge.coverage import grade, sources
from monitor.judge.cutoff import today
from monitor.judge.phrases import (
    authority,
    gaps,
    instant,
    iso,
    left_out,
    span,
    span_over,
    spans,
    within,
)
from monitor.judge.rule import Case, Verdict, rule
from monitor.judge.status import class_of


@rule(UPDATE_RULE, 1, excluded_too=True)
def update(case: Case) -> Verdict:
    """The class of the silence and the evidence it rests on."""
    if case.excluded:
        return Verdict(case.status.outcome, f"{case.excluded},不纳入认定。", {})
    return Verdict(case.status.outcome, _sentence(case), _evidence(case))


def _sentence(case: Case) -> str:
    if case.status.outcome is Outcome.UNDECIDED:
        return _awaiting(case) if case.chosen.awaiting else _undecided(case)
    reached = case.status.reached
    if reached is not None and reached is case.rulebook.never_updated:
        return _never_updated(case)
    if case.chosen.silence.stretch is None:
        return _kept(case)
    return _silent(case)


def _silent(case: Case) -> str:
    """Judged at a cut-off: how long, since when, over which limit, on whose word."""
    silence, reached = case.chosen.silence, case.status.reached
    head = f"截至{instant(silence.at)}"
    if reached is None or reached.over_seconds == 0:
        return (
            f"{head}已{spans(silence.least, silence.most)}未更新({_since(case)}){_possible(case)}。"
        )
    low, high = span_over(silence.least, reached.over_seconds), silence.most
    how_long = f"至少{low}" if high is None else low
    if high is not None and span(high) != span(silence.least):
        how_long = f"{low}至{span(high)}"
    over = f"超过{span(reached.over_seconds)}{authority(reached.source, reached.rank)}"
    return f"{head}已{how_long}未更新({_since(case)}),{over}{_possible(case)}{_seen_by(case)}。"


def _since(case: Case) -> str:
    """The last post, or the opening that stands in for one; then what was agreed since."""
    agreed = clip(case.base.excuses, case.base.origin.last, case.chosen.silence.at)
    said = left_out(agreed)
    return f"{_began(case)};{said}" if said else _began(case)


def _began(case: Case) -> str:
    start = case.base.origin
    if start.by_post:
        if start.first <= BEGINNING:
            return f"最后发布不晚于{instant(start.last)}"
        return f"最后发布:{within(start.first, start.last)}"
    if start.first <= BEGINNING:
        return f"主页未见任何作品,不晚于{instant(start.last)}开设"
    return f"主页未见任何作品,开设:{within(start.first, start.last)}"


def _possible(case: Case) -> str:
    reached, possible = case.status.reached, case.status.possible
    if reached is None or possible is None or possible is reached:
        return ""
    return f",为{reached.name}(可能已达{possible.name})"


def _seen_by(case: Case) -> str:
    """On whose word the silence rests; a WeChat look under 已通知口径 says so."""
    stretch = case.chosen.silence.stretch
    if stretch is None:
        return ""
    seen = sources(stretch, case.chosen.silence.began)
    wechat = case.standing is not None and case.standing.platform == "wechat"
    notified = wechat and case.rulebook.notified_only and Provenance.PATROL in seen
    return f"。依据:{'、'.join(seen)}" + ("(已通知口径)" if notified else "")


def _kept(case: Case) -> str:
    """Judged at `as_of` without coverage: the known post, or the opening, keeps the limit."""
    silence = case.chosen.silence
    most = span(silence.most or 0)
    return f"至{instant(silence.at)}未更新时间不超过{most}({_since(case)}){_possible(case)}。"


def _never_updated(case: Case) -> str:
    never, silence, start = case.rulebook.never_updated, case.chosen.silence, case.base.origin
    if never is None:
        return ""
    opened = within(start.first, start.last) if start.first > BEGINNING else ""
    opened = f"开设于{opened}" if opened else f"不晚于{instant(start.last)}开设"
    age = span_over(silence.at - start.last, never.over_seconds)
    over = f"超过{span(never.over_seconds)}{authority(never.source, never.rank)}"
    return (
        f"截至{instant(silence.at)}主页未见任何作品,{opened},至今已{age},{over}{_seen_by(case)}。"
    )


def _awaiting(case: Case) -> str:
    """The limit is broken, but the looks are not far enough apart yet."""
    silence, limit = case.chosen.silence, case.rulebook.least_failing_limit
    over = class_of(case.rulebook, limit + 1)
    reason = f"超过{span(limit)}{authority(over.source, over.rank)},但查看的间隔不足以确认"
    head = f"截至{instant(silence.at)}已{span_over(silence.least, limit)}未更新({_since(case)})"
    return f"{head},{reason},暂不作认定(待复看)。"


def _undecided(case: Case) -> str:
    """What is missing, why, and who can supply it."""
    silence, start = case.chosen.silence, case.base.origin
    first = _since(case) if start.by_post else "尚无已知作品"
    lacks = gaps(case.missing) or "发布时间只有日期,无法确定先后"
    return (
        f"至{instant(silence.at)}暂不作认定(数据不足):{first};{lacks};{_why(case)};"
        f"{_bounds(silence.least, silence.most)}。"
        "恢复采集授权、补交后台导出或巡查一次即可认定。"
    )


def _bounds(least: int, most: int | None) -> str:
    if most is None:
        return "静默长短无从得知" if least < DAY else f"静默至少{span(least)}"
    return f"静默不超过{span(most)}" if least < DAY else f"静默{spans(least, most)}"


def _why(case: Case) -> str:
    """Why nothing can be told, as far as the coverage itself shows it."""
    found = case.base.stretches
    if not case.facts.coverage:
        return "尚无采集、导出或巡查"
    if not found:
        return "现有来源不足以作为认定依据"
    newest = found[0]
    if newest.end <= case.base.origin.floor:
        return "最近作品之后尚未完整查看"
    if newest.fresh_until < case.facts.as_of:
        return f"最近一次完整查看截至{instant(newest.end)},已过有效期"
    return "查看的时段有缺口"


def _evidence(case: Case) -> dict[str, Any]:
    """The bounds and what they rest on, as plain values."""
    silence = case.chosen.silence
    evidence: dict[str, Any] = {
        "covered": silence.stretch is not None,
        "silence_min_seconds": silence.least,
        "silence_max_seconds": silence.most,
    }
    if silence.stretch is not None:
        evidence["sources"] = list(sources(silence.stretch, silence.began))
    if case.rulebook.upper:
        evidence |= _today(case)
    if case.status.outcome is not Outcome.OK:
        evidence |= _weighty(case)
    return evidence


def _today(case: Case) -> dict[str, Any]:
    """若今日抽查: the bounds at `as_of` and the classes they would reach."""
    now = today(case.base, case.facts.as_of)
    return {
        "today_min_seconds": now.least,
        "today_max_seconds": now.most,
        "today_status": class_of(case.rulebook, now.least).name,
        "today_status_max": class_of(case.rulebook, now.most).name,
    }


def _weighty(case: Case) -> dict[str, Any]:
    """What else stands behind an answer that is not 正常."""
    extra: dict[str, Any] = {"missing": [[iso(a), iso(b)] for a, b in case.missing]}
    start = case.base.origin
    extra |= {
        "at": iso(case.chosen.silence.at),
        "since": "post" if start.by_post else "opening",
        "since_from": iso(start.first) if start.first > BEGINNING else None,
        "since_until": iso(start.last),
    }
    reached = case.status.reached
    if reached is not None:
        extra |= {
            "limit_seconds": reached.over_seconds,
            "source": reached.source,
            "rank": reached.rank,
        }
    if case.chosen.ran_out_at is not None:
        extra["ran_out_at"] = iso(case.chosen.ran_out_at)
    if case.chosen.awaiting:
        extra["awaiting_second_look"] = True
    stretch = case.chosen.silence.stretch
    if stretch is not None:
        looks = [row.looked_at for row in stretch.rows if row.b > case.chosen.silence.began]
        extra["grade"] = grade(stretch, case.chosen.silence.began + 1)
        extra["looked_at"] = [iso(second) for second in sorted({min(looks), max(looks)})]
    return extra
