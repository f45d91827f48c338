"""A process that asks its platform with the shared token: `python -m tests.runs.sharing_a_token
DATABASE PLATFORM QUESTIONS`. The platform is a file: the tokens it issued, one a line, and `!` for
each question it refused. It takes only its newest token, and that one for a few questions.
"""

import asyncio
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from monitor.collect.vault import Token, Whose
from monitor.record.store import open_store
from monitor.runs.safe import Safe
from tests.service.parts import some_parts

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WHOSE = Whose("wechat_open")
QUESTIONS_A_TOKEN = 5


@contextmanager
def locked(path: Path) -> Iterator[IO[str]]:
    """The platform, which answers one question at a time."""
    with path.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def issue(path: Path) -> str:
    """A new token, which voids the one before."""
    with locked(path) as file:
        number = sum(line.startswith("token") for line in file.read().splitlines()) + 1
        file.write(f"token {number}\n")
    return f"token {number}"


def answers(path: Path, token: str) -> bool:
    """Whether the platform takes the token for a question."""
    with locked(path) as file:
        said = file.read().splitlines()
        number = token.removeprefix("token ")
        newest = [line for line in said if line.startswith("token")][-1]
        good = newest == token and said.count(number) < QUESTIONS_A_TOKEN
        file.write(f"{number}{'' if good else '!'}\n")
    return good


async def ask_on(safe: Safe, platform: Path, questions: int) -> None:
    """So many questions; a token that was refused is renewed once, and must be good then."""

    async def fetch() -> Token:
        return Token(issue(platform), int(NOW.timestamp()) + 7200)

    for _ in range(questions):
        token = await safe.token(WHOSE, "component", fetch, "")
        while not answers(platform, token):
            token = await safe.token(WHOSE, "component", fetch, token)


def main(database: str, platform: str, questions: str) -> None:
    """Ask, and be done."""
    store = open_store(database, lambda: NOW)
    safe = Safe(some_parts(store, lambda: NOW), nap=lambda _: asyncio.sleep(0.01))
    sys.stdout.write("go\n")
    sys.stdout.flush()
    sys.stdin.readline()
    asyncio.run(ask_on(safe, Path(platform), int(questions)))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
