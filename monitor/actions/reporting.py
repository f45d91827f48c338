"""填报: save drafts and submit lines, by a person who signed in or by a receipt link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, Final

from monitor.access.declared import needs
from monitor.actions import burden, receipt_door
from monitor.actions.permitting import permit, reach
from monitor.actions.sending import Sent, done, once_of
from monitor.domain.account import Account
from monitor.domain.burden import Sort
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.iso_week import due_of, monday_of
from monitor.domain.person import Permission, Person
from monitor.domain.proposal import OWN_WORD, of_line
from monitor.domain.receipt import REPORT
from monitor.domain.report_entry import Entered, Problem, read
from monitor.domain.report_line import ReportLine, StopReason, Words, registered_as
from monitor.domain.scope import Scope
from monitor.record import accounts, audit, proposals, receipt_links, report_lines, report_proofs
from monitor.record.proposals import Basis
from monitor.record.report_lines import Author, Entry, KeptLine
from monitor.record.screens import reporting
from monitor.record.screens.reporting import Asked, UnitLine
from monitor.record.store import Store, Writing

LINK_DAYS: Final = 7
"""A link opens its form for so long after the form was due."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A form as it was sent: words and versions by account. The same `key` twice is one sending."""

    week: str
    words: Mapping[int, Words]
    versions: Mapping[int, int]
    key: str
    submit: bool

    def sent(self) -> Sent:
        """Its key is bound to its words: a page gone back to and changed is another sending."""
        said = sorted((account, sorted(words.items())) for account, words in self.words.items())
        digest = sha256(repr((self.submit, said)).encode("utf-8", "surrogatepass")).hexdigest()
        return Sent(f"report-{self.week}", f"{self.key}:{digest[:16]}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What became of a form: accounts saved, answers that cannot be taken, and lines that somebody
    else wrote first, as they stand now. `versions` are those of the saved."""

    saved: tuple[int, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    problems: Mapping[int, tuple[Problem, ...]] = field(default_factory=dict)
    clashes: Mapping[int, KeptLine] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every line went in."""
        return not self.problems and not self.clashes


@dataclass(frozen=True, slots=True)
class Opened:
    """A unit that was asked: its link's token, known only now; '' where one is out already."""

    unit_id: int
    unit_name: str
    asked: int
    due: int
    token: str = field(default="", repr=False)


@needs(Permission.REPORT)
def fill(store: Store, actor: Person, filling: Filling) -> Filled:
    """Save a person's lines, all within that person's scope; Forbidden where one is not."""
    with store.writing(durable=True) as tx:
        scope = reach(permit(tx, actor, Permission.REPORT))
        asked = reporting.sheet(tx, scope, tx.second, filling.week)
        return take(tx, filling, asked, Author(person_id=actor.id))


def take(tx: Writing, filling: Filling, asked: Sequence[Asked], author: Author) -> Filled:
    """Save the lines of a form for accounts that `asked` holds; what is submitted takes effect."""
    known = {each.account_id: each for each in asked}
    if not set(filling.words) <= set(known):
        raise Forbidden("有账号不在本表范围内,未保存任何内容", "", "请刷新后重新填写")
    read_lines = {
        key: read(key, filling.week, words, tx.second) for key, words in filling.words.items()
    }
    bad = {key: each.problems for key, each in read_lines.items() if each.problems}
    refused = bad if filling.submit else _secret(bad)
    entries = [
        _entry(filling, key, each)
        for key, each in read_lines.items()
        if key not in refused and (filling.submit or filling.words[key] != known[key].words)
    ]
    sent = filling.sent()
    if not entries and done(tx, _who(author), sent) is None:
        return Filled(problems=refused)

    def work() -> Mapping[str, Any]:
        outcome = report_lines.save(tx, entries, author, f"{_who(author)}:{sent.key}")
        if filling.submit and outcome.written:
            lines = [read_lines[key].line for key in outcome.written]
            _effects(tx, lines, {key: known[key].platform for key in outcome.written}, author)
        return {"saved": [*outcome.written, *outcome.same], "clashed": [*outcome.clashes]}

    led_to = once_of(tx, (_who(author), author.person_id), sent, work)
    return _filled(tx, filling.week, led_to, refused)


def _filled(
    tx: Writing, week: str, led_to: Mapping[str, Any], refused: Mapping[int, tuple[Problem, ...]]
) -> Filled:
    """What became of a form, as its lines stand now: the same at the second press."""
    saved, clashed = tuple(led_to["saved"]), led_to["clashed"]
    now = report_lines.standing(tx, week, [*saved, *clashed])
    versions = {key: now[key].version for key in saved}
    return Filled(saved, versions, refused, {key: now[key] for key in clashed})


def _who(author: Author) -> str:
    """For whom a sending counts: a person, a link, or the machine itself."""
    if author.person_id is not None:
        return str(author.person_id)
    return "machine" if author.link_id is None else f"r{author.link_id}"


@needs(Permission.OPEN_REPORTS)
def open_week(
    store: Store,
    actor: Person | None,
    key: bytes,
    asking: "Asking",
    *,
    renew: bool = False,
    sent: Sent | None = None,
) -> list[Opened]:
    """Ask every unit of a scope that has lines to fill in, and make its link.

    A unit whose link is open keeps it, and its token cannot be shown again; `renew` ends it and
    makes another. The same press twice is one and shows the same links. `actor` and `sent` None
    is whoever runs the command line.
    """
    monday_of(asking.week)
    with store.writing(durable=True) as tx:
        person = permit(tx, actor, Permission.OPEN_REPORTS)
        asking = asking if person is None else replace(asking, scope=reach(person))
        by = None if person is None else person.id
        named = receipt_door.doing(by, sent)

        def work() -> Mapping[str, Any]:
            units = _wanted(tx, asking)
            asked = _asked(tx, asking, [each.unit_id for each in units], by)
            linked = [asked[each.unit_id] for each in units if renew or not each.linked]
            for task in linked:
                _link(tx, key, task, by, named)
            receipt_door.keep_within(tx, [(REPORT, each.id, each.unit_id) for each in linked])
            audit.add(tx, by, "下达填报", "report_week", asking.week, f"{len(units)}个单位")
            ids = {each.id for each in linked}
            return {"opened": [_kept(each, asked[each.unit_id], ids) for each in units]}

        led_to = work() if sent is None else once_of(tx, (str(by), by), sent, work)
    return [_opened(key, named, each) for each in led_to["opened"]]


def _wanted(tx: Writing, asking: "Asking") -> list[UnitLine]:
    if (asking.due or due_of(asking.week)) + LINK_DAYS * DAY <= tx.second:
        raise InputError("截止时间早已过去", asking.week, "请选择本周或以后的周次")
    units = reporting.units(tx, asking.scope, tx.second, asking.week)
    return [each for each in units if asking.unit_id in (None, each.unit_id)]


def _asked(
    tx: Writing, asking: "Asking", unit_ids: Sequence[int], by: int | None
) -> dict[int, receipt_links.ReportTask]:
    """The task of each unit; CapReached where one more form is too many for somebody's week."""
    due = asking.due or due_of(asking.week)
    before = set(receipt_links.tasks(tx, asking.week))
    tasks = receipt_links.ask(tx, asking.week, dict.fromkeys(unit_ids, due), by)
    burden.keep_within(tx, Sort.FORM, set(tasks) - before)
    return tasks


def _kept(unit: UnitLine, task: receipt_links.ReportTask, linked: set[int]) -> tuple[Any, ...]:
    """What is kept of a unit that was asked: no token, only whether it has a new one."""
    told = (unit.unit_id, unit.unit_name, unit.asked, task.due)
    return (*told, task.id if task.id in linked else None)


def _opened(key: bytes, named: str, kept: Sequence[Any]) -> Opened:
    unit_id, unit_name, asked, due, task_id = kept
    link = (REPORT, task_id or 0, unit_id)
    token = "" if task_id is None else receipt_door.token_of(key, link, named)
    return Opened(unit_id, unit_name, asked, due, token)


@dataclass(frozen=True, slots=True)
class Asking:
    """Which week is asked of whom; `due` in seconds, None: Thursday 17:00."""

    week: str
    scope: Scope
    due: int | None = None
    unit_id: int | None = None


@needs(Permission.OPEN_REPORTS)
def revoke(store: Store, actor: Person | None, week: str, unit_id: int, scope: Scope) -> int:
    """End a unit's links of a week; how many were open."""
    with store.writing(durable=True) as tx:
        person = permit(tx, actor, Permission.OPEN_REPORTS)
        within = scope if person is None else reach(person)
        seen = {each.unit_id for each in reporting.units(tx, within, tx.second, week)}
        task = receipt_links.tasks(tx, week).get(unit_id)
        if task is None or unit_id not in seen:
            raise InputError("没有这个单位的填报任务", week, "请先下达填报")
        ended = receipt_links.revoke(tx, REPORT, task.id)
        by = None if person is None else person.id
        audit.add(tx, by, "撤回填报链接", "report_task", str(task.id), "")
    return ended


def _link(
    tx: Writing, key: bytes, task: receipt_links.ReportTask, by: int | None, named: str
) -> None:
    """A new link in place of any other of the task."""
    expires = max(task.due, tx.second) + LINK_DAYS * DAY
    receipt_door.issue(tx, key, (REPORT, task.id, task.unit_id), expires, by, named)


def _secret(bad: Mapping[int, tuple[Problem, ...]]) -> dict[int, tuple[Problem, ...]]:
    """Of what is wrong with a draft, that which must not even be kept."""
    found = {
        key: tuple(each for each in problems if "涉密" in each.expected)
        for key, problems in bad.items()
    }
    return {key: problems for key, problems in found.items() if problems}


def _entry(filling: Filling, key: int, entered: Entered) -> Entry:
    line = entered.line if filling.submit else None
    version = filling.versions.get(key, 0)
    return Entry(key, filling.week, dict(filling.words[key]), version, line)


def _effects(
    tx: Writing, lines: Sequence[ReportLine], platforms: Mapping[int, str], author: Author
) -> None:
    """Evidence from lines with a link, revisions of the registry, and what is put on record."""
    proven = report_proofs.take(tx, [(each, platforms[each.account_id]) for each in lines])
    by_link = f"回执链接{author.link_id}," if author.link_id else ""
    said = f"{by_link}{len(lines)}个账号,新作品{proven.posts}"
    audit.add(tx, author.person_id, "提交填报", "report_week", lines[0].week, said)
    stated = {each.id: each for each in accounts.all_accounts(tx)}
    revised = []
    for line in lines:
        before = stated[line.account_id]
        _propose(tx, before, line, author)
        after = registered_as(before, line)
        if after == before:
            continue
        revised.append(after)
        action = "恢复在用" if after.state is not before.state else "填报更正台账"
        audit.add(tx, author.person_id, action, "account", str(line.account_id), f"{by_link}填报")
    accounts.save(tx, revised)


def _propose(tx: Writing, account: Account, line: ReportLine, author: Author) -> None:
    """What excuses the unit itself waits for a level above; 无 takes it back."""
    if line.reason is StopReason.NONE:
        proposals.withdraw(tx, line.account_id, OWN_WORD)
    matter = of_line(account, line)
    if matter is None:
        return
    line_id = report_lines.newest_id(tx, line.week, line.account_id)
    basis = Basis(line_id=line_id, person_id=author.person_id)
    proposals.put(tx, line.account_id, (matter, ""), tx.second, basis)
    audit.add(tx, author.person_id, f"申报{matter}", "account", str(line.account_id), "填报")
