"""What a line of 填报 with a link proves: its post, and its own silence after it at grade 1."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from monitor.domain.instants import HOUR
from monitor.domain.numbers import Provenance
from monitor.domain.post import SeenPost
from monitor.domain.report_line import ReportLine, route_of
from monitor.domain.service import Function, SeenService
from monitor.record import coverage, observations, posts, routes, services
from monitor.record.coverage import Proof
from monitor.record.store import Writing

OWN_WORD = 1
"""The grade of a unit's own word."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What of a batch was news: posts nobody knew, and rows of coverage written."""

    posts: int = 0
    covered: int = 0


def take(tx: Writing, lines: Sequence[tuple[ReportLine, str]]) -> Proven:
    """Take in submitted lines, each with its account's platform, as looked at now.

    A line without a link and a time moves no bound. Whether comments are open is an attestation.
    """
    linked = [(line, platform) for line, platform in lines if line.claim(tx.second) is not None]
    new = _posts(tx, [line for line, _ in linked])
    covered = sum(_cover(tx, line, platform) for line, platform in linked)
    for line, _ in lines:
        if line.comments_open is not None:
            said = SeenService(Function.COMMENTS, line.comments_open, tx.second, measured=False)
            services.merge(tx, line.account_id, [said], Provenance.REPORT)
    return Proven(new, covered)


def _posts(tx: Writing, lines: Sequence[ReportLine]) -> int:
    rows = [posts.row(line.account_id, _post(line, tx.second)) for line in lines]
    if not rows:
        return 0
    merged = posts.merge(tx, rows, Provenance.REPORT)
    observations.merge_posts(tx, Provenance.REPORT, once=merged.once)
    if merged.new:
        coverage.contradicted(tx, up_to=OWN_WORD)
    return merged.new


def _post(line: ReportLine, now: int) -> SeenPost:
    """The post behind a link: its address is its name, wherever else it may be known."""
    native = f"link:{sha256(line.url.encode()).hexdigest()[:24]}"
    first, last = line.newest_from or 0, line.newest_until or 0
    return SeenPost(native, first, last, observed_at=now, url=line.url)


def _cover(tx: Writing, line: ReportLine, platform: str) -> int:
    claim = line.claim(tx.second)
    if claim is None:
        return 0
    route = route_of(platform)
    proof = Proof(
        routes.ensure(tx, route), route.grade, route.fresh_hours * HOUR, "report_line", None
    )
    coverage.add(tx, line.account_id, claim, proof)
    return 1
