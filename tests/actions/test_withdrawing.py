"""An officer takes the consent back by a link of his own: gone at once, from everywhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from monitor.actions import acknowledging, officers, receipt_list, withdrawing
from monitor.actions.officers import Doing
from monitor.actions.receipt_door import Refused
from monitor.actions.sending import Sent
from monitor.actions.withdrawing import WayOut
from monitor.collect.ledger import HEADERS
from monitor.collect.platform import READERS
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.officer import Step
from monitor.domain.person import Role
from monitor.domain.receipt import WITHDRAWAL, Answer
from monitor.domain.scope import EVERYTHING
from monitor.record import burdens, targets
from monitor.record.registered import registered
from monitor.record.store import Store
from monitor.report import ledger
from tests.actions.conftest import Enrol
from tests.actions.test_officers import NAME, SECOND, SIGNED, UNTIL, joined, seen
from tests.builders import T
from tests.conftest import StandingClock
from tests.filled import Filled, fill_store

KEY = b"k" * 32
HERE = "10.0.0.1"


@pytest.fixture
def store(either_store: Store) -> Store:
    return either_store


@pytest.fixture
def made(store: Store) -> Filled:
    return fill_store(store)


def use(store: Store, link: WayOut, key: str = "k") -> None:
    acknowledging.send(store, KEY, link.token, HERE, (Answer(), Sent("receipt", key)))


def exported(store: Store) -> bool:
    """Whether the next export of the ledger names the account."""
    with store.reading() as tx:
        table = ledger.table(registered(tx, EVERYTHING, SECOND, 1 << 61), HEADERS)
    return any(NAME in row for row in table.rows)


def swept(store: Store, key: int) -> bool:
    """Whether any reader's next sweep would read the account."""
    with store.reading() as tx:
        return any(
            key in targets.order(tx, replace(reader.route(name), platform=name), SECOND)
            for reader in READERS
            for name in reader.serves
        )


def test_the_officer_leaves_by_the_link_and_is_gone_at_the_next_look(
    store: Store, made: Filled
) -> None:
    key = joined(store, made)
    link = withdrawing.make(store, None, KEY, key)
    slip = acknowledging.slip_of(store, KEY, link.token, HERE, SECOND)
    assert (NAME in slip.task.title, slip.asks, slip.wording.button) == (True, (), "确认退出")
    assert (seen(store, key), exported(store)) == ((True, True, True), True)
    use(store, link)
    assert (seen(store, key), exported(store)) == ((False, False, True), False)
    assert not swept(store, key)
    after = acknowledging.slip_of(store, KEY, link.token, HERE, SECOND)
    assert (after.kept is not None, after.wording.changes) == (True, False)


def test_the_audit_names_the_account_by_its_number_and_nobody(store: Store, made: Filled) -> None:
    key = joined(store, made)
    link = withdrawing.make(store, None, KEY, key)
    use(store, link)
    audit = T["audit"]
    with store.reading() as tx:
        rows = tx.conn.execute(
            select(audit.c.action, audit.c.object_id, audit.c.actor_id, audit.c.reason)
            .order_by(audit.c.seq.desc())
            .limit(3)
        ).all()
    said = {row.action: (row.object_id, row.actor_id, row.reason) for row in rows}
    assert said["本人退出"] == (str(key), None, "已退出;免登录链接")
    assert said["生成退出链接"] == (str(key), None, "")
    assert not any(NAME in str(each) or link.token in str(each) for each in rows)


def test_who_agrees_again_is_not_led_out_by_the_old_link(store: Store, made: Filled) -> None:
    key = joined(store, made)
    link = withdrawing.make(store, None, KEY, key)
    use(store, link)
    steps = (Step.APPROVE, Step.CONSENT, Step.JOIN)
    every = [Doing(key, step, 4 + n, SIGNED, UNTIL) for n, step in enumerate(steps)]
    officers.take_all(store, None, every)
    use(store, link, "another")
    assert seen(store, key) == (True, True, True)
    fresh = withdrawing.make(store, None, KEY, key)
    with pytest.raises(Refused, match="已被撤回"):
        use(store, link, "third")
    use(store, fresh)
    assert seen(store, key) == (False, False, True)


def test_a_link_ends_by_time_by_a_new_one_and_by_hand(
    store: Store, clock: StandingClock, made: Filled, enrol: Enrol
) -> None:
    key = joined(store, made)
    old = withdrawing.make(store, None, KEY, key)
    near = enrol("near", Role.LIAISON, made.paths["荆州市公安局"])
    new = withdrawing.make(store, near, KEY, key)
    with pytest.raises(Refused, match="已被撤回"):
        use(store, old)
    (listed,) = receipt_list.live(store, near, SECOND)
    assert (listed.kind, NAME in listed.about) == (WITHDRAWAL, True)
    assert [withdrawing.end(store, near, key) for _ in range(2)] == [1, 0]
    with pytest.raises(Refused, match="已被撤回"):
        use(store, new)
    late = withdrawing.make(store, near, KEY, key)
    clock.now += timedelta(days=withdrawing.LINK_DAYS)
    with pytest.raises(Refused, match="已过期"):
        use(store, late)
    assert seen(store, key)[0]


def test_only_who_keeps_the_papers_makes_one_and_only_of_a_consent(
    store: Store, made: Filled, enrol: Enrol
) -> None:
    with pytest.raises(InputError, match="知情同意书"):
        withdrawing.make(store, None, KEY, made.accounts[NAME])
    key = joined(store, made)
    far = enrol("far", Role.UNIT_LIAISON, made.paths["武汉市公安局"])
    for nobody in (far, enrol("see", Role.VIEWER), enrol("desk", Role.OPERATOR)):
        with pytest.raises(Forbidden):
            withdrawing.make(store, nobody, KEY, key)
    with pytest.raises(Forbidden, match="民警个人账号"):
        withdrawing.make(store, None, KEY, made.accounts["江陵交警(演示)"])
    officers.take(store, None, Doing(key, Step.MOVE, 3))
    with pytest.raises(InputError, match="知情同意书"):
        withdrawing.make(store, None, KEY, key)


def test_a_second_link_is_no_reminder_to_the_unit(store: Store, made: Filled) -> None:
    key = joined(store, made)
    for _ in range(3):
        withdrawing.make(store, None, KEY, key)
    counted = burdens.issued("2026-W48")
    with store.reading() as tx:
        assert tx.conn.execute(select(func.count()).select_from(counted)).scalar_one() == 0


def test_the_text_for_the_officer_says_what_it_is_for(store: Store, made: Filled) -> None:
    link = withdrawing.make(store, None, KEY, joined(store, made))
    told = withdrawing.text(link, "https://desk.example.gov.cn/")
    assert f"https://desk.example.gov.cn/r/{link.token}" in told
    assert len(told) <= 450
    assert link.token not in repr(link)
