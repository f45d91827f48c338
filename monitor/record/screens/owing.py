"""书面催补 on screen: what a result lacks within the scope, and the letters that asked for it."""

from dataclasses import dataclass

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.owing import NAME, Letter, Owed
from monitor.domain.person import Permission
from monitor.domain.receipt import KeptAnswer
from monitor.domain.scope import Scope
from monitor.record import ask_letters, assessed, receipt_answers
from monitor.record.screens.assessing import listing
from monitor.record.store import Reading


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing of an account, and the letter that asks for it; None: nobody asked yet."""

    owed: Owed
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter with its unit's name, what the unit answered, and how many of its accounts still
    lack something."""

    letter: Letter
    unit_name: str
    answer: KeptAnswer | None
    still: int


@shown(Permission.SEE_SCORES)
def lacking(tx: Reading, scope: Scope, assessment_id: int) -> tuple[Missing, ...]:
    """What a result lacks of accounts of units in the scope, by unit and account."""
    found = listing(tx, scope, assessment_id)
    if not found:
        return ()
    standing = {
        (each.unit_id, account): each
        for each in ask_letters.of_period(tx, found[0].kept.period)
        for account in each.accounts
        if each.stands
    }
    return tuple(
        Missing(each, standing.get((each.unit_id, each.account_id)))
        for each in ask_letters.lacking(tx, assessment_id)
        if scopes.covers(scope, each.path, "")
    )


@shown(Permission.SEE_SCORES)
def letters(tx: Reading, scope: Scope, assessment_id: int) -> tuple[Sent, ...]:
    """The letters of an assessment's period to units in the scope, the newest first."""
    found = listing(tx, scope, assessment_id)
    if not found:
        return ()
    units = {
        each.unit_id: each
        for each in assessed.roster(tx, assessment_id)
        if scopes.covers(scope, each.path, "")
    }
    lacks = {(each.unit_id, each.account_id) for each in ask_letters.lacking(tx, assessment_id)}
    every = ask_letters.of_period(tx, found[0].kept.period)
    mine = [each for each in every if each.unit_id in units]
    ids = [each.id for each in mine]
    answers = {each.task_id: each for each in receipt_answers.of_tasks(tx, NAME, ids)}
    return tuple(
        Sent(
            each,
            units[each.unit_id].name,
            answers.get(each.id),
            sum((each.unit_id, account) in lacks for account in each.accounts),
        )
        for each in reversed(mine)
    )
