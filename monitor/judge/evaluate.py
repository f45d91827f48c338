"""Evaluate: one account's facts under one rulebook become its judgement."""

from monitor.domain.facts import Facts, Standing
from monitor.domain.finding import UPDATE_RULE, Finding, Judgement, Outcome
from monitor.domain.rulebook import Rulebook
from monitor.judge import doubt, due
from monitor.judge.coverage import grade
from monitor.judge.cutoff import choose, grounds, missing
from monitor.judge.rule import RULES, Case, Rule, Verdict
from monitor.judge.status import Status, not_counted_because, standing_at, status_of


def judge(facts: Facts, rulebook: Rulebook) -> Judgement:
    """The judgement of one account at the facts' (as_of, known_at); pure, and total over facts.

    A rule that raises is a mistake of ours: it goes on up, naming the rule and the account.
    """
    case = _case(facts, rulebook)
    findings, untils = _findings(case)
    silence, counted = case.chosen.silence, not case.excluded
    found = Judgement(
        account_id=facts.account_id,
        rulebook=rulebook.name,
        rulebook_version=rulebook.version,
        as_of=facts.as_of,
        known_at=facts.known_at,
        status=case.status.word,
        status_max=case.status.word_max,
        outcome=case.status.outcome,
        cutoff=silence.at if counted and silence.stretch is not None else None,
        last_post_from=facts.newest_from,
        last_post_until=facts.newest_until,
        silence_min=silence.least if counted else None,
        silence_max=silence.most if counted else None,
        grade=_grade(case) if counted else None,
        breach_at=case.chosen.ran_out_at if case.status.outcome is Outcome.FAIL else None,
        next_at=due.next_at(case, untils),
        findings=tuple(findings),
        missing=case.missing,
        limit=case.rulebook.least_failing_limit,
    )
    return found if rulebook.upper else doubt.eased(found, facts.doubted)


def _case(facts: Facts, rulebook: Rulebook) -> Case:
    standing = standing_at(facts, facts.as_of)
    rulebook = _fitted(rulebook, standing)
    base = grounds(facts, rulebook, "" if standing is None else standing.platform)
    chosen = choose(base, rulebook, facts.as_of)
    excluded = not_counted_because(facts, rulebook, standing)
    if excluded:
        status = Status(Outcome.NOT_COUNTED)
        return Case(facts, rulebook, standing, base, chosen, status, excluded=excluded)
    status, gaps = status_of(facts, rulebook, base, chosen), missing(base, chosen, rulebook)
    return Case(facts, rulebook, standing, base, chosen, status, gaps)


def fitted_to(rulebook: Rulebook, facts: Facts) -> Rulebook:
    """The rulebook as it stands for an account: by its platform, its unit's level, its type."""
    return _fitted(rulebook, standing_at(facts, facts.as_of))


def _fitted(rulebook: Rulebook, standing: Standing | None) -> Rulebook:
    if standing is None or not rulebook.variants:
        return rulebook
    return rulebook.fitted(standing.platform, standing.level, standing.account_type)


def _findings(case: Case) -> tuple[list[Finding], list[int]]:
    """The findings of all rules the rulebook uses, and when time alone may change one of them."""
    findings: list[Finding] = []
    untils: list[int] = []
    for name in (UPDATE_RULE, *case.rulebook.terms):
        rule = RULES.get(name)
        if case.excluded and not rule.excluded_too:
            continue
        verdict = _ask(rule, case)
        if verdict is None:
            continue
        if verdict.until is not None:
            untils.append(verdict.until)
        if verdict.outcome is not Outcome.OK or name == UPDATE_RULE:
            findings.append(
                Finding(name, rule.version, verdict.outcome, verdict.evidence, verdict.sentence)
            )
    return findings, untils


def _ask(rule: Rule, case: Case) -> Verdict | None:
    try:
        return rule.check(case)
    except Exception as mistake:
        mistake.add_note(f"rule {rule.name} v{rule.version}, account {case.facts.account_id}")
        raise


def _grade(case: Case) -> int | None:
    stretch = case.chosen.silence.stretch
    return None if stretch is None else grade(stretch, case.chosen.silence.began + 1)
