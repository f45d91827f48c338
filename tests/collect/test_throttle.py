import asyncio
from time import perf_counter

from monitor.collect.throttle import Throttle, Turns


async def seconds_for(turns: int, *lines: Turns) -> float:
    begun = perf_counter()
    for number in range(turns):
        await lines[number % len(lines)].take()
    return perf_counter() - begun


def test_calls_to_one_platform_are_spaced_whatever_token_they_bear() -> None:
    async def measure() -> float:
        throttle = Throttle(per_second=200)
        return await seconds_for(21, throttle.for_token(6000), throttle.for_token(6000))

    assert asyncio.run(measure()) >= 0.09


def test_a_tokens_own_limit_holds_below_the_platforms() -> None:
    async def waits() -> bool:
        token = Throttle(per_second=100_000).for_token(per_minute=3)
        await seconds_for(3, token)
        fourth = asyncio.create_task(token.take())
        done, _ = await asyncio.wait([fourth], timeout=0.05)
        fourth.cancel()
        return not done

    assert asyncio.run(waits())
