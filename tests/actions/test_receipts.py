"""Receipt links: each opens one unit's one form while it lives, whatever is tried in what order."""

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from monitor.access import tokens
from monitor.actions import receipts, reporting
from monitor.actions.receipts import Refused
from monitor.actions.reporting import Asking, Filling
from monitor.domain.errors import Forbidden
from monitor.domain.instants import DAY
from monitor.domain.iso_week import due_of
from monitor.domain.receipt import Standing
from monitor.domain.report_line import NEWEST
from monitor.domain.scope import EVERYTHING
from monitor.record.store import Store
from tests.actions.test_reporting import KEY, WEEK, Province
from tests.builders import T, roomy_caps
from tests.conftest import NOW, StandingClock

WORDS = {NEWEST: "2026-11-21 09:30"}


def now_of(clock: StandingClock) -> int:
    return int(clock.now.timestamp())


def opened(store: Store, renew: bool = False) -> dict[int, str]:
    found = reporting.open_week(store, None, KEY, Asking(WEEK, EVERYTHING), renew=renew)
    return {each.unit_id: each.token for each in found if each.token}


def filling(account: int, version: int, key: str, week: str = WEEK) -> Filling:
    return Filling(week, {account: WORDS}, {account: version}, key, submit=True)


@pytest.fixture
def province(store: Store) -> Province:
    return Province(store)


def test_only_the_hash_of_a_token_is_kept(store: Store, province: Province) -> None:
    found = set(opened(store).values())
    with store.reading() as tx:
        kept = set(tx.conn.execute(select(T["receipt_link"].c.token_sha256)).scalars())
    assert kept == {tokens.digest(token) for token in found}
    assert not kept & found


def test_a_guess_or_a_changed_token_opens_nothing_and_is_slowed_down(
    store: Store, clock: StandingClock, province: Province
) -> None:
    token = opened(store)[province.jiang]
    for guess in ("", "x", "x.y", token[:-1], token + "A", "A" + token, token.split(".")[0]):
        with pytest.raises(Refused) as refused:
            receipts.form_of(store, KEY, guess, "10.0.0.9", now_of(clock))
        assert refused.value.standing is Standing.UNKNOWN
    with pytest.raises(Forbidden, match="过于频繁"):
        for _ in range(40):
            try:
                receipts.form_of(store, KEY, "guess.guess", "10.0.0.9", now_of(clock))
            except Refused:
                continue
    assert receipts.form_of(store, KEY, token, "10.0.0.9", now_of(clock)).week == WEEK


def test_a_token_of_another_house_is_none_of_ours(
    store: Store, clock: StandingClock, province: Province
) -> None:
    foreign = tokens.signed(b"x" * 32, "nonce")
    with pytest.raises(Refused):
        receipts.send(store, KEY, foreign, filling(province.own, 0, "k"))


def test_one_link_sends_only_so_often(
    store: Store, clock: StandingClock, province: Province
) -> None:
    token = opened(store)[province.jiang]
    with pytest.raises(Forbidden, match="过于频繁"):
        for number in range(50):
            receipts.send(store, KEY, token, filling(province.own, number, f"k{number}"))


DEEP = os.environ.get("SENTINEL_DEEP") == "1"


class Links(RuleBasedStateMachine):
    """A model of links beside the real ones: live until time or a hand ends them."""

    store: Store
    clock: StandingClock
    province: Province
    links = Bundle("links")

    @initialize()
    def begin(self) -> None:
        self.clock.now = NOW
        self.ends: dict[str, int] = {}
        self.units: dict[str, int] = {}
        self.revoked: set[str] = set()
        self.sent: dict[str, tuple[str, int]] = {}
        self.number = 0

    @precondition(lambda self: now_of(self.clock) < due_of(WEEK) + 7 * DAY)
    @rule(target=links, renew=st.booleans())
    def open(self, renew: bool) -> Any:
        fresh = opened(self.store, renew)
        for unit, token in fresh.items():
            for old, owner in self.units.items():
                if owner == unit:
                    self.revoked.add(old)
            self.units[token] = unit
            self.ends[token] = max(due_of(WEEK), now_of(self.clock)) + 7 * DAY
        return multiple(*fresh.values())

    @rule(token=links)
    def revoke(self, token: str) -> None:
        unit = self.units[token]
        reporting.revoke(self.store, None, WEEK, unit, EVERYTHING)
        self.revoked |= {each for each, owner in self.units.items() if owner == unit}

    @rule(days=st.integers(0, 6))
    def wait(self, days: int) -> None:
        self.clock.move(days=days, minutes=61)

    @rule(token=links, mine=st.booleans(), week=st.sampled_from([WEEK, "2026-W47"]))
    def send(self, token: str, mine: bool, week: str) -> None:
        self.number += 1
        unit = self.units[token]
        own, other = self.province.own, self.province.beside
        if unit == self.province.song:
            own, other = other, own
        sending = filling(own if mine else other, 99, f"k{self.number}", week)
        live = token not in self.revoked and now_of(self.clock) < self.ends[token]
        before = self.lines()
        if live and mine and week == WEEK:
            receipts.send(self.store, KEY, token, sending)
            assert receipts.send(self.store, KEY, token, sending).whole
            assert self.lines() <= before + 1
            return
        with pytest.raises(Forbidden) as refused:
            receipts.send(self.store, KEY, token, sending)
        assert isinstance(refused.value, Refused) == (not live)
        assert self.lines() == before

    @rule(token=links)
    def look(self, token: str) -> None:
        live = token not in self.revoked and now_of(self.clock) < self.ends[token]
        if not live:
            with pytest.raises(Refused) as refused:
                receipts.form_of(self.store, KEY, token, "10.0.0.1", now_of(self.clock))
            expected = Standing.REVOKED if token in self.revoked else Standing.EXPIRED
            assert refused.value.standing is expected
            return
        form = receipts.form_of(self.store, KEY, token, "10.0.0.1", now_of(self.clock))
        accounts = {each.account_id for each in form.asked}
        assert (self.province.beside in accounts) == (self.units[token] == self.province.song)

    def lines(self) -> int:
        with self.store.reading() as tx:
            return int(
                tx.conn.execute(select(func.count()).select_from(T["report_line"])).scalar_one()
            )

    def teardown(self) -> None:
        with self.store.writing() as tx:
            for name in ("report_line", "receipt_link", "report_task", "attempt"):
                tx.conn.execute(T[name].delete())


def test_links_live_and_die_as_the_model_says(
    store: Store, clock: StandingClock, province: Province
) -> None:
    class Real(Links):
        pass

    with store.writing() as tx:
        roomy_caps(tx)

    Real.store, Real.clock, Real.province = store, clock, province
    run_state_machine_as_test(
        Real,
        settings=settings(
            max_examples=100 if DEEP else 8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
