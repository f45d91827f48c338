"""人工评分: drawn so that anybody can draw it again, marked by two who do not see each other."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions.assessing import MATTER, REMEDY, ask_again, current
from monitor.actions.permitting import permit_house, permit_reading
from monitor.actions.scorecards import scheme_of
from monitor.actions.sending import Sent, key_of, once
from monitor.coordinate import objecting as machine
from monitor.domain.assessment import Given, Item, State
from monitor.domain.assessment_kept import Assessment, Mark
from monitor.domain.bulletin import period_of
from monitor.domain.errors import Conflict, InputError
from monitor.domain.person import Permission, Person
from monitor.record import assessed, assessments, audit, marks, sampled_posts, schemes
from monitor.record.marks import Drawn
from monitor.record.store import Reading, Store, Writing
from monitor.report import sampling

LARGEST: Final = 100_000.0
"""No unit has more of anything that is entered by hand."""
SEED_BYTES: Final = 4
MOST: Final = 10
DRAW: Final = "抽取样本"
OPEN: Final = frozenset({State.FIRST, State.FEEDBACK, State.REVIEW})


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draw at most `most` posts of each unit on the roster for a manual line (its id); with 0 each
    unit as a whole is entered, or one, for whatever the scheme counts by hand."""

    assessment_id: int
    version: int
    indicator: str
    most: int
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Marking:
    """A share 0..1 of an item as it was seen; of a unit as a whole the number the scheme takes."""

    mark_id: int
    version: int
    share: float


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def draw(store: Store, actor: Person, drawing: Drawing, sent: Sent) -> str:
    """抽取样本; the seed, which anybody can draw the same list from again."""
    if not 0 <= drawing.most <= MOST:
        raise InputError(f"每个单位抽1至{MOST}件,按单位登记填0", str(drawing.most), "请重新填写")
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY)

        def work() -> Mapping[str, Any]:
            kept = current(tx, drawing.assessment_id, drawing.version)
            _manual(tx, kept, drawing)
            seed = secrets.token_hex(SEED_BYTES)
            number = marks.draw(tx, kept.id, _drawn(tx, kept, drawing, seed))
            if not number:
                raise InputError("周期内没有可抽的作品", drawing.indicator, "请核对周期和账号")
            how = f"抽样种子{seed}" if drawing.most else "按单位登记"
            told = f"{drawing.indicator}:{how},{number}件"
            assessments.note(tx, kept, DRAW, kept.state, (by, told))
            audit.add(tx, by, f"考核·{DRAW}", MATTER, str(kept.id), told)
            return {"seed": seed}

        return str(once(tx, actor, sent, work)["seed"])


def _manual(tx: Reading, kept: Assessment, drawing: Drawing) -> None:
    indicator = drawing.indicator
    if kept.state not in OPEN:
        raise Conflict(f"现在是“{kept.state}”,不能抽样", kept.title, "初评以后、审定以前抽样")
    revision = schemes.get(tx, kept.scheme_revision_id)
    keys = frozenset() if revision is None else scheme_of(revision).by_hand(whole=not drawing.most)
    if indicator not in keys:
        raise InputError("这一项不是人工评分项,或只能按单位登记", indicator, "请从列表中选择")
    before = [each for each in marks.of_assessment(tx, kept.id) if each.indicator == indicator]
    if any(drawing.unit_id in (None, each.unit_id) for each in before):
        raise Conflict("这一项已经抽过样或登记过", indicator, "同一周期不重抽")


def _drawn(tx: Reading, kept: Assessment, drawing: Drawing, seed: str) -> list[Drawn]:
    period = period_of(kept.period)
    units = [each.unit_id for each in assessed.roster(tx, kept.id)]
    if not drawing.most:
        mine = [each for each in units if drawing.unit_id in (None, each)]
        return [Drawn(drawing.indicator, each) for each in mine]
    found = []
    for unit_id, every in sampled_posts.candidates(tx, units, period.since, period.until).items():
        # What says the same is one thing to look at, however often it was published.
        posts = list({each.title: each for each in reversed(every)}.values())
        chosen = set(sampling.picked([each.id for each in posts], drawing.most, seed))
        found += [
            Drawn(drawing.indicator, unit_id, each.title, each.account_id, each.url)
            for each in posts
            if each.id in chosen
        ]
    return found


@needs(Permission.ASSESS, audited=False, reach=Reach.HOUSE)
def to_mark(store: Store, actor: Person, assessment_id: int) -> tuple[Mark, ...]:
    """All that was drawn; of what the others gave one sees nothing until it is agreed."""
    with store.reading() as tx:
        person, _ = permit_reading(tx, actor, Permission.ASSESS, store.clock())
        return tuple(_blind(each, person.id) for each in marks.of_assessment(tx, assessment_id))


def _blind(mark: Mark, person: int) -> Mark:
    seen = {each.person: each.share for each in machine.seen(_item(mark), person)}
    return replace(
        mark,
        first=seen.get(mark.first_by or 0),
        second=seen.get(mark.second_by or 0),
        third=seen.get(mark.third_by or 0),
    )


def _item(mark: Mark) -> Item:
    first, second = (mark.first_by, mark.first), (mark.second_by, mark.second)
    pairs = (first, second, (mark.third_by, mark.third))
    given = tuple(Given(by, share) for by, share in pairs if by is not None and share is not None)
    return Item(str(mark.unit_id), mark.indicator, given)


def wanted(mark: Mark) -> int:
    """How many more people have to mark an item; of one that is blind the seats taken count."""
    if mark.agreed is not None:
        return 0
    taken = sum(each is not None for each in (mark.first_by, mark.second_by))
    return max(1, machine.TWO - taken)


@needs(Permission.ASSESS, reach=Reach.HOUSE)
def mark(store: Store, actor: Person, marking: Marking, sent: Sent) -> None:
    """评分 of an item, once a person; two who agree settle it, else a third does."""
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASSESS, REMEDY) or 0

        def work() -> Mapping[str, Any]:
            seen = _seen(tx, marking)
            most = LARGEST if seen.whole else 1.0
            after = machine.given(_item(seen), by, marking.share, most)
            _put(tx, seen, after, by, key_of(str(actor.id), sent))
            audit.add(tx, by, "考核·人工评分", "assessment_manual", str(seen.id), seen.indicator)
            return {"id": seen.id}

        once(tx, actor, sent, work)


def _seen(tx: Reading, marking: Marking) -> Mark:
    seen = marks.get(tx, marking.mark_id)
    kept = None if seen is None else assessments.get(tx, seen.assessment_id)
    if seen is None or kept is None:
        raise InputError("没有这一件", str(marking.mark_id), "请从列表重新打开")
    if kept.state not in OPEN or seen.version != marking.version:
        raise Conflict("这一件刚被别人评过,或已不能再评", seen.indicator, "请刷新后再看")
    return seen


def _put(tx: Writing, seen: Mark, after: Item, by: int, key: str) -> None:
    place = marks.PLACES[len(after.given) - 1]
    done = marks.give(tx, seen, place, by, after.given[-1].share)
    agreed = machine.agreed(after)
    if done and agreed is not None:
        newest = marks.get(tx, seen.id)
        done = newest is not None and marks.agree(tx, newest, by, agreed)
    if not done:
        raise Conflict("这一件刚被别人评过", seen.indicator, "请刷新后再看")
    if agreed is not None and not marks.open_ones(tx, seen.assessment_id):
        ask_again(tx, seen.assessment_id, by, key)
