"""Whose an export is: told by the name of file or folder, never by half a name, and remembered."""

import pytest

from monitor.collect.files.whose import guess, signature
from monitor.domain.account import Account

CITY = Account("douyin", "平安江城", "420100000000", uid="MS4wABC123", id=1)
TRAFFIC = Account("douyin", "平安江城交警", "420100000001", id=2)
COUNTY = Account("douyin", "演示县公安局", "420500000001", id=3)
TWIN = Account("douyin", "演示县公安局", "420500000002", id=4)
CHANNELS = Account("channels", "平安江城", "420100000000", id=5)
KNOWN = (CITY, TRAFFIC, CHANNELS)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("平安江城-作品列表.xlsx", CITY),
        ("平安江城交警 10月.xlsx", TRAFFIC),
        ("平 安 江 城.xlsx", CITY),
        ("平安江城/作品列表.xlsx", CITY),
        ("回收.zip/平安江城/平安江城交警.xlsx", TRAFFIC),
        ("ms4wabc123.csv", CITY),
        ("作品列表.xlsx", None),
        ("江城.xlsx", None),
    ],
)
def test_the_longest_name_in_the_nearest_part_of_the_path_is_meant(
    path: str, told: Account | None
) -> None:
    assert guess(path, "douyin", KNOWN).account is told


def test_two_accounts_of_one_name_are_not_guessed() -> None:
    assert guess("演示县公安局.xlsx", "douyin", (COUNTY, TWIN)).account is None
    assert guess("平安江城和演示县公安局.xlsx", "douyin", (CITY, COUNTY)).account is None


def test_the_platform_of_the_file_decides() -> None:
    assert guess("平安江城.csv", "channels", KNOWN).account is CHANNELS


def test_next_months_export_has_the_same_signature() -> None:
    first = signature("江城/江城号_作品列表_20261001-20261031.xlsx", "douyin")
    assert first
    assert first == signature("江城/江城号_作品列表_20261101-20261130.xlsx", "douyin")
    assert first != signature("宜昌/江城号_作品列表_20261101-20261130.xlsx", "douyin")
    assert first != signature("江城/江城号_作品列表_20261001-20261031.xlsx", "channels")


@pytest.mark.parametrize(
    "path",
    [
        "作品列表.xlsx",
        "Downloads/作品列表(3).xlsx",
        "user_analysis.xls",
        "tendency_20261011_20261012.xls",
        "近期稿件对比(1).csv",
        "笔记列表明细表.xlsx",
    ],
)
def test_what_every_export_is_called_is_remembered_for_nobody(path: str) -> None:
    assert signature(path, "douyin") == ""
