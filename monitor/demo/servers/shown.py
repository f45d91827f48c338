"""What a stand-in platform shows of an account at an instant: posts that stand, newest first."""

from collections.abc import Sequence
from typing import Final

from monitor.demo.reach import grown
from monitor.demo.world import World, WorldAccount, WorldPost

EVER: Final = 946_684_800
"""The year 2000: before any account was opened."""


def standing(
    world: World, account: WorldAccount, at: int, since: int = EVER
) -> Sequence[WorldPost]:
    """Posts published from `since` and before second `at` and not deleted by then, newest first;
    in an outage the list stands still: it looks whole and lacks what is newer."""
    begins, ends = account.outage
    until = begins if begins <= at < ends else at
    posts = [
        post
        for post in world.posts(account, since, until)
        if post.deleted_at is None or post.deleted_at > at
    ]
    return posts[::-1]


def counted(value: int, post: WorldPost, at: int) -> int:
    """How far a number of a post has grown by second `at`."""
    return grown(value, at - post.published_at)
