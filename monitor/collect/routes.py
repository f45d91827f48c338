"""Routes that several readers share: a live list of the owner's, and a bought feed."""

from monitor.domain.collecting import Route
from monitor.domain.numbers import Provenance


def owners_live(platform: str) -> Route:
    """The owner's own list, live: what was just posted may still stand in review."""
    return Route(
        platform,
        "own",
        Provenance.INTERFACE,
        grade=4,
        fresh_hours=26,
        confirm_hours=24,
        settle_hours=2,
    )


def purchased(platform: str, seller: str) -> Route:
    """Presence only until calibrated; a day's time for the seller to find what is new."""
    return Route(
        platform,
        seller,
        Provenance.PURCHASED,
        grade=2,
        fresh_hours=60,
        confirm_hours=24,
        settle_hours=24,
        shared=True,
    )
