"""采集: what failed, for how many, and how complete the looks are."""

from datetime import timedelta

from monitor.domain.instants import DAY, HOUR, shanghai_day
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.screens.collecting import completeness, platforms
from monitor.record.screens.passes import PassesWanted, passes
from monitor.record.screens.working import jobs, runs
from monitor.record.store import Store
from tests.builders import a_pass, a_persons_look
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp())


def test_a_platform_tells_its_sources_its_failures_and_its_commonest_cause(
    store: Store, made: Filled
) -> None:
    with store.reading() as tx:
        lines = {each.platform: each for each in platforms(tx, EVERYTHING, SECOND)}
    wechat = lines["wechat"]
    assert wechat.accounts == 14
    assert wechat.sources == {"接口采集": 11, "": 3}
    assert (wechat.tried, wechat.failed, wechat.affected) == (14, 3, 3)
    assert wechat.cause == "微信未授权"
    assert wechat.last_success == SECOND - 3 * HOUR + 4
    assert (lines["weibo"].tried, lines["weibo"].last_success) == (0, None)


def test_failures_of_the_day_before_yesterday_are_not_of_today(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        lines = {each.platform: each for each in platforms(tx, EVERYTHING, SECOND + 2 * DAY)}
    assert (lines["wechat"].failed, lines["wechat"].tried) == (0, 0)
    assert lines["wechat"].last_success is not None


def test_what_no_machine_reads_needs_eyes_and_those_of_this_week_count(
    store: Store, made: Filled
) -> None:
    first, second = (made.accounts[f"暂不作认定示例{number}(演示)"] for number in (0, 1))
    read_by_machine = next(each for name, each in made.accounts.items() if name.startswith("平安"))
    with store.writing() as tx:
        for account, looked in (
            *((first, SECOND - 6 * DAY), (first, SECOND - HOUR)),
            *((second, SECOND - 8 * DAY), (read_by_machine, SECOND - HOUR)),
        ):
            a_persons_look(tx, account, looked)
    with store.reading() as tx:
        lines = {each.platform: each for each in platforms(tx, EVERYTHING, SECOND)}
    assert (lines["wechat"].by_eye, lines["wechat"].patrolled) == (3, 1)


def test_passes_come_newest_first_and_can_be_narrowed(store: Store, made: Filled) -> None:
    account = made.accounts["睡眠示例(演示)"]
    with store.writing() as tx:
        a_pass(tx, account, made.routes["weibo/own"], SECOND - HOUR, outcome="不完整")
        a_pass(tx, account, made.routes["weibo/own"], SECOND - 40 * DAY)
    with store.reading() as tx:
        every = passes(tx, EVERYTHING, SECOND, PassesWanted())
        failed = passes(tx, EVERYTHING, SECOND, PassesWanted(failed=True), limit=2)
        own = passes(tx, EVERYTHING, SECOND, PassesWanted(account_id=account))
    assert every.total == 15
    assert every.rows[0].outcome == "不完整"
    assert (failed.total, len(failed.rows)) == (4, 2)
    assert own.total == 1


def test_completeness_shows_the_least_looked_at_day_by_day(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        frame = completeness(tx, EVERYTHING, SECOND)
    assert set(frame["name"]) == {f"暂不作认定示例{number}(演示)" for number in range(3)}
    assert len(frame) == 90
    gap = frame[frame["day"] == shanghai_day(SECOND) - timedelta(days=3)]
    assert set(gap["seen"]) == {0.0}


def test_the_run_log_is_for_those_who_see_the_whole_tree(store: Store, made: Filled) -> None:
    county = Scope(frozenset({made.paths["荆州市公安局"]}))
    with store.reading() as tx:
        assert [each.outcome for each in runs(tx, EVERYTHING, SECOND)] == ["完成", "部分完成"]
        assert [each.progress for each in jobs(tx, EVERYTHING, SECOND)] == [40]
        assert runs(tx, county, SECOND) == ()
        assert jobs(tx, county, SECOND) == ()
