"""单位周报: who gets the week of which unit, by roles, scopes and mail; laid out once for each."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from monitor.deliver import codec
from monitor.domain.contact import ContactKind, OwnerKind
from monitor.domain.instants import to_second
from monitor.domain.person import Person, Role
from monitor.domain.unit import Unit
from monitor.domain.week import Week
from monitor.record import contacts, office_settings, outbox, people, units
from monitor.report import unit_letter
from monitor.runs.parts import Parts

READERS: Final = frozenset({Role.PREFECTURE_ADMIN, Role.LIAISON, Role.UNIT_LIAISON, Role.OPERATOR})
"""Who answers for a unit's accounts. The office itself reads the province's letter."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets the week of one unit, and where to."""

    person_id: int
    unit: Unit
    mail: str = field(repr=False)


def readers(parts: Parts, within: str = "") -> tuple[Reader, ...]:
    """Who gets which unit's week, by unit code; nobody in a trial period, when nothing goes out.

    `within` is the organ code of the unit to whose sub-tree this is limited, '' the province.
    """
    if parts.mail is None:
        return ()
    now, vault = to_second(parts.now()), parts.vault()
    with parts.store.reading() as tx:
        if office_settings.trial_until(tx, now) is not None:
            return ()
        known = units.all_units(tx)
        root = next((each.path for each in known if each.code == within), "/")
        by_path = {each.path: each for each in known if each.path.startswith(root)}
        found = [
            (each.id, unit)
            for each in people.everyone(tx, now)
            if each.active
            for unit in _units(each, by_path)
        ]
        mails = contacts.plain_of(tx, vault, OwnerKind.PERSON, [each for each, _ in found])
    return tuple(
        Reader(person_id, unit, mails[person_id, ContactKind.MAIL])
        for person_id, unit in sorted(found, key=lambda pair: (pair[1].code, pair[0]))
        if (person_id, ContactKind.MAIL) in mails
    )


def _units(person: Person, by_path: dict[str, Unit]) -> Iterator[Unit]:
    """The units a person answers for, each once."""
    paths = dict.fromkeys(each.path for each in person.held if each.role in READERS)
    return (by_path[path] for path in paths if path in by_path)


def lay_out(
    parts: Parts, channel: str, monday: date, week: Week, everybody: tuple[Reader, ...]
) -> int:
    """Lay out each reader's letter; how many are new. Laid out twice it is still one letter for a
    week, a unit and a person."""
    bodies: dict[str, bytes] = {}
    for reader in everybody:
        code = reader.unit.code
        if code not in bodies:
            letter = unit_letter.compose(week, reader.unit, parts.desk.url)
            bodies[code] = b"" if letter is None else codec.encode(letter)
    laid = 0
    with parts.store.writing(durable=True) as tx:
        for reader in everybody:
            body = bodies[reader.unit.code]
            key = f"digest/{monday}/{reader.unit.code}/{reader.person_id}"
            laid += bool(body) and outbox.put(tx, channel, key, reader.mail, body, tx.second)
    return laid
