"""考核: a period is opened under a scheme in force, scored, told, reviewed, settled and filed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import approval_terms, assessing_issuing
from monitor.actions.permitting import permit_house
from monitor.actions.scorecards import scheme_of
from monitor.actions.sending import Sent, key_of, once
from monitor.coordinate import assessing as machine
from monitor.coordinate import deadline
from monitor.domain.assessment import Act, Asked, Kind, Move, Side, Standing, State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.bulletin import Period, period_of
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import say_minute, shanghai_day
from monitor.domain.person import Permission, Person
from monitor.record import assessments, audit, jobs, photos, schemes
from monitor.record.assessments import Opening
from monitor.record.screens import assessing as screen
from monitor.record.store import Reading, Store, Writing
from monitor.score.scheme import fits

REMEDY: Final = "考核由省厅组织"
MATTER: Final = "assessment"
JOB: Final = "assess"
"""The kind of job that freezes facts and scores; its argument `assessment_id` is the id."""
SCANS: Final = "scans"
SCORED: Final = frozenset({State.RUNNING, State.FIRST, State.FEEDBACK, State.REVIEW})
SIGNED: Final = (Asked.SIGNER, Asked.SIGNED_AT)


@dataclass(frozen=True, slots=True)
class NewAssessment:
    """A period to be assessed: its code (`2026Q3`), 正式 or 试评, and the scheme's revision."""

    period: str
    kind: Kind
    revision_id: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button on an assessment as somebody saw it; `given` are the form's words by `Asked`."""

    assessment_id: int
    version: int
    move: Move
    given: Mapping[str, str] = field(default_factory=dict)
    scan: bytes = field(default=b"", repr=False)


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def begin(store: Store, actor: Person, new: NewAssessment, sent: Sent) -> int:
    """开始考核: a period under a revision; its id. A scheme binds only periods that begin after it
    was issued; 试评 may try one that was not."""
    period = period_of(new.period)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            _binding(tx, new, period)
            _first(tx, new)
            title = f"{period.said}公安政务新媒体考核" + (
                "(试评)" if new.kind is Kind.TRIAL else ""
            )
            opening = Opening(new.period, new.kind, new.revision_id, title)
            key = assessments.begin(tx, opening, by)
            audit.add(tx, by, "开始考核", MATTER, str(key), f"{new.period} {new.kind}")
            return {"id": key}

        return int(once(tx, actor, sent, work)["id"])


def _binding(tx: Reading, new: NewAssessment, period: Period) -> None:
    revision = schemes.get(tx, new.revision_id)
    if revision is None:
        raise InputError("没有这个考核方案", str(new.revision_id), "请从列表中选择")
    fits(scheme_of(revision), period)
    if new.kind is Kind.TRIAL:
        return
    if revision.state is not State.IN_FORCE:
        raise Conflict("这个方案还没有印发", revision.name, "请先印发,或先作试评")
    if not machine.binds(shanghai_day(revision.valid_from), shanghai_day(period.since)):
        told = f"方案自{shanghai_day(revision.valid_from)}起生效,不约束更早的周期"
        raise Conflict(told, revision.name, "请选当期有效的方案,或先作试评")


def _first(tx: Reading, new: NewAssessment) -> None:
    """A period is assessed once under a scheme; what comes later is a 更正单."""
    for each in assessments.every(tx, new.period):
        same = each.kind is new.kind and each.scheme_revision_id == new.revision_id
        if same and (each.kind is Kind.FORMAL or each.state is not State.FILED):
            raise Conflict("这个周期已经有一次考核", each.title, "请打开已有的,或作更正单")


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def press(store: Store, actor: Person, data_dir: Path, pressed: Pressed, sent: Sent) -> str:
    """A button of the office's assessors; the state it led to. 生成初评 asks for a job."""
    return _press(store, actor, (Permission.ASSESS, Side.OFFICE), data_dir, pressed, sent)


@needs(Permission.SETTLE, reach=Reach.HOUSE)
def decide(store: Store, actor: Person, data_dir: Path, pressed: Pressed, sent: Sent) -> str:
    """审定 by a registered paper signature, or 退回复核; the state it led to."""
    return _press(store, actor, (Permission.SETTLE, Side.HEAD), data_dir, pressed, sent)


