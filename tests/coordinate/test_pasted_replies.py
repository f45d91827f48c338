"""粘贴接龙: lines written by hand with what they mean, and any text at all without loss."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.pasted_replies import read
from monitor.domain.account import PLATFORMS
from monitor.domain.pasted import Asked, Said, Sense
from tests.coordinate.pasted_province import province

SENSES: Final = {"看": Sense.CLEAR, "疑": Sense.DOUBT, "没": Sense.NOTHING, "不": Sense.ASIDE}
WRITTEN: Final = tuple(
    line.replace("\\n", "\n").split("\t")
    for line in Path(__file__).with_name("pasted_replies.tsv").read_text("utf-8").splitlines()
)
SNIPPETS: Final = st.sampled_from(
    [
        *(
            "江陵",
            "公安县",
            "荆州",
            "恩施市局",
            "平安监利",
            "城南派出所",
            "抖音",
            "微博",
            "已发",
            "未发",
        ),
        *(
            "https://v.douyin.com/a",
            "\uff48ttps\uff1a\uff0f\uff0f",
            "mp.weixin.qq.com/s/1",
            "http://[",
            "「",
            "」",
        ),
        *(
            "1.",
            "①",
            "1️⃣",
            "👍",
            "\n",
            "\r\n",
            "\u2028",
            "：",
            "、",
            "> ",
            "全平台",
            "免发",
            " ",
            "ß",
            "İ",
        ),
    ]
)


def called(task: Asked) -> str:
    units, _ = province()
    name = next(each.name for each in units if each.id == task.unit_id)
    return f"{name.replace('公安局', '局')}·{PLATFORMS[task.platform][:2]}"


def told(said: Sequence[Said]) -> str:
    """The claims as the sheet writes them."""
    tasks = {each.id: each for each in province()[1]}
    return "；".join(
        ("" if claim.sure else "?")
        + "/".join(called(tasks[each]) for each in claim.tasks)
        + (f" {claim.url}" if claim.url else "")
        for each in said
        for claim in each.claims
    )


def test_lines_written_by_hand_are_understood_as_they_are_meant() -> None:
    wrong, figures = [], Counter[str]()
    for text, senses, claims in WRITTEN:
        said = read(text, *province())
        figures.update(each.sense.value for each in said)
        found = ("".join(each.sense.value for each in said), told(said))
        if found != ("".join(SENSES[each].value for each in senses), claims):
            wrong.append((text, found))
    print(f"手写{len(WRITTEN)}条,解读不符{len(wrong)}条;各行:{dict(figures)}")  # noqa: T201
    assert wrong == []
    assert len(WRITTEN) >= 80


@given(st.one_of(st.text(), st.lists(SNIPPETS, max_size=30).map("".join)))
def test_whatever_is_pasted_stands_in_the_lines_shown_and_nothing_is_taken_twice(text: str) -> None:
    said = read(text, *province())
    assert "".join(each.text for each in said) == text
    assert [each.last + 1 for each in said[:-1]] == [each.first for each in said[1:]]
    asked = {each.id for each in province()[1]}
    for each in said:
        assert all(each.tasks and asked.issuperset(each.tasks) for each in each.claims)
        assert all(len(claim.tasks) == 1 for claim in each.claims if claim.sure)
        assert each.why or each.sense is Sense.CLEAR
        assert each.claims or each.sense is not Sense.CLEAR


@given(st.text())
def test_without_anybody_asked_nothing_is_claimed(text: str) -> None:
    assert not any(each.claims for each in read(text, province()[0], ()))
