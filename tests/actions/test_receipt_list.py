"""Live links in a list: those of one's own units, told by kind and task, ended one by one."""

import pytest

from monitor.actions import receipt_list, receipts
from monitor.actions.receipts import Refused
from monitor.domain.errors import InputError
from monitor.domain.person import Role
from monitor.domain.receipt import Standing
from monitor.record.store import Store
from tests.actions.conftest import Enrol
from tests.actions.test_receipts import KEY, now_of, opened
from tests.actions.test_reporting import Province
from tests.conftest import StandingClock


def test_a_link_is_listed_until_it_is_ended_and_then_opens_nothing(
    store: Store, clock: StandingClock, enrol: Enrol
) -> None:
    province = Province(store)
    token = opened(store)[province.jiang]
    chief = enrol("chief", Role.EDITOR)
    found = receipt_list.live(store, chief, now_of(clock))
    assert {each.unit_name for each in found} >= {"江陵县公安局", "松滋市公安局"}
    mine = next(each for each in found if each.unit_name == "江陵县公安局")
    assert mine.kind == "填报"
    assert mine.about.startswith("第48期")
    receipt_list.end(store, chief, mine.link_id)
    with pytest.raises(Refused) as refused:
        receipts.form_of(store, KEY, token, "10.0.0.1", now_of(clock))
    assert refused.value.standing is Standing.REVOKED
    assert len(receipt_list.live(store, chief, now_of(clock))) == len(found) - 1
    with pytest.raises(InputError, match="没有这个有效链接"):
        receipt_list.end(store, chief, mine.link_id)
    clock.move(days=40)
    assert receipt_list.live(store, chief, now_of(clock)) == ()
