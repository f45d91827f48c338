"""What each platform's export says: every accepted value is the one that was written into it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import strategies as st

from monitor.collect.files import load
from monitor.domain.instants import SHANGHAI, day_end, day_start
from monitor.domain.loading import LoadedFile
from monitor.domain.numbers import AccountNumbers, PostNumbers
from tests.collect.files import books
from tests.generated import generated

ROOT = Path(__file__).parents[3]
LAYOUTS = ROOT / "data" / "layouts"
RECORDINGS = ROOT / "tests" / "recordings" / "files"
NOW = datetime(2026, 11, 22, 16, tzinfo=UTC)


def recorded(layout: str, name: str) -> LoadedFile:
    path = RECORDINGS / layout / name
    return load.read(path.read_bytes(), path.name, None, LAYOUTS, NOW)


def days(read: LoadedFile) -> dict[tuple[str, str], AccountNumbers]:
    """Numbers of the account by day and basis."""
    [account] = read.accounts
    found = {}
    for each in account.observations:
        day = datetime.fromtimestamp(each.observed_at, SHANGHAI).date()
        assert each.observed_at == day_end(day)
        assert each.final
        found[str(day), each.basis] = each.numbers
    return found


def test_a_work_that_is_not_public_is_no_post() -> None:
    read = recorded("douyin-works", "作品列表.xlsx")
    [account] = read.accounts
    assert len(account.posts) == read.rows == 2
    assert "审核中" not in "".join(post.title for post in account.posts)
    assert account.posts[0].numbers == PostNumbers(
        plays=18234, likes=312, shares=45, comments=27, favourites=18
    )
    assert read.complete
    assert read.grade == 4


def test_hearts_and_thumbs_of_the_channels_are_two_numbers() -> None:
    [account] = recorded("channels-works", "视频号动态数据明细.csv").accounts
    first, second = account.posts
    assert (first.numbers.recommends, first.numbers.likes, first.numbers.plays) == (88, 131, 12000)
    assert first.native_id == "export/UzFfAgtgekIEAQAAAAAAdemo0001"
    assert (second.published_from, second.published_until) == (
        day_start(date(2026, 10, 26)),
        day_end(date(2026, 10, 26)),
    )


def test_a_style_table_openpyxl_cannot_read_is_read_and_minus_one_is_no_data() -> None:
    path = RECORDINGS / "toutiao-articles" / "图文_-_1-45平安演示县.xlsx"
    with pytest.raises(TypeError):
        openpyxl.load_workbook(path)
    read = recorded("toutiao-articles", path.name)
    [account] = read.accounts
    assert account.posts[0].numbers == PostNumbers(
        reads=1840, likes=18, comments=3, shares=5, favourites=7
    )
    assert account.posts[1].numbers == PostNumbers()
    assert not read.complete


def test_the_sum_of_a_trend_is_no_day() -> None:
    found = days(recorded("toutiao-trend", "数据趋势_2026-10-01-2026-10-03.xlsx"))
    assert found == {
        ("2026-10-01", "单日"): AccountNumbers(reads=3200, likes=40, comments=6),
        ("2026-10-02", "单日"): AccountNumbers(reads=6500, likes=80, comments=14),
    }


def test_followers_are_a_level_and_their_growth_is_of_the_day() -> None:
    found = days(recorded("wechat-users", "user_analysis.xls"))
    assert found["2026-10-12", "累计"] == AccountNumbers(followers=40310)
    assert found["2026-10-12", "单日"] == AccountNumbers(followers_gained=3, followers_lost=9)


@pytest.mark.parametrize(
    ("layout", "name"),
    [
        ("wechat-tendency", "tendency_20261011_20261012.xls"),
        ("wechat-traffic", "内容分析_流量数据.xls"),
    ],
)
def test_two_tables_side_by_side_make_one_day_and_only_all_channels_count(
    layout: str, name: str
) -> None:
    found = days(recorded(layout, name))
    assert found == {
        ("2026-10-11", "单日"): AccountNumbers(readers=1204, sharers=33, posts=1),
        ("2026-10-12", "单日"): AccountNumbers(readers=500, sharers=12, posts=0),
    }


def test_people_and_times_of_the_older_file_stay_apart() -> None:
    found = days(recorded("wechat-daily", "图文分析.csv"))
    assert found == {
        ("2026-10-11", "单日"): AccountNumbers(
            reads=1810, readers=1204, sharers=33, favourites=6, posts=1
        )
    }


@pytest.mark.parametrize(
    ("notice", "rows", "complete"),
    [
        ("最多导出排序后前3条笔记", 2, True),
        ("最多导出排序后前3条笔记", 3, True),
        ("最多导出排序后前10条笔记", 10, False),
        ("最多导出排序后前1,000条笔记", 10, True),
    ],
)
def test_the_notice_of_a_file_is_its_cap(notice: str, rows: int, complete: bool) -> None:
    head = ["笔记标题", "首次发布时间", "体裁", "曝光", "观看量"]
    lines = [
        [f"第{n}篇", f"2026年10月{n + 1:02d}日03时33分18秒", "图文", 1, n] for n in range(rows)
    ]
    content = books.xlsx([[notice], head, *lines])
    read = load.read(content, "笔记.xlsx", None, LAYOUTS, NOW)
    # A single digit is taken for no cap: the layout's own thousand holds.
    assert read.layout == "xiaohongshu-notes"
    assert read.complete is complete


DOUYIN = [
    *("作品名称", "发布时间", "体裁", "审核状态", "播放量", "完播率", "5s完播率", "封面点击率"),
    *("2s跳出率", "平均播放时长", "点赞量", "分享量", "评论量", "收藏量", "主页访问量", "粉丝增量"),
]
CHANNELS = [
    *("视频描述", "视频ID", "发布时间", "完播率", "平均播放时长", "播放量", "推荐", "喜欢"),
    *("评论量", "分享量", "关注量", "转发聊天和朋友圈", "设为铃声", "设为状态", "设为朋友圈封面"),
]

counts = st.none() | st.integers(0, 10**9)
seconds = st.integers(day_start(date(2020, 1, 1)), int(NOW.timestamp()) - 1)
# A tab or a semicolon in most of few rows is taken for the delimiter, a zero byte for no text.
anything = st.text(
    st.characters(exclude_characters="\x00\t;", exclude_categories=["Cs"]), max_size=12
)
titles = st.text(st.characters(categories=["Lo", "Nd"]), min_size=1, max_size=30)


def written(value: int | None, shape: int) -> Any:
    """A count as platforms write it: missing, plain, with thousands, as a float."""
    if value is None:
        return "-"
    return [value, f"{value:,}", float(value), str(value)][shape]


@generated(
    "exports of 抖音",
    st.lists(st.tuples(seconds, titles, st.lists(counts, min_size=5, max_size=5)), max_size=8),
)
def test_a_generated_list_of_works_is_read_as_it_was_written(
    works: list[tuple[int, str, list[int | None]]],
) -> None:
    rows: list[list[Any]] = [DOUYIN]
    for at, title, (plays, likes, shares, comments, favourites) in works:
        clock = datetime.fromtimestamp(at, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")
        rows.append([title, clock, "图文", "已通过", written(plays, at % 4), "0.5", "-", "-", "-"])
        rows[-1] += ["14.73", written(likes, 1), written(shares, 0), written(comments, 2)]
        rows[-1] += [written(favourites, 3), 0, "-3"]
    read = load.read(books.comma(rows), "x.csv", "douyin-works", LAYOUTS, NOW)
    assert read.problems == ()
    told = [post for account in read.accounts for post in account.posts]
    expected = {
        (at, title): PostNumbers(
            plays=plays, likes=likes, shares=shares, comments=comments, favourites=favourites
        )
        for at, title, (plays, likes, shares, comments, favourites) in works
    }
    assert {(post.published_from, post.title): post.numbers for post in told} == expected
    assert all(post.published_from == post.published_until for post in told)


@generated(
    "exports of 视频号",
    st.lists(
        st.tuples(st.dates(date(2020, 1, 1), date(2026, 11, 22)), counts, counts),
        max_size=8,
    ),
    st.sampled_from(["%Y/%m/%d", "%Y-%m-%d", "%Y年%m月%d日", "serial"]),
)
def test_generated_channels_say_days_and_keep_their_ids(
    works: list[tuple[date, int | None, int | None]], shape: str
) -> None:
    rows: list[list[Any]] = [CHANNELS]
    for number, (day, hearts, thumbs) in enumerate(works):
        serial = str((day - date(1899, 12, 30)) // timedelta(days=1))
        said = serial if shape == "serial" else day.strftime(shape)
        rows.append([f"第{number}条", f"export/{number}", said, "12.3%", "9秒", "1.2万"])
        rows[-1] += [written(hearts, 0), written(thumbs, 3), 0, 0, 0, 0, 0, 0, 0]
    read = load.read(books.comma(rows), "x.csv", "channels-works", LAYOUTS, NOW)
    assert read.problems == ()
    told = {post.native_id: post for account in read.accounts for post in account.posts}
    assert len(told) == len(works)
    for number, (day, hearts, thumbs) in enumerate(works):
        post = told[f"export/{number}"]
        assert post.published_from == day_start(day)
        assert post.published_until == min(day_end(day), int(NOW.timestamp()))
        assert (post.numbers.recommends, post.numbers.likes) == (hearts, thumbs)
        assert post.numbers.plays == 12000


@generated("exports with any cells", st.lists(st.lists(anything, max_size=20), max_size=6))
def test_whatever_stands_below_a_known_header_is_read_or_refused_row_by_row(
    cells: list[list[str]],
) -> None:
    content = books.comma([DOUYIN, *cells])
    read = load.read(content, "x.csv", "douyin-works", LAYOUTS, NOW)
    posts = sum(len(account.posts) for account in read.accounts)
    assert posts + len(read.problems) <= read.rows
    assert not (read.complete and read.problems)
    assert all(problem.row >= 2 and problem.expected for problem in read.problems)
