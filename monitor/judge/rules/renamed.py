"""更名未备案: the account bears another name than the one it was filed under."""

from typing import Final

from monitor.judge.phrases import authority, day
from monitor.judge.rule import Case, Verdict, rule

NAME: Final = "更名未备案"


@rule(NAME, 1)
def renamed(case: Case) -> Verdict | None:
    """Applies where both names are known and differ."""
    standing, terms = case.standing, case.rulebook.terms[NAME]
    if standing is None or not standing.filed:
        return None
    filed, name = standing.filed_name.strip(), standing.name.strip()
    if not filed or not name or filed == name:
        return None
    sentence = (
        f"截至{day(case.facts.as_of)},账号现用名“{name}”与备案名称“{filed}”不一致"
        f"{authority(terms.source, terms.rank)}。"
    )
    return Verdict(terms.outcome, sentence, {"name": name, "filed_name": filed})
