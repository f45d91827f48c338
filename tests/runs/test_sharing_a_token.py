"""Two processes, one token: the desk's callback and the scheduler's sweep never renew it twice."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.runs.sharing_a_token import QUESTIONS_A_TOKEN

PROCESSES = 2
QUESTIONS = 18


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_two_processes_renew_once_and_none_keeps_on_with_a_token_that_was_refused(
    request: pytest.FixtureRequest, database: str, tmp_path: Path
) -> None:
    url = request.getfixturevalue(f"{database}_url")
    platform = tmp_path / "platform"
    platform.touch()
    command = [sys.executable, "-m", "tests.runs.sharing_a_token", url, platform, str(QUESTIONS)]
    pipe = subprocess.PIPE
    both = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(PROCESSES)]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "go\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=60)
    assert [process.returncode for process in both] == [0] * PROCESSES
    said = platform.read_text().splitlines()
    issued = [line[6:] for line in said if line.startswith("token")]
    taken = Counter(line for line in said if line.isdecimal())
    refused = Counter(line[:-1] for line in said if line.endswith("!"))
    assert taken.total() == PROCESSES * QUESTIONS
    # Whoever renewed a token that was still good would have cut one short.
    assert {taken[number] for number in issued[:-1]} == {QUESTIONS_A_TOKEN}
    assert max(refused.values()) <= PROCESSES
