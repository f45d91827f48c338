"""A department with one person of each role, and its texts on their way."""

from pathlib import Path

from monitor.actions import approving, manuscripts, people
from monitor.actions.approving import Doing
from monitor.actions.manuscripts import Saved
from monitor.actions.sending import Sent
from monitor.domain.approval import Move
from monitor.domain.manuscript import Text
from monitor.domain.person import Grant, Person, Role
from monitor.record import people as kept
from monitor.record.screens import approving as screen
from monitor.record.screens.approving import Shown
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.builders import a_unit
from tests.conftest import StandingClock

DATA = ROOT / "data"
TEXT = Text("专题宣传", "国庆返程交通安全提示", "系好安全带。", ("wechat", "douyin"))
ROLES = {
    "writer": Role.EDITOR,
    "second": Role.EDITOR,
    "secrecy": Role.SECRECY,
    "head": Role.HEAD,
    "director": Role.DIRECTOR,
    "chief": Role.CHIEF,
    "cosigner": Role.COSIGNER,
}


class Office:
    """The department with one person of each role, and a text on its way."""

    def __init__(self, store: Store, clock: StandingClock, data_dir: Path) -> None:
        self.store, self.clock, self.data_dir = store, clock, data_dir
        with store.writing() as tx:
            root = a_unit(tx, "湖北省公安厅", "420000000000", level="省厅")
            a_unit(tx, "宜昌市公安局", "420500000000", root, level="市州局")
        self.path = f"/{root}/"
        self.who = {login: self.enrol(login, role) for login, role in ROLES.items()}
        self.number = 0

    def enrol(self, login: str, role: Role, path: str = "") -> Person:
        grant = Grant(role, path or self.path)
        with self.store.writing() as tx:
            person_id = kept.add(tx, login, f"{login}某", "no password needed here")
            kept.set_password(tx, person_id, "nor here", must_change=False)
            kept.set_grants(tx, person_id, [grant])
        return people.person_called(self.store, login, self.now)

    @property
    def now(self) -> int:
        return int(self.clock.now.timestamp())

    def sent(self, version: int = 0, key: str = "") -> Sent:
        self.number += 1
        return Sent("test", key or f"k{self.number}", version)

    def write(self, text: Text = TEXT, who: str = "writer") -> Saved:
        return manuscripts.save(self.store, self.who[who], text, self.sent())

    def change(self, saved: Saved, text: Text, version: int, who: str = "writer") -> Saved:
        return manuscripts.save(
            self.store, self.who[who], text, self.sent(version), saved.manuscript_id
        )

    def do(self, saved: Saved, login: str, move: Move, **more: object) -> str:
        key = str(more.pop("key", ""))
        seen = str(more.pop("seen", self.shown(saved).sha256))
        doing = Doing(move, seen, **more)  # type: ignore[arg-type]
        person, sent = self.who[login], self.sent(key=key)
        done = approving.do(self.store, person, saved.approval_id, doing, sent, self.data_dir)
        return str(done["state"])

    def shown(self, saved: Saved, login: str = "writer") -> Shown:
        with self.store.reading() as tx:
            who = self.who[login]
            found = screen.shown(tx, who.scope, self.now, who.id, saved.approval_id)
        assert found is not None
        return found

    def waiting(self, login: str) -> list[str]:
        with self.store.reading() as tx:
            who = self.who[login]
            return [each.title for each in screen.waiting(tx, who.scope, self.now, who.id)]

    def up_to(self, saved: Saved, *moves: tuple[str, Move]) -> str:
        state = self.do(saved, "writer", Move.SUBMIT)
        for login, move in moves:
            state = self.do(saved, login, move)
        return state
