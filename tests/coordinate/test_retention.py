"""The sheet of retention says what it must; what makes no sense is named with its line."""

import re

import pytest

from monitor.collect import shelf
from monitor.coordinate import retention
from monitor.domain.errors import InputError
from monitor.domain.retention import Manner, Retention
from monitor.settings import ROOT

SHEET = (ROOT / "data" / "retention.yaml").read_text("utf-8")
TEXT = re.sub(r"(?m)^version: \d+$", "version: 1", SHEET)
"""The sheet of the office, whichever of its versions stands."""


def parsed(text: str = TEXT) -> Retention:
    page = shelf.parse(text.encode(), "retention.yaml")
    return retention.parse(page.mapping, "retention.yaml", shelf.lines(page.text), page.sha256)


def test_the_sheet_of_the_office_says_how_long_and_by_whose_rule() -> None:
    sheet = parsed()
    assert sheet.by_key["attempt"].days == 180
    assert sheet.by_key["attempt"].rank == "国家规定"
    assert sheet.by_key["post_obs"].manner is Manner.THIN
    assert {"audit", "look", "post", "coverage", "outbox"} <= sheet.tables
    assert all(each.why for each in sheet.kept)


@pytest.mark.parametrize("never", ["post", "coverage", "account_rev", "unit_rev", "audit", "case"])
def test_what_past_results_stand_on_is_in_no_kind(never: str) -> None:
    assert never not in {table for each in parsed().kinds for table in each.tables}


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("days: 90", "days: 九十", "应为1至3650之间的整数"),
        ("days: 90", "days: 9000", "应为1至3650之间的整数"),
        ("key: job", "key: session", "“session”写了两次"),
        ("name: 登录会话", "name: 登录失败记录", "“登录失败记录”写了两次"),
        ("manner: 抽稀", "manner: 删光", "应为整条删除、只清内容、只清文件、抽稀之一"),
        ("rank: 国家规定", "rank: 上级规定", "应为国家规定、省级规定、外地做法、本厅设定之一"),
        ("days: 180", "days: 30", "不能少于180天"),
        ("tables: [duty]", "tabels: [duty]", "应写明数据在哪张表"),
        ("spares: 正在更新的", "spared: 正在更新的", "没有这一项"),
        ("tables: [form_round, form]", "tables: [form, form]", "里“form”写了两次"),
        ("tables: [form_round, form]", "tables: [form, job]", "里“job”又写在 kinds 中"),
        ("why: 台账和它", "way: 台账和它", "应为文字且不能为空"),
        ("version: 1", "version: 0", "应为1至1000000之间的整数"),
    ],
)
def test_a_mistake_is_named_with_its_line(was: str, now: str, told: str) -> None:
    text = TEXT.replace(was, now, 1)
    assert text != TEXT
    with pytest.raises(InputError, match=told) as caught:
        parsed(text)
    changed = TEXT[: TEXT.index(was)].count("\n") + 1
    [said] = re.findall(r"retention\.yaml 第(\d+)行", str(caught.value))
    misspelt = was.partition(":")[0] != now.partition(":")[0]
    assert int(said) in (range(changed - 9, changed + 1) if misspelt else [changed])
