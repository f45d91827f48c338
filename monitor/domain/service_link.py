"""ServiceLink 服务链接: what an account offers citizens, and since when it does not open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from monitor.domain.instants import say_day, shanghai_day

LONGEST_DETAIL: Final = 200


class Where(StrEnum):
    """Where a link was found."""

    MENU = "自定义菜单"
    LEDGER = "台账"


class Answer(StrEnum):
    """What asking a link told."""

    WORKS = "能打开"
    FAILS = "打不开"
    UNKNOWN = "不能判断"


@dataclass(frozen=True, slots=True)
class Offered:
    """One entry as it is offered; `url` is '' where it answers by itself and leads nowhere."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Probe:
    """What one asking told; `status` is the server's last, None where none answered."""

    answer: Answer
    status: int | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class ServiceLink:
    """One entry of an account and how it fared, in seconds.

    `failing_since` is the first of the failures that no success ended, `dead_since` the same once
    a later day has failed too: a server that is down for an evening offers no dead link.
    """

    id: int
    account_id: int
    where: Where
    name: str
    url: str = ""
    checked_at: int | None = None
    status: int | None = None
    told: str = ""
    failing_since: int | None = None
    dead_since: int | None = None

    def after(self, probe: Probe, at: int) -> "ServiceLink":
        """The entry once it was asked at second `at`; an answer that tells nothing ends nothing."""
        asked = replace(self, checked_at=at, status=probe.status, told=probe.told)
        if probe.answer is Answer.UNKNOWN:
            return asked
        if probe.answer is Answer.WORKS:
            return replace(asked, failing_since=None, dead_since=None)
        since = at if self.failing_since is None else self.failing_since
        dead = since if shanghai_day(at) > shanghai_day(since) else self.dead_since
        return replace(asked, failing_since=since, dead_since=dead)


def alive(links: Iterable[ServiceLink]) -> bool:
    """Whether any of the entries is not dead."""
    return any(each.dead_since is None for each in links)


def detail(links: Iterable[ServiceLink]) -> str:
    """The entries by name, the dead ones with the day since when and what was answered."""
    found = sorted(links, key=lambda each: (each.dead_since is None, each.id))
    return "、".join(_said(each) for each in found)[:LONGEST_DETAIL]


def _said(link: ServiceLink) -> str:
    if link.dead_since is None:
        return link.name
    why = f",{link.told}" if link.told else ""
    return f"{link.name}(自{say_day(link.dead_since)}起打不开{why})"
