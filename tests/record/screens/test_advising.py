"""关停合并建议: who is looked at, and the figures that go with it, on both stores."""

from monitor.domain.account import State
from monitor.domain.advice import Known
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.scope import EVERYTHING
from monitor.record.screens.advising import weighed
from monitor.record.store import Store
from tests.builders import a_day, a_unit, an_account, put
from tests.conftest import NOW

AT = int(NOW.timestamp())


def test_the_long_silent_the_lost_and_who_stands_beside_the_main_one_are_weighed(
    store: Store,
) -> None:
    with store.writing() as tx:
        unit = a_unit(tx, "某局", "990000000000")
        lively = an_account(tx, unit, "主号(演示)", "weibo", main=True)
        a_day(tx, lively)
        beside = an_account(tx, unit, "旁号(演示)", "weibo")
        a_day(tx, beside)
        silent = an_account(tx, unit, "静号(演示)", "douyin")
        a_day(tx, silent, "僵尸", "不合格", silence_min=100 * DAY)
        for at, many in ((AT - DAY, 40), (AT - 2 * DAY, 90)):
            row = {"account_id": silent, "source": "接口", "basis": "累计", "observed_at": at}
            put(tx, "account_obs", **row, followers=many, recorded_at=tx.stamp)
        lost = an_account(tx, unit, "失号(演示)", "kuaishou", state="失管待找回")
        a_day(tx, lost)
    with store.reading() as tx:
        found = {each.account_id: each.known for each in weighed(tx, EVERYTHING, AT + DAY)}
    assert found == {
        beside: Known(State.ACTIVE, silent=found[beside].silent, beside="主号(演示)"),
        silent: Known(State.ACTIVE, silent=100 * DAY, followers=40),
        lost: Known(State.LOST, silent=found[lost].silent, lost=AT + DAY - BEGINNING),
    }
