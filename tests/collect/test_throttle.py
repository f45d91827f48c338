import asyncio
from time import perf_counter

from monitor.collect.throttle import CATCH_UP, Throttle, Turns


async def seconds_for(turns: int, *lines: Turns) -> float:
    begun = perf_counter()
    for number in range(turns):
        await lines[number % len(lines)].take()
    return perf_counter() - begun


def test_calls_to_one_platform_are_spaced_whatever_token_they_bear() -> None:
    async def measure() -> float:
        throttle = Throttle(per_second=200)
        await seconds_for(int(200 * CATCH_UP), throttle.turns())  # what may come at once is spent
        return await seconds_for(21, throttle.turns(), throttle.turns())

    assert asyncio.run(measure()) >= 0.09
