"""A post as lists show it: whose it is, when it was published, and its newest numbers."""

from dataclasses import dataclass

from monitor.domain.numbers import PostNumbers


@dataclass(frozen=True, slots=True)
class ListedPost:
    """One post with its account and the newest numbers known of it; `observed_at` None: none."""

    platform: str
    account_name: str
    uid: str | None
    native_id: str
    url: str
    title: str
    form: str
    published_from: int
    published_until: int
    observed_at: int | None
    source: str
    numbers: PostNumbers
