"""Words 用语: every label and every way of saying a figure that screens and reports share."""

from datetime import date, timedelta
from typing import Final

from monitor.domain.classified import UNCLASSIFIED
from monitor.domain.filing import Filing
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY, HOUR, say_minute, shanghai, shanghai_day
from monitor.domain.numbers import Provenance
from monitor.domain.rulebook import Rulebook
from monitor.domain.volunteer import VOLUNTARY

PRODUCT: Final = "矩阵哨兵"
SUBJECT: Final = "公安政务新媒体"
NO_DATA: Final = "—"
CLOCK: Final = "北京时间"
DEMO_MARK: Final = "演示数据 纯属虚构"
TRIAL_MARK: Final = "试运行"

SUSPECTED: Final = "疑似问题"
SUSPECTED_PREFIX: Final = "疑似"
CONFIRMED: Final = "已核实问题"
COMPLETENESS: Final = "数据完整度"
FILING: Final = "开设、变更、关停、注销后5个工作日内未报备"
PASS: Final = "采集轮次"
SNAPSHOT: Final = "数据快照"
OWN_VIEW: Final = "本厅口径"
UPPER_VIEW: Final = "上级口径"
ID_MISSING: Final = "ID待补"
CAUSE_UNKNOWN: Final = "数据不足,原因待查"

OUTCOMES: Final[dict[Outcome, str]] = {
    Outcome.OK: "正常",
    Outcome.HINT: "提醒",
    Outcome.FAIL: "不合格",
    Outcome.UNDECIDED: "暂不作认定(数据不足)",
    Outcome.NOT_COUNTED: "不纳入(已说明)",
}
"""The verdicts as screens and files say them."""

PROVENANCES: Final[dict[Provenance, str]] = {each: each.value for each in Provenance}
"""Where a number or a look came from."""

NOTE_SUSPECTED: Final = "“疑似问题”为系统初步比对结果,未经核实不得作为通报、考核依据。"
NOTE_UNDECIDED: Final = "“暂不作认定”表示数据不足,不代表该账号存在问题。"
NOTE_RATE: Final = "合格率=(可认定数-问题账号数)/可认定数;暂不作认定和不纳入的账号不计入。"
NOTE_PURPOSE: Final = (
    "本系统用于公安机关依规备案的官方政务新媒体账号的运行管理。"
    "不监测公民个人账号,不采集公民个人主页,不具备发布、点赞、跟评、转发功能。"
)
NOTE_UNCLASSIFIED: Final = UNCLASSIFIED
NOTE_BURDEN: Final = (
    "能自动取得的不要求填报,同一数据只报一次,不搞打卡签到,"
    "不以点击、在线时长、截图留痕作为评价依据。"
)
NOTE_CAMPAIGN: Final = (
    "本任务仅面向备案官方账号,内容为公开权威信息。严禁要求干警、群众、学生点赞、投票、转发、跟评;"
    "发现请向省厅宣传处反映。"
)
NOTE_VOLUNTARY: Final = VOLUNTARY
NOTE_EARLY: Final = "提前提醒只发给您本人和联络员,按期恢复不计入通报。"
NOTE_MAP: Final = "示意图,不作为行政区域界线依据"
WITH_PHONES: Final = "台账(含联系电话)"
"""What a ledger with numbers is called, and its file."""
NOTE_KEEP: Final = "本文件含内部数据,请按规定保管"
NOTE_SCORE: Final = "本得分依据所列数据和方案计算,参考位次区间内的先后不代表实质差距。"
NOTE_REVEAL: Final = "查看联系方式将记录查看人、时间和事由。"
NOTE_FIRST_ISSUE: Final = "首期,无上周可比"


def outcome(verdict: Outcome) -> str:
    """The words for a verdict."""
    return OUTCOMES[verdict]


def status(reached: str, possible: str) -> str:
    """`内容不更新(可能已达睡眠)` where the bounds of the silence reach different classes."""
    return reached if possible in ("", reached) else f"{reached}(可能已达{possible})"


def suspected(problem: str) -> str:
    """`疑似睡眠`: what an account is called until a person has confirmed it."""
    return problem if problem.startswith(SUSPECTED_PREFIX) else f"{SUSPECTED_PREFIX}{problem}"


def who(mender: str) -> str:
    """`账号管理员` of `单位:账号管理员`: the person to turn to, without the party behind."""
    return mender.rpartition(":")[2]


def verdict(view: Outcome, reached: str, possible: str = "") -> str:
    """`不合格(疑似睡眠)`: a conclusion with the class that stands behind it."""
    if view is not Outcome.FAIL:
        return OUTCOMES[view]
    if reached in ("", Outcome.OK, Outcome.HINT, Outcome.FAIL):
        return OUTCOMES[view]
    return f"{OUTCOMES[view]}({suspected(status(reached, possible))})"


def number(value: int | None) -> str:
    """`1,476`; a dash where nothing is known, because missing is not zero."""
    return NO_DATA if value is None else f"{value:,}"


