"""A text of one's own, changed."""

from dataclasses import replace

from monitor.actions import manuscripts
from monitor.actions.sending import Sent
from monitor.domain.approval import Approval
from monitor.domain.manuscript import SUBJECT
from monitor.record import approvals
from monitor.record import manuscripts as kept
from monitor.record.approvals import Subject
from tests.kits.action_benches.approving import TEXT
from tests.kits.matrix import Act, Desk, bench


@bench(manuscripts.save)
def save(desk: Desk) -> Act:
    changed = replace(TEXT, body="改过的正文")

    def act(actor: object) -> object:
        writer = actor.id if desk.own else desk.person  # type: ignore[attr-defined]
        with desk.store.writing() as tx:
            text_id = kept.add(tx, desk.unit_id, writer, TEXT)
            subject = Subject(SUBJECT, text_id, desk.unit_id, TEXT.title, TEXT.kind, "市州局")
            approvals.begin(tx, subject, Approval(writer, TEXT.sha256))
        return manuscripts.save(desk.store, actor, changed, Sent("t", "k", 1), text_id)  # type: ignore[arg-type]

    return act