def _press(
    store: Store,
    actor: Person,
    who: tuple[Permission, Side],
    data_dir: Path,
    pressed: Pressed,
    sent: Sent,
) -> str:
    given = _given(pressed, data_dir)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, who[0], REMEDY) or 0

        def work() -> Mapping[str, Any]:
            kept = current(tx, pressed.assessment_id, pressed.version)
            due = deadline.after_working_days(
                tx.second, machine.FEEDBACK_DAYS, approval_terms.calendar(data_dir)
            )
            act = Act(pressed.move, by, who[1], tx.second, due.at, given)
            after = machine.step(standing(tx, kept), act)
            _fresh(tx, kept, pressed.move)
            _done(tx, kept, act, after, key_of(str(actor.id), sent))
            return {"state": after.state.value}

        return str(once(tx, actor, sent, work)["state"])


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def rescore(store: Store, actor: Person, assessment_id: int, sent: Sent) -> int:
    """重新计分 after a job that failed, on the facts that were frozen; the job's id. Conflict where
    the result does not change any more."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            kept = assessments.get(tx, assessment_id)
            if kept is None or kept.state not in SCORED:
                raise Conflict("现在不能重新计分", "", "请刷新后再看")
            job_id = ask_again(tx, kept.id, by, key_of(str(actor.id), sent))
            audit.add(tx, by, "考核·重新计分", MATTER, str(kept.id), "")
            return {"id": job_id}

        return int(once(tx, actor, sent, work)["id"])


def _given(pressed: Pressed, data_dir: Path) -> dict[str, str]:
    """The words, and the hashes of the scan and the template: they are kept before the transaction,
    a file is no part of it."""
    given = {str(name): text.strip() for name, text in pressed.given.items()}
    refuse_marked({name: text for name, text in given.items() if name != Asked.SIGNED_AT})
    if pressed.scan:
        given[Asked.SCAN] = photos.keep_scan(data_dir / "local" / SCANS, pressed.scan)
    if pressed.move is Move.ISSUE:
        given[Asked.TEMPLATE] = assessing_issuing.template(data_dir)
    return given


def current(tx: Reading, assessment_id: int, version: int) -> Assessment:
    """The assessment somebody saw; Conflict where it was moved on since."""
    kept = assessments.get(tx, assessment_id)
    if kept is None:
        raise InputError("没有这次考核", str(assessment_id), "请从列表重新打开")
    if kept.version != version:
        raise Conflict("这次考核刚被别人办理过", kept.title, "请刷新后再办")
    return kept


def standing(tx: Reading, kept: Assessment) -> Standing:
    """Where an assessment stands, as the table of moves takes it."""
    counted = screen.counted(tx, kept.id)
    return of_told(screen.Told(kept, "", 0, counted, screen.mover(tx, kept.id)))


def of_told(told: screen.Told) -> Standing:
    """The same of what a list tells."""
    kept, period = told.kept, period_of(told.kept.period)
    return Standing(
        state=kept.state,
        kind=kept.kind,
        since=period.since,
        until=period.until,
        due=kept.feedback_until,
        by=told.moved_by,
        scored=bool(kept.result_hash),
        open_objections=told.counted.open_objections,
        open_items=told.counted.open_items,
    )


def offered(told: screen.Told, side: Side, now: int) -> tuple[Move, ...]:
    """The buttons a side may be shown."""
    return machine.offered(of_told(told), side, now)


def waits_for(told: screen.Told, move: Move, now: int) -> str:
    """Why a button is not there yet; '' where it is."""
    return machine.barred(of_told(told), move, now)


def _fresh(tx: Reading, kept: Assessment, move: Move) -> None:
    """What was decided since the last scoring has to be in the result before it goes on."""
    if move is Move.PROPOSE and screen.decided_at(tx, kept.id) > (kept.reviewed_at or 0):
        raise Conflict("采纳的异议、评定的人工项还没有算进结果", kept.title, "请等重算完成后再提请")


def _done(tx: Writing, kept: Assessment, act: Act, after: Standing, key: str) -> None:
    values: dict[str, Any] = {}
    if act.move is Move.FEED_BACK:
        values["feedback_until"] = after.due
    words, papers = act.given.get(Asked.WHY, ""), _papers(act)
    if act.move is Move.ISSUE:
        out = assessing_issuing.issue(tx, kept, act)
        words, papers = out.number, (str(out.id),)
    elif act.move in _FOLLOWS:
        _FOLLOWS[act.move](tx, kept, act, key)
    if not assessments.put(tx, kept, after.state, **values):
        raise Conflict("这次考核刚被别人办理过", kept.title, "请刷新后再办")
    assessments.note(tx, kept, act.move.value, after.state, (act.person, words), papers)
    audit.add(tx, act.person, f"考核·{act.move}", MATTER, str(kept.id), after.state.value)


def _papers(act: Act) -> tuple[str, ...]:
    """What was signed on paper: by whom, when, and the hash of the scan."""
    if act.move is not Move.SETTLE:
        return ()
    signed = say_minute(int(act.given[Asked.SIGNED_AT]))
    return (act.given[Asked.SIGNER], signed, act.given[Asked.SCAN])


def _score(tx: Writing, kept: Assessment, act: Act, key: str) -> None:
    ask_again(tx, kept.id, act.person, key)


def ask_again(tx: Writing, assessment_id: int, by: int | None, key: str) -> int:
    """Have an assessment scored, or scored again with what was decided since; the job's id."""
    return jobs.ask(tx, JOB, {"assessment_id": str(assessment_id)}, f"{JOB}-{key}", by)


def _amend(tx: Writing, kept: Assessment, act: Act, key: str) -> None:
    """更正单: an assessment beside the old one, which stays as it was."""
    opening = Opening(
        kept.period,
        kept.kind,
        kept.scheme_revision_id,
        f"{kept.title}(更正)",
        kept.level,
        amends_id=kept.id,
    )
    made = assessments.begin(tx, opening, act.person)
    ask_again(tx, made, act.person, key)


_FOLLOWS: Final[Mapping[Move, Callable[[Writing, Assessment, Act, str], None]]] = {
    Move.GENERATE: _score,
    Move.AMEND: _amend,
}