def share(of_one: float | None) -> str:
    """`89.7%` of 0.897, rounded down where rounding would make a whole of what is none."""
    if of_one is None:
        return NO_DATA
    almost = of_one < 1 and round(of_one * 100, 1) == 100  # noqa: PLR2004
    return "99.9%" if almost else f"{of_one * 100:.1f}%"


def percent(part: int, whole: int) -> str:
    """`89.7%` of a count; a dash of nothing. Never 100.0% short of all, never 0.0% above none."""
    if whole == 0:
        return NO_DATA
    tenths = (2000 * part + whole) // (2 * whole)
    if part < whole:
        tenths = min(tenths, 999)
    if part > 0:
        tenths = max(tenths, 1)
    return f"{tenths // 10}.{tenths % 10}%"


def rate(part: int, whole: int) -> str:
    """`90.8%(89/98)`: a share is printed with its denominator."""
    return NO_DATA if whole == 0 else f"{percent(part, whole)}({number(part)}/{number(whole)})"


def signed(value: float) -> str:
    """`+0.8`, `-2`, or `持平` for no difference."""
    if value == 0:
        return "持平"
    return f"{value:+,}" if isinstance(value, int) else f"{value:+,.1f}"


def points(difference: float) -> str:
    """`+0.8个百分点` of a difference of percentages, or `持平`."""
    rounded = round(difference, 1)
    return "持平" if rounded == 0 else f"{rounded:+.1f}个百分点"


def whole_days(seconds: int) -> int:
    """Full days of 24 hours that have passed; never below 0."""
    return max(seconds, 0) // DAY


def silence(least: int | None, most: int | None) -> str:
    """`40天`, `31—33天`, `至少31天`, `至多5天`, `不足1天`: bounds of a silence, in seconds."""
    if most is None:
        return NO_DATA if least is None or least < DAY else f"至少{whole_days(least)}天"
    if least is None:
        return f"至多{whole_days(most)}天"
    low, high = whole_days(least), whole_days(most)
    if low != high:
        return f"{low}—{high}天"
    return "不足1天" if high == 0 else f"{high}天"


def silent_for(least: int | None, most: int | None) -> str:
    """`已40天未更新`; `最近更新时间不详` where neither bound is known."""
    said = silence(least, most)
    return "最近更新时间不详" if said == NO_DATA else f"已{said}未更新"


def time_left(seconds: int) -> str:
    """`还有2天`, `还有5小时`, `已到期`: until a limit runs out, rounded down."""
    if seconds <= 0:
        return "已到期"
    if seconds >= DAY:
        return f"还有{seconds // DAY}天"
    return f"还有{max(seconds // HOUR, 1)}小时" if seconds >= HOUR else "不到1小时"


def limit(seconds: int) -> str:
    """`14天` or `36小时`: a limit of a rulebook."""
    return f"{seconds // DAY}天" if seconds % DAY == 0 else f"{seconds // HOUR}小时"


def instant(second: int | None) -> str:
    """`2026-11-22 09:30` on a Shanghai clock; nothing where unknown."""
    return "" if second is None else say_minute(second)


def moment(second: int) -> str:
    """`11月19日10:12` on a Shanghai clock."""
    there = shanghai(second)
    return f"{there.month}月{there.day}日{there:%H:%M}"


def micro_instant(micro: int) -> str:
    """`2026-11-22 09:30` of a stamp of the record, which counts microseconds."""
    return say_minute(micro // 1_000_000)


def day(of: date) -> str:
    """`11月16日`."""
    return f"{of.month}月{of.day}日"


def trial_note(until: date) -> str:
    """What stands on everything made within a trial period; `until` is its last day."""
    return f"{TRIAL_MARK}(至{day(until)}),结果仅供内部核对"


def weekday(of: date) -> str:
    """`周四`."""
    return "周" + "一二三四五六日"[of.weekday()]


def posted(first: int, last: int) -> str:
    """When a post was published: a minute, or its day where only the day is known."""
    if first == last:
        return say_minute(first)
    if shanghai_day(first) == shanghai_day(last):
        return shanghai(first).strftime("%Y-%m-%d")
    return f"{say_minute(first)}至{say_minute(last)}"


def as_of(cutoff: int, least: int | None, most: int | None) -> str:
    """`截至11月19日10:12,已40天未更新`."""
    return f"截至{moment(cutoff)},{silent_for(least, most)}"


def issue(monday: date) -> str:
    """`第47期(11月16日—11月22日)`: a week by its ISO number and its days."""
    return f"第{monday.isocalendar().week}期({day(monday)}—{day(monday + timedelta(days=6))})"


def issue_of_year(monday: date) -> str:
    """`2026年第47期(11月16日—11月22日)`; the year is the one its Thursday lies in."""
    return f"{monday.isocalendar().year}年{issue(monday)}"


def standard(rulebook: Rulebook) -> str:
    """`湖北省公安厅认定标准(第1版)`: the rulebook a file was made under."""
    return f"{rulebook.title}(第{rulebook.version}版)"


def filing(each: Filing) -> str:
    """`开设备案逾期2个工作日`; on the day after a deadline that no working day followed, today."""
    return f"{each.what}逾期{each.over}个工作日" if each.over else f"{each.what}已到期"
