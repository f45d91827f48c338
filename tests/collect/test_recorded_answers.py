"""Answers as the platforms' documents show them are read as they are meant."""

from pathlib import Path

import pytest

from monitor.collect.answers import Document, whole
from monitor.collect.errors import PlatformError
from monitor.collect.http import Answer, document
from monitor.collect.platforms.douyin import api as douyin_api
from monitor.collect.platforms.douyin import shown as douyin
from monitor.collect.platforms.wechat import service
from monitor.collect.platforms.weibo import api as weibo_api
from monitor.collect.platforms.weibo import shown as weibo
from monitor.domain.collecting import ErrorClass
from monitor.domain.service import Function
from tests.architecture.sources import ROOT

FOLDER: Path = ROOT / "tests" / "recordings"
AT = 1_600_000_000


def answer(name: str, status: int = 200) -> Answer:
    return Answer(status, "接口", (FOLDER / f"{name}.json").read_bytes())


def recorded(name: str) -> Document:
    return document(answer(name))


def test_of_a_weibo_timeline_only_what_everybody_sees_is_a_post() -> None:
    page = weibo.timeline(recorded("weibo/user_timeline"), "1404376560", AT)
    [post] = page.posts
    assert (post.native_id, post.published_from) == ("11488058246", 1_306_835_215)
    assert (post.numbers.likes, post.numbers.comments, post.numbers.shares) == (3, 9, 8)
    assert (page.rows, page.lowest, page.total) == (3, 11488057000, 81655)


def test_of_what_a_weibo_owner_wrote_only_answers_count_as_answers() -> None:
    talk = weibo.Talk(since=1_306_800_000)
    talk.take(recorded("weibo/comments_by_me"))
    assert talk.waits == {"11488058246": [1800]}


def test_weibo_tells_whose_timeline_it_is_not() -> None:
    with pytest.raises(PlatformError) as caught:
        weibo_api.read(answer("weibo/error_21335", 400))
    assert caught.value.error is ErrorClass.REAUTHORISE
    assert caught.value.errcode == 21335


def test_of_a_douyin_list_what_is_under_review_is_no_film() -> None:
    page = douyin.page(douyin_api.read(answer("douyin/video_list")), AT)
    [film] = page.posts
    assert film.native_id.endswith("V/x1w==")
    assert (film.numbers.plays, film.numbers.likes, film.form) == (300, 200, "视频")
    assert (page.next, page.pinned) == ("1571650245000", frozenset())


def test_numbers_of_douyin_in_quotes_are_numbers() -> None:
    said = douyin_api.read(answer("douyin/refresh_token"))
    assert whole(said, "expires_in", "") == whole(said, "refresh_expires_in", "") == 86400


def test_an_outdated_token_of_douyin_is_to_be_renewed() -> None:
    with pytest.raises(PlatformError) as caught:
        douyin_api.read(answer("douyin/error_28001008"))
    assert caught.value.errcode in douyin_api.STALE


def test_a_public_account_that_greets_answers_by_itself() -> None:
    seen = service.answers_itself(recorded("wechat_open/autoreply_info"), AT)
    assert (seen.function, seen.works, seen.detail) == (Function.AUTO_REPLY, True, "关注回复")
