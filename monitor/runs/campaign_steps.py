"""催: whose turn to publish came, and who has not published, is told once a step.

A person gets one message with all of his, first the unit, then its 市州, then the office that runs
the campaign. At night nobody is told but of what is urgent; in the morning the last step counts.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from monitor.collect import shelf
from monitor.coordinate import campaign_rules, telling
from monitor.deliver import codec
from monitor.deliver.robot import ROBOTS
from monitor.domain.campaign_rules import Audience, CampaignRules
from monitor.domain.instants import to_second
from monitor.domain.notice import Matter, Post, What
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, notice_readers, notices, office_settings
from monitor.record.notices import Written
from monitor.record.store import Reading
from monitor.record.vault import Vault
from monitor.report import campaign_notice
from monitor.runs import frame
from monitor.runs.parts import Parts

SHEET: Final = "campaigns.yaml"
QUIET: Final = "试运行期间不提醒"
Told = tuple[Matter, Sequence[Audience]]


def rules(parts: Parts) -> CampaignRules:
    """What the office laid down for campaigns."""
    page = shelf.read(parts.data_dir / SHEET)
    return campaign_rules.parse(page.mapping, SHEET, shelf.lines(page.text))


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Tell each step of each open task once; quiet in a trial period."""

    def work(_under: frame.Under) -> RunReport:
        now = to_second(parts.now())
        laid, vault = rules(parts), parts.vault()
        with parts.store.reading() as tx:
            if office_settings.trial_until(tx, now) is not None:
                return RunReport(RunOutcome.DONE, {"提醒": 0}, QUIET)
            waiting = bool(_come(tx, laid, now))
        tasks, messages = _tell(parts, laid, vault) if waiting else (0, 0)
        return RunReport(RunOutcome.DONE, {"提醒": tasks, "消息": messages})

    return frame.run(parts, "campaign-steps", work, scheduled_for=scheduled_for)


def _come(tx: Reading, laid: CampaignRules, now: int) -> list[Told]:
    """What has come to be told, and nobody was told of yet."""
    told = dict(_due(notices.under_way(tx, now), laid, now))
    return [(each, told[each]) for each in notices.untold(tx, told)]


def _due(matters: Sequence[Matter], laid: CampaignRules, now: int) -> Iterator[Told]:
    """A step of the clock says more than that it was somebody's turn."""
    for each in matters:
        night = laid.kinds[each.asked.content.kind].night
        if telling.held_until(laid.quiet, now, night=night) > now:
            continue
        step = telling.come(laid.steps, each, now)
        if step is not None:
            yield notices.about([each], What.REMIND, step.name, step.name)[0], step.to
        elif telling.turned(each, now):
            yield notices.about([each], What.TURN, What.TURN.value)[0], (Audience.UNIT,)


def _tell(parts: Parts, laid: CampaignRules, vault: Vault) -> tuple[int, int]:
    """Tasks told of and messages laid out: rows and letters are one transaction, so that nothing is
    told twice whatever dies."""
    with parts.store.writing(durable=True) as tx:
        come = _come(tx, laid, tx.second)
        readers = notice_readers.readers(tx, vault, tx.second, mails=parts.mail is not None)
        posts = telling.all_posts(come, readers.people, readers.robots)
        write = partial(_written, parts.desk.url)
        messages = notices.lay_out(tx, posts, readers, write, tx.second)
        for each, _ in come:
            audit.add(tx, None, "协同·催办", "campaign_task", str(each.task_id), each.step)
    return len(come), messages


def _written(url: str, post: Post) -> Written:
    most = ROBOTS.get(post.robot.channel).most if post.robot is not None else None
    letters = campaign_notice.letters(post, url, most)
    return Written(tuple(map(codec.encode, letters)), tuple(each.group_text for each in letters))
