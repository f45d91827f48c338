"""Our clock runs before the platform's: a claim ends where the platform's own time has come."""

from datetime import timedelta

import pytest

from monitor.collect.loop import EventLoop
from monitor.domain.instants import to_second
from tests.kits.bench import BENCHES
from tests.kits.platform_server import Trial, dated, hosted


@pytest.mark.parametrize(("seconds", "cut"), [(0, 0), (59, 0), (600, 600), (43_200, 43_200)])
def test_a_claim_ends_by_the_clock_of_the_platform(seconds: int, cut: int) -> None:
    bench = BENCHES.get("weibo")
    with EventLoop() as loop:
        trial = Trial(loop, bench, "weibo")
        app = bench.server(trial.world(), trial.now)
        theirs = dated(app, lambda: trial.now() - timedelta(seconds=seconds))
        with hosted(loop, theirs) as url:
            harvest = trial.read_from(url)
    assert harvest.claim is not None
    assert harvest.claim.b == to_second(bench.now) - harvest.route.settle - cut
