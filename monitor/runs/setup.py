"""建: the database at its schema, the province's units, and the first person who can sign in."""

from monitor.access import passwords
from monitor.collect import shelf, units_file
from monitor.domain.errors import InputError
from monitor.domain.instants import OPEN, to_second
from monitor.domain.person import Grant, Role
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, migrate, people, sessions, units
from monitor.record.store import Writing
from monitor.runs import frame
from monitor.runs.parts import Parts

FIRST_LOGIN = "office"
FIRST_NAME = "值班管理员"
EVERYTHING = "/"


def ready(parts: Parts) -> Parts:
    """The same parts, their database made or brought to today's schema."""
    if migrate.current(parts.store) != migrate.head(parts.store):
        migrate.upgrade(parts.store)
    return parts


def known_units(parts: Parts) -> int:
    """How many units the registry holds."""
    with parts.store.reading() as tx:
        return len(units.all_units(tx))


def shipped_units(parts: Parts) -> None:
    """The province's units as shipped, where the registry has none yet."""
    if known_units(parts):
        return
    path = parts.data_dir / "units" / "hubei.yaml"
    found = units_file.read(shelf.read(path).mapping)

    def work(_under: frame.Under) -> RunReport:
        with parts.store.writing() as tx:
            changed = units.save(tx, found)
        return RunReport(RunOutcome.DONE, {"单位": changed})

    frame.run(parts, "units-import", work, {"file": path.name})


def first_person(parts: Parts, password: str) -> str | None:
    """Where nobody can sign in: somebody who can, and the password; None where somebody can."""
    with parts.store.reading() as tx:
        if people.everyone(tx, to_second(parts.now())):
            return None
    return reset_person(parts, FIRST_LOGIN, password)


def reset_person(parts: Parts, login: str, password: str, *, must_change: bool = True) -> str:
    """Give a person a new first password, ending all sessions; somebody new becomes 编辑."""
    login = login.strip().lower()
    if not login.isascii() or not login:
        raise InputError(f"登录名“{login}”不可用", remedy="请只用英文字母和数字")
    hashed = passwords.hash_password(password)
    with parts.store.writing(durable=True) as tx:
        kept = people.by_login(tx, login, tx.second)
        person_id = kept.person.id if kept else _enter(tx, login, hashed)
        people.set_password(tx, person_id, hashed, must_change=must_change)
        people.set_active(tx, person_id, active=True)
        sessions.revoke_all(tx, person_id)
        audit.add(tx, None, "重置口令", "person", str(person_id), "命令行")
    return password


def _enter(tx: Writing, login: str, hashed: str) -> int:
    person_id = people.add(tx, login, FIRST_NAME, hashed)
    grant = Grant(Role.EDITOR, EVERYTHING, "", tx.second, OPEN)
    people.set_grants(tx, person_id, [grant])
    return person_id


def disable_person(parts: Parts, login: str) -> None:
    """Keep somebody out from now on; InputError where there is no such person."""
    with parts.store.writing(durable=True) as tx:
        kept = people.by_login(tx, login.strip().lower(), tx.second)
        if kept is None:
            raise InputError(f"没有登录名为“{login}”的人员", remedy="请检查登录名")
        people.set_active(tx, kept.person.id, active=False)
        sessions.revoke_all(tx, kept.person.id)
        audit.add(tx, None, "停用人员", "person", str(kept.person.id), "命令行")
