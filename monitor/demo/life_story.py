"""Lives of accounts in the demonstration: what waits, what was granted, what was filed too late.

An opening stands at its second signature, closures follow the cases that were turned to them, one
change was granted and never filed. Each is done by the actions an office uses.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from monitor.actions import approving, lifecycle, people
from monitor.actions.approving import Doing as Signing
from monitor.actions.case_moving import House
from monitor.actions.life_moving import Doing
from monitor.actions.lifecycle import Wanted
from monitor.actions.sending import Sent
from monitor.demo.case_stories import NO_HANDS
from monitor.demo.dice import pick
from monitor.demo.names import SURNAMES
from monitor.demo.places import MARK
from monitor.demo.province import Province
from monitor.demo.roster import Resident
from monitor.domain import case
from monitor.domain.approval import Move as Step
from monitor.domain.instants import shanghai_day, to_second
from monitor.domain.lifecycle import Move
from monitor.domain.person import Grant, Person, Role
from monitor.runs import query, registry, setup
from monitor.runs.parts import Parts

SIGNERS: Final = (("life-admin", Role.PREFECTURE_ADMIN), ("life-leader", Role.PREFECTURE_REVIEWER))
PURPOSE: Final = "面向辖区群众的防范提示和办事指南(演示)"
CHANGED: Final = {
    "变更事项": "绑定管理员",
    "变更后": f"夏某{MARK}",
    "情况说明": "原绑定管理员调离(演示)",
}
LATE: Final = 15
"""Days ago on which the change was granted: more than five working days."""
Hands = dict[str, tuple[Person, Person]]
"""Who reviews and who endorses, by the code of a prefecture."""


def fill(parts: Parts, province: Province, editor: str) -> None:
    """Nothing where the province has no case that was turned to a closure."""
    closing = [each.resident for each in province.cases() if _turned(each.deeds[-1:])]
    if closing:
        story = _Story(parts, editor, closing)
        story.close(closing)
        story.open(closing[0])
        story.change(_tended(province, closing))


def _turned(last: Sequence[tuple[int, object]]) -> bool:
    return any(getattr(deed, "move", None) is case.Move.TO_CLOSURE for _, deed in last)


def _tended(province: Province, closing: Sequence[Resident]) -> Resident:
    """A plain account of an invented unit in a city whose signers are there."""
    cities = {_city(each) for each in closing}
    fits = (
        each
        for each in province.residents
        if not each.seat.real and not each.marks and _city(each) in cities and each.official
    )
    return next(fits, closing[-1])


def _city(resident: Resident) -> str:
    return resident.seat.parent.region_code if resident.seat.parent is not None else ""


class _Story:
    """The editor who applies for the units, and two people of each city who sign."""

    def __init__(self, parts: Parts, editor: str, concerned: Sequence[Resident]) -> None:
        self._parts, self._house = parts, House(parts.data_dir)
        self._now = to_second(parts.now())
        self._by = people.person_called(parts.store, editor, self._now)
        self._ids = query.account_ids(parts)
        self._hands = self._enrol(sorted({_city(each) for each in concerned} - {""}))

    def close(self, closing: Sequence[Resident]) -> None:
        """The closure of every case that was turned to one; the first has all its signatures."""
        for each in closing:
            self._apply(each, Move.APPLY_CLOSE, {"情况说明": NO_HANDS})
        self._sign(closing[0], Step.AGREE_ON, Step.ENDORSE)

    def open(self, near: Resident) -> None:
        """One more account of a unit, which its city has reviewed and nobody endorsed yet."""
        seat = near.seat
        wanted = Wanted("toutiao", f"{seat.name}发布{MARK}", seat.code, PURPOSE)
        key = lifecycle.apply_open(
            self._parts.store, self._by, wanted, Sent("demo-life", "open"), self._house
        )
        self._step(_city(near), key, Step.AGREE_ON)

    def change(self, resident: Resident) -> None:
        """Granted on a paper a while ago, and not filed since."""
        self._apply(resident, Move.APPLY_CHANGE, CHANGED)
        admin, _ = self._hands[_city(resident)]
        day = shanghai_day(self._now) - timedelta(days=LATE)
        given = {"批准文号": f"宣〔{day.year}〕7号{MARK}", "办理日期": day.isoformat()}
        doing = Doing(Move.GRANT_CHANGE, self._id(resident), 1, given)
        sent = Sent("demo-life", f"grant-{doing.account_id}")
        lifecycle.settle(self._parts.store, admin, doing, sent, self._house)

    def _apply(self, resident: Resident, move: Move, given: dict[str, str]) -> None:
        doing = Doing(move, self._id(resident), 0, given)
        sent = Sent("demo-life", f"{move.name}-{doing.account_id}")
        lifecycle.tend(self._parts.store, self._by, doing, sent, self._house)

    def _sign(self, resident: Resident, *steps: Step) -> None:
        for step in steps:
            self._step(_city(resident), self._id(resident), step)

    def _step(self, city: str, account_id: int, step: Step) -> None:
        approval_id = query.life_approval(self._parts, account_id)
        doing = Signing(step, query.text_signed(self._parts, approval_id), "同意")
        person = self._hands[city][step is Step.ENDORSE]
        sent = Sent("demo-life", f"{step.name}-{approval_id}")
        approving.do(self._parts.store, person, approval_id, doing, sent, self._parts.data_dir)

    def _id(self, resident: Resident) -> int:
        return self._ids[resident.world.platform, resident.world.uid]

    def _enrol(self, cities: Sequence[str]) -> Hands:
        paths = registry.unit_paths(self._parts)
        logins = {code: [f"{name}-{code:.4}" for name, _ in SIGNERS] for code in cities}
        everybody = [
            (login, f"{pick(SURNAMES, 'life', login)}某{MARK}", Grant(role, paths[code]))
            for code in cities
            for login, (_, role) in zip(logins[code], SIGNERS, strict=True)
        ]
        setup.colleagues(self._parts, everybody, act=True)
        called = {
            code: [people.person_called(self._parts.store, each, self._now) for each in two]
            for code, two in logins.items()
        }
        return {code: (two[0], two[1]) for code, two in called.items()}
