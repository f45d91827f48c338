"""待确认, on both databases: by scope, the oldest first, each with the level that fills in."""

import pytest

from monitor.domain.errors import Conflict
from monitor.domain.proposal import Decision, Matter
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import proposals
from monitor.record.proposals import Basis
from monitor.record.screens import proposals as screens
from monitor.record.store import Store
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp())


def test_a_scope_sees_its_own_matters_and_one_is_decided_once(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        everything = screens.waiting(tx, EVERYTHING, SECOND, limit=5)
        path = made.paths["荆州市公安局"]
        own = screens.waiting(tx, Scope(frozenset({path})), SECOND, limit=200)
    assert len(everything.rows) == 5
    assert 0 < own.total < everything.total
    assert all(each.filler_path.startswith(path) for each in own.rows)
    first = own.rows[0]
    with store.writing() as tx:
        proposals.close(tx, first.id, Decision.REFUSED, None, "看错")
    with pytest.raises(Conflict), store.writing() as tx:
        proposals.close(tx, first.id, Decision.AGREED, None, "")
    with store.reading() as tx:
        (done,) = screens.decided(tx, EVERYTHING, SECOND).rows
        assert (done.id, done.decision, done.reason) == (first.id, "不予确认", "看错")
        assert done.decided_at == SECOND
        every = screens.of_account(tx, EVERYTHING, SECOND, first.account_id)
    assert [each.id for each in every] == [first.id]


def test_one_of_a_kind_is_open_and_another_name_takes_its_place(store: Store, made: Filled) -> None:
    key = next(iter(made.accounts.values()))
    with store.writing() as tx:
        one = proposals.put(tx, key, (Matter.RENAMED, "甲"), SECOND, Basis())
        assert proposals.put(tx, key, (Matter.RENAMED, "甲"), SECOND, Basis()) == one
        assert proposals.put(tx, key, (Matter.RENAMED, ""), SECOND, Basis()) == one
        other = proposals.put(tx, key, (Matter.RENAMED, "乙"), SECOND, Basis())
        assert other != one
        (stands,) = proposals.open_ones(tx, key, (Matter.RENAMED,))
    assert (stands.id, stands.value) == (other, "乙")
