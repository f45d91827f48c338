"""The weekly digest: what it says, what it leaves out, and what it never says."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import links as desk
from monitor.domain.finding import Change, Outcome
from monitor.domain.instants import DAY
from monitor.domain.letter import Letter
from monitor.domain.week import Collected, Upcoming
from monitor.report import digest, group_text, links
from tests.report.weeks import SUB_UNITS, a_full_week, a_judged, a_unit, a_week, with_problem

BASE = "https://desk.example.cn"


class Page(HTMLParser):
    """What a page asks a reader's program for, and the tags it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [value or "" for name, value in attrs if name in {"src", "href"}]


@pytest.fixture(scope="module")
def full() -> Letter:
    return digest.compose(a_full_week(), BASE)


def test_the_subject_names_scope_year_number_and_days(full: Letter) -> None:
    assert full.subject == "全省公安政务新媒体运行周报 2026年第47期(11月16日—11月22日)"


def test_the_first_point_carries_every_denominator(full: Letter) -> None:
    now = a_full_week().now
    unknown = sum(each.own.outcome is Outcome.UNDECIDED for each in now)
    failed = sum(each.own.outcome is Outcome.FAIL for each in now)
    decided = len(now) - unknown
    assert f"备案账号{len(now)}个,纳入监测{len(now)}个,可认定{decided}个" in full.text
    assert f"({decided - failed}/{decided})" in full.text


def test_invented_data_says_so_in_every_form(full: Letter) -> None:
    mark = "演示数据 纯属虚构"
    assert mark in full.text
    assert mark in full.html
    assert mark in full.group_text
    assert mark not in digest.compose(a_full_week(demo=False)).html


def test_an_unconfirmed_account_is_suspected_and_never_plainly_called_names(full: Letter) -> None:
    for text in (full.text, full.html):
        assert "疑似僵尸" in text
        assert not re.search(r"(?<!疑似)(僵尸|睡眠)", text)
        assert "未经核实不得作为通报、考核依据" in text


def test_the_page_asks_for_nothing_from_outside(full: Letter) -> None:
    page = Page(full.html)
    assert "script" not in page.tags
    assert "link" not in page.tags
    assert {each.split("?")[0] for each in page.asked if not each.startswith(BASE)} == {
        "cid:places"
    }
    assert "url(" not in full.html


def test_the_picture_is_a_png_by_cid_and_the_files_have_their_names(full: Letter) -> None:
    picture, *files = full.attachments
    assert (picture.cid, picture.content[:4]) == ("places", b"\x89PNG")
    assert [each.name for each in files] == [
        *("问题清单.csv", "暂不作认定.csv", "分地区情况.csv"),
        "市州周报文本.txt",
    ]
    assert all(each.content.startswith(b"\xef\xbb\xbf") for each in files)


def test_links_lead_to_the_pages_of_the_desk(full: Letter) -> None:
    assert links.account(BASE, 7) == BASE + desk.account(7)
    assert links.health(BASE) == BASE + desk.problems()
    assert links.undecided(BASE + "/") == BASE + desk.undecided()
    assert links.collecting(BASE) == BASE + desk.collecting()
    assert links.account(BASE, a_full_week().now[3].own.account_id) in full.html


def test_without_an_address_of_the_desk_there_are_no_links() -> None:
    letter = digest.compose(a_full_week())
    assert not [each for each in Page(letter.html).asked if not each.startswith("cid:")]
    assert "详情" not in letter.text


def test_the_same_week_is_the_same_bytes() -> None:
    assert digest.compose(a_full_week(), BASE) == digest.compose(a_full_week(), BASE)


def test_the_check_number_changes_with_any_figure() -> None:
    week = a_full_week()
    other = replace(week, now=(a_judged(0, 50 * DAY), *week.now[1:]))
    found = [re.findall(r"校验码 (\w+)", digest.compose(each).text) for each in (week, other)]
    assert found[0] != found[1]


def test_markup_in_a_name_stays_text() -> None:
    evil = a_judged(1, 40 * DAY, name="<img src=http://127.0.0.1/x onerror=alert(1)>")
    page = digest.compose(a_week([evil, a_judged(2)])).html
    assert "<img src=http" not in page
    assert "&lt;img" in page


def test_the_first_issue_compares_with_nothing() -> None:
    text = digest.compose(a_week([a_judged(1, 20 * DAY), a_judged(2)])).text
    assert "首期,无上周可比" in text
    assert "新增" not in text
    assert "疑似问题账号  共1个" in text


def test_a_comparison_gives_percentage_points_and_who_moved() -> None:
    now = [a_judged(1, 20 * DAY), a_judged(2), a_judged(3), a_judged(4)]
    before = [a_judged(1), a_judged(2, 20 * DAY), a_judged(3, 20 * DAY), a_judged(4)]
    text = digest.compose(a_week(now, before)).text
    assert "较上周+25.0个百分点" in text
    assert "新增疑似问题1个,恢复2个。" in text
    assert "▲ 临江1号(演示) 微信公众号 疑似内容不更新,截至11月22日22:00,已20天未更新" in text
    assert "▼ 临江2号(演示) 微信公众号 正常" in text


def test_an_account_that_failed_within_the_week_only_is_counted_apart() -> None:
    def change(account: int, after: str) -> Change:
        return Change(account, "hubei-default", "更新", "提醒", after, at=0)

    now = [a_judged(number) for number in (1, 2, 3)]
    changes = (change(1, "内容不更新"), change(1, "正常"), change(2, "提醒"), change(9, "睡眠"))
    week = a_week(now, now, changes=changes, upcoming=(Upcoming(date(2026, 11, 26), "填报截止"),))
    assert "周内超期后已恢复1个。" in digest.compose(week).text


