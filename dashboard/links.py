"""Links: the address of every page and item, made and read here, fit for a mail to carry."""

from collections.abc import Mapping
from urllib.parse import urlencode

HOME = "/"
ACCOUNTS = "accounts"
HEALTH = "health"
COLLECTING = "collecting"
APPROVING = "approving"
REPORTING = "reporting"
SETTING_UP = "setting_up"
PATROL = "patrol"
CONFIRMING = "confirming"
DUTY = "duty"
CASES = "cases"
CAMPAIGNS = "campaigns"
BURDEN = "burden"
RETURNS = "returns"
CLEARING = "clearing"
LIFECYCLE = "lifecycle"
ASSESSING = "assessing"
SCHEMES = "schemes"


def to(slug: str, **query: str | int | None) -> str:
    """The address of a page with its filters; blanks are left out, order is fixed."""
    said = {key: str(value) for key, value in sorted(query.items()) if value not in (None, "")}
    path = HOME if slug in ("", "home") else f"/{slug}"
    return f"{path}?{urlencode(said)}" if said else path


def account(account_id: int) -> str:
    """One account's page."""
    return to(ACCOUNTS, id=account_id)


def problems(status: str = "", region: str = "", platform: str = "") -> str:
    """The list of 疑似问题, filtered."""
    return to(HEALTH, platform=platform, region=region, status=status)


def undecided(region: str = "", platform: str = "") -> str:
    """The list of 暂不作认定, filtered."""
    return to(HEALTH, platform=platform, region=region, tab="undecided")


def case(case_id: int) -> str:
    """One 整改单's page."""
    return to(CASES, id=case_id)


def campaign(campaign_id: int, tab: str = "", region: str = "") -> str:
    """One 协同发声's page, its board narrowed to a 市州."""
    return to(CAMPAIGNS, id=campaign_id, region=region, tab=tab)


def collecting(platform: str = "") -> str:
    """Passes and completeness."""
    return to(COLLECTING, platform=platform)


def number(query: Mapping[str, str], key: str) -> int | None:
    """A whole number out of an address somebody may have typed; None where it is none."""
    text = query.get(key, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None  # noqa: PLR2004


def choice(query: Mapping[str, str], key: str, choices: tuple[str, ...]) -> str:
    """One of the choices out of an address; the first where it says something else."""
    text = query.get(key, "")
    return text if text in choices else choices[0]
