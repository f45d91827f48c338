"""建: the database at its schema, the province's units, and the demonstration's people."""

import secrets
from collections.abc import Sequence

from monitor.access import passwords
from monitor.collect import shelf, units_file
from monitor.domain.errors import CannotRun
from monitor.domain.instants import to_second
from monitor.domain.person import Grant, Role
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import migrate, people, units
from monitor.runs import frame
from monitor.runs.parts import Parts

EVERYTHING = "/"


def ready(parts: Parts) -> Parts:
    """The same parts, their database made or brought to today's schema."""
    if migrate.current(parts.store) != migrate.head(parts.store):
        migrate.upgrade(parts.store)
    return parts


def shipped_units(parts: Parts) -> None:
    """The province's units as shipped, where the registry has none yet."""
    with parts.store.reading() as tx:
        if units.all_units(tx):
            return
    path = parts.data_dir / "units" / "hubei.yaml"
    found = units_file.read(shelf.read(path).mapping)

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing() as tx:
            changed = units.save(tx, found)
        return RunReport(RunOutcome.DONE, {"单位": changed})

    frame.run(parts, "units-import", work, {"file": path.name})


def nobody_signs_in(parts: Parts) -> bool:
    """True where the store knows no person yet."""
    with parts.store.reading() as tx:
        return not people.everyone(tx, to_second(parts.now()))


def visitor(parts: Parts, login: str, name: str, password: str) -> None:
    """Somebody to try the demonstration as, whose password needs no change; only in a demo."""
    if not parts.demo:
        raise CannotRun("演示人员只能建在演示数据库中")
    hashed = passwords.hash_password(password)
    with parts.store.writing(durable=True) as tx:
        kept = people.by_login(tx, login, tx.second)
        person_id = kept.person.id if kept else people.add(tx, login, name, hashed)
        people.set_password(tx, person_id, hashed, must_change=False)
        people.set_grants(tx, person_id, [Grant(Role.EDITOR, EVERYTHING)])


def colleagues(
    parts: Parts, everybody: Sequence[tuple[str, str, Grant]], *, act: bool = False
) -> list[int]:
    """People of the demonstration by login, name and grant; their ids. Only in a demo. Those who
    `act` in its stories need not change the password first.

    Nobody knows their password, the machine included: whoever wants to be one of them resets it.
    """
    if not parts.demo:
        raise CannotRun("演示人员只能建在演示数据库中")
    # One hash for all of them: hashing is slow on purpose, and this one opens nothing.
    hashed = passwords.hash_password(secrets.token_urlsafe(32))
    with parts.store.writing(durable=True) as tx:
        ids = []
        for login, name, grant in everybody:
            ids.append(people.add(tx, login, name, hashed))
            if act:
                people.set_password(tx, ids[-1], hashed, must_change=False)
            people.set_grants(tx, ids[-1], [grant])
        return ids
