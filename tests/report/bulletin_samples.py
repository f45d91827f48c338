"""A bulletin, a hint and a correction as they are filled in, with every sort of row once."""

from dataclasses import replace

from monitor.domain.bulletin import Candidate, Gate, Period, Sort
from monitor.domain.case import Case, Problem, State
from monitor.domain.instants import DAY
from monitor.report import bulletin, correction, monthly
from monitor.report.figures import Figures
from monitor.report.tally import Tally

QUARTER = Period(Sort.QUARTER, 2026, 3)
MONTH = Period(Sort.MONTH, 2026, 10)
SILENT = Problem("僵尸", "截至9月30日已130天未更新", confirmed=True)
UNFILED = Problem("未备案", "未见备案号", confirmed=True)
NAMED = Candidate(
    1,
    "整改〔2026〕018号",
    1,
    "平安某县(演示)",
    "微博",
    "某县公安局",
    "某市",
    Case(State.UNDER_WAY, (SILENT, UNFILED)),
    told_at=QUARTER.since,
    due_at=QUARTER.until - DAY,
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
DRAFT = bulletin.Draft(
    period=QUARTER,
    office="某公安厅宣传处",
    wording=bulletin.Wording("各市、州公安局:", "某某,027-00000000", "某市公安局建立值班制度。"),
    tally=TALLY,
    places={"某市": TALLY},
    gate=Gate((NAMED, OTHER)),
    as_of="截至2026年9月30日",
    again=(NAMED, OTHER),
    before="88.0%",
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
BULLETINS = {
    Sort.QUARTER: bulletin.issued(WITHIN, *DATED),
    Sort.MONTH: bulletin.issued(monthly.values(HINT), *DATED),
    Sort.CORRECTION: bulletin.issued(
        correction.values(WITHIN, DATED[0], ("某处应为某", "某某")),
        "通报更正〔2026〕001号",
        DATED[1],
    ),
}
