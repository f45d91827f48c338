"""What accounts' own rhythms say is kept, told on screen, and gone as soon as somebody posts."""

import pytest

from monitor.domain.forecast import Backtest
from monitor.domain.instants import DAY, HOUR, to_second
from monitor.domain.scope import EVERYTHING
from monitor.record import forecasts
from monitor.record.screens import forecasts as screens
from monitor.record.screens.listing import Group, Listed, Wanted, listing
from monitor.record.store import Store
from monitor.runs import forecast, judge
from monitor.runs.parts import Parts
from tests.builders import a_look, a_post, a_route, a_unit, an_account
from tests.conftest import StandingClock
from tests.dashboard.test_views import a_visit, draw, words
from tests.service.parts import some_parts

SLOW, SURE, UNSEEN = "每二十天一条", "每两天一条", "没人看过"


@pytest.fixture
def parts(store: Store, clock: StandingClock) -> Parts:
    return some_parts(store, clock)


def fill(parts: Parts) -> dict[str, int]:
    """One account that posts each twenty days, one each other day, one that nobody looks at."""
    now = to_second(parts.now())
    with parts.store.writing() as tx:
        route = a_route(tx, "weibo/own")
        unit = a_unit(tx, "荆州市公安局", "421000000000", recorded_at=1)
        made = {name: an_account(tx, unit, name, "weibo", recorded_at=1) for name in _PAUSES}
        for name, (pause, silent) in _PAUSES.items():
            for number in range(10):
                a_post(tx, made[name], now - (silent + pause * number) * DAY, recorded_at=1)
            if name != UNSEEN:
                a_look(tx, made[name], route, now - 500 * DAY, now - HOUR, recorded_at=1)
    return made


_PAUSES = {SLOW: (20, 8), SURE: (2, 1), UNSEEN: (20, 8)}


def foreseen(parts: Parts) -> dict[str, Listed]:
    with parts.store.reading() as tx:
        every = listing(tx, EVERYTHING, to_second(parts.now()), Wanted(Group.FORESEEN))
    return {each.name: each for each in every.rows}


def run(parts: Parts) -> None:
    judge.run(parts)
    assert forecast.run(parts) is not None


def test_who_will_go_over_by_his_own_rhythm_is_listed_until_he_posts(parts: Parts) -> None:
    made, now = fill(parts), to_second(parts.now())
    run(parts)
    found = foreseen(parts)
    assert set(found) == {SLOW}
    assert found[SLOW].foreseen_at == now + 6 * DAY
    assert found[SLOW].sure == pytest.approx(8.5 / 9)
    with parts.store.reading() as tx:
        quick = screens.of_account(tx, EVERYTHING, now, made[SURE])
        assert screens.of_account(tx, EVERYTHING, now, made[UNSEEN]) is None
        past = forecasts.check(tx)
    assert quick is not None
    assert quick.sure < 0.1
    assert past is not None
    assert past.unseen > 0
    with parts.store.writing() as tx:
        a_post(tx, made[SLOW], now - 120)
    judge.run(parts)
    assert foreseen(parts) == {}
    run(parts)
    with parts.store.reading() as tx:
        kept = tx.conn.execute(forecasts.FORECAST.select()).all()
    assert {each.account_id for each in kept} <= {made[SLOW], made[SURE]}


def test_the_pages_tell_the_day_and_how_often_it_was_right(
    sqlite_store: Store, clock: StandingClock
) -> None:
    parts = some_parts(sqlite_store, clock)
    made = fill(parts)
    visit = a_visit(sqlite_store)
    assert "没有预计会超期的账号" in words(draw("health", visit, tab="foreseen"))
    run(parts)
    with sqlite_store.writing() as tx:
        counts = Backtest(hit=7, false_alarm=3, missed=2, quiet=28, unseen=10)
        forecasts.keep_check(tx, to_second(parts.now()), counts)
    told = "近10次预计命中7次，超期而未预计到2次；数据完整、可以核对的占80.0%（40/50）"
    for page, query in (
        ("health", {"tab": "foreseen"}),
        ("accounts", {"group": "foreseen"}),
        ("accounts", {"id": str(made[SLOW])}),
    ):
        test = draw(page, visit, **query)
        said = words(test)
        assert not test.exception
        assert told in said
        assert "11-29" in said
    assert "数据不足，不作预计" in words(draw("accounts", visit, id=str(made[UNSEEN])))
    assert "预计按时更新" in words(draw("accounts", visit, id=str(made[SURE])))
