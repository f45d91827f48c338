"""Renewed secrets are stored before they are used, and two processes never renew twice."""

import asyncio
import json
from collections.abc import Mapping

import pytest

from monitor.collect.errors import PlatformError
from monitor.collect.vault import Token, Whose
from monitor.domain.collecting import ErrorClass
from monitor.domain.instants import to_second
from monitor.record import credentials
from monitor.record.store import Store
from monitor.runs import collect
from monitor.runs import credentials as keys
from monitor.runs.parts import Parts
from monitor.runs.safe import Safe
from tests.conftest import StandingClock
from tests.service.parts import some_parts

WHOSE = Whose("bilibili", 0)


async def soon(_: float) -> None:
    await asyncio.sleep(0)


@pytest.fixture
def parts(store: Store, clock: StandingClock) -> Parts:
    made = some_parts(store, clock)
    keys.put(made, "bilibili", {"refresh_token": "r0", "client": "c"}, bytes(12))
    return made


def opened(parts: Parts) -> Mapping[str, str]:
    with parts.store.reading() as tx:
        sealed = credentials.sealed_one(tx, "bilibili", 0)
    assert sealed is not None
    return collect.unseal(parts, "bilibili", 0, sealed)


class Platform:
    """Gives each refresh token's successor once."""

    def __init__(self) -> None:
        self.spent: list[str] = []

    async def renew(self, stands: Mapping[str, str]) -> Mapping[str, str]:
        old = stands["refresh_token"]
        assert old not in self.spent
        self.spent.append(old)
        await asyncio.sleep(0)
        return {"refresh_token": f"r{len(self.spent)}", "access_token": f"a{len(self.spent)}"}


def test_a_single_use_token_is_replaced_by_its_successor_in_the_store(parts: Parts) -> None:
    safe = Safe(parts, soon)
    platform = Platform()
    stale = opened(parts)
    fresh = asyncio.run(safe.renew(WHOSE, stale, platform.renew))
    assert fresh == {"refresh_token": "r1", "client": "c", "access_token": "a1"}
    assert opened(parts) == fresh


def test_a_reader_may_name_only_the_secret_that_went_stale(parts: Parts) -> None:
    fresh = asyncio.run(Safe(parts, soon).renew(WHOSE, {"refresh_token": "r0"}, Platform().renew))
    assert fresh["access_token"] == "a1"
    assert opened(parts)["client"] == "c"


def test_two_processes_renew_once_and_both_get_the_new_one(parts: Parts) -> None:
    one, two, platform = Safe(parts, soon), Safe(parts, soon), Platform()
    stale = opened(parts)

    async def both() -> list[Mapping[str, str]]:
        return await asyncio.gather(*(s.renew(WHOSE, stale, platform.renew) for s in (one, two)))

    first, second = asyncio.run(both())
    assert first == second
    assert platform.spent == ["r0"]


def test_a_renewal_that_fails_gives_its_turn_back(parts: Parts) -> None:
    safe, platform = Safe(parts, soon), Platform()
    stale = opened(parts)

    async def refused(_: Mapping[str, str]) -> Mapping[str, str]:
        raise PlatformError(ErrorClass.REAUTHORISE, "已失效")

    with pytest.raises(PlatformError):
        asyncio.run(safe.renew(WHOSE, stale, refused))
    assert opened(parts) == stale
    assert asyncio.run(safe.renew(WHOSE, stale, platform.renew))["refresh_token"] == "r1"


def test_a_token_is_fetched_once_kept_sealed_and_fetched_anew_when_it_ends(
    parts: Parts, clock: StandingClock
) -> None:
    asked = []

    async def fetch() -> Token:
        asked.append(1)
        return Token(f"token-{len(asked)}", to_second(clock()) + 7200)

    async def of(safe: Safe, stale: str = "") -> str:
        return await safe.token(WHOSE, "component", fetch, stale)

    async def several() -> list[str]:
        return await asyncio.gather(*(of(Safe(parts, soon)) for _ in range(3)))

    assert asyncio.run(several()) == ["token-1"] * 3
    assert asyncio.run(of(Safe(parts, soon), stale="token-1")) == "token-2"
    assert asyncio.run(of(Safe(parts, soon), stale="token-1")) == "token-2"
    clock.move(hours=3)
    assert asyncio.run(of(Safe(parts, soon))) == "token-3"
    with parts.store.reading() as tx:
        stored = tx.conn.exec_driver_sql("SELECT sealed FROM shared_token").scalars().all()
    assert all(b"token" not in bytes(each) for each in stored if each is not None)


def test_keeping_merges_into_what_is_there_and_notes_the_expiry(parts: Parts) -> None:
    asyncio.run(Safe(parts).keep(WHOSE, {"access_token": "new"}, expires_at=99))
    assert json.dumps(dict(opened(parts)), sort_keys=True) == json.dumps(
        {"access_token": "new", "client": "c", "refresh_token": "r0"}, sort_keys=True
    )
    with parts.store.reading() as tx:
        assert [each.expires_at for each in credentials.listed(tx)] == [99]
