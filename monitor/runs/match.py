"""对: what the accounts of a campaign published is held against it, and their tasks follow.

The time of a publication is the platform's own. Who was not looked at is 无法核验, never 未发布;
what is doubtful, or said otherwise than approved, waits for a person.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from monitor.coordinate.campaign import follow
from monitor.coordinate.campaign_moves import TASKS, Act, offered
from monitor.coordinate.matching import Releases
from monitor.domain.campaign import Content, Hand, Kind, TaskMove
from monitor.domain.instants import HOUR, to_second
from monitor.domain.interval import Interval
from monitor.domain.matching import Match, Method, Published, Release, Verdict
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import audit, campaign_seen, campaign_tasks, campaigns
from monitor.record.campaign_seen import SeenPost
from monitor.record.campaign_tasks import KeptTask
from monitor.record.campaigns import Kept
from monitor.record.store import Reading, Writing
from monitor.runs import frame
from monitor.runs.parts import Parts

SETTLE: Final = 2 * HOUR
"""So long after the deadline a look may still be on its way; then an unseen account is 无法核验."""
SHOWN: Final = 60
"""So many characters of what fits are kept with a task: enough to find the place."""
UNTITLED: Final = frozenset({"weibo", "douyin", "kuaishou", "channels"})
"""Platforms on which a post has no title but its text."""
ABSENCES: Final = {TaskMove.MISSED, TaskMove.UNKNOWN}
Made = tuple[KeptTask, Act, int | None]
"""A task, what happens to it, and the post that shows it."""


def run(parts: Parts, scheduled_for: datetime | None = None) -> RunReport | None:
    """Hold what was published against every campaign under way; the moves of its tasks, counted."""

    def work(under: frame.Under) -> RunReport:
        with parts.store.reading() as tx:
            live = [each for each in campaigns.under_way(tx) if _sought(each)]
        counts: Counter[str] = Counter()
        for kept in live:
            with parts.store.reading() as tx:
                found = list(_made(tx, kept, to_second(parts.now()), under.known_at))
            if found:
                with parts.store.writing(durable=True) as tx:
                    counts.update(_applied(tx, kept, found))
        return RunReport(RunOutcome.DONE, {"协同": len(live), **counts})

    return frame.run(parts, "match", work, scheduled_for=scheduled_for)


def releases(campaign_id: int, content: Content) -> tuple[Release, ...]:
    """A campaign's text, and those for single platforms, as what is to be found."""
    texts = dict.fromkeys([content.body, *(text for _, text in content.texts)])
    facts, links = content.facts.said(), content.links
    return tuple(
        Release(campaign_id, content.title, text, links, content.tags, facts) for text in texts
    )


def _sought(kept: Kept) -> bool:
    """A correction is proved by each account's own answer, not by a text that is alike."""
    return kept.content.kind is not Kind.CORRECTION and kept.issued_at is not None


def _made(tx: Reading, kept: Kept, now: int, known_at: int) -> Iterator[Made]:
    """What happens to the tasks that the machine may still move; nothing is written meanwhile."""
    since = kept.issued_at or 0
    every = campaign_tasks.of_campaign(tx, kept.id)
    tasks = [each for each in every if offered(each.task.state, Hand.MACHINE)]
    sought = Releases(releases(kept.id, kept.content))
    seen: dict[int, list[SeenPost]] = {}
    for post in campaign_seen.posts(tx, kept.id, since):
        seen.setdefault(post.account_id, []).append(post)
    ids = {each.account_id for each in tasks}
    stopped = campaign_tasks.stopped(tx, kept.id, now)
    watched = campaign_seen.watched(tx, ids, since, known_at)
    for task in tasks:
        mine = seen.get(task.account_id, ())
        made = _found(sought, task, mine)
        if made is None and task.id not in stopped:
            read = not any(_unread(each, task) for each in mine)
            made = _absent(now, task, since, watched.get(task.account_id, ()) if read else ())
        if made is not None and task.task.state in TASKS[made[1].move].states:
            yield made


def _found(sought: Releases, task: KeptTask, posts: Sequence[SeenPost]) -> Made | None:
    """What the account's posts say of its task: the first sure one, else the first doubtful one
    that nobody was shown yet."""
    pairs = [(each, match) for each in posts if (match := _best(sought, each)) is not None]
    for post, match in pairs:
        if match.verdict is Verdict.SAME:
            return _act(task, post, match)
    fresh = [pair for pair in pairs if task.key_id is None or pair[0].key_id > task.key_id]
    return _act(task, *fresh[0]) if fresh else None


def _best(sought: Releases, post: SeenPost) -> Match | None:
    return next(iter(sought.matches(_published(post))), None)


def _published(post: SeenPost) -> Published:
    """What a post says: where a platform knows no titles, what stands as one is its text."""
    links = (post.url,) if post.url else ()
    title = "" if post.platform in UNTITLED else post.title
    text = post.text or ("" if title else post.title)
    return Published(post.key_id, post.account_id, title, text, links=links)


def _act(task: KeptTask, post: SeenPost, match: Match) -> Made:
    places = tuple(f"{each.kind}:{each.approved}→{each.said}" for each in match.differences)
    same = TaskMove.DIFFERS if places else TaskMove.FOUND
    move = same if match.verdict is Verdict.SAME else TaskMove.DOUBT
    found, passage = _where(match, _published(post))
    act = Act(move, "", post.url, post.published, match.score / 100, places, found, passage)
    return task, act, post.key_id


def _where(match: Match, post: Published) -> tuple[str, str]:
    """By what a post was recognised, or in which part of it, and the words that fit, cut short."""
    said = match.where if match.method is Method.TEXT else match.method
    if match.passage is None:
        return said or "", ""
    words = post.whole[match.passage.post_start : match.passage.post_end].replace("\n", " ")
    return said or "", words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"


def _unread(post: SeenPost, task: KeptTask) -> bool:
    """Whether a post may be the release under another title: nobody saw its words."""
    titled = post.platform not in UNTITLED
    return titled and not post.text and post.published <= task.task.due


def _absent(now: int, task: KeptTask, since: int, seen: Sequence[Interval]) -> Made | None:
    """未发布 where all of the time was looked at and all that was published read, 无法核验 where
    that was not done in time. Who waits for the first to publish has missed nothing."""
    due = task.task.due
    if now <= due or task.task.opens is None:
        return None
    if any(a <= since and due < b for a, b in seen):
        return task, Act(TaskMove.MISSED), None
    return (task, Act(TaskMove.UNKNOWN), None) if now > due + SETTLE else None


def _applied(tx: Writing, kept: Kept, found: Iterable[Made]) -> Iterator[str]:
    """The moves, each by its name; a stop put in force meanwhile excuses who has not published."""
    stopped = campaign_tasks.stopped(tx, kept.id, tx.second)
    for made in found:
        if made[0].id in stopped and made[1].move in ABSENCES:
            continue
        _apply(tx, made)
        yield made[1].move.value


def _apply(tx: Writing, made: Made) -> None:
    kept, act, key_id = made
    after = follow(kept.task, act, Hand.MACHINE, tx.second)
    if not campaign_tasks.put(tx, kept, after, key_id):
        return
    campaign_tasks.note(tx, kept, after, (act.move, Hand.MACHINE))
    if kept.leads and act.move is not TaskMove.DOUBT and after.published is not None:
        campaign_tasks.follow_the_first(tx, kept.campaign_id)
    audit.add(tx, None, f"协同任务·{act.move}", "campaign_task", str(kept.id), after.state.value)
