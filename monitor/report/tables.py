"""Tables of accounts 账号表: 问题清单, 暂不作认定 and the machine file of health."""

from collections.abc import Iterable, Mapping
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.bulletin import Candidate
from monitor.domain.finding import UPDATE_RULE, Finding, Outcome
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.judged import Judged
from monitor.domain.rulebook import Rulebook
from monitor.report import figures, handling, wording
from monitor.report.table import TAIL, Cell, Imprint, Table, build

PROBLEM_COLUMNS: Final = (
    *("序号", "市州", "县市区", "主办单位", "单位层级", "警种条线", "平台", "账号名称", "账号ID"),
    *("问题类型", "问题程度(提醒/不合格)", "是否单项否决", "上级口径结论", "本厅口径结论"),
    *("最后发布时间", "最后发布链接", "静默下限(天)", "静默上限(天)", "数据完整度", "数据来源"),
    *("认定依据", "具体情形", "首次发现日期", "核实人", "核实时间", "单位说明", "12个月内第几次"),
    *("整改单号", "处置措施", "整改期限", "当前状态", "是否逾期", "销号日期", "通报期号"),
    *TAIL,
)
UNDECIDED_COLUMNS: Final = (
    *("序号", "市州", "县市区", "主办单位", "单位层级", "警种条线", "平台", "账号名称"),
    *("缺失起", "缺失止", "缺失原因", "责任方(系统/平台/单位/省厅)", "谁能补", "怎么补"),
    *TAIL,
)
HEALTH_COLUMNS: Final = (
    *("平台", "平台代码", "账号名称", "账号ID", "主办单位", "机构代码", "市州", "县市区"),
    *("单位层级", "警种条线", "账号归属(官方/民警个人)", "账号状态", "主账号(是/否)"),
    *("重点账号(是/否)", "数据来源", "本厅口径结论", "本厅口径状态", "本厅口径可能状态"),
    *("上级口径结论", "上级口径状态", "上级口径可能状态", "上级口径数据截止"),
    *("最后发布时间", "最后发布标题", "最后发布链接", "静默下限(秒)", "静默上限(秒)"),
    *("数据完整度", "近30天发布数", "超期时间", "疑似问题", "首次发现日期", "缺失原因", "谁能补"),
    *("怎么补", "处置状态", "采集截止"),
    *TAIL,
)
PARTIES: Final = ("系统", "平台", "单位", "省厅")
LISTED: Final = (Outcome.HINT, Outcome.FAIL)

PROBLEM_NOTES: Final = (
    "一个账号的一项问题占一行,同一账号可有多行。",
    "静默下限、上限以天为单位,按已采集到的证据给出:实际未更新时长在两者之间。",
    "核实人及其后各列在人工核实、交办后才有内容,为导出时的情况;导出过去时点的不填。",
    wording.NOTE_SUSPECTED,
)
UNDECIDED_NOTES: Final = (
    "一个账号缺失的一段时间占一行,同一账号可有多行。",
    wording.NOTE_UNDECIDED,
)
HEALTH_NOTES: Final = (
    "一个账号占一行。静默以秒为单位,数据完整度为近30天内数据完整的比例(0至1)。",
    "数据截止为认定所依据的时点,采集截止为所用数据的入库时点。",
    wording.NOTE_SUSPECTED,
    wording.NOTE_UNDECIDED,
)


def problems(
    judged: Iterable[Judged], imprint: Imprint, cases: Mapping[int, Candidate] | None = None
) -> Table:
    """问题清单: one row per account and problem; failures first, the longest silence first. `cases`
    are the newest of accounts as they stand now, None where the past is told."""
    found = [
        (each, finding)
        for each in figures.official(judged)
        for finding in each.own.findings
        if finding.outcome in LISTED
    ]
    found.sort(key=lambda pair: _gravity(*pair))
    rows = [
        _numbered(place, each, imprint)
        | _problem(each, finding, imprint.own)
        | handling.of_finding(each, finding, cases or {}, imprint.exported_at)
        for place, (each, finding) in enumerate(found, 1)
    ]
    return build("问题清单", PROBLEM_COLUMNS, rows, PROBLEM_NOTES)


def undecided(judged: Iterable[Judged], imprint: Imprint) -> Table:
    """暂不作认定: one row per account and stretch of time that nothing is known of."""
    rows: list[dict[str, Cell]] = []
    for each in figures.undecided(judged):
        for since, until in each.own.missing or ((None, None),):
            row = _numbered(len(rows) + 1, each, imprint)
            del row["账号ID"]
            row |= {"缺失起": _since(since), "缺失止": wording.instant(until) or None}
            rows.append(row | _mending(each) | {"责任方(系统/平台/单位/省厅)": _party(each)})
    return build("暂不作认定", UNDECIDED_COLUMNS, rows, UNDECIDED_NOTES)


def health(judged: Iterable[Judged], imprint: Imprint) -> Table:
    """健康: one row per account, whatever was concluded of it; for machines and for the curious."""
    rows = [who(each) | _health(each, imprint) for each in judged]
    return build("账号健康", HEALTH_COLUMNS, rows, HEALTH_NOTES)


def _gravity(judged: Judged, finding: Finding) -> tuple[bool, int, int, str]:
    own = judged.own
    silent = own.silence_min or 0
    return finding.outcome is not Outcome.FAIL, -silent, own.account_id, finding.rule


def who(judged: Judged) -> dict[str, Cell]:
    """The columns that say which account, and whose."""
    account, unit = judged.registered.account, judged.registered.unit
    return {
        "市州": unit.region_name or None,
        "县市区": unit.county_name or None,
        "主办单位": unit.name,
        "单位层级": unit.level.value,
        "警种条线": account.line or unit.line or None,
        "平台": PLATFORMS.get(account.platform, account.platform),
        "账号名称": account.name,
        "账号ID": account.uid,
    }


