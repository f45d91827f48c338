"""不互动: no working way to speak to the account; nationally a veto item."""

from typing import Final

from monitor.judge.offers import days, functions_by_platform, lacking
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "不互动"
PARAMETERS: Final = {"functions": functions_by_platform, "valid_days": days}


@rule(NAME, 1, parameters=PARAMETERS)
def no_interaction(case: Case) -> Verdict | None:
    """Applies only where each way the rulebook names was asked for and none works."""
    return lacking(case, NAME, "互动功能")
