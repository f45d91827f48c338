"""A bulletin, a hint and a correction as they are filled in, with every sort of row once."""

from dataclasses import replace

from monitor.domain.account import Kind
from monitor.domain.bulletin import Candidate, Gate, Handling, Period, Sort
from monitor.domain.case import Case, Measure, Problem, State
from monitor.domain.finding import Outcome
from monitor.domain.instants import DAY
from monitor.domain.unit import Level
from monitor.report import bulletin, correction, monthly
from monitor.report.drafted import Draft, Wording
from monitor.report.figures import Figures
from monitor.report.table import Imprint
from monitor.report.tally import Tally
from monitor.report.whose import Whose
from tests.report.weeks import OWN, a_judged, a_unit

QUARTER = Period(Sort.QUARTER, 2026, 3)
MONTH = Period(Sort.MONTH, 2026, 10)
SILENT = Problem(
    "僵尸", "截至9月30日已130天未更新", "不合格(内容不更新)", "不合格(僵尸)", confirmed=True
)
UNFILED = Problem("未备案", "未见备案号", confirmed=True)
NAMED = Candidate(
    1,
    "整改〔2026〕018号",
    1,
    "平安某县(演示)",
    "微博",
    "某县公安局",
    "某市",
    Case(State.UNDER_WAY, (SILENT, UNFILED), measure=Measure.PUT_RIGHT),
    told_at=QUARTER.since,
    due_at=QUARTER.until - DAY,
    opened_at=QUARTER.since + DAY,
    handling=Handling(2, "甲某", QUARTER.since + 2 * DAY, "运维员借调,已落实专人"),
)
OTHER = replace(
    NAMED, case_id=2, account_id=2, number="整改〔2026〕019号", case=Case(State.CLOSED, (UNFILED,))
)
TALLY = Tally(
    failed=frozenset({1, 2}),
    passed=frozenset(range(3, 21)),
    waiting=frozenset({21}),
    undecided=frozenset({22, 23}),
    excused=frozenset({24}),
)
COUNTY = a_unit("某县公安局", "421024000000", level=Level.COUNTY, line="")
TRAFFIC = a_unit("某县交警大队", "421024000200", level=Level.TEAM, line="交管")
SILENCES = {1: 130 * DAY, 2: 2 * DAY, 3: 9 * DAY, 21: 20 * DAY, 22: None, 23: None}
ACCOUNTS = (
    *(
        a_judged(
            number,
            SILENCES.get(number, DAY),
            outcome=Outcome.NOT_COUNTED if number == 24 else None,
            unit=TRAFFIC if number % 2 == 0 else COUNTY,
            platform="douyin" if number % 3 == 0 else "weibo",
        )
        for number in range(1, 25)
    ),
    a_judged(25, 60 * DAY, kind=Kind.PERSONAL),
)
DRAFT = Draft(
    period=QUARTER,
    whose=Whose("某公安厅宣传处"),
    wording=Wording("各市、州公安局:", "某某,027-00000000", "某市公安局建立值班制度。"),
    tally=TALLY,
    gate=Gate((NAMED, OTHER)),
    imprint=Imprint(OWN, QUARTER.until, QUARTER.until * 1_000_000, QUARTER.until, QUARTER.said),
    judged=ACCOUNTS,
    as_of="截至2026年9月30日",
    again=(NAMED, OTHER),
    before="88.0%",
    last={"分地区情况": {"荆州市": {"合格率": "88.0%", "问题账号数": 3}}},
)
HINT = monthly.Month(
    MONTH,
    "某公安厅宣传处",
    "各单位:",
    "某某",
    Figures(ok=18, failed=2),
    (NAMED, OTHER),
    "消防宣传月",
)
DATED = ("2026年第3期", "2026年10月12日")
WITHIN = bulletin.values(DRAFT)
PUBLIC = bulletin.public(DRAFT)
BULLETINS = {
    Sort.QUARTER: bulletin.issued(WITHIN, *DATED),
    Sort.MONTH: bulletin.issued(monthly.values(HINT), *DATED),
    Sort.CORRECTION: bulletin.issued(
        correction.values(WITHIN, DATED[0], ("某处应为某", "某某")),
        "通报更正〔2026〕001号",
        DATED[1],
    ),
}