def _numbered(place: int, judged: Judged, imprint: Imprint) -> dict[str, Cell]:
    tail = dict(zip(TAIL, imprint.tail(judged.own.cutoff), strict=True))
    return {"序号": place} | who(judged) | tail


def seen(judged: Judged) -> dict[str, Cell]:
    """The columns that say how long it was silent, and how well that is known."""
    own = judged.own
    return {
        "静默下限(天)": days(own.silence_min),
        "静默上限(天)": days(own.silence_max),
        "数据完整度": wording.percent(round(1000 * judged.coverage_30d), 1000),
        "数据来源": judged.registered.source or None,
    } | newest(judged)


def _problem(judged: Judged, finding: Finding, rulebook: Rulebook) -> dict[str, Cell]:
    own, upper = judged.own, judged.upper
    fails = finding.outcome is Outcome.FAIL
    return {
        "问题类型": problem_name(judged, finding),
        "问题程度(提醒/不合格)": finding.outcome.value,
        "是否单项否决": _veto(judged, finding),
        "上级口径结论": wording.verdict(upper.outcome, upper.status, upper.status_max),
        "本厅口径结论": wording.verdict(own.outcome, own.status, own.status_max),
        "认定依据": basis(judged, finding, rulebook),
        "具体情形": finding.sentence,
        "首次发现日期": found_on(judged),
        "当前状态": wording.SUSPECTED if fails else finding.outcome.value,
    } | seen(judged)


def problem_name(judged: Judged, finding: Finding) -> str:
    """`疑似睡眠`, `疑似不互动`, `更新提醒`: what a finding is called before a person looked."""
    silence = finding.rule == UPDATE_RULE
    if finding.outcome is Outcome.FAIL:
        return wording.suspected(judged.own.status if silence else finding.rule)
    return f"{finding.rule}{Outcome.HINT}" if silence else finding.rule


def basis(judged: Judged, finding: Finding, rulebook: Rulebook) -> str | None:
    """`本厅设定:…`: rank and source of the threshold a finding rests on; blank where unstated."""
    silence = finding.rule == UPDATE_RULE
    return basis_of(judged.own.status if silence else finding.rule, rulebook)


def basis_of(kind: str, rulebook: Rulebook) -> str | None:
    """The same of a problem by its name: a class of silence, or a rule."""
    for each in figures.classes(rulebook):
        if each.name == kind:
            return f"{each.rank}:{each.source}"
    terms = rulebook.terms.get(kind)
    return f"{terms.rank}:{terms.source}" if terms else None


def _veto(judged: Judged, finding: Finding) -> str | None:
    """Whether 上级口径 fails the account for the same thing; blank where it cannot tell."""
    if judged.upper.outcome is Outcome.UNDECIDED:
        return None
    same = (each for each in judged.upper.findings if each.rule == finding.rule)
    return "是" if any(each.outcome is Outcome.FAIL for each in same) else "否"


def newest(judged: Judged) -> dict[str, Cell]:
    first, last = judged.own.last_post_from, judged.own.last_post_until
    known = first is not None and last is not None
    return {
        "最后发布时间": wording.posted(first, last) if known else None,  # type: ignore[arg-type]
        "最后发布链接": judged.registered.last_url or None,
    }


def days(seconds: int | None) -> float | None:
    """Days to one decimal, rounded down: what has passed, never more."""
    return None if seconds is None else max(seconds, 0) * 10 // DAY / 10


def found_on(judged: Judged) -> str | None:
    found = judged.first_found_at
    return None if found is None else wording.instant(found)[:10]


def _since(second: int | None) -> str | None:
    if second is None:
        return None
    return "开设以来" if second <= BEGINNING else wording.instant(second)


def _mending(judged: Judged) -> dict[str, Cell]:
    return {
        "缺失原因": judged.cause or None,
        "谁能补": judged.mender or None,
        "怎么补": judged.remedy or None,
    }


def _party(judged: Judged) -> str | None:
    return next((each for each in PARTIES if each in judged.mender), None)


def _health(judged: Judged, imprint: Imprint) -> dict[str, Cell]:
    account, own = judged.registered.account, judged.own
    return (
        {
            "平台代码": account.platform,
            "机构代码": judged.registered.unit.code,
            "账号归属(官方/民警个人)": account.kind.value,
            "账号状态": account.state.value,
            "主账号(是/否)": "是" if account.main else "否",
            "重点账号(是/否)": "是" if account.key else "否",
            "数据来源": judged.registered.source or None,
            "最后发布标题": judged.registered.last_title or None,
            "静默下限(秒)": own.silence_min,
            "静默上限(秒)": own.silence_max,
            "数据完整度": round(judged.coverage_30d, 4),
            "近30天发布数": judged.registered.posts_30d,
            "超期时间": wording.instant(own.breach_at) or None,
            "疑似问题": "、".join(wording.suspected(each) for each in figures.problems(judged))
            or None,
            "首次发现日期": found_on(judged),
            "采集截止": wording.micro_instant(own.known_at),
        }
        | newest(judged)
        | _mending(judged)
        | _verdicts(judged)
        | dict(zip(TAIL, imprint.tail(own.cutoff), strict=True))
    )


def _verdicts(judged: Judged) -> dict[str, Cell]:
    own, upper = judged.own, judged.upper
    return {
        "本厅口径结论": own.outcome.value,
        "本厅口径状态": own.status,
        "本厅口径可能状态": own.status_max,
        "上级口径结论": upper.outcome.value,
        "上级口径状态": upper.status,
        "上级口径可能状态": upper.status_max,
        "上级口径数据截止": wording.instant(upper.cutoff) or None,
    }
