"""核查佐证材料: its own check works the silence out a second way, and finds what was changed."""

import json
import zipfile
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from runpy import run_path
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from monitor.domain.facts import CoverageRow
from monitor.domain.finding import Judgement
from monitor.domain.instants import DAY
from monitor.domain.material import Material
from monitor.domain.rulebook import Rulebook
from monitor.judge.evaluate import judge
from monitor.report.evidence_pack import Pack, Standard, build
from monitor.settings import ROOT
from tests.judge.evidence import Look, Post, Record, measure, never_updated, rulebook
from tests.judge.strategies import LAST, THOROUGH, consistent, records

VERIFY = run_path(str(ROOT / "monitor/report/templates/verify.py"))


def material(record: Record, as_of: int, platform: str = "weibo") -> Material:
    """The raw rows of a record of which everything is known."""
    begun = [each for each in record.posts if each.first < as_of]
    tables: dict[str, tuple[dict[str, Any], ...]] = dict.fromkeys(
        ("observations", "numbers", "passes", "looks", "services", "standings"), ()
    )
    tables["excuses"] = tuple({"a": a, "b": b, "kind": "春节"} for a, b in record.excuses)
    tables["posts"] = tuple(
        {
            "published_from": each.first,
            "published_until": each.last,
            "title": "一图读懂",
            "url": "",
            "source": "接口采集",
        }
        for each in begun
    )
    tables["coverage"] = tuple(_row(each) for each in measure(record, as_of).coverage)
    first, last = record.opened
    account = {"platform": platform, "platform_name": "微博", "name": "平安湖畔(演示)", "uid": "u1"}
    account |= {"unit_name": "湖畔公安局", "unit_code": "420000000000"}
    opening = {"opened_from": first, "opened_until": last, "registered_at": record.registered}
    known = {"any_post": bool(record.posts)}
    return Material(account | opening | known, as_of, as_of * 1_000_000, tables)


def _row(row: CoverageRow) -> dict[str, Any]:
    return {
        "a": row.a,
        "b": row.b,
        "grade": 4,
        "ceiling": row.grade,
        "fresh_s": row.fresh,
        "looked_at": row.looked_at,
        "confirm_s": row.confirm,
        "source": row.source.value,
        "revoked_at": None,
    }


def packed(record: Record, as_of: int, book: Rulebook) -> tuple[Pack, Judgement]:
    found = judge(measure(record, as_of), book)
    return build(
        material(record, as_of), "更新", [Standard("本厅口径", book, "name: 试", found)]
    ), found


def members(pack: Pack) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(pack.content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@THOROUGH
@given(records, st.integers(1, LAST), st.booleans(), st.booleans())
def test_the_check_works_out_what_was_judged(
    record: Record, as_of: int, confirm: bool, never: bool
) -> None:
    if not consistent(record, as_of):
        return
    book = rulebook(confirm=confirm, never_updated=never_updated(4) if never else None)
    pack, found = packed(record, as_of, book)
    event(found.outcome.value)
    assert VERIFY["check"](members(pack)) == []


@THOROUGH
@given(records, st.integers(1, LAST), st.sampled_from(["status", "silence_min", "cutoff"]))
def test_a_figure_that_does_not_follow_from_the_rows_is_named(
    record: Record, as_of: int, figure: str
) -> None:
    if not consistent(record, as_of):
        return
    found = judge(measure(record, as_of), rulebook())
    other = {"status": "僵尸", "silence_min": (found.silence_min or 0) + 1, "cutoff": -5}
    told = replace(found, **{figure: other[figure]})  # type: ignore[arg-type]
    standard = Standard("本厅口径", rulebook(), "name: 试", told)
    files = members(build(material(record, as_of), "更新", [standard]))
    (wrong,) = VERIFY["check"](files)
    assert f"本厅口径:{figure}" in wrong


SILENT = Record(posts=(Post(1, 1),), looks=(Look(0, 20 * DAY, fresh=30 * DAY),))


def test_a_changed_a_missing_and_an_added_row_are_found() -> None:
    pack, _ = packed(SILENT, 20 * DAY, rulebook())
    files = members(pack)
    assert VERIFY["check"](files) == []
    for name in files:
        if name != "校验值.txt":
            assert VERIFY["check"](files | {name: files[name] + b" "}) == [f"文件被改动:{name}"]
    data = json.loads(files["数据.json"])
    data["posts"].append(data["posts"][0] | {"published_from": 9 * DAY, "published_until": 9 * DAY})
    forged = json.dumps(data, ensure_ascii=False).encode()
    listed = files["校验值.txt"].decode()
    old, new = (sha256(each).hexdigest() for each in (files["数据.json"], forged))
    again = {"数据.json": forged, "校验值.txt": listed.replace(old, new).encode()}
    assert any("silence_min" in each for each in VERIFY["check"](files | again))
    del files["计算过程.txt"]
    assert VERIFY["check"](files) == ["缺少文件:计算过程.txt"]


def test_the_same_material_is_the_same_bytes_and_the_digest_names_every_file() -> None:
    one, _ = packed(SILENT, 20 * DAY, rulebook())
    other, _ = packed(SILENT, 20 * DAY, rulebook())
    assert one == other
    files = members(one)
    assert sha256(files["校验值.txt"]).hexdigest() == one.digest
    listed = {line.partition("  ")[2] for line in files["校验值.txt"].decode().splitlines()}
    assert listed | {"校验值.txt"} == set(files)


def test_the_words_say_what_was_seen_and_how_long_it_was_silent() -> None:
    files = members(packed(SILENT, 20 * DAY, rulebook())[0])
    steps = files["计算过程.txt"].decode("utf-8-sig")
    assert "静默下限 = 1727999秒(合20.00天)" in steps
    assert "下限所达类别:睡眠" in steps
    assert "疑似问题" in files["说明.txt"].decode("utf-8-sig")


@pytest.mark.parametrize("ceiling", [0, 1])
def test_a_route_whose_word_is_worth_too_little_proves_nothing(ceiling: int) -> None:
    looks = (replace(SILENT.looks[0], grade=ceiling),)
    _, found = packed(replace(SILENT, looks=looks), 20 * DAY, rulebook())
    assert found.outcome.value == "暂不作认定"
