"""无服务: no working service entry; by default a hint, for no national rule fails it."""

from typing import Final

from monitor.judge.offers import days, functions_by_platform, lacking
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "无服务"
PARAMETERS: Final = {"functions": functions_by_platform, "valid_days": days}


@rule(NAME, 1, parameters=PARAMETERS)
def no_service(case: Case) -> Verdict | None:
    """Applies only where each entry the rulebook names was asked for and none works."""
    return lacking(case, NAME, "服务功能")
