"""What a campaign may say, field by field, and that its form and its row lose nothing of it."""

from dataclasses import replace
from typing import Any

import pytest

from monitor.actions.campaign_terms import checked, rules
from monitor.actions.campaign_words import content_of, words_of
from monitor.domain.campaign import Aim, Change, Comments, Content, Facts, Kind, Order
from monitor.domain.errors import InputError
from monitor.domain.instants import HOUR
from monitor.record.campaign_values import from_text, to_text
from tests.actions.approval_office import DATA
from tests.actions.campaign_office import CONTENT, SECOND

RULES = rules(DATA)
WHOLE = Content(
    kind=Kind.POLICY,
    title="居住证新规解读",
    order=Order.BATCHES,
    brief="按批次发布。",
    body="自12月1日起施行。",
    facts=Facts("12月1日", "全省", "3万人", "50元", "已施行"),
    texts=(("weibo", "短文案"), ("douyin", "口播稿")),
    links=("https://www.example.cn/a", "https://www.example.cn/b"),
    tags=("居住证", "新规"),
    changes=(Change.TITLE, Change.LOCAL),
    comments=Comments.PICKED,
    comments_why="避免误读",
    document="某公字〔2026〕1号",
    embargo=SECOND + HOUR,
    due=SECOND + 4 * HOUR,
    contact="某某",
    aim=Aim(("421000", ""), ("交警",), ("市州局",), ("weibo",), True, True, True, 1000),
    gap=15,
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"brief": "请组织全体民警点 赞转发"}, "任务说明"),
        ({"body": "请大家投票支持"}, "发布内容"),
        ({"title": ""}, "标题"),
        ({"due": 0}, "截止时间"),
        ({"embargo": SECOND + 5 * HOUR}, "截止时间"),
        ({"order": Order.PLACE}, "首发单位"),
        ({"order": Order.BATCHES}, "批次间隔"),
        ({"comments": Comments.SHUT}, "评论设置"),
        ({"kind": Kind.POLICY}, "解读文件"),
        ({"kind": Kind.CORRECTION}, "所更正的协同"),
        ({"texts": (("kuaishou", "字" * 501),)}, "kuaishou文案"),
        ({"links": ("javascript:alert(1)",)}, "官方链接"),
        ({"brief": "绝密★一年"}, "任务说明"),
    ],
)
def test_what_may_not_be_asked_or_is_missing_is_refused_by_its_field(
    changes: dict[str, Any], field: str
) -> None:
    checked(CONTENT, RULES)
    with pytest.raises(InputError) as refused:
        checked(replace(CONTENT, **changes), RULES)
    assert refused.value.explained.where == field


def test_a_form_gives_back_what_it_was_filled_with() -> None:
    assert content_of(words_of(WHOLE)) == WHOLE
    assert content_of(words_of(CONTENT)) == CONTENT


def test_a_row_gives_back_what_it_was_given() -> None:
    assert from_text(to_text(WHOLE)) == WHOLE


@pytest.mark.parametrize(("field", "text"), [("截止时间", "明天"), ("粉丝不少于", "一千")])
def test_what_cannot_be_read_is_named(field: str, text: str) -> None:
    with pytest.raises(InputError) as refused:
        content_of({**words_of(WHOLE), field: text})
    assert refused.value.explained.where == field
