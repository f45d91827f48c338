"""告知: what an action on 协同发声 leads people to be told, written down in its own transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from monitor.actions.campaign_terms import rules
from monitor.coordinate import telling
from monitor.deliver import codec
from monitor.deliver.robot import ROBOTS
from monitor.domain.campaign_rules import Audience
from monitor.domain.notice import Asked, Matter, Post, What
from monitor.record import notice_letters, notice_readers, notices, volunteers
from monitor.record.campaign_stops import Stop
from monitor.record.notices import Written
from monitor.record.store import Writing
from monitor.record.vault import Vault
from monitor.report import campaign_notice

BOTH: Final = (Audience.UNIT, Audience.CITY)
Told = tuple[Matter, Sequence[Audience]]


@dataclass(frozen=True)
class House:
    """What telling people needs beside the records: the office's rules, what opens mailboxes, the
    desk's address, and whether there is a mail server."""

    data_dir: Path
    vault: Vault = field(repr=False)
    url: str = ""
    mails: bool = False


def issued(tx: Writing, house: House, campaign_id: int) -> int:
    """Tell of a campaign's new tasks; how many messages. At night they wait for the morning where
    their kind does."""
    matters = notices.of_campaign(tx, tx.second, campaign_id)
    if not matters:
        return 0
    laid = rules(house.data_dir)
    asked = matters[0].asked
    to = telling.issuing(laid, asked.content.order)
    go_at = telling.leaves_at(laid, asked.content, tx.second)
    told = [(each, to) for each in matters]
    return _told(tx, house, [*told, *_volunteers(tx, go_at, asked)], go_at)


def invited(tx: Writing, house: House, campaign_id: int) -> int:
    """Hand out a campaign's invitations that nobody was told of yet; how many messages. They name
    no officer: whom they concern stands on the page of who keeps the papers."""
    asked = notices.asked_of(tx, tx.second, [campaign_id])[campaign_id]
    go_at = telling.leaves_at(rules(house.data_dir), asked.content, tx.second)
    return _told(tx, house, _volunteers(tx, go_at, asked), go_at)


def _volunteers(tx: Writing, at: int, asked: Asked) -> list[Told]:
    """Those whose papers still hold when the message leaves."""
    found = volunteers.to_hand_out(tx, at, {asked.campaign_id: asked})
    return [(each, (Audience.UNIT,)) for each in found]


def cancelled(tx: Writing, house: House, campaign_id: int, said: str) -> int:
    """Tell that a campaign is given up, before it is: what was not sent yet leaves no more."""
    asked = notices.asked_of(tx, tx.second, [campaign_id])
    invited = volunteers.handed_out(tx, tx.second, asked)
    matters = [*notices.of_campaign(tx, tx.second, campaign_id), *invited]
    notice_letters.withdraw(tx, [campaign_id])
    return _now(tx, house, notices.about(matters, What.CANCELLED, What.CANCELLED.value, said))


def stopped(tx: Writing, house: House, stop: Stop) -> int:
    """Tell of a stop, whatever the hour. Messages of the same campaigns that did not leave yet do
    not leave any more; what they said of tasks that go on is said anew."""
    matters = _stopped(tx, stop)
    campaigns = {each.asked.campaign_id for each in matters}
    unheard = notice_letters.unheard(tx, campaigns)
    notice_letters.withdraw(tx, campaigns)
    step = telling.step_of(What.STOPPED, stop.id)
    told = _now(tx, house, notices.about(matters, What.STOPPED, step, f"理由:{stop.reason}"))
    covered = {each.key for each in matters}
    for campaign_id, paths in unheard.items():
        asked = notices.asked_of(tx, tx.second, [campaign_id])
        invited = volunteers.handed_out(tx, tx.second, asked)
        every = [*notices.of_campaign(tx, tx.second, campaign_id), *invited]
        others = [each for each in every if each.key not in covered and each.path in paths]
        told += _anew(tx, house, others, telling.step_of(What.ISSUED, f"·停发{stop.id}后"))
    return told


def _stopped(tx: Writing, stop: Stop) -> list[Matter]:
    """What a stop covers: tasks, and the volunteers who were told of their campaigns."""
    told = volunteers.campaigns_with(tx)
    ids = [each for each in told if stop.campaign_id in (None, each)]
    asked = notices.asked_of(tx, tx.second, ids)
    invited = volunteers.handed_out(tx, tx.second, asked, (stop.path, stop.platform))
    return [*notices.of_stop(tx, tx.second, stop), *invited]


def _anew(tx: Writing, house: House, matters: Sequence[Matter], step: str) -> int:
    if not matters:
        return 0
    content = matters[0].asked.content
    go_at = telling.leaves_at(rules(house.data_dir), content, tx.second)
    tasks = notices.about((each for each in matters if not each.voluntary), What.ISSUED, step)
    told = [*tasks, *(each for each in matters if each.voluntary)]
    return _told(tx, house, [(each, BOTH) for each in told], go_at)


def lifted(tx: Writing, house: House, stop: Stop, said: str) -> int:
    """Tell that a stop is lifted, of all tasks that no other stop covers."""
    open_now = {each.key for each in notices.under_way(tx, tx.second)}
    matters = [
        each
        for each in _stopped(tx, stop)
        if each.key in open_now
        or (each.voluntary and not volunteers.stopped(tx, tx.second, each.task_id))
    ]
    step = telling.step_of(What.LIFTED, stop.id)
    return _now(tx, house, notices.about(matters, What.LIFTED, step, f"说明:{said}"))


def changed(tx: Writing, house: House, task_ids: Collection[int], what: str, said: str) -> int:
    """Tell units what the office decided of their tasks: `what` is the button's name."""
    matters = notices.of_tasks(tx, tx.second, task_ids)
    step = telling.step_of(What.CHANGED, f"·{what}·{tx.stamp}")
    told = f"{what}:{said}" if said else what
    return _now(tx, house, notices.about(matters, What.CHANGED, step, told))


def _now(tx: Writing, house: House, matters: Iterable[Matter]) -> int:
    return _told(tx, house, [(each, BOTH) for each in matters], tx.second)


def _told(tx: Writing, house: House, told: Sequence[Told], go_at: int) -> int:
    if not told:
        return 0
    readers = notice_readers.readers(tx, house.vault, tx.second, mails=house.mails)
    posts = telling.all_posts(told, readers.people, readers.robots)
    return notices.lay_out(tx, posts, readers, partial(_written, house), go_at)


def _written(house: House, post: Post) -> Written:
    most = ROBOTS.get(post.robot.channel).most if post.robot is not None else None
    letters = campaign_notice.letters(post, house.url, most)
    return Written(tuple(map(codec.encode, letters)), tuple(each.group_text for each in letters))
