"""Every layout of data/layouts keeps its contract; one written wrongly is refused by its key."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.collect import shelf
from monitor.collect.files import layout_sheet, load
from monitor.collect.files.layout import Layout, pick
from monitor.domain.errors import InputError
from monitor.domain.numbers import PostNumbers

ROOT = Path(__file__).parents[3]
LAYOUTS = ROOT / "data" / "layouts"
RECORDINGS = ROOT / "tests" / "recordings" / "files"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
ALL = sorted(each.stem for each in LAYOUTS.glob("*.yaml"))


@pytest.mark.parametrize("name", ALL)
def test_a_layout_is_named_as_its_file_and_says_where_it_comes_from(name: str) -> None:
    layout = layout_sheet.open_folders(LAYOUTS)[name]
    assert layout.name == name
    assert layout.source
    assert not layout.complete or layout.grade > 0


@pytest.mark.parametrize("name", ALL)
def test_a_layout_reads_its_examples_without_being_told_which_it_is(name: str) -> None:
    examples = sorted((RECORDINGS / name).iterdir())
    assert examples, f"tests/recordings/files/{name} holds no example"
    for path in examples:
        read = load.read(path.read_bytes(), path.name, None, LAYOUTS, NOW)
        assert read.layout == name
        assert read.problems == ()
        posts = [post for account in read.accounts for post in account.posts]
        seen = [each for account in read.accounts for each in account.observations]
        assert posts or seen
        assert not posts or any(post.numbers != PostNumbers() for post in posts)
        assert len({post.native_id for post in posts}) == len(posts)
        assert len({(each.observed_at, each.basis) for each in seen}) == len(seen) or posts
        assert all(not each.numbers.empty for each in seen)


def good() -> dict[str, Any]:
    """A layout that is right, to be spoilt."""
    return {
        "name": "mine",
        "title": "我的",
        "platform": "douyin",
        "source": "自定",
        "complete": False,
        "grade": 0,
        "header": {"words": ["作品名称", "发布时间"]},
        "columns": [
            {"names": ["作品名称"], "field": "title"},
            {"names": ["发布时间"], "field": "published"},
            {"names": ["播放量", "播放"], "field": "plays"},
        ],
    }


SPOILT: dict[str, dict[str, Any]] = {
    "platform": {"platform": "myspace"},
    "类型": {"complete": "是"},
    "颜色": {"颜色": "红"},
    "grade": {"grade": 5},
    "row_cap": {"row_cap": 0},
    "basis": {"basis": "每周"},
    "name": {"name": "我 的"},
    "words": {"header": {}},
    "first_row": {"header": {"first_row": 0}},
    "列号": {"header": {"first_row": 2, "blank_columns": ["1"]}},
    "published": {"columns": [{"names": ["作品名称"], "field": "title"}]},
    "kind": {"columns": [*good()["columns"], {"names": ["完播率"]}]},
    "不必写": {
        "columns": [*good()["columns"], {"names": ["赞"], "field": "likes", "kind": "count"}]
    },
    "loves": {"columns": [*good()["columns"], {"names": ["赞"], "field": "loves"}]},
    "都是": {"columns": [*good()["columns"], {"names": ["播放次数"], "field": "plays"}]},
    "by_platform": {
        "columns": [
            *good()["columns"],
            {"names": ["赞"], "field": "likes", "by_platform": {"myspace": "plays"}},
        ]
    },
    "at": {"columns": [*good()["columns"], {"names": ["赞"], "field": "likes", "at": "D"}]},
    "names": {"columns": [*good()["columns"], {"field": "likes"}]},
}


def test_the_layout_that_is_to_be_spoilt_is_right() -> None:
    assert layout_sheet.parse(good(), "mine.yaml").platform == "douyin"


@pytest.mark.parametrize("what", SPOILT)
def test_a_layout_written_wrongly_is_refused_by_its_key(what: str) -> None:
    with pytest.raises(InputError) as refused:
        layout_sheet.parse(good() | SPOILT[what], "mine.yaml")
    assert what in str(refused.value)
    assert "mine.yaml" in str(refused.value)


@pytest.mark.parametrize("key", ["name", "title", "platform", "source", "header", "columns"])
def test_a_layout_that_lacks_a_key_is_refused(key: str) -> None:
    given = good()
    del given[key]
    with pytest.raises(InputError, match=f"缺少“{key}”"):
        layout_sheet.parse(given, "mine.yaml")


ADDED = """
name: douyin-mine
title: 抖音作品列表
platform: douyin
source: 某县自用
complete: true
grade: 4
row_cap: 3
missing: ["-1"]
header: {words: [作品名称, 发布时间]}
columns:
  - {names: [作品名称], field: title}
  - {names: [发布时间], field: published}
  - {names: [播放], field: plays}
  - {names: [平均播放时长], kind: seconds}
  - {names: [完播率], kind: points}
"""


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "douyin-mine.yaml").write_text(ADDED, "utf-8")
    return tmp_path


def test_a_yaml_in_the_folder_is_all_that_a_new_layout_takes(mine: Path) -> None:
    head = "作品名称,发布时间,平均播放时长,播放(次),完播率\n"
    table = f"{head}“一”,2026-11-20 08:00:01,14.73秒,-1,16.55\n"
    read = load.read(table.encode(), "x.csv", None, mine, NOW)
    [account] = read.accounts
    assert account.posts[0].numbers == PostNumbers()
    assert read.layout == "douyin-mine"
    assert read.complete


def test_a_column_that_is_only_checked_refuses_what_it_cannot_hold(mine: Path) -> None:
    table = "作品名称,发布时间,平均播放时长,播放\n一,2026-11-20 08:00:01,http://x,3\n"
    [problem] = load.read(table.encode(), "x.csv", None, mine, NOW).problems
    assert (problem.column, problem.row) == ("平均播放时长", 2)


def test_a_file_as_long_as_the_platforms_cap_is_not_complete(mine: Path) -> None:
    line = "{},2026-11-20 08:00:0{},1\n"
    head = "作品名称,发布时间,播放\n"
    two = head + "".join(line.format(each, each) for each in range(2))
    three = head + "".join(line.format(each, each) for each in range(3))
    assert load.read(two.encode(), "x.csv", None, mine, NOW).complete
    capped = load.read(three.encode(), "x.csv", None, mine, NOW)
    assert not capped.complete
    assert any("上限" in note for note in capped.notes)


def test_two_layouts_of_one_name_are_refused(mine: Path) -> None:
    (mine / "other.yaml").write_text(ADDED, "utf-8")
    with pytest.raises(InputError, match="同名"):
        layout_sheet.open_folders(mine)


def test_a_folder_without_layouts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="版式"):
        layout_sheet.open_folders(tmp_path)


def test_a_layout_may_be_asked_for_by_its_name_or_its_title() -> None:
    layouts: dict[str, Layout] = layout_sheet.open_folders(LAYOUTS)
    assert pick(layouts, "通用模板") is pick(layouts, "universal")
    with pytest.raises(InputError, match="通用模板"):
        pick(layouts, "没有这个")


def test_what_a_layout_says_is_hashed_with_its_text() -> None:
    page = shelf.read(LAYOUTS / "universal.yaml")
    assert len(page.sha256) == 64
    assert page.text.startswith("#")
