"""Matching: what speaks for a post, what it says otherwise, and where."""

import pytest

from monitor.coordinate.matching import Releases, address, matches
from monitor.domain.matching import Match, Method, Published, Release, Verdict

CRASH = Release(
    1,
    "警情通报:城南路口交通事故",
    "2026年11月3日18时30分许,荆州市荆州区城南路口发生一起交通事故,造成3人受伤,直接损失约"
    "3.5万元。目前伤者已送医救治,事故原因正在调查。荆州市公安局将及时发布进展。",
    links=("https://example.org/notice/18",),
    tags=("#城南路口事故通报#",),
    facts=(("地点", "城南路口"), ("人数", "3人"), ("进展", "已送医救治")),
    regions=("荆州市",),
)


def held(text: str, title: str = "", links: tuple[str, ...] = ()) -> Match | None:
    found = list(matches([CRASH], [Published(9, 4, title, text, links)]))
    return found[0] if found else None


def said(text: str) -> list[tuple[str, str, str]]:
    found = held(text)
    assert found is not None
    for each in found.differences:
        place = each.place
        assert CRASH.whole[place.start : place.end] == each.approved
        assert text[place.post_start : place.post_end] == each.said
    return [(each.kind, each.approved, each.said) for each in found.differences]


def test_the_text_itself_is_the_release_and_says_nothing_else() -> None:
    found = held(CRASH.text)
    assert found is not None
    assert (found.verdict, found.method, found.score) == (Verdict.SAME, Method.TEXT, 100)
    assert found.differences == ()
    passage = found.passage
    assert passage is not None
    assert CRASH.whole[passage.start : passage.end] == CRASH.text.rstrip("。")
    assert (passage.post_start, passage.post_end) == (0, len(CRASH.text) - 1)


@pytest.mark.parametrize(
    ("approved", "other", "kind"),
    [
        ("3人", "5人", "人数"),
        ("11月3日", "11月8日", "时间"),
        ("18时30分", "18时20分", "时间"),
        ("3.5万元", "35万元", "金额"),
        ("城南路口", "城北路口", "地点"),
        ("已送医救治", "已经出院", "进展"),
    ],
)
def test_a_changed_fact_is_shown_where_it_stands(approved: str, other: str, kind: str) -> None:
    ((found, was, became),) = said(CRASH.text.replace(approved, other))
    assert (found, became) == (kind, became)
    assert approved in was
    assert other in became or became in other


@pytest.mark.parametrize(
    ("approved", "other"),
    [
        ("3人", "三人"),
        ("3人", "３人"),
        ("18时30分", "下午6点半"),
        ("18时30分", "18:30"),
        ("3.5万元", "35,000元"),
        ("2026年11月3日", "11月3日"),
        ("2026年11月3日", "二〇二六年十一月三日"),
        ("城南路口", "城南 路口"),
        ("造成3人受伤,直接损失约3.5万元", "造成人员受伤"),
    ],
)
def test_the_same_fact_in_other_signs_and_one_left_out_are_no_difference(
    approved: str, other: str
) -> None:
    assert said(CRASH.text.replace(approved, other)) == []


def test_another_event_told_in_the_same_words_goes_to_a_person() -> None:
    other = CRASH.text.replace("11月3日", "9月9日").replace("城南", "河西").replace("3人", "1人")
    found = held(other)
    assert found is not None
    assert found.verdict is Verdict.UNSURE


def test_an_official_link_is_enough_and_still_facts_are_compared() -> None:
    found = held(CRASH.text.replace("3人", "5人"), links=("http://example.org/notice/18/#top",))
    assert found is not None
    assert (found.verdict, found.method) == (Verdict.SAME, Method.LINK)
    assert [each.said for each in found.differences] == ["5人"]
    bare = held("详见", links=CRASH.links)
    assert bare is not None
    assert bare.verdict is Verdict.SAME


def test_a_topic_alone_goes_to_a_person() -> None:
    found = held("#城南路口事故通报# 请大家不信谣不传谣")
    assert found is not None
    assert (found.verdict, found.method) == (Verdict.UNSURE, Method.TAG)


def test_what_has_nothing_of_it_is_not_mentioned() -> None:
    assert held("雾天高速怎么开?记住这六个字") is None
    assert held("") is None
    assert list(matches([], [Published(1, 1, "有事", "没事")])) == []


def test_of_several_releases_the_likest_stands_first() -> None:
    drill = Release(2, "演练", CRASH.text.replace("荆州区城南路口", "沙市区河西路口一带道路"))
    found = Releases([drill, CRASH]).matches(Published(9, 4, "", CRASH.text))
    assert found[0].release == CRASH.id


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("https://example.org/a/", "example.org/a"),
        ("http://example.org/a#b", "example.org/a"),
        ("example.org/a", "example.org/a"),
        ("", ""),
    ],
)
def test_addresses_are_compared_without_scheme_and_end(written: str, compared: str) -> None:
    assert address(written) == compared
