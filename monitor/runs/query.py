"""问: what was, is or would be judged at two instants; nothing is written."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitor.domain.account import PLATFORMS
from monitor.domain.errors import InputError
from monitor.domain.finding import Judgement
from monitor.domain.instants import from_micro, from_second, shanghai, to_micro, to_second
from monitor.domain.judged import Registered
from monitor.domain.manuscript import SUBJECT
from monitor.domain.scope import EVERYTHING
from monitor.judge.evaluate import judge
from monitor.judge.replies import windows
from monitor.record import (
    accounts,
    approvals,
    campaign_tasks,
    campaigns,
    cases,
    clearings,
    facts,
    interpretings,
    lives,
    people,
    runlog,
)
from monitor.record.account_days import covered
from monitor.record.registered import registered
from monitor.runs import books
from monitor.runs.parts import Parts


def judgements(
    parts: Parts, as_of: datetime | None, known_at: datetime | None, rulebook: str | None
) -> Mapping[str, Any]:
    """The judge's document: every account under one rulebook at (as_of, known_at)."""
    now = parts.now()
    second = to_second(as_of or now)
    with parts.store.reading() as tx:
        micro = to_micro(known_at) if known_at else runlog.known_now(tx, to_micro(now))
        book = books.open_books(parts, rulebook, second, micro).own
        measured = facts.measure(tx, second, micro, windows=windows((book,)))
        listed = {each.account.id: each for each in registered(tx, EVERYTHING, second, micro)}
    return {
        "as_of": from_second(second).isoformat(),
        "known_at": from_micro(micro).isoformat(),
        "rulebook": f"{book.name}@{book.version}",
        "accounts": [
            _account(listed[each.account_id], judge(each, book), covered(each, book.least_grade))
            for each in measured
            if each.account_id in listed
        ],
    }


def _account(known: Registered, judged: Judgement, coverage: float) -> dict[str, Any]:
    """One account; `coverage` is the share (0..1) of the last 30 days that was seen whole."""
    account, unit = known.account, known.unit
    return {
        "platform": account.platform,
        "platform_name": PLATFORMS[account.platform],
        "uid": account.uid,
        "name": account.name,
        "unit": unit.name,
        "region": unit.region_name,
        "status": judged.status,
        "status_max": judged.status_max,
        "outcome": judged.outcome.value,
        "cutoff": _instant(judged.cutoff),
        "last_post_at": _instant(judged.last_post_from),
        "last_post_until": _instant(judged.last_post_until),
        "silence_min_seconds": judged.silence_min,
        "silence_max_seconds": judged.silence_max,
        "coverage": round(coverage, 4),
        "missing": [[_instant(a), _instant(b)] for a, b in judged.missing],
        "findings": [
            {
                "rule": each.rule,
                "version": each.version,
                "outcome": each.outcome.value,
                "evidence": dict(each.evidence),
                "sentence": each.sentence,
            }
            for each in judged.findings
        ],
    }


def _instant(second: int | None) -> str | None:
    return None if second is None else shanghai(second).isoformat()


def account_id(parts: Parts, platform: str | None, uid: str) -> int:
    """The id of the account people name by its platform id; InputError unless there is just one."""
    with parts.store.reading() as tx:
        found = [
            each.id
            for each in accounts.all_accounts(tx)
            if uid in (each.uid, each.name) and platform in (None, each.platform)
        ]
    if len(found) != 1 or found[0] is None:
        trouble = "台账里没有" if not found else "台账里不止一个"
        raise InputError(f"{trouble}“{uid}”", "--account", "请用账号ID,并加 --platform")
    return found[0]


def account_ids(parts: Parts) -> Mapping[tuple[str, str], int]:
    """The ids of the accounts whose platform id is known, by (platform, uid)."""
    with parts.store.reading() as tx:
        return {
            (each.platform, each.uid): each.id
            for each in accounts.all_accounts(tx)
            if each.uid is not None and each.id is not None
        }


def live_cases(parts: Parts) -> Mapping[int, int]:
    """The live 整改单 of every account that has one, by account id."""
    with parts.store.reading() as tx:
        return cases.live_of(tx, [each.id for each in accounts.all_accounts(tx) if each.id])


def person_id(parts: Parts, login: str) -> int:
    """The id of whoever signs in as `login`; InputError where nobody does."""
    with parts.store.reading() as tx:
        kept = people.by_login(tx, login, to_second(parts.now()))
    if kept is None:
        raise InputError("没有这个登录名", login, "请先新增人员")
    return kept.person.id


def signs_in(parts: Parts, login: str) -> bool:
    """Whether anybody signs in as `login`."""
    with parts.store.reading() as tx:
        return people.by_login(tx, login, to_second(parts.now())) is not None


def clearing_lines(parts: Parts, clearing_id: int) -> Mapping[int, clearings.KeptLine]:
    """The lines of a 清理排查, by id."""
    with parts.store.reading() as tx:
        return {each.id: each for each in clearings.lines(tx, clearing_id)}


def campaign_version(parts: Parts, campaign_id: int) -> int:
    """The newest version of a campaign; 0 where there is none."""
    with parts.store.reading() as tx:
        kept = campaigns.get(tx, campaign_id)
        return 0 if kept is None else kept.version


def campaign_tasks_of(parts: Parts, campaign_id: int) -> list[campaign_tasks.KeptTask]:
    """The tasks of a campaign as they stand."""
    with parts.store.reading() as tx:
        return campaign_tasks.of_campaign(tx, campaign_id)


def text_signed(parts: Parts, approval_id: int) -> str:
    """The hash of the text an approval is of: what whoever signs has seen; '' where none is."""
    with parts.store.reading() as tx:
        kept = approvals.get(tx, approval_id)
        return "" if kept is None else kept.approval.sha256


def documents_listed(parts: Parts, list_id: int) -> list[int]:
    """The documents of a 政策解读清单, by id, in its order."""
    with parts.store.reading() as tx:
        return [each.id for each in interpretings.documents(tx, list_id)]


def life_approval(parts: Parts, account_id: int) -> int:
    """The approval an account's pending application goes up with; 0 where none does."""
    with parts.store.reading() as tx:
        text_id = lives.get(tx, account_id).life.text
        kept = approvals.of_subject(tx, SUBJECT, text_id) if text_id is not None else None
        return 0 if kept is None else kept.id
