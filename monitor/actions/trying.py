"""规则试算: have another rulebook tried over all accounts; what came of it is read here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import sending
from monitor.actions.permitting import permit_house
from monitor.actions.sending import Sent
from monitor.actions.setting_up import standards
from monitor.actions.standard_sheets import LONGEST_TEXT, read
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.domain.rulebook import Rulebook
from monitor.domain.whatif import Tried
from monitor.record import audit, jobs
from monitor.record.store import Store, Writing
from monitor.report import whatif

__all__ = ["LONGEST_TEXT", "TRY", "Wanted", "files", "result", "titled", "try_out"]

TRY: Final = "whatif"
"""The kind of job, and the folder of its files."""
REMEDY: Final = "规则试算由省厅办理"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rulebook to try: one by name, or `text` in its place; `then` replays the quarters' ends
    with what was known then, else with what is known today."""

    rulebook: str
    text: str = ""
    then: bool = False


@needs(Permission.SET_UP, reach=Reach.HOUSE)
def try_out(store: Store, actor: Person, data_dir: Path, wanted: Wanted, sent: Sent) -> int:
    """Have it tried; the job's id. InputError says which line of a text is wrong.

    The same form twice is one job; nothing but the job is written.
    """
    book = _wanted(data_dir, wanted)
    with store.writing(durable=True) as tx:
        permit_house(tx, actor, Permission.SET_UP, REMEDY)
        done = sending.once(tx, actor, sent, lambda: _asked(tx, actor, wanted, book, sent))
    return int(done["job_id"])


def _wanted(data_dir: Path, wanted: Wanted) -> Rulebook:
    if wanted.text.strip():
        return read(wanted.text)
    known = {each.name: each for each in standards(data_dir)}
    if wanted.rulebook not in known:
        raise InputError("没有这个认定标准", wanted.rulebook, "请从列表中选择")
    return known[wanted.rulebook]


def _asked(
    tx: Writing, actor: Person, wanted: Wanted, book: Rulebook, sent: Sent
) -> Mapping[str, Any]:
    arguments = {"rulebook": book.name, "text": wanted.text if wanted.text.strip() else ""}
    arguments["known"] = "then" if wanted.then else "now"
    job_id = jobs.ask(tx, TRY, arguments, sending.key_of(str(actor.id), sent), actor.id)
    audit.add(tx, actor.id, "规则试算", "job", str(job_id), f"{book.name}第{book.version}版")
    return {"job_id": job_id}


def result(data_dir: Path, job_id: int) -> Tried | None:
    """What a trial counted; None where its files were tidied away."""
    path = data_dir / "local" / TRY / str(job_id) / "试算.json"
    return whatif.decode(path.read_text("utf-8")) if path.exists() else None


def titled(book: Rulebook) -> str:
    """What a trial of a rulebook calls it."""
    return whatif.titled(book)


def files(data_dir: Path, job_id: int) -> tuple[Path, ...]:
    """The list of movers and its explanation."""
    place = data_dir / "local" / TRY / str(job_id)
    return tuple(sorted(path for path in place.glob("*") if path.suffix != ".json"))
