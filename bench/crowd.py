"""Two hundred strangers at the entrance, in their own process: `python -m bench.crowd URL ROUND`.

It gives way to others (nice): what it costs to knock is the strangers' machines' work, not ours.
"""

import asyncio
import os
import re
import sys

import aiohttp

AT_ONCE = 200
GIVES_WAY = 15


async def form_of(client: aiohttp.ClientSession) -> str:
    """The token of a sign-in form."""
    async with client.get("/auth/login") as answer:
        found = re.search(r'name="form" value="([^"]*)"', await answer.text())
    assert found is not None
    return found[1]


async def sign_in(
    client: aiohttp.ClientSession, form: str, login: str, password: str, address: str
) -> int:
    """One attempt from an address; its status."""
    fields = {"form": form, "login": login, "password": password, "next": "/"}
    headers = {"x-forwarded-for": address}
    told = client.post("/auth/login", data=fields, headers=headers, allow_redirects=False)
    async with told as answer:
        await answer.read()
        return answer.status


async def knock(url: str, number: int) -> list[int]:
    """The statuses of all attempts. Every stranger comes from an address of his own: no lock-out
    of an address spares the work."""
    connector = aiohttp.TCPConnector(limit=0)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(url, connector=connector, cookie_jar=jar) as strangers:
        form = await form_of(strangers)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        tries = [
            sign_in(strangers, form, f"g{number}.{each}", "Wrong-Pass-1", f"10.{number}.1.{each}")
            for each in range(AT_ONCE)
        ]
        return await asyncio.gather(*tries)


if __name__ == "__main__":
    os.nice(GIVES_WAY)
    found = asyncio.run(knock(sys.argv[1], int(sys.argv[2])))
    sys.stdout.write(f"{len(found)} {sum(status == 401 for status in found)}\n")
