"""An office that assesses two units: who works there, and a result as a job would leave it."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

from monitor.actions import assessing, objecting
from monitor.actions.assessing import NewAssessment, Pressed
from monitor.actions.objecting import Answering, Raising
from monitor.actions.sending import Sent
from monitor.domain.assessed import Line, Listed, Total
from monitor.domain.assessment import Kind, Move, State
from monitor.domain.assessment_kept import Assessment
from monitor.domain.instants import day_start, from_second
from monitor.domain.person import Grant, Person, Role
from monitor.record import assessed, assessments, people, schemes
from monitor.record.assessments import ASSESSMENT
from monitor.record.schemes import Sheet
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault
from monitor.settings import ROOT
from tests.builders import a_unit
from tests.service.parts import RING

PERIOD = "2026Q3"
SINCE = day_start(date(2026, 7, 1))
DATA = ROOT / "data"
KEY = "hubei-police-default"
PDF = b"%PDF-1.4 signed"
SIGNED = {"签批人": "王某(演示)", "签批时间": ""}


class Office:
    """A province with two counties; a clock that can be set; every button pressed once."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder, self.pressed = store, folder, 0
        self.now = from_second(day_start(date(2026, 10, 9)))
        store.clock = self._clock
        (folder / "local").mkdir()
        for each in ("calendars", "templates"):
            (folder / each).symlink_to(DATA / each)
        with store.writing() as tx:
            root = a_unit(tx, "某厅", "990000000000", level="省厅")
            self.units = {
                name: a_unit(tx, f"{name}县局", code, root, level="县级局")
                for name, code in (("甲", "990001000000"), ("乙", "990002000000"))
            }
            self.codes = {"甲": "990001000000", "乙": "990002000000"}
            self.paths = {"root": "/"}
            self.paths |= {name: f"/{root}/{key}/" for name, key in self.units.items()}
            text = (DATA / "schemes" / f"{KEY}.yaml").read_text("utf-8")
            sheet = Sheet(KEY, 1, "默认方案", text, SINCE)
            self.scheme = schemes.enter(tx, sheet, State.IN_FORCE)
        self.assessor = self.enrol("assessor", Role.ASSESSOR, "root")
        self.second = self.enrol("second", Role.ASSESSOR, "root")
        self.third = self.enrol("third", Role.ASSESSOR, "root")
        self.head = self.enrol("head", Role.HEAD, "root")
        self.unit = self.enrol("unit", Role.UNIT_LIAISON, "甲")
        self.other = self.enrol("other", Role.UNIT_LIAISON, "乙")

    def _clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def enrol(self, login: str, role: Role, place: str) -> Person:
        with self.store.writing() as tx:
            key = people.add(tx, login, f"{login}某", "-")
            people.set_password(tx, key, "-", must_change=False)
            people.set_grants(tx, key, [Grant(role, self.paths[place])])
            kept = people.by_id(tx, key, tx.second)
        assert kept is not None
        return kept.person

    def sent(self, version: int = 0) -> Sent:
        self.pressed += 1
        return Sent("assessing", f"k{self.pressed}", version)

    def begin(self, kind: Kind = Kind.FORMAL) -> int:
        new = NewAssessment(PERIOD, kind, self.scheme)
        return assessing.begin(self.store, self.assessor, new, self.sent())

    def kept(self, key: int) -> Assessment:
        with self.store.reading() as tx:
            found = assessments.get(tx, key)
        assert found is not None
        return found

    def press(
        self, key: int, move: Move, who: Person | None = None, scan: bytes = b"", **given: str
    ) -> str:
        """A button, by an assessor unless somebody else is named."""
        pressed = Pressed(key, self.kept(key).version, move, given, scan)
        does = assessing.press if who is None else assessing.decide
        return does(self.store, who or self.assessor, self.folder, pressed, self.sent())

    def score(self, key: int, points: float = 4.0) -> None:
        """What the job leaves: roster, lines, totals, and a hash."""
        for sort in ("roster", "line", "total"):
            table = METADATA.tables[f"assessment_{sort}"]
            with self.store.writing() as tx:
                tx.conn.execute(table.delete().where(table.c.assessment_id == key))
        for rows in self._rows(points):
            assessed.add(self.store, key, rows)  # type: ignore[type-var]
        with self.store.writing() as tx:
            row = {"result_hash": f"{points}", "reviewed_at": tx.stamp, "as_of": tx.second}
            tx.conn.execute(ASSESSMENT.update().where(ASSESSMENT.c.id == key).values(**row))

    def _rows(self, points: float) -> tuple[list[Listed], list[Line], list[Total]]:
        roster, lines, totals = [], [], []
        for place, (name, code) in enumerate(self.codes.items(), 1):
            path = self.paths[name]
            roster.append(Listed(code, self.units[name], f"{name}县局", path, "县级局"))
            counted = (9.0, 13.0, 13.0, 9 / 13, points / 6, points)
            line = Line(
                code,
                None,
                12,
                "服务群众",
                "C3",
                "更新规律",
                6.0,
                *counted,
                "正常",
                6.0,
                1.0,
                0.0,
                None,
                "接口采集",
                "",
            )
            lines.append(line)
            parts = json.dumps({"A": 20.0, "B": 30.0, "C": 20.0 + points, "D": 0.0})
            total = 70 + points
            totals.append(
                Total(
                    code,
                    "",
                    parts,
                    total,
                    0.0,
                    0.0,
                    total,
                    None,
                    total,
                    "合格",
                    "",
                    0.0,
                    1.0,
                    place,
                    1,
                    2,
                    1,
                )
            )
        return roster, lines, totals

    def object(self, key: int, who: Person, place: str = "甲", wanted: float = 5.5) -> int:
        raising = Raising(
            key, self.codes[place], "C3", "两周作品漏计", wanted, (PDF,), "02787654321"
        )
        vault = Vault(RING, bytes(32))
        return objecting.raise_objection(self.store, who, vault, self.folder, raising, self.sent())

    def answer(self, answering: Answering) -> str:
        return objecting.answer(self.store, self.assessor, answering, self.sent())

    def later(self, days: int) -> None:
        self.now += timedelta(days=days)


def told(office: Office, key: int) -> int:
    """An assessment that was scored and told to the units."""
    office.press(key, Move.GENERATE)
    office.score(key)
    office.press(key, Move.FEED_BACK)
    return key


def settle(office: Office, key: int) -> str:
    at = int(office.now.timestamp())
    return office.press(key, Move.SETTLE, office.head, PDF, **{**SIGNED, "签批时间": str(at)})
