"""A quarter's documents as people type or paste them: a line each, or the line that is wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.coordinate.interpreting import names_it, read, written
from monitor.domain.errors import InputError
from monitor.domain.instants import day_start
from monitor.domain.interpreting import MOST, Document

UNITS = {"湖北省公安厅": "420000000000", "420000000000": "420000000000"}
ONE = Document(
    "鄂公规〔2026〕1号", "旅馆住宿登记细则", day_start(date(2026, 10, 8)), "420000000000"
)


@pytest.mark.parametrize(
    "line",
    [
        "鄂公规〔2026〕1号 | 旅馆住宿登记细则 | 2026-10-08 | 湖北省公安厅",
        "鄂公规〔2026〕1号\t《旅馆住宿登记细则》\t2026年10月8日\t420000000000\r",
        "文号\t名称\t印发日期\t起草单位\n鄂公规〔2026〕1号\t旅馆住宿登记细则\t2026/10/8\t湖北省公安厅\n\n",
    ],
)
def test_typed_or_pasted_from_a_spreadsheet_it_is_the_same(line: str) -> None:
    assert read(line, UNITS) == (ONE,)


@pytest.mark.parametrize(
    ("text", "where", "told"),
    [
        ("某文1号 | 某办法 | 2026-10-08", "第1行", "四项"),
        ("某文1号 | 某办法 | 2026-13-08 | 湖北省公安厅", "第1行", "不是日期"),
        ("某文1号 | 某办法 | 2026-10-08 | 某厅", "第1行", "没有“某厅”"),
        ("某文1号 | 某办法 | 2026-10-08 | 湖北省公安厅\n | | | ", "第2行", "四项"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(text: str, where: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        read(text, UNITS)
    assert where in str(refused.value)


def test_a_quarter_has_few_documents_and_none_twice() -> None:
    line = "某文{}号 | 某办法 | 2026-10-08 | 湖北省公安厅"
    with pytest.raises(InputError, match=f"最多{MOST}件"):
        read("\n".join(line.format(n) for n in range(MOST + 1)), UNITS)
    with pytest.raises(InputError, match="列了两次"):
        read("\n".join([line.format(1)] * 2), UNITS)


TEXTS = st.text("鄂公规办法〔〕0123456789", min_size=1, max_size=20)


@given(st.lists(TEXTS, unique=True, max_size=MOST), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_written_is_read_back(numbers: list[str], day: date) -> None:
    every = tuple(Document(each, "某办法", day_start(day), "420000000000") for each in numbers)
    assert read(written(every, {"420000000000": "湖北省公安厅"}), UNITS) == every


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("鄂公规〔2026〕1号《旅馆住宿登记细则》(演示)", True),
        ("《旅馆 住宿登记细则》", True),
        ("鄂公规[2026]1号", True),
        ("鄂公规〔2026〕2号", False),
        ("", False),
    ],
)
def test_an_interpretation_names_its_document(said: str, same: bool) -> None:
    assert names_it(ONE, said) is same
