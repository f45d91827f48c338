"""拟: a quarter's bulletin or a month's hint drafted as asked, its facts frozen with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from monitor.access import permissions, scopes
from monitor.collect import shelf
from monitor.coordinate import gate
from monitor.domain.account import Kind
from monitor.domain.bulletin import Base, Candidate, Gate, Period, Sort, reported
from monitor.domain.case import State
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import shanghai_day, to_micro, to_second
from monitor.domain.judged import Judged
from monitor.domain.person import Permission
from monitor.domain.rulebook import Rulebook
from monitor.domain.running import Job, RunOutcome, RunReport
from monitor.domain.scope import Scope
from monitor.domain.unit import Unit
from monitor.record import audit, bulletins, people, photos, runlog, units
from monitor.record.screens import bulletins as screen
from monitor.record.store import Reading
from monitor.report import bulletin, drafted, figures, monthly, named, tally, whose, word_file
from monitor.report.case_letter import say_day
from monitor.report.table import Imprint, revived
from monitor.runs import books, case_book, holding, judged
from monitor.runs.parts import Parts

FOLDER: Final = "case_files"
"""Below the local folder: where templates of papers that left are kept, as for cases."""


@dataclass(frozen=True)
class Seen:
    """What was gathered: accounts as judged at the period's end, and cases as they stand now."""

    unit: Unit
    period: Period
    judged: tuple[Judged, ...]
    cases: tuple[Candidate, ...]
    again: tuple[Candidate, ...]
    last: Mapping[str, Any]
    instants: tuple[int, int]
    now: int
    own: Rulebook


def run(parts: Parts, job: Job) -> RunReport:
    """Make the draft that was asked for on screen; a cancel at any chunk leaves none."""
    return draft(parts, job.arguments, job.asked_by)


def draft(parts: Parts, asked: Mapping[str, str], by: int | None) -> RunReport:
    """Make a draft for the office of `by`; `asked` are the words of the form."""
    period = reported(asked["period"])
    seen = _gather(parts, asked, by, period)
    holding.chunk(70)
    sifted = gate.sift(seen.cases, seen.now, case_book.calendar(parts))
    quarter = period.sort is Sort.QUARTER
    made = _quarter(seen, sifted, asked) if quarter else _month(seen, asked)
    template = shelf.template(parts.data_dir, f"{period.sort}.docx")
    name = f"{period.sort}.docx"
    word_file.check(template, made["within"], name)
    drafted = bulletins.Drafted(
        unit_id=seen.unit.id or 0,
        sort=Sort(period.sort),
        period=period.code,
        content=made,
        template=photos.keep_template(parts.local_dir / FOLDER, template),
        instants=seen.instants,
        named=tuple(each.case_id for each in sifted.entering) if quarter else (),
        dropped=len(sifted.dropped) if quarter else 0,
        by=by,
    )
    with parts.store.writing(durable=True) as tx:
        made_id = bulletins.draft(tx, drafted)
        audit.add(tx, by, f"拟写{period.sort}", "bulletin", str(made_id), period.code)
    return RunReport(RunOutcome.DONE, {"可入": len(drafted.named), "不能入": drafted.dropped})


def _gather(parts: Parts, asked: Mapping[str, str], by: int | None, period: Period) -> Seen:
    now = parts.now()
    second = to_second(now)
    if period.since > second:
        raise InputError(f"{period.said}还没有开始", period.code, "请选择已经开始的期间")
    with parts.store.reading() as tx:
        unit = _office(tx, int(asked["unit_id"]), by, second)
        scope = Scope(frozenset({unit.path}))
        known_at = runlog.known_now(tx, to_micro(now))
        as_of = min(period.until, second)
        opened = books.open_books(parts, as_of=as_of - 1)  # what held in its last second
        found = judged.gather(tx, opened, scope, as_of, known_at)
        personal = {
            each.own.account_id
            for each in found
            if each.registered.account.kind is not Kind.OFFICIAL
        }
        every = [
            each for each in screen.candidates(tx, scope, second) if each.account_id not in personal
        ]
        last = bulletins.last_issued(tx, unit.id or 0, period.code)
        before = bulletins.named(tx, last.id) if last is not None else ()
        content = bulletins.content(tx, last) if last is not None else {}
    return Seen(
        unit,
        period,
        found,
        tuple(each for each in every if _within(each, period)),
        tuple(each for each in every if each.case_id in before),
        content,
        (as_of, known_at),
        second,
        opened.own,
    )


