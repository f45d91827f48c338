"""整改单 and the people who work on them enter the demonstration's store, as an office's would.

Nobody knows these people's passwords: whoever wants to see the desk as one of them resets it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from monitor.actions import case_past
from monitor.actions.case_past import Done, Told
from monitor.demo.case_telling import SIDES, By, Deed
from monitor.demo.casebook import Sheet
from monitor.demo.dice import pick
from monitor.demo.names import SURNAMES
from monitor.demo.places import MARK
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain.case import Problem
from monitor.domain.person import Grant, Role
from monitor.runs import evidence, query, registry, setup
from monitor.runs.parts import Parts

ROLES: Final = {By.HEAD: Role.HEAD, By.CITY: Role.LIAISON, By.UNIT: Role.UNIT_LIAISON}
LOGINS: Final = {By.HEAD: "head{}", By.CITY: "city-{:.4}", By.UNIT: "unit-{}"}
Hands = Mapping[str, int]
"""Ids of people by what they are and the code of their unit."""


def fill(parts: Parts, province: Province, editor: str) -> int:
    """All 整改单 of the province as of its first day, and their people; how many cases."""
    sheets = province.cases()
    hands = {By.EDITOR.value: query.person_id(parts, editor)} | _people(parts, sheets)
    ids = query.account_ids(parts)
    frozen = evidence.frozen_at(
        parts, [(ids[_key(each.resident)], each.opened_at) for each in sheets]
    )

    def enter(some: Sequence[Sheet]) -> None:
        live = query.live_cases(parts)
        told = []
        for each in some:
            account_id = ids[_key(each.resident)]
            into = None if each.into is None else live[ids[_key(each.into)]]
            done = tuple(_done(each, deed, at, hands, into) for at, deed in each.deeds)
            by, story = hands[By.EDITOR], each.story
            case = Told(account_id, story.source, each.opened_at, by, done=done)
            if story.kind:
                told.append(replace(case, registered=Problem(story.kind, story.said)))
            else:
                told.append(replace(case, frozen=frozen[account_id, each.opened_at]))
        case_past.take_all(parts.store, None, told, parts.data_dir)

    enter([each for each in sheets if each.into is None])
    enter([each for each in sheets if each.into is not None])
    return len(sheets)


def _key(resident: Resident) -> tuple[str, str]:
    return resident.world.platform, resident.world.uid


def _people(parts: Parts, sheets: Sequence[Sheet]) -> dict[str, int]:
    """A section head, a liaison of each city concerned, and one of each unit that had to act."""
    paths = registry.unit_paths(parts)
    posts = {By.HEAD.value: (By.HEAD, "")}
    for sheet in sheets:
        for _, deed in sheet.deeds:
            if deed.by in {By.CITY, By.UNIT}:
                posts[_post(sheet, deed.by)] = deed.by, _unit_code(sheet, deed.by)
    new = [
        (
            LOGINS[by].format(code),
            f"{pick(SURNAMES, 'desk', code)}某{MARK}",
            Grant(ROLES[by], paths[code] if code else setup.EVERYTHING),
        )
        for by, code in posts.values()
    ]
    return dict(zip(posts, setup.colleagues(parts, new), strict=True))


def _post(sheet: Sheet, by: By) -> str:
    """Which person it is who does this to a case."""
    return f"{by.value}{_unit_code(sheet, by)}"


def _unit_code(sheet: Sheet, by: By) -> str:
    seat = sheet.resident.seat
    if by is By.UNIT:
        return seat.code
    return seat.parent.region_code if by is By.CITY and seat.parent is not None else ""


def _done(sheet: Sheet, deed: Deed, at: int, hands: Hands, into: int | None) -> Done:
    return Done(
        at=at,
        move=deed.move,
        side=SIDES[deed.by],
        person=hands[_post(sheet, deed.by)],
        words=deed.words,
        reason=deed.reason,
        measure=deed.measure,
        days=deed.days,
        into=into,
    )
