"""启用向导: what the office decides about itself, each decision one audited transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from monitor.access.declared import Reach, free, needs
from monitor.actions.permitting import permit_house
from monitor.collect import shelf
from monitor.domain.account import PLATFORMS
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError
from monitor.domain.instants import shanghai_day
from monitor.domain.office import (
    LONGEST_TRIAL_DAYS,
    Deployment,
    Feed,
    Office,
    Progress,
    Step,
)
from monitor.domain.person import Permission, Person
from monitor.domain.rulebook import Rulebook
from monitor.judge import rulebook as rulebooks
from monitor.record import audit, in_force, office_settings
from monitor.record import rulebooks as kept
from monitor.record.store import Store, Writing

LONGEST_NAME: Final = 40
SETTING: Final = "setting"


@dataclass(frozen=True, slots=True)
class Standing:
    """What every page says of the office: its name, and the last day of a trial under way."""

    name: str
    trial_until: date | None


@free("what every page says of the office")
def standing(store: Store, now: int, default_name: str) -> Standing:
    """The office's own name where it gave one, and its trial at `now` (seconds)."""
    decided = office(store)
    return Standing(decided.name or default_name, decided.trial_at(now))


@free("what every page says of the office")
def office(store: Store) -> Office:
    """All that was decided so far."""
    with store.reading() as tx:
        return office_settings.office(tx)


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def name_office(store: Store, actor: Person, name: str, deployment: Deployment) -> None:
    """Step 1: the office's name on screens and in the digest, and where the box stands."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InputError(f"单位名称应为1到{LONGEST_NAME}个字", name, "例如 省公安厅宣传处")
    refuse_marked({"单位名称": name})
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        value = {"name": name, "deployment": deployment.value}
        office_settings.put(tx, office_settings.OFFICE, value, by)
        settle(tx, by, Step.OFFICE, "设置本单位")


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def choose_feeds(store: Store, actor: Person, feeds: Mapping[str, Feed]) -> None:
    """Step 5: where the data of each platform comes from; what is not named is patrolled."""
    unknown = sorted(set(feeds) - set(PLATFORMS))
    if unknown:
        raise InputError("没有这个平台", unknown[0], "请从列表中选择")
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        value = {platform: feed.value for platform, feed in feeds.items()}
        office_settings.put(tx, office_settings.FEEDS, value, by)
        settle(tx, by, Step.SOURCES, "设置数据来源")


def shipped(data_dir: Path) -> tuple[tuple[Rulebook, str], ...]:
    """The rulebooks that came with the product, each with its text, by name."""
    paths = sorted((data_dir / "rulebooks").glob("*.yaml"))
    pages = [shelf.read(path) for path in paths]
    return tuple((rulebooks.parse(page.mapping, page.sha256), page.text) for page in pages)


def standards(data_dir: Path) -> tuple[Rulebook, ...]:
    """The rulebooks there are, by name."""
    return tuple(book for book, _ in shipped(data_dir))


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def choose_standards(store: Store, actor: Person, data_dir: Path, upper: str, own: str) -> None:
    """Step 6: the rulebooks of 上级口径 and 本厅口径; the next comparison uses them. What was
    judged before the choice stays as it was judged."""
    texts = {book.name: (book, text) for book, text in shipped(data_dir)}
    known = {name: book for name, (book, _) in texts.items()}
    for name in (upper, own):
        if name not in known:
            raise InputError("没有这个认定标准", name, "请从列表中选择")
    if not known[upper].upper:
        raise InputError("该标准不是上级口径", known[upper].title, "请从上级口径中选择")
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        office_settings.put(tx, office_settings.RULEBOOKS, {"upper": upper, "own": own}, by)
        for is_upper, name in ((False, own), (True, upper)):
            _from_now(tx, texts[name], by, upper=is_upper)
        settle(tx, by, Step.STANDARDS, "确认认定标准")


def _from_now(tx: Writing, chosen: tuple[Rulebook, str], by: int | None, *, upper: bool) -> None:
    """The choice holds from now on; before anything was judged it holds from the beginning, which
    the first judging enters."""
    term = in_force.at(tx, tx.second, upper=upper)
    if term is None:
        return
    row = kept.ensure(tx, *chosen)
    if row != term.rulebook_id:
        in_force.begin(tx, row, upper=upper, since=tx.second, by=by)


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def begin_trial(
    store: Store, actor: Person | None, until: date, patrol_due: date | None = None
) -> None:
    """Step 7: results stay within the department up to the end of the Shanghai day `until`.

    `actor` None is whoever runs the command line on the machine itself.
    """
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        today = shanghai_day(tx.second)
        if not today <= until <= today + timedelta(days=LONGEST_TRIAL_DAYS):
            raise InputError(
                "试运行截止日应在今天之后、一年之内", until.isoformat(), "例如一个月以后的日期"
            )
        office_settings.put(tx, office_settings.TRIAL, {"until": until.isoformat()}, by)
        if patrol_due is not None:
            value = {"due": patrol_due.isoformat()}
            office_settings.put(tx, office_settings.PATROL, value, by)
        settle(tx, by, Step.TRIAL, "开始试运行", until.isoformat())


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def end_trial(store: Store, actor: Person | None) -> bool:
    """From now on results are told to whom they concern; False where no trial was under way."""
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        if office_settings.trial_until(tx, tx.second) is None:
            return False
        office_settings.put(tx, office_settings.TRIAL, {"until": ""}, by)
        audit.add(tx, by, "结束试运行", SETTING, office_settings.TRIAL, "")
    return True


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def put_off(store: Store, actor: Person, step: Step) -> None:
    """稍后再做: the wizard goes on; a step that was done stays done."""
    with store.writing(durable=True) as tx:
        by = permit(tx, actor)
        if office_settings.office(tx).steps.get(step) is not Progress.DONE:
            office_settings.mark_step(tx, step, Progress.LATER, by)
            audit.add(tx, by, "向导:稍后再做", SETTING, step.value, "")


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def finish_step(store: Store, actor: Person, step: Step) -> None:
    """Note that a step is dealt with, where what it needs was there already."""
    with store.writing(durable=True) as tx:
        settle(tx, permit(tx, actor), step, "向导:已办")


def permit(tx: Writing, actor: Person | None) -> int | None:
    """The id of an actor who may decide for the whole office, as things stand now."""
    return permit_house(tx, actor, Permission.SET_UP, "启用向导由省厅的编辑或科室负责人办理")


def settle(tx: Writing, by: int | None, step: Step, action: str, reason: str = "") -> None:
    """A step is done: noted and audited in the transaction that did it."""
    office_settings.mark_step(tx, step, Progress.DONE, by)
    audit.add(tx, by, action, SETTING, step.value, reason)