def test_empty_sections_disappear_and_the_rest_are_numbered_without_gaps() -> None:
    week = a_week([a_judged(1, 20 * DAY)], collected=(Collected("wechat", 0, 0),))
    titles = re.findall(r"^(.)、(\S+)", digest.compose(week).text, re.MULTILINE)
    assert titles == [("一", "疑似问题账号")]


def test_what_fails_another_rule_is_said_apart_and_keeps_a_week_from_being_quiet() -> None:
    text = digest.compose(a_week([with_problem(a_judged(1), "不互动"), a_judged(2)])).text
    assert "现无更新方面的疑似问题账号;其他疑似问题:疑似不互动1(与前列可有重复)。" in text
    assert "合格率100.0%(2/2)" in text


def test_functions_that_do_not_exist_are_not_spoken_of(full: Letter) -> None:
    assert not [word for word in ("整改督办", "协同发声", "群众留言") if word in full.text]


def test_nobody_is_ranked(full: Letter) -> None:
    assert not re.search("排名|名次|倒数|第[一二三]名", full.text + full.html)


def test_a_quiet_week_is_one_line() -> None:
    eight = [a_judged(number) for number in range(8)]
    letter = digest.compose(a_week(eight, eight, collected=(Collected("wechat", 56, 0),)))
    assert letter.text == (
        "全省公安政务新媒体2026年第47期(11月16日—11月22日):"
        "备案账号8个,纳入监测8个,全部可认定且无疑似问题,本周无事。\n"
    )
    assert letter.group_text == letter.text.strip()
    assert letter.attachments == ()


def test_a_quiet_week_too_bears_the_anchor_of_the_audit() -> None:
    eight = [a_judged(number) for number in range(8)]
    anchor = "7-0123456789abcdef"
    seen = (Collected("wechat", 56, 0),)
    letter = digest.compose(a_week(eight, eight, collected=seen, anchor=anchor))
    assert letter.text.endswith(f"本周无事。\n审计锚点 {anchor}(请留存,核验审计记录时用)\n")
    assert anchor in letter.html
    assert anchor not in letter.group_text


@pytest.mark.parametrize(
    "week",
    [
        a_week([a_judged(1, 20 * DAY)]),
        a_week([a_judged(1, None)]),
        a_week([a_judged(1, 12 * DAY)]),
        a_week([a_judged(1)], [a_judged(1, 20 * DAY)]),
        a_week([a_judged(1)], upcoming=(Upcoming(date(2026, 11, 26), "填报截止"),)),
        a_week([a_judged(1)], collected=(Collected("wechat", 3, 1),)),
    ],
)
def test_a_week_with_anything_to_say_is_not_quiet(week: object) -> None:
    assert "本周无事" not in digest.compose(week).text  # type: ignore[arg-type]


def test_an_empty_registry_is_said_to_be_empty() -> None:
    assert "台账中尚无在册账号" in digest.compose(a_week([])).text


def test_where_nothing_can_be_told_there_is_no_rate() -> None:
    text = digest.compose(a_week([a_judged(1, None), a_judged(2, None)])).text
    assert "可认定0个(数据完整度0.0%),尚不能计算合格率" in text
    assert "合格率0" not in text


def test_a_prefectures_digest_bears_its_name_and_speaks_of_its_counties() -> None:
    far = a_unit("公安县公安局", "421022000000", county_name="公安县")
    week = a_week([a_judged(1, 20 * DAY), a_judged(2, unit=far)], name="荆州市", by_county=True)
    letter = digest.compose(week)
    assert letter.subject == "荆州市公安政务新媒体运行周报 2026年第47期(11月16日—11月22日)"
    assert "涉及县市区1个" in letter.text
    assert "公安县" in letter.html


def test_a_trial_period_is_marked() -> None:
    week = a_full_week(trial_until=date(2026, 12, 23))
    assert "试运行(至12月23日),结果仅供内部核对" in digest.compose(week).group_text


def test_a_message_to_a_group_names_no_account_and_no_unit(full: Letter) -> None:
    assert not [name for name in SUB_UNITS if name in full.group_text]
    assert len(full.group_text) <= group_text.LONGEST


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1)


@settings(max_examples=60, deadline=None)
@given(
    name=NAMES.filter(lambda text: len(text) <= 60),
    what=st.lists(st.text("截止检查督办材料", min_size=1, max_size=80), max_size=8),
    rules=st.lists(st.text("不互动服务备案更名", min_size=2, max_size=40), max_size=12),
    trial=st.booleans(),
)
def test_a_message_to_a_group_fits_and_breaks_no_sentence(
    name: str, what: list[str], rules: list[str], trial: bool
) -> None:
    bad = a_judged(1, 40 * DAY)
    for rule in dict.fromkeys(rules):
        bad = with_problem(bad, rule)
    week = a_week(
        [bad, a_judged(2, None), a_judged(3, 12 * DAY)],
        name=name,
        upcoming=tuple(Upcoming(date(2026, 11, 24), each) for each in what),
        trial_until=date(2026, 12, 23) if trial else None,
        demo=True,
    )
    text = group_text.compose(digest.outline(week, BASE), BASE)
    assert len(text) <= group_text.LONGEST
    assert text.endswith("未经核实不得作为通报、考核依据。")
    assert "备案账号3个" in text
    sentences = text[text.index("】\n") + 2 :].split("\n")
    whole = digest.plain(digest.outline(week, BASE), BASE)
    told = [each for each in sentences if each.startswith(("备案", "现有", "按上级", "3天内"))]
    assert told
    assert all(each in whole and each.endswith("。") for each in told)
