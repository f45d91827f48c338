"""Who may be told of campaigns: people, what opens their mailboxes, and the groups' robots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.domain.contact import ContactKind, OwnerKind
from monitor.domain.notice import Post
from monitor.domain.person import Person
from monitor.domain.robot import Robot
from monitor.record import contacts, office_settings, people, robots
from monitor.record.store import Reading
from monitor.record.vault import Vault


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may be told, what opens their mailboxes (None where nobody is written to), and the
    groups' robots."""

    people: tuple[Person, ...]
    vault: Vault | None = field(default=None, repr=False)
    robots: tuple[Robot, ...] = ()


def readers(tx: Reading, vault: Vault, now: int, *, mails: bool) -> Readers:
    """Everybody who may sign in, and every robot. Without a mail server a message is a text to hand
    on; in the trial period all are, and robots are silent."""
    everyone = tuple(each for each in people.everyone(tx, now) if each.active)
    if office_settings.trial_until(tx, now) is not None:
        return Readers(everyone)
    every = robots.in_use(tx, now)
    return Readers(everyone, vault if mails else None, every)


def mailboxes(tx: Reading, vault: Vault | None, posts: Iterable[Post]) -> Mapping[int, str]:
    """Opened for those who are told, and for nobody else."""
    told = [post.person.id for post in posts if post.person is not None]
    if vault is None or not told:
        return {}
    known = contacts.plain_of(tx, vault, OwnerKind.PERSON, told)
    return {who: at for (who, kind), at in known.items() if kind is ContactKind.MAIL}
