"""Templates: what is handed out can be handed in again; the samples are what the code writes."""

import csv
from pathlib import Path

import pytest

from monitor.collect import templates
from monitor.domain.errors import InputError

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
FILES = {"台账": "台账模板.csv", "通用模板": "通用模板.csv", "单位": "单位模板.csv"}


@pytest.mark.parametrize("title", FILES)
def test_the_sample_on_disk_is_what_the_code_writes(title: str) -> None:
    made = templates.template(title)
    assert (SAMPLES / FILES[title]).read_bytes() == templates.as_csv(made)


@pytest.mark.parametrize("title", FILES)
def test_a_template_has_two_rows_that_use_its_header(title: str) -> None:
    content = templates.as_csv(templates.template(title))
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(content.decode("utf-8-sig").splitlines())
    assert len(rows) == 2
    assert all(len(row) == len(header) == len(set(header)) for row in rows)


def test_an_unknown_template_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match="台账"):
        templates.template("花名册")
