"""Where each kind of retention lies: its table, from when its time counts, what is spared.

Every part is SQL about one row of the table, by the table's own name; `:now` is the second of the
purge. A row goes only where its age is known, its time is over, `over` holds and no hold covers it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.domain.campaign import State
from monitor.domain.officer import Standing
from monitor.domain.running import JobState
from monitor.record import outbox

_ENDED: Final = ", ".join(
    f"'{each}'" for each in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
)
_GONE: Final = ", ".join(f"'{each}'" for each in (Standing.LEFT, Standing.MOVED, Standing.RETIRED))
_ARCHIVED: Final = State.ARCHIVED.value
_LETTER: Final = f"outbox.state IN ('{outbox.SENT}', '{outbox.FAILED}', '{outbox.WITHDRAWN}')"


@dataclass(frozen=True, slots=True)
class Target:
    """One kind: `clear` are the columns emptied, none: the whole row goes. `account`, `unit` and
    `person` say whose row it is, '' where nobody knows. `file` is the column that names a file
    below the local folder `place`; with `only_file` the row itself stays as it is."""

    table: str
    age: str
    key: tuple[str, ...] = ("id",)
    over: str = "1 = 1"
    clear: Mapping[str, Any] = field(default_factory=dict)
    account: str = ""
    unit: str = ""
    person: str = ""
    place: str = ""
    file: str = ""
    only_file: bool = False

    @property
    def placed(self) -> bool:
        """Whether a unit, an account or a case can be told of its rows."""
        return bool(self.account or self.unit or self.person)


def _live_case(account: str) -> str:
    return f'EXISTS (SELECT 1 FROM "case" lc WHERE lc.live AND lc.account_id = {account})'


def _day(column: str, *, sqlite: bool) -> str:
    """The second at which a Shanghai day written as ISO ends; NULL where none is written."""
    given = f"nullif({column}, '')"
    if sqlite:
        return f"(CAST(strftime('%s', {given}) AS INTEGER) + 57600)"
    return f"(CAST(extract(epoch FROM CAST({given} AS timestamp)) AS bigint) + 57600)"


def targets(*, sqlite: bool) -> Mapping[str, Target]:
    """Every kind by its key, as the one or the other database says it."""
    return {**_ENTRANCE, **_WORK, **_LEAVING, **_PRIVATE, **_dated(sqlite=sqlite), **_NUMBERS}


_ENTRANCE: Final = {
    "attempt": Target("attempt", "attempt.at"),
    "session": Target("session", "session.expires_at", person="session.person_id"),
    "sign_on_used": Target("sign_on_used", "sign_on_used.at", ("state_sha256",)),
    "connecting": Target("connecting", "connecting.expires_at", account="connecting.account_id"),
    "form_draft": Target(
        "form_draft",
        "form_draft.recorded_at / 1000000",
        ("person_id", "form"),
        person="form_draft.person_id",
    ),
    "sending": Target("sending", "sending.recorded_at / 1000000", person="sending.person_id"),
}
_WORK: Final = {
    "job": Target("job", "job.created_at", over=f"job.state IN ({_ENDED})", person="job.asked_by"),
    "run": Target(
        "run",
        "run.known_at / 1000000",
        over="run.outcome IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM pass p WHERE p.run_id = run.id)"
        " AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.run_id = run.id)"
        " AND NOT EXISTS (SELECT 1 FROM purge_receipt r WHERE r.run_id = run.id)"
        " AND run.id NOT IN (SELECT max(n.id) FROM run n GROUP BY n.command)"
        " AND run.id NOT IN (SELECT max(n.id) FROM run n WHERE n.scheduled_for IS NOT NULL"
        " GROUP BY n.command)",
    ),
    "shared_token": Target(
        "shared_token",
        "nullif(shared_token.expires_at, 0)",
        over="shared_token.claim_until < :now",
        account="shared_token.account_id",
    ),
    "hook_event": Target("hook_event", "hook_event.at"),
}
_LEAVING: Final = {
    "outbox_body": Target(
        "outbox",
        "outbox.recorded_at / 1000000",
        over=f"{_LETTER} AND length(outbox.body) > 0",
        clear={"body": b""},
    ),
    "outbox": Target("outbox", "outbox.recorded_at / 1000000", over=_LETTER),
    "receipt_answer": Target(
        "receipt_answer",
        "receipt_answer.recorded_at / 1000000",
        over='NOT EXISTS (SELECT 1 FROM "case" lc WHERE lc.live'
        " AND lc.unit_id = receipt_answer.unit_id)",
        unit="receipt_answer.unit_id",
    ),
    "receipt_link": Target(
        "receipt_link",
        "receipt_link.expires_at",
        over="NOT EXISTS (SELECT 1 FROM receipt_answer a WHERE a.link_id = receipt_link.id)"
        " AND NOT EXISTS (SELECT 1 FROM report_line r WHERE r.link_id = receipt_link.id)",
        unit="receipt_link.unit_id",
    ),
}
_NUMBERS: Final = {
    "post_obs": Target(
        "post_obs",
        "post_obs.observed_at",
        ("key_id", "source", "observed_at", "recorded_at"),
        over="NOT EXISTS (SELECT 1 FROM post_key k"
        ' JOIN "case" lc ON lc.live AND lc.account_id = k.account_id WHERE k.id = post_obs.key_id)',
        account="(SELECT k.account_id FROM post_key k WHERE k.id = post_obs.key_id)",
    ),
    "account_obs": Target(
        "account_obs",
        "account_obs.observed_at",
        ("account_id", "source", "basis", "observed_at", "recorded_at"),
        over=f"NOT {_live_case('account_obs.account_id')}",
        account="account_obs.account_id",
    ),
    "post_text": Target(
        "post_text",
        "post_text.seen_at",
        ("key_id",),
        over="NOT EXISTS (SELECT 1 FROM campaign_task t JOIN campaign c ON c.id = t.campaign_id"
        f" WHERE t.key_id = post_text.key_id AND c.state <> '{_ARCHIVED}')",
        account="(SELECT k.account_id FROM post_key k WHERE k.id = post_text.key_id)",
    ),
}
_PRIVATE: Final = {
    "typed_reason": Target(
        "typed_reason",
        "typed_reason.recorded_at / 1000000",
        over="typed_reason.keep_until <= :now"
        " AND NOT EXISTS (SELECT 1 FROM burden_allowance b"
        " WHERE b.reason_id = typed_reason.id)"
        " AND NOT EXISTS (SELECT 1 FROM data_hold w"
        " WHERE typed_reason.id IN (w.reason_id, w.lift_reason_id))",
    ),
    "officer_paper": Target(
        "officer_paper",
        "(SELECT CASE WHEN o.recorded_at / 1000000 > officer_paper.until"
        " THEN o.recorded_at / 1000000 ELSE officer_paper.until END FROM officer_account o"
        f" WHERE o.account_id = officer_paper.account_id AND o.standing IN ({_GONE}))",
        over=f"NOT {_live_case('officer_paper.account_id')}",
        account="officer_paper.account_id",
        place="scans",
        file="scan",
    ),
    "patrol_photo": Target(
        "look",
        "look.looked_until",
        over="look.photo <> '' AND NOT EXISTS"
        ' (SELECT 1 FROM "case" c WHERE c.account_id = look.account_id)',
        account="look.account_id",
        place="patrol",
        file="photo",
        only_file=True,
    ),
}


def _dated(*, sqlite: bool) -> Mapping[str, Target]:
    """Whose time counts from a day that was written down."""
    left = _day("l.until", sqlite=sqlite)
    done = _day("d.day", sqlite=sqlite)
    return {
        "left_contact": Target(
            "contact",
            f"CASE contact.owner_kind WHEN 'liaison' THEN (SELECT {left} FROM liaison l"
            f" WHERE l.id = contact.owner_id) WHEN 'duty' THEN (SELECT {done} FROM duty d"
            " WHERE d.id = contact.owner_id) WHEN 'person' THEN (SELECT p.recorded_at / 1000000"
            " FROM person p WHERE p.id = contact.owner_id AND NOT p.active) END",
            unit="CASE contact.owner_kind WHEN 'liaison' THEN (SELECT l.unit_id FROM liaison l"
            " WHERE l.id = contact.owner_id) WHEN 'duty' THEN (SELECT d.unit_id FROM duty d"
            " WHERE d.id = contact.owner_id) END",
        ),
        "duty": Target(
            "duty",
            _day("duty.day", sqlite=sqlite),
            over="NOT EXISTS (SELECT 1 FROM contact c"
            " WHERE c.owner_kind = 'duty' AND c.owner_id = duty.id)",
            unit="duty.unit_id",
        ),
    }
