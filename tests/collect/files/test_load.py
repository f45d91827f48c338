"""Loading: what a file says of each account, and every row it cannot say anything by."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from monitor.collect.files import load
from monitor.collect.templates import UNIVERSAL, as_csv
from monitor.domain.errors import InputError
from monitor.domain.instants import day_end, day_start, parse_instant, to_second
from monitor.domain.loading import LoadedFile
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from tests.collect.files import books

ROOT = Path(__file__).parents[3]
LAYOUTS = ROOT / "data" / "layouts"
REAL = ROOT.parent / "shared" / "data" / "pages" / "posts.csv"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)
ROW = {
    "平台": "微信公众号",
    "账号名称": "平安江陵(演示)",
    "账号ID": "demo_jl",
    "作品ID": "1_1",
    "标题": "雾天高速怎么开",
    "发布时间": "2026-11-20 07:30:05",
    "统计日期": "2026-11-21",
}


def table(*rows: dict[str, str]) -> bytes:
    """The universal template with these rows, each a good one changed."""
    said = [[(ROW | row).get(header, "") for header in UNIVERSAL.headers] for row in rows]
    return books.comma([UNIVERSAL.headers, *said])


def read(content: bytes, name: str = "表.csv") -> LoadedFile:
    return load.read(content, name, None, LAYOUTS, NOW)


def at(text: str) -> int:
    return to_second(parse_instant(text))


def test_a_row_becomes_a_post_with_its_numbers_at_the_end_of_the_day_they_are_of() -> None:
    content = table({"阅读播放": "10万+", "点赞": "1,234", "评论": "-", "收藏": "0"})
    loaded = read(content)
    [account] = loaded.accounts
    [post] = account.posts
    assert (account.platform, account.uid, account.name) == ("wechat", "demo_jl", "平安江陵(演示)")
    assert post.published_from == post.published_until == at("2026-11-20T07:30:05")
    assert post.observed_at == at("2026-11-21T23:59:59")
    assert post.numbers == PostNumbers(reads=100_000, likes=1234, favourites=0)
    assert post.capped == frozenset({"reads"})
    assert (loaded.sha256, loaded.rows) == (sha256(content).hexdigest(), 1)
    assert loaded.complete
    assert loaded.platform == ""


def test_plays_are_plays_on_video_platforms_and_reads_elsewhere() -> None:
    loaded = read(table({"阅读播放": "5"}, {"平台": "抖音", "阅读播放": "5"}))
    numbers = [account.posts[0].numbers for account in loaded.accounts]
    assert numbers == [PostNumbers(reads=5), PostNumbers(plays=5)]


def test_a_date_is_a_day_that_never_reaches_beyond_the_capture() -> None:
    loaded = read(
        table({"发布时间": "2026-11-22", "统计日期": ""}, {"发布时间": "2026-11-21", "作品ID": "2"})
    )
    today, yesterday = loaded.accounts[0].posts
    now = to_second(NOW)
    assert now == at("2026-11-23T00:00:00")
    assert (today.published_from, today.published_until) == (at("2026-11-22"), now - 1)
    assert today.observed_at == now
    assert yesterday.published_until == at("2026-11-21T23:59:59")


def test_numbers_of_today_are_observed_now_and_not_tonight() -> None:
    noon = datetime(2026, 11, 22, 4, tzinfo=UTC)
    loaded = load.read(table({"统计日期": "2026-11-22"}), "x", None, LAYOUTS, noon)
    assert loaded.accounts[0].posts[0].observed_at == to_second(noon)


def test_followers_and_messages_are_the_accounts_and_stand_once_per_day() -> None:
    loaded = read(
        table({"粉丝数": "2.3万", "私信数": "7"}, {"作品ID": "2", "粉丝数": "2.3万", "私信数": "7"})
    )
    assert loaded.accounts[0].observations == (
        AccountObservation(
            day_end(parse_instant("2026-11-21").date()),
            AccountNumbers(followers=23_000, messages=7),
            "累计",
        ),
    )


def test_a_row_may_tell_of_the_account_alone() -> None:
    alone = {"作品ID": "", "标题": "", "发布时间": "", "粉丝数": "12"}
    loaded = read(table(alone, alone | {"账号ID": "demo_2", "粉丝数": ""}))
    assert [(each.posts, len(each.observations)) for each in loaded.accounts] == [((), 1), ((), 0)]
    assert loaded.problems == ()


def test_accounts_without_an_id_are_told_apart_by_their_names() -> None:
    loaded = read(
        table(
            {"账号ID": ""},
            {"账号ID": "待补", "账号名称": "江陵公安(演示)"},
            {"账号ID": "", "作品ID": "9"},
        )
    )
    assert [(each.uid, each.name, len(each.posts)) for each in loaded.accounts] == [
        ("", "平安江陵(演示)", 2),
        ("", "江陵公安(演示)", 1),
    ]


def test_a_post_without_an_id_keeps_its_key_from_file_to_file() -> None:
    first = read(table({"作品ID": "", "阅读播放": "5"}))
    later = read(
        table({"作品ID": "", "阅读播放": "9", "统计日期": "2026-11-22", "标题": " 雾天高速 怎么开"})
    )
    other = read(table({"作品ID": "", "标题": "另一篇"}))
    keys = [each.accounts[0].posts[0].native_id for each in (first, later, other)]
    assert keys[0] == keys[1] != keys[2]
    assert len(keys[0]) == 40


def test_a_post_told_twice_of_the_same_day_is_one_post_as_told_last() -> None:
    loaded = read(
        table({"阅读播放": "5"}, {"阅读播放": "6"}, {"阅读播放": "4", "统计日期": "2026-11-20"})
    )
    posts = loaded.accounts[0].posts
    assert sorted((each.observed_at, each.numbers.reads) for each in posts) == [
        (at("2026-11-20T23:59:59"), 4),
        (at("2026-11-21T23:59:59"), 6),
    ]
    assert loaded.rows == 3
    assert "有1行" in loaded.notes[-1]


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("平台", "脸书", "微信公众号"),
        ("平台", "", "平台名称"),
        ("发布时间", "", "2026-11-22"),
        ("发布时间", "上周五", "2026-11-22"),
        ("发布时间", "2026-11-30 08:00:00", "不晚于"),
        ("发布时间", "2026-11-22 08:00:00", "不晚于"),
        ("统计日期", "2026-12-01", "不晚于今天"),
        ("点赞", "-1", "正整数"),
        ("点赞", "很多", "正整数"),
        ("阅读播放", "nan", "正整数"),
        ("粉丝数", "99999999999999", "万亿"),
        ("作品ID", "4.2E+11", "科学计数法"),
    ],
)
def test_a_bad_row_is_named_by_row_column_value_and_what_was_expected(
    column: str, value: str, expected: str
) -> None:
    loaded = read(table({}, {column: value, "作品ID": "2"} | {column: value}, {"作品ID": "3"}))
    [problem] = loaded.problems
    assert (problem.row, problem.column, problem.value) == (3, column, value)
    assert expected in problem.expected
    assert "第3行" in str(problem)
    assert [post.native_id for post in loaded.accounts[0].posts] == ["1_1", "3"]
    assert loaded.accounts[0].observations == ()


def test_a_row_that_names_no_account_is_refused() -> None:
    [problem] = read(table({"账号名称": "", "账号ID": ""})).problems
    assert problem.column == "账号名称"


def test_a_file_with_refused_rows_proves_no_silence() -> None:
    assert read(table({})).complete
    assert not read(table({}, {"作品ID": "2", "点赞": "x"})).complete


def test_rows_are_counted_as_excel_counts_them_below_titles_and_blank_rows() -> None:
    rows = [
        ["某市统计表"],
        [],
        list(UNIVERSAL.headers),
        [],
        ["微信", "平安江陵(演示)"] + [""] * 5 + ["?"],
    ]
    loaded = read(books.xlsx(rows, "数据", {"说明": [["填表说明", "x"]]}), "表.xlsx")
    [problem] = loaded.problems
    assert (problem.sheet, problem.row, problem.column) == ("数据", 5, "发布时间")
    assert "工作表“说明”" in "".join(loaded.notes)


def test_typed_cells_of_a_workbook_are_read_as_the_texts_are() -> None:
    cells = {
        "平台": "抖音",
        "账号名称": "平安江陵(演示)",
        "账号ID": 420102000000.0,
        "标题": "一",
        "发布时间": books.typed(2026, 11, 20, 7, 30, 5),
        "统计日期": books.typed(2026, 11, 21),
        "阅读播放": 12.0,
    }
    rows = [UNIVERSAL.headers, [cells.get(each) for each in UNIVERSAL.headers]]
    for content in (books.xlsx(rows), books.xls([rows[0], [*map(_plain, rows[1])]])):
        [account] = read(content, "表.xlsx").accounts
        assert account.uid == "420102000000"
        assert account.posts[0].published_from == at("2026-11-20T07:30:05")
        assert account.posts[0].observed_at == at("2026-11-21T23:59:59")
        assert account.posts[0].numbers == PostNumbers(plays=12)


def _plain(cell: object) -> object:
    """xlwt writes times as serial numbers."""
    if isinstance(cell, datetime):
        return (cell - books.typed(1899, 12, 30)).total_seconds() / 86400
    return cell


def test_the_wechat_export_with_a_header_keeps_people_and_times_apart() -> None:
    folder = ROOT / "tests" / "recordings" / "files" / "wechat-content"
    loaded = read((folder / "total_20220330.xls").read_bytes(), "total_20220330.xls")
    [account] = loaded.accounts
    first, second = account.posts
    assert (loaded.platform, account.uid, account.name) == ("wechat", "", "")
    assert first.native_id == "2247483650_1"
    assert first.numbers == PostNumbers(readers=1234, reads=12_000, sharers=12)
    assert second.numbers == PostNumbers(readers=0, reads=0, sharers=0, shares=0)
    assert first.published_from == at("2022-03-29")
    assert first.published_until == at("2022-03-29T23:59:59")
    assert (loaded.complete, loaded.grade) == (False, 0)
    fewer = read((folder / "未开启通知.csv").read_bytes())
    assert fewer.accounts[0].posts[0].numbers == first.numbers


def test_the_wechat_export_of_2026_is_known_by_its_places_in_every_kind_of_file() -> None:
    head: books.Rows = [[None, "题"], [None], [None, "标题", "发表日期"]]
    row = [None, "清明", "2026-04-03", 812, "-", 2, "4,100", "14.63%", 0.721, "https://x.cn/1"]
    for content in (
        books.xlsx([*head, row], "New Sheet1"),
        books.xls([*head, row]),
        books.html([*head, row]),
    ):
        loaded = read(content, "内容分析.xls")
        assert loaded.layout == "wechat-content-2026"
        assert loaded.accounts[0].posts[0].numbers == PostNumbers(readers=812)


@pytest.mark.parametrize(
    "row",
    [
        [None, "全部", "公众号消息", 812, None, "2026-04-03", 3],
        ["x", "清明", "2026-04-03", 812, 3, 2, 4100, "14.63%", "72%", "https://x.cn/1"],
        [None, "清明", "2026-04-03", 812, 3, 2, 4100, 35, "72%", "https://x.cn/1"],
    ],
    ids=["another-page", "column-a-filled", "shifted"],
)
def test_a_table_laid_out_otherwise_is_not_taken_for_that_of_2026(row: list[object]) -> None:
    with pytest.raises(InputError, match="认不出"):
        read(books.xlsx([[None, "题"], [None], [None, "标题"], row], "New Sheet1"), "x.xls")


def test_an_unknown_table_is_refused_with_its_first_row_and_the_layouts_there_are() -> None:
    with pytest.raises(InputError) as refused:
        read(books.comma([["日期", "天气"], ["1", "晴"]]))
    assert "日期、天气" in str(refused.value)
    assert "通用模板" in str(refused.value)


def test_a_file_that_is_not_laid_out_as_asked_for_is_refused() -> None:
    with pytest.raises(InputError, match="wechat-content"):
        load.read(table({}), "x", "wechat-content", LAYOUTS, NOW)


def test_a_header_written_twice_or_lacking_a_column_is_refused() -> None:
    with pytest.raises(InputError, match="两次"):
        read(books.comma([[*UNIVERSAL.headers, "点赞"], []]) + b"a,b\n")


def test_the_template_itself_can_be_loaded() -> None:
    loaded = read(as_csv(UNIVERSAL))
    assert loaded.problems == ()
    assert [len(each.posts) for each in loaded.accounts] == [1, 1]


@pytest.mark.skipif(not REAL.exists(), reason="the real posts are not on this machine")
def test_real_posts_of_four_pages_are_read_to_the_second() -> None:
    content = REAL.read_bytes()
    loaded = read(content, REAL.name)
    assert (loaded.rows, loaded.problems, loaded.complete) == (9412, (), True)
    counts = {each.uid: len(each.posts) for each in loaded.accounts}
    assert counts == {"nasa": 762, "barackobama": 156, "bbcnews": 4885, "npr": 3606}
    newest = max(post.published_from for each in loaded.accounts for post in each.posts)
    assert day_start(parse_instant("2016-06-26").date()) <= newest <= at("2016-06-26T23:59:59")
