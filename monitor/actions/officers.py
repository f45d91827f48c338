"""民警个人账号: papers are registered, the account joins, and it leaves at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from monitor.access.declared import needs
from monitor.actions import permitting, volunteering
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import day_end, day_start
from monitor.domain.officer import GONE, PAPERS, Joining, Step, after
from monitor.domain.person import Permission, Person
from monitor.domain.scope import EVERYTHING
from monitor.record import audit, officers, photos
from monitor.record.officers import Signed
from monitor.record.screens import officers as register
from monitor.record.store import Store, Writing

LONGEST_YEARS: Final = 3
"""A paper that holds longer is asked for anew."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A step about an account on top of the `version` that was on the screen.

    For a paper: when it was signed, its last day, and its scan (PDF, PNG or JPG; may be empty).
    """

    account_id: int
    step: Step
    version: int
    signed_on: date | None = None
    until: date | None = None
    scan: bytes = field(default=b"", repr=False)


@needs(Permission.CONSENT)
def take(store: Store, actor: Person | None, doing: Doing, folder: Path | None = None) -> Joining:
    """Do a step; where the account stands then. What left is gone from screens and exports.

    InputError names what is wrong with a paper; Conflict where the account stands elsewhere by now.
    """
    return take_all(store, actor, [doing], folder)[0]


@needs(Permission.CONSENT)
def take_all(
    store: Store, actor: Person | None, every: Sequence[Doing], folder: Path | None = None
) -> list[Joining]:
    """Several steps in order, all or none."""
    scans = [_scan(each, folder) for each in every]
    with store.writing(durable=True) as tx:
        person = permitting.permit(tx, actor, Permission.CONSENT)
        scope = EVERYTHING if person is None else permitting.reach(person)
        reached = {
            each.account_id for each in register.officers(tx, scope, tx.second, limit=10_000)
        }
        if not {each.account_id for each in every} <= reached:
            raise Forbidden("不是本人管理范围内的民警个人账号", "", "请联系上级办理")
        by = None if person is None else person.id
        return [_take(tx, each, scan, by) for each, scan in zip(every, scans, strict=True)]


def _take(tx: Writing, doing: Doing, scan: str, by: int | None) -> Joining:
    before = officers.joining(tx, doing.account_id)
    if before.version != doing.version:
        raise Conflict("刚被其他人办理过", "民警个人账号", "请刷新后再看")
    standing = after(before, doing.step, tx.second)
    now_so = replace(before, standing=standing)
    if doing.step in PAPERS:
        paper = _paper(doing, scan, tx.second)
        officers.add_paper(tx, doing.account_id, paper, by)
        if doing.step is Step.APPROVE:
            now_so = replace(now_so, approved_until=paper.until)
        else:
            now_so = replace(now_so, consented_until=paper.until)
    elif doing.step is not Step.JOIN:
        now_so = replace(now_so, approved_until=0, consented_until=0)
    officers.put(tx, doing.account_id, now_so)
    if standing in GONE:
        volunteering.left(tx, doing.account_id)
    audit.add(tx, by, doing.step.value, "account", str(doing.account_id), standing.value)
    return replace(now_so, version=before.version + 1)


def leave(tx: Writing, account_id: int) -> None:
    """The officer takes the consent back himself, nobody signed in; nothing where he has left."""
    before = officers.joining(tx, account_id)
    if before.standing in GONE:
        return
    standing = after(before, Step.LEAVE, tx.second)
    gone = replace(before, standing=standing, approved_until=0, consented_until=0)
    officers.put(tx, account_id, gone)
    volunteering.left(tx, account_id)
    audit.add(
        tx, None, Step.LEAVE.value, "account", str(account_id), f"{standing.value};免登录链接"
    )


def _paper(doing: Doing, scan: str, now: int) -> Signed:
    kind = PAPERS[doing.step]
    if doing.signed_on is None or doing.until is None:
        raise InputError("请填写签署日期和有效期至", kind.value)
    if day_start(doing.signed_on) > now:
        raise InputError("签署日期在今天之后", kind.value, "请核对文书")
    if doing.until < doing.signed_on or doing.until.year - doing.signed_on.year > LONGEST_YEARS:
        raise InputError(f"有效期应在签署之后{LONGEST_YEARS}年之内", kind.value, "请核对文书")
    return Signed(kind, doing.signed_on, day_end(doing.until), scan)


def _scan(doing: Doing, folder: Path | None) -> str:
    """Before the transaction: a file that stays without its row does no harm."""
    if not doing.scan or folder is None:
        return ""
    return photos.keep_scan(folder, doing.scan)