def _office(tx: Reading, wanted: int, by: int | None, now: int) -> Unit:
    """The asker's office, as far as he still answers for it."""
    kept = people.by_id(tx, by or 0, now)
    unit = units.by_id(tx, wanted)
    if kept is None or not kept.person.active or unit is None:
        raise Forbidden("申请人已停用,未生成", "", "请由在岗人员重新生成")
    permissions.require(kept.person, Permission.VERIFY)
    if not scopes.covers(permissions.reach(kept.person, Permission.VERIFY), unit.path, unit.line):
        raise Forbidden("申请人已没有这一范围,未生成", unit.name, "请由在岗人员重新生成")
    return unit


def _within(each: Candidate, period: Period) -> bool:
    """Begun before the period's end, and not over before it began."""
    ended = each.over_at is not None and each.over_at < period.since
    return each.opened_at < period.until and not ended


def _quarter(seen: Seen, sifted: Gate, asked: Mapping[str, str]) -> dict[str, Any]:
    draft = _drafted(seen, sifted, asked)
    sample = draft.tally.sample
    return {
        "within": bulletin.values(draft),
        "public": bulletin.public(draft),
        "tables": [each.plain for each in bulletin.tables(draft)],
        "dropped": [
            {
                "整改单号": each.candidate.number,
                "账号": f"{each.candidate.account}({each.candidate.platform})",
                "单位": each.candidate.unit,
                "原因": "、".join(each.reasons),
            }
            for each in sifted.dropped
        ],
        "accounts": {name: sorted(getattr(draft.tally, name)) for name in tally.CLASSES},
        "drawn": list(sample.drawn) if sample else [],
        "instants": list(seen.instants),
        "evidence": [{"case": each.number, "sha256": _evidence(each)} for each in sifted.entering],
    }


def _drafted(seen: Seen, sifted: Gate, asked: Mapping[str, str]) -> drafted.Draft:
    entering = frozenset(each.account_id for each in sifted.entering)
    held = frozenset(each.candidate.account_id for each in sifted.dropped)
    drawn = int(asked["sample"]), f"{seen.period.code}-{seen.unit.code}"
    office = whose.of(seen.unit)
    as_of, known_at = seen.instants
    return drafted.Draft(
        period=seen.period,
        whose=office,
        wording=drafted.Wording(asked["addressee"], asked["contact"], asked["good"]),
        tally=tally.count(seen.judged, entering, held, drawn, by_county=office.by_county),
        gate=sifted,
        imprint=Imprint(seen.own, as_of, known_at, seen.now, seen.period.said),
        judged=seen.judged,
        base=Base(asked["base"]),
        decimals=int(asked["decimals"]),
        as_of=f"截至{say_day(shanghai_day(as_of - 1))}",
        again=seen.again,
        before=seen.last.get("within", {}).get("合格率", ""),
        last=_last(seen.last),
    )


def _last(content: Mapping[str, Any]) -> dict[str, drafted.Rows]:
    """The tables the last bulletin froze, each by its first cell."""
    found = map(revived, content.get("tables", ()))
    return {each.name: {str(row[each.columns[0]]): row for row in each.named} for each in found}


def _evidence(each: Candidate) -> str:
    told = "\n".join(f"{one.kind}:{one.sentence}" for one in named.confirmed(each))
    return sha256(told.encode()).hexdigest()


def _month(seen: Seen, asked: Mapping[str, str]) -> dict[str, Any]:
    month = monthly.Month(
        period=seen.period,
        office=seen.unit.name,
        addressee=asked["addressee"] or whose.of(seen.unit).addressee,
        contact=asked["contact"],
        figures=figures.count(seen.judged),
        cases=tuple(each for each in seen.cases if each.case.state is not State.MERGED),
        topics=asked["topics"],
    )
    within = monthly.values(month)
    return {
        "within": within,
        "public": within,
        "dropped": [],
        "group": monthly.group_text(within),
        "instants": list(seen.instants),
    }
