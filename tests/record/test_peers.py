"""Peers: other official accounts in use of the same unit on the same platform, and nobody else."""

from datetime import date

import pytest

from monitor.domain.account import Account, Kind, State
from monitor.domain.facts import Peer
from monitor.domain.unit import UNPLACED_CODE, Level, Unit
from monitor.record import accounts, units
from monitor.record.store import Store
from tests.record.builders import COUNTY, ROOT, account, facts_of, registry

NOW = 2_000_000_000


def test_two_accounts_of_one_unit_are_each_other_s_peers(store: Store) -> None:
    one, other = registry(store, account(details={"账号类型": "服务号"}), account("乙", "u2"))
    assert facts_of(store, one, NOW).peers == (Peer(other, "乙", ""),)
    assert facts_of(store, other, NOW).peers == (Peer(one, "甲", "服务号"),)


@pytest.mark.parametrize("state", [State.CLOSED, State.PLANNED, State.REMOVED, State.ANNOUNCED])
def test_an_account_that_is_not_in_use_is_nobody_s_peer(store: Store, state: State) -> None:
    one, _ = registry(store, account(), account("乙", "u2", state=state))
    assert facts_of(store, one, NOW).peers == ()


@pytest.mark.parametrize("state", [State.PAUSED, State.LOST, State.UNCHECKED])
def test_a_paused_lost_or_unchecked_account_is_in_use(store: Store, state: State) -> None:
    one, other = registry(store, account(), account("乙", "u2", state=state))
    assert [peer.account_id for peer in facts_of(store, one, NOW).peers] == [other]


def test_personal_accounts_other_platforms_and_other_units_are_no_peers(store: Store) -> None:
    one, personal, *_ = registry(
        store,
        account(),
        account("乙", "u2", kind=Kind.PERSONAL),
        Account("weibo", "甲", COUNTY.code, uid="w1"),
        Account("wechat", "厅", ROOT.code, uid="u3"),
    )
    assert facts_of(store, one, NOW).peers == ()
    assert facts_of(store, personal, NOW).peers == ()


def test_accounts_nobody_has_placed_are_not_neighbours(store: Store) -> None:
    with store.writing() as tx:
        units.save(tx, [Unit(UNPLACED_CODE, "待核单位", Level.PROVINCE)])
        one, _ = accounts.save(
            tx, [Account("wechat", name, UNPLACED_CODE, uid=name) for name in ("a", "b")]
        )
    assert facts_of(store, one, NOW).peers == ()


def test_a_peer_counts_from_the_day_it_was_in_use(store: Store) -> None:
    day = date(2026, 11, 1)
    one, _ = registry(store, account(), account("乙", "u2", valid_from=day))
    assert facts_of(store, one, 1_700_000_000).peers == ()
    assert len(facts_of(store, one, NOW).peers) == 1
