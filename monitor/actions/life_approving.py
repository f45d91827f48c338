"""An application about an account goes up for signature as it is made, and ends with it."""

from pathlib import Path
from typing import Final

from monitor.actions import approval_moving
from monitor.actions import approval_terms as terms
from monitor.coordinate import approval as machine
from monitor.coordinate import chains, life_application
from monitor.coordinate.moves import Act as Signing
from monitor.domain.account import Account
from monitor.domain.approval import Approval, Chain, State
from monitor.domain.approval import Move as Step
from monitor.domain.lifecycle import SIGNED_AS, Act
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Person
from monitor.domain.unit import Unit
from monitor.record import approvals, manuscripts, units
from monitor.record.approvals import Kept, Moved, Subject
from monitor.record.store import Writing

OVER: Final = frozenset({State.APPROVED, State.REFUSED, State.WITHDRAWN})


def begin(tx: Writing, person: Person, account: Account, act: Act, data_dir: Path) -> int | None:
    """Put an application up for the signatures of the office above; the id of its text. None where
    no office or no chain is known: it is decided by a paper from outside then.

    Where somebody is wanting it is kept as a draft, which its writer may send up later.
    """
    every = units.all_units(tx)
    unit = next(each for each in every if each.code == account.unit_code)
    office = life_application.decides(unit, every)
    chain = None if office is None else _chain(data_dir, office, act)
    if office is None or office.id is None or chain is None:
        return None
    text = life_application.text_of(account, unit, act)
    text_id = manuscripts.add(tx, office.id, person.id, text)
    level = terms.LEVELS[office.level]
    subject = Subject(SUBJECT, text_id, office.id, text.title, text.kind, level)
    approval_id = approvals.begin(tx, subject, Approval(person.id, text.sha256))
    kept = approvals.get(tx, approval_id)
    if kept is not None and all(_signers(tx, person, office, chain)):
        _send_up(tx, person, kept, chain, data_dir)
    return text_id


def end(tx: Writing, person: Person, text_id: int, why: str) -> None:
    """Nobody signs any more what was settled another way; nothing where it came to its own end."""
    kept = approvals.of_subject(tx, SUBJECT, text_id)
    if kept is not None and kept.approval.state not in OVER:
        after = machine.ended(kept.approval)
        done = Moved(Step.ELSEWHERE, person.id, opinion=why, sha256=kept.approval.sha256)
        approval_moving.put(tx, kept, kept.subject, after, done, {})


def _chain(data_dir: Path, office: Unit, act: Act) -> Chain | None:
    return terms.chain_if(data_dir, terms.LEVELS[office.level], SIGNED_AS[act.move])


def _signers(tx: Writing, person: Person, office: Unit, chain: Chain) -> list[bool]:
    """Of each step, whether anybody but the applicant may sign it."""
    return [
        any(each.id != person.id for each in terms.able(tx, office, step.role, tx.second))
        for step in chain.steps
        if not step.optional
    ]


def _send_up(tx: Writing, person: Person, kept: Kept, chain: Chain, data_dir: Path) -> None:
    due = terms.due(data_dir, chain, tx.second)
    act = Signing(
        Step.SUBMIT,
        person.id,
        kept.approval.sha256,
        steps=chains.laid_out(chain, {}),
        due=due.at,
        distinct=chain.distinct,
        confirms=chain.confirms,
    )
    after = machine.follow(kept.approval, act, tx.second)
    columns = {"chain": chain.name, "chain_version": chain.version, "provisional": due.provisional}
    done = Moved(Step.SUBMIT, person.id, sha256=kept.approval.sha256)
    approval_moving.put(tx, kept, kept.subject, after, done, columns)
