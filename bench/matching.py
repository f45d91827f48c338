"""50,000 posts against 20 campaigns: RapidFuzz over all pairs, and what finds the same pairs.

All pairs take minutes: they are timed on a share of the posts, drawn by chance, and what is found
there is compared pair by pair.
"""

import random
from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio_alignment

from bench.figures import Figure, interleave
from monitor.coordinate.matching import CUTOFF, Releases
from monitor.coordinate.plain_text import folded
from monitor.coordinate.shingles import Shingles
from monitor.domain.matching import Published, Release
from tests.coordinate.labelled import Maker
from tests.coordinate.quality import Quality, measured
from tests.coordinate.release_topics import TOPICS

POSTS = 50_000
CAMPAIGNS = 20
SHARE = 50
"""All pairs are tried with every fiftieth post."""
OF_A_CAMPAIGN = 0.05
LEFT_OUT = 0.03
"""Of a post's characters so many are missing where it was typed anew."""
FASTER = 20.0
PRECISION, RECALL = 0.98, 0.95
ALARM_PRECISION, ALARM_RECALL = 0.90, 0.95

Found = list[tuple[int, int, float]]


def world(posts: int) -> tuple[list[Release], list[Published]]:
    """Campaigns of twenty matters; posts of which a twentieth are theirs and the others are about
    ten more."""
    dice = random.Random(11)
    theirs, others = TOPICS[:CAMPAIGNS], TOPICS[CAMPAIGNS:]
    made = []
    for number in range(posts):
        title, text = dice.choice(theirs if dice.random() < OF_A_CAMPAIGN else others)
        said = dice.choice([_whole, _shortened, _typed])(text, dice)
        made.append(Published(number, number, title if dice.randrange(3) else "", said))
    return [Release(number, *each) for number, each in enumerate(theirs)], made


def _whole(text: str, dice: random.Random) -> str:
    return f"{dice.randrange(10_000)}期:{text}"


def _shortened(text: str, dice: random.Random) -> str:
    sentences = [each for each in text.split("。") if each]
    kept = sorted(dice.sample(range(len(sentences)), len(sentences) - 1))
    return "".join(f"{sentences[each]}。" for each in kept)


def _typed(text: str, dice: random.Random) -> str:
    return "".join(each for each in text if dice.random() > LEFT_OUT)


def by_bound(releases: Sequence[str], posts: Sequence[str]) -> Found:
    """Pairs at or above the cut-off, by shared pairs of characters first."""
    sought = Shingles(releases, CUTOFF)
    return [
        (number, found.sought, found.score)
        for number, post in enumerate(posts)
        for found in sought.alike(post)
    ]


def by_all_pairs(releases: Sequence[str], posts: Sequence[str]) -> Found:
    """The same pairs, by RapidFuzz alone."""
    found = []
    for number, post in enumerate(posts):
        for which, release in enumerate(releases):
            it = partial_ratio_alignment(release, post, score_cutoff=CUTOFF)
            if it is not None and it.score >= CUTOFF:
                found.append((number, which, it.score))
    return found


def run(posts: int = POSTS) -> list[Figure]:
    """Times faster than all pairs; the pairs are the same; and how good the verdicts are."""
    releases, made = world(posts)
    sought, texts = [folded(each.whole) for each in releases], [folded(each.whole) for each in made]
    some = texts[::SHARE]
    ours, theirs = interleave(
        lambda: by_bound(sought, texts), lambda: by_all_pairs(sought, some), processor=True
    )
    all_pairs = theirs.median * len(texts) / len(some)
    same = by_bound(sought, some) == by_all_pairs(sought, some)
    ready = Releases(releases)
    whole = interleave(lambda: [ready.matches(each) for each in made[::SHARE]], processor=True)[0]
    note = f"of one processor: {ours}; all pairs {all_pairs:.0f} s by {len(some)} posts; "
    note += f"verdicts and facts of all {whole.median * SHARE:.0f} s"
    name = f"matching, {posts:,} posts x {CAMPAIGNS} campaigns"
    return [
        Figure(name, all_pairs / ours.median, FASTER, "higher", "x", all_pairs, None, note),
        Figure("matching, pairs as by all pairs", float(same), 1, "higher", "share"),
        *_quality(measured(Maker(2).pairs(100))),
    ]


def _quality(found: Quality) -> list[Figure]:
    note = f"{found.pairs} pairs by seed"
    return [
        Figure("matching, precision", found.precision, PRECISION, "higher", "share", note=note),
        Figure("matching, recall", found.recall, RECALL, "higher", "share"),
        Figure("changed facts, recall", found.alarm_recall, ALARM_RECALL, "higher", "share"),
        Figure(
            "changed facts, precision", found.alarm_precision, ALARM_PRECISION, "higher", "share"
        ),
    ]
