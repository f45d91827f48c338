"""The guides to connecting accounts: one shape, commands that exist, nothing unsure left out."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.collect.connect import CONNECTS
from monitor.collect.platform import READERS

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
GUIDES = sorted(HOW_TO.glob("connect-*.md"))
SHAPE = [
    "需要准备什么",
    "谁来做",
    "步骤",
    "成功时看到什么",
    "出了问题怎么办",
    "没有在真实平台上核实过的",
    "在演示环境里试一试",
]
TEXTS = {each.stem: each.read_text("utf-8") for each in GUIDES}
ALL = "\n".join(TEXTS.values())


def commands(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Of each `sentinel credentials` line: its verb, the reader, the words that follow."""
    for line in re.findall(r"\.venv/bin/sentinel credentials (.+)", text):
        verb, option, reader, *rest = shlex.split(line)
        assert option == "--platform", line
        yield verb, reader, rest


@pytest.mark.parametrize("stem", TEXTS)
def test_each_guide_has_the_same_parts_in_the_same_order(stem: str) -> None:
    assert re.findall(r"^## (.+)$", TEXTS[stem], re.MULTILINE) == SHAPE
    assert f"({stem}.md)" in (HOW_TO / "connect.md").read_text("utf-8")


def test_each_reader_has_a_guide_that_gives_exactly_the_secrets_it_needs() -> None:
    given: dict[tuple[str, bool], set[frozenset[str]]] = {}
    for verb, reader, rest in commands(ALL):
        if verb == "set":
            own = rest[0] == "--account"
            names = frozenset(each.partition("=")[0] for each in rest[2 if own else 0 :])
            given.setdefault((reader, own), set()).add(names)
    for reader in READERS:
        if reader.shared_names:
            assert given[reader.name, False] == {frozenset(reader.shared_names)}
        elif reader.secret_names:
            assert given[reader.name, True] == {frozenset(reader.secret_names)}


def test_whoever_can_be_asked_online_is_asked_by_a_link() -> None:
    asked = {reader for verb, reader, _ in commands(ALL) if verb == "link"}
    assert asked == set(CONNECTS.names())


def test_what_was_never_seen_on_a_live_platform_stands_in_the_guide() -> None:
    for reader in READERS:
        for unsure in reader.unconfirmed:
            assert f"- {unsure}\n" in ALL, reader.name


def test_nobody_is_told_to_make_a_new_app_secret() -> None:
    assert "重置AppSecret" not in ALL.replace(" ", "")
    assert "不要为了接通而在公众平台更换 AppSecret" in TEXTS["connect-wechat"]
